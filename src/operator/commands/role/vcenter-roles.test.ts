import { describe, expect, test } from 'vitest';
import { FEATURE_NAMES, type Feature, privilegesAt } from '../../../vmgroup/model/features';
import { type GivenPlaces, rolePlaces } from './inventory-places';
import { vcenterRoles } from './vcenter-roles';

const NONE: GivenPlaces = {
  ...{
    datacenters: [],
    folders: [],
    adopted: [],
    templates: [],
    pools: [],
    datastores: [],
    datastoreClusters: [],
    networks: [],
  },
};
const rolesFor = (given: Partial<GivenPlaces>, features: readonly Feature[] = ['machines']) =>
  vcenterRoles(features, rolePlaces({ ...NONE, ...given }), 'vmop');
const lines = (given: Partial<GivenPlaces>, features?: readonly Feature[]) =>
  rolesFor(given, features).permissions.map(({ path, role, propagate }) => `${path} ${role}${propagate ? ' ...' : ''}`);
const NAMED = {
  folders: ['/dc/vm/ours'],
  templates: ['/dc/vm/gold'],
  pools: ['/dc/host/c1/Resources/p'],
  datastores: ['/dc/datastore/ssd'],
  networks: ['/dc/network/front'],
};

describe('the roles', () => {
  test('give each named object what is needed there, and the datacenter only a look', () => {
    expect(lines(NAMED, FEATURE_NAMES)).toEqual([
      '/ vmop-root',
      '/dc ReadOnly ...',
      '/dc/vm/ours vmop-machines ...',
      '/dc/vm/gold vmop-templates ...',
      '/dc/host/c1 vmop-clusters',
      '/dc/host/c1/Resources/p vmop-pools ...',
      '/dc/datastore/ssd vmop-datastores ...',
      '/dc/network/front vmop-networks ...',
    ]);
  });

  test('give the root folder a look only, and the cluster no role, where no feature needs one', () => {
    const all = lines(NAMED);
    expect(all[0]).toBe('/ ReadOnly');
    expect(all.filter((line) => line.startsWith('/dc/host/'))).toEqual(['/dc/host/c1/Resources/p vmop-pools ...']);
  });

  test('of a folder hold what the datacenter gives for templates, which it would hide', () => {
    const { roles, permissions } = rolesFor({ datacenters: ['dc'] });
    const role = permissions.find(({ path }) => path === '/dc/vm/vm-operator')?.role;
    expect(role).toBe('vmop-machines-templates');
    const privileges = roles.find(({ name }) => name === role)?.privileges;
    expect(privileges).toContain('VirtualMachine.Provisioning.DeployTemplate');
    // A datastore is not below a VM folder.
    expect(privileges).not.toContain('Datastore.AllocateSpace');
  });

  test('of a pool in a cluster that is named as well hold what the cluster gives', () => {
    const pools = ['/dc/host/c1', '/dc/host/c1/Resources/p'];
    expect(lines({ pools }, ['machines', 'drs-rules']).slice(3)).toEqual([
      '/dc/host/c1 vmop-pools-clusters ...',
      '/dc/host/c1/Resources/p vmop-pools-clusters ...',
    ]);
  });

  test('of a folder with machines to take over hold what is done to them, and nothing that makes any', () => {
    const { roles, permissions } = rolesFor({ ...NAMED, adopted: ['/dc/vm/by-hand', '/dc/vm/ours/shop.web'] }, [
      'machines',
      'power-on',
      'adoption',
      'networks',
      'disks',
    ]);
    const roleOn = (wanted: string) => permissions.find(({ path }) => path === wanted)?.role;
    expect(roleOn('/dc/vm/by-hand')).toBe('vmop-adopted');
    expect(roles.find(({ name }) => name === 'vmop-adopted')?.privileges).toEqual([
      'VirtualMachine.Config.AdvancedConfig',
      'VirtualMachine.Config.CPUCount',
      'VirtualMachine.Config.DiskExtend',
      'VirtualMachine.Config.EditDevice',
      'VirtualMachine.Config.Memory',
      'VirtualMachine.Interact.PowerOff',
      'VirtualMachine.Interact.PowerOn',
      'VirtualMachine.Inventory.Delete',
    ]);
    // It lies within that of the groups, whose permission it would hide.
    expect(roleOn('/dc/vm/ours/shop.web')).toBe('vmop-machines-adopted');
  });

  test('of a folder of templates within that of the machines hold both', () => {
    expect(lines({ folders: ['/dc/vm/ours'], templates: ['/dc/vm/ours/gold'] }).slice(2, 4)).toEqual([
      '/dc/vm/ours vmop-machines ...',
      '/dc/vm/ours/gold vmop-machines-templates ...',
    ]);
  });

  test('show the folders above a datacenter, and no more of them', () => {
    expect(lines({ datacenters: ['/east/dc'] }).slice(0, 2)).toEqual(['/ ReadOnly', '/east ReadOnly']);
  });

  test.each([NAMED, { datacenters: ['dc'] }])('hold all that the features need, and nothing else: %j', (given) => {
    const { roles } = rolesFor(given, FEATURE_NAMES);
    const places = ['root', 'folder', 'template', 'pool', 'cluster', 'datastore', 'network'] as const;
    const needed = places.flatMap((place) => privilegesAt(place, FEATURE_NAMES));
    expect([...new Set(roles.flatMap(({ privileges }) => privileges))].sort()).toEqual(needed.sort());
  });
});
