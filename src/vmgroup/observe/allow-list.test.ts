/** R15: what the allow-lists of a VCenter object let the groups of a namespace use. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import { type AllowedPlaces, DEFAULT_TENANT_POLICY, type PlacementDefaults } from '../model/tenant-policy';
import { resolvePlacement } from './placement';

const VM = 'Datacenter:dc1/Folder:vm';
const ROOT = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';
const UBUNTU = `${VM}/Folder:templates/VirtualMachine:ubuntu`;
const SSD = 'Datacenter:dc1/Folder:datastore/Datastore:ssd';
const HDD = 'Datacenter:dc1/Folder:datastore/Datastore:hdd';
const FRONT = 'Datacenter:dc1/Folder:network/Network:front';
const BACK = 'Datacenter:dc1/Folder:network/Network:back';

/** The template has its disks on the given datastores. */
function anInventoryOn(...datastores: readonly string[]): InventoryStore {
  const store = anInventory(
    ...[`${VM}/Folder:vm-operator`, UBUNTU, `${VM}/Folder:private/VirtualMachine:payroll`],
    ...[`${ROOT}/ResourcePool:tenants/ResourcePool:shop`, SSD, HDD, FRONT, BACK],
  );
  store.apply(drawn(UBUNTU), [{ path: 'datastore', value: datastores.map(drawn) }]);
  return store;
}

interface Given {
  readonly spec?: Partial<VmGroupSpec>;
  readonly defaults?: PlacementDefaults;
  readonly store?: InventoryStore;
}

function placed(allowed: AllowedPlaces, { spec = {}, defaults = {}, store = anInventoryOn(SSD) }: Given = {}) {
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', allowed, defaults };
  const rules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants };
  return resolvePlacement({ spec: aGroup(spec).spec, namespace: 'shop', uid: GROUP_UID }, store, rules);
}
const refusals = (allowed: AllowedPlaces, given: Given = {}) =>
  placed(allowed, given).problems.map(({ reason, message }) => `${reason}: ${message}`);

test('without allow-lists everything is allowed, and paths do not matter', () => {
  expect(placed({})).toMatchObject({ problems: [] });
  expect(placed({}).isJudgedByPath).toBeUndefined();
  expect(placed({ networks: ['/dc1/network/*'] }).isJudgedByPath).toBe(true);
});

describe('templates', () => {
  test('R15: one outside is refused by the path that it has, whatever name the spec gives it', () => {
    for (const template of ['payroll', 'private/payroll', '/dc1/vm/private/payroll'])
      expect(refusals({ templates: ['/dc1/vm/templates/*'] }, { spec: { template } })).toEqual([
        'NotAllowed: template /dc1/vm/private/payroll is not allowed by VCenter lab, which allows "/dc1/vm/templates/*": set ' +
          'spec.template to one of these, or have an administrator add it to spec.allowed.templates of VCenter lab',
      ]);
    expect(refusals({ templates: ['/dc1/vm/templates/*'] }, { spec: { template: 'ubuntu' } })).toEqual([]);
  });

  test('a name with a slash in it leads to no other folder', () => {
    const store = anInventoryOn(SSD);
    store.apply({ type: 'VirtualMachine', value: 'trick' }, [
      { path: 'name', value: 'templates%2fubuntu' },
      { path: 'parent', value: drawn(VM) },
      { path: 'config.template', value: true },
      { path: 'config.changeVersion', value: '1' },
      { path: 'datastore', value: [drawn(SSD)] },
    ]);
    const [refusal = ''] = refusals(
      { templates: ['/dc1/vm/templates/ubuntu'] },
      { spec: { template: '/dc1/vm/templates%2fubuntu' }, store },
    );
    expect(refusal).toContain('template /dc1/vm/templates%2fubuntu is not allowed');
  });

  test('with an empty list there is none, and only an administrator can help', () => {
    expect(refusals({ templates: [] })).toEqual([
      'NotAllowed: template /dc1/vm/templates/ubuntu is not allowed by VCenter lab, which allows none: have an ' +
        'administrator add it to spec.allowed.templates of VCenter lab',
    ]);
  });

  test('a message names three patterns at most', () => {
    const [refusal] = refusals({ templates: ['/a', '/b', '/c', '/d', '/e'] });
    expect(refusal).toContain('which allows "/a", "/b", "/c" and 2 more: set');
  });
});

