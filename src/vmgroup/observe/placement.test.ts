import { describe, expect, test } from 'vitest';
import { anInventory, mark } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { resolvePlacement } from './placement';
import type { PlacementRules } from './resolution';

const ONE_OF_EACH = [
  'Datacenter:dc1/Folder:vm/Folder:vm-operator',
  'Datacenter:dc1/Folder:vm/Folder:templates/VirtualMachine:ubuntu',
  'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources/ResourcePool:shop',
  'Datacenter:dc1/Folder:datastore/Datastore:ssd-1',
] as const;

const RULES: PlacementRules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants: DEFAULT_TENANT_POLICY };

function placed(spec: Partial<VmGroupSpec>, store: InventoryStore, rules: Partial<PlacementRules> = {}) {
  const group = aGroup(spec);
  const { namespace, uid } = group.metadata;
  return resolvePlacement({ spec: group.spec, namespace, uid }, store, { ...RULES, ...rules });
}

const resolved = (spec: Partial<VmGroupSpec>, ...paths: readonly string[]) => placed(spec, anInventory(...paths));
const problems = (spec: Partial<VmGroupSpec>, ...paths: readonly string[]) =>
  resolved(spec, ...paths).problems.map(({ reason, message }) => `${reason}: ${message}`);

describe('resolvePlacement', () => {
  test('takes the only datacenter and cluster, its root resource pool, and the default folder', () => {
    const placement = resolved({}, ...ONE_OF_EACH);
    expect(placement.problems).toEqual([]);
    expect(placement.datacenter?.name).toBe('dc1');
    expect(placement.parentFolder).toMatchObject({ kind: 'Found', path: '/dc1/vm/vm-operator' });
    expect(placement.template?.path).toBe('/dc1/vm/templates/ubuntu');
    expect(placement.resourcePool?.type).toBe('ResourcePool');
    expect(placement.datastore).toBeUndefined();
  });

  test('a missing default folder will be made, a missing folder that the spec names will not', () => {
    const [, ...withoutFolder] = ONE_OF_EACH;
    expect(resolved({}, ...withoutFolder).parentFolder).toMatchObject({ kind: 'Missing', name: 'vm-operator' });
    expect(problems({ placement: { folder: 'mine' } }, ...withoutFolder)).toEqual([
      'FolderNotFound: folder "mine" was not found: correct spec.placement.folder, or create it',
    ]);
  });

  test('accepts names and absolute paths', () => {
    const placement = {
      datacenter: '/dc1',
      cluster: '/dc1/host/c1',
      resourcePool: '/dc1/host/c1/Resources/shop',
      datastore: 'ssd-1',
      folder: '/dc1/vm/templates',
    };
    const result = resolved({ placement, template: '/dc1/vm/templates/ubuntu' }, ...ONE_OF_EACH);
    expect(result.problems).toEqual([]);
    expect(result.datastore?.type).toBe('Datastore');
    expect(result.parentFolder).toMatchObject({ path: '/dc1/vm/templates' });
  });

  test.each([
    [{ template: 'nope' }, 'TemplateNotFound: template "nope" was not found in datacenter dc1'],
    [{ placement: { datacenter: 'nope' } }, 'DatacenterNotFound: datacenter "nope" was not found'],
    [{ placement: { cluster: 'nope' } }, 'ClusterNotFound: cluster "nope" was not found'],
    [{ placement: { resourcePool: 'nope' } }, 'ResourcePoolNotFound: resource pool "nope" was not found'],
    [{ placement: { datastore: 'nope' } }, 'DatastoreNotFound: datastore "nope" was not found'],
  ])('%j: names the field, the value and the remedy', (spec, start) => {
    const [problem = ''] = problems(spec, ...ONE_OF_EACH);
    expect(problem.startsWith(start), problem).toBe(true);
    expect(problem).toContain('correct spec.');
  });

  test('never takes the first of several: the message lists them', () => {
    expect(problems({}, ...ONE_OF_EACH, 'Datacenter:dc2/Folder:vm')).toEqual([
      'Ambiguous: the vCenter has 2 datacenters: set spec.placement.datacenter to one of /dc1, /dc2',
    ]);
    expect(problems({}, ...ONE_OF_EACH, 'Datacenter:dc1/Folder:vm/Folder:old/VirtualMachine:ubuntu')).toEqual([
      'Ambiguous: template "ubuntu" is ambiguous: set spec.template to one of the paths /dc1/vm/old/ubuntu, /dc1/vm/templates/ubuntu',
    ]);
    const second = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c2/ResourcePool:Resources';
    expect(problems({}, ...ONE_OF_EACH, second)).toEqual([
      'Ambiguous: datacenter dc1 has 2 clusters: set spec.placement.cluster to one of /dc1/host/c1, /dc1/host/c2',
    ]);
  });

  test('does not clone a replica of another group', () => {
    const store = anInventory(...ONE_OF_EACH);
    mark(store, ONE_OF_EACH[1], { cluster: 'c', group: 'shop/db', uid: 'u' });
    const { problems: found } = placed({ template: 'ubuntu' }, store);
    expect(found[0]?.message).toBe(
      'template "ubuntu" is a replica of VmGroup shop/db: set spec.template to a template',
    );
  });
});
