import { expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroupSpecPlacement } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY, type FailureDomain, type TenantPolicy } from '../model/tenant-policy';
import { resolvePlacement } from './placement';

const POD = 'Datacenter:dc1/Folder:datastore/StoragePod:pod';
const STORE = anInventory(
  ...['Datacenter:dc1/Folder:vm/VirtualMachine:ubuntu', 'Datacenter:dc1/Folder:datastore/StoragePod:empty'],
  'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources',
  ...[`${POD}/Datastore:ssd-1`, `${POD}/Datastore:ssd-2`, 'Datacenter:dc1/Folder:datastore/Datastore:hdd'],
);

function placed(
  placement: VmGroupSpecPlacement,
  given: Partial<Pick<TenantPolicy, 'defaults' | 'allowed' | 'failureDomains'>> = {},
) {
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', ...given };
  const rules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants };
  const { spec } = aGroup({ placement });
  return resolvePlacement({ spec, namespace: 'shop', uid: GROUP_UID }, STORE, rules);
}

test('a datastore cluster is found by name and by path', () => {
  for (const datastoreCluster of ['pod', '/dc1/datastore/pod'])
    expect(placed({ datastoreCluster })).toMatchObject({ problems: [], datastore: drawn(POD) });
});

test('either default gives way to what the spec names, of whichever kind', () => {
  expect(placed({ datastoreCluster: 'pod' }, { defaults: { datastore: 'hdd' } }).datastore).toEqual(drawn(POD));
  const hdd = drawn('Datacenter:dc1/Folder:datastore/Datastore:hdd');
  expect(placed({ datastore: 'hdd' }, { defaults: { datastoreCluster: 'pod' } }).datastore).toEqual(hdd);
  expect(placed({}, { defaults: { datastoreCluster: 'pod' } }).datastore).toEqual(drawn(POD));
});

test('what the spec names comes before what its failure domain has, of whichever kind, and that before a default', () => {
  const place = (placement: VmGroupSpecPlacement, domain: Partial<FailureDomain>) => {
    const failureDomains = [{ name: 'a', cluster: 'c1', ...domain }];
    return placed(placement, { defaults: { datastore: 'hdd' }, failureDomains }).domains?.map((one) => one.datastore);
  };
  const hdd = drawn('Datacenter:dc1/Folder:datastore/Datastore:hdd');
  expect(place({ datastoreCluster: 'pod' }, { datastore: 'hdd' })).toEqual([drawn(POD)]);
  expect(place({ datastore: 'hdd' }, { datastoreCluster: 'pod' })).toEqual([hdd]);
  expect(place({}, { datastoreCluster: 'pod' })).toEqual([drawn(POD)]);
  expect(place({}, {})).toEqual([hdd]);
});

test.each([
  ['ssd-1', 'datastore cluster "ssd-1" was not found: correct spec.placement.datastoreCluster, or create it'],
  [
    'empty',
    "datastore cluster /dc1/datastore/empty has no datastore that the operator's account sees: add one, give the account the privilege to see them, or correct spec.placement.datastoreCluster",
  ],
])('the name %s is told with its field', (datastoreCluster, message) => {
  const { problems, datastore } = placed({ datastoreCluster });
  expect(datastore).toBeUndefined();
  expect(problems).toEqual([{ reason: 'DatastoreNotFound', field: 'spec.placement.datastoreCluster', message }]);
});

test('R15: a datastore cluster is allowed where each of its datastores is, for any of them may be chosen', () => {
  const only = (...datastores: readonly string[]) => placed({ datastoreCluster: 'pod' }, { allowed: { datastores } });
  expect(only('/dc1/datastore/pod/*').problems).toEqual([]);
  expect(only('/dc1/datastore/pod/ssd-1').problems).toEqual([
    {
      reason: 'NotAllowed',
      field: 'spec.placement.datastoreCluster',
      message:
        'datastore /dc1/datastore/pod/ssd-2 of datastore cluster /dc1/datastore/pod is not allowed by VCenter lab, which allows "/dc1/datastore/pod/ssd-1": set spec.placement.datastore to one of these, or have an administrator add it to spec.allowed.datastores of VCenter lab',
    },
  ]);
});

test('another datastore cluster replaces the machines, and none leaves the revision as it was', () => {
  const revision = (placement?: VmGroupSpecPlacement) => revisionOf(aGroup(placement && { placement }).spec);
  expect(revision({ datastoreCluster: 'pod' })).not.toBe(revision({ datastoreCluster: 'other' }));
  expect(revision({ datastoreCluster: 'pod' })).not.toBe(revision({ datastore: 'pod' }));
  expect(revision({})).toBe(revision());
});

test('a policy of the spec takes the place of a default datastore, and not of one that the spec or a failure domain names', () => {
  const hdd = drawn('Datacenter:dc1/Folder:datastore/Datastore:hdd');
  const defaults = { datastore: 'hdd', storagePolicy: 'silver' };
  const gold = { storagePolicy: 'gold' };
  expect(placed(gold, { defaults })).not.toHaveProperty('datastore');
  expect(placed(gold, { defaults }).storagePolicy).toEqual({ name: 'gold', field: 'spec.placement.storagePolicy' });
  expect(placed({ ...gold, datastore: 'hdd' }, { defaults }).datastore).toEqual(hdd);
  const failureDomains = [{ name: 'a', cluster: 'c1', datastore: 'hdd' }];
  expect(placed(gold, { failureDomains }).domains?.map(({ datastore }) => datastore)).toEqual([hdd]);
  expect(placed({}, { defaults })).toMatchObject({
    datastore: hdd,
    storagePolicy: { name: 'silver', field: 'spec.defaults.placement.storagePolicy of VCenter lab' },
  });
});

test('R15: the datastores of the template are not judged where the policy chooses', () => {
  const allowed = { datastores: ['/dc1/datastore/hdd'] };
  expect(placed({ storagePolicy: 'gold' }, { allowed }).problems).toEqual([]);
  expect(placed({}, { allowed }).problems).not.toEqual([]);
});