describe('resource pools', () => {
  const resourcePools = ['/dc1/host/*/Resources/tenants/**'];

  test('R15: the root pool of the cluster is judged, too, which counts when the spec names none', () => {
    expect(refusals({ resourcePools })).toEqual([
      'NotAllowed: resource pool /dc1/host/c1/Resources (spec.placement.resourcePool is not given) is not allowed by VCenter ' +
        'lab, which allows "/dc1/host/*/Resources/tenants/**": set spec.placement.resourcePool to one of these, or have an ' +
        'administrator add it to spec.allowed.resourcePools of VCenter lab',
    ]);
    expect(refusals({ resourcePools }, { spec: { placement: { cluster: 'c1' } } })[0]).toMatch(/^NotAllowed/);
    expect(refusals({ resourcePools }, { spec: { placement: { resourcePool: 'shop' } } })).toEqual([]);
    expect(refusals({ resourcePools }, { spec: { placement: { resourcePool: 'tenants' } } })[0]).toMatch(/^NotAllowed/);
  });

  test('a default is judged like any other, and the problem is with the field that gives it', () => {
    expect(placed({ resourcePools }, { defaults: { resourcePool: 'shop' } }).problems).toEqual([]);
    expect(placed({ resourcePools }, { defaults: { resourcePool: 'tenants' } }).problems).toMatchObject([
      { reason: 'NotAllowed', field: 'spec.defaults.placement.resourcePool of VCenter lab' },
    ]);
  });
});

describe('datastores', () => {
  const datastores = ['/dc1/datastore/ssd'];

  test('R15: the one that the spec names, and the default', () => {
    const naming = (datastore: string) => ({ spec: { placement: { datastore } } });
    expect(refusals({ datastores }, naming('ssd'))).toEqual([]);
    expect(refusals({ datastores }, naming('hdd'))).toEqual([
      'NotAllowed: datastore /dc1/datastore/hdd is not allowed by VCenter lab, which allows "/dc1/datastore/ssd": set ' +
        'spec.placement.datastore to one of these, or have an administrator add it to spec.allowed.datastores of VCenter lab',
    ]);
    expect(placed({ datastores }, { defaults: { datastore: 'hdd' } }).problems).toMatchObject([
      { field: 'spec.defaults.placement.datastore of VCenter lab' },
    ]);
  });

  test('R15: without a name those of the template, each of them', () => {
    expect(refusals({ datastores })).toEqual([]);
    expect(refusals({ datastores }, { store: anInventoryOn(HDD, SSD) })).toEqual([
      'NotAllowed: datastore /dc1/datastore/hdd of template /dc1/vm/templates/ubuntu (spec.placement.datastore is not given) ' +
        'is not allowed by VCenter lab, which allows "/dc1/datastore/ssd": set spec.placement.datastore to one of these, or ' +
        'have an administrator add it to spec.allowed.datastores of VCenter lab',
    ]);
    const named = { store: anInventoryOn(HDD), spec: { placement: { datastore: 'ssd' } } };
    expect(refusals({ datastores }, named)).toEqual([]);
  });

  test('where vCenter does not tell that of the template, nobody knows, so it is refused', () => {
    expect(refusals({ datastores }, { store: anInventoryOn() })).toEqual([
      'NotAllowed: vCenter does not tell the datastore of template /dc1/vm/templates/ubuntu, and VCenter lab allows only ' +
        '"/dc1/datastore/ssd": set spec.placement.datastore, or give the operator\'s account the privilege System.Read on ' +
        'the template',
    ]);
  });

  test('one that the account does not see fits no pattern', () => {
    const store = anInventoryOn();
    store.apply(drawn(UBUNTU), [{ path: 'datastore', value: [{ type: 'Datastore', value: 'hidden' }] }]);
    expect(refusals({ datastores: ['/**'] }, { store })[0]).toMatch(/^NotAllowed: datastore \/ of template/);
  });
});

test('R15: each network that the spec names is judged', () => {
  const networks = [
    { name: 'a', network: 'front' },
    { name: 'b', network: 'back' },
  ];
  expect(refusals({ networks: ['/dc1/network/front'] }, { spec: { networks } })).toEqual([
    'NotAllowed: network /dc1/network/back is not allowed by VCenter lab, which allows "/dc1/network/front": set ' +
      'spec.networks[b].network to one of these, or have an administrator add it to spec.allowed.networks of VCenter lab',
  ]);
  expect(refusals({ networks: ['/dc1/network/*'] }, { spec: { networks } })).toEqual([]);
});

test('what is renamed or moved is judged by its new path at once', () => {
  const store = anInventoryOn(SSD);
  const allowed = { templates: ['/dc1/vm/templates/*'] };
  expect(refusals(allowed, { store })).toEqual([]);
  store.apply(drawn(`${VM}/Folder:templates`), [{ path: 'name', value: 'retired' }]);
  expect(refusals(allowed, { store })[0]).toContain('template /dc1/vm/retired/ubuntu is not allowed');
});
