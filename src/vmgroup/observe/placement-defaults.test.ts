/** What the defaults of a VCenter object fill in. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroupSpecPlacement } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY, type PlacementDefaults, type TenantPolicy } from '../model/tenant-policy';
import { resolvePlacement } from './placement';

const ROOT1 = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';
const ROOT2 = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c2/ResourcePool:Resources';
const STORE = anInventory(
  ...['Datacenter:dc1/Folder:vm/VirtualMachine:ubuntu', 'Datacenter:dc2/Folder:vm/VirtualMachine:ubuntu'],
  ...[`${ROOT1}/ResourcePool:gold`, `${ROOT2}/ResourcePool:gold`, `${ROOT2}/ResourcePool:only-here`],
  'Datacenter:dc1/Folder:datastore/Datastore:ssd',
);

function placed(defaults: PlacementDefaults, placement?: VmGroupSpecPlacement, rest: Partial<TenantPolicy> = {}) {
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', ...rest, defaults };
  const rules = { clusterId: CLUSTER_ID, defaultFolder: 'vm-operator', tenants };
  const { spec } = aGroup(placement && { placement });
  return resolvePlacement({ spec, namespace: 'shop', uid: GROUP_UID }, STORE, rules);
}
const DC1 = { datacenter: 'dc1' };

test('each is taken where the group leaves it out', () => {
  const defaults = { ...DC1, cluster: 'c2', resourcePool: 'gold', datastore: 'ssd' };
  expect(placed(defaults)).toMatchObject({
    problems: [],
    datacenter: { name: 'dc1' },
    resourcePool: drawn(`${ROOT2}/ResourcePool:gold`),
    datastore: { type: 'Datastore' },
  });
});

test('what the group names comes before it', () => {
  expect(placed({ datacenter: 'nope', datastore: 'nope' }, { ...DC1, cluster: 'c1', datastore: 'ssd' })).toMatchObject({
    problems: [],
    resourcePool: drawn(ROOT1),
  });
});

test('they are no part of the revision: a change of them replaces nothing', () => {
  expect(Object.keys(aGroup().spec)).not.toContain('placement');
  expect(revisionOf(aGroup().spec)).toBe(revisionOf(aGroup({ placement: {} }).spec));
});

describe('cluster and resource pool are one place', () => {
  const defaults = { ...DC1, cluster: 'c1', resourcePool: 'gold' };

  test('a group that names a cluster gets its root pool, as without defaults', () => {
    expect(placed(defaults, { cluster: 'c2' })).toMatchObject({ problems: [], resourcePool: drawn(ROOT2) });
  });

  test('a group that names a pool gets it wherever it is', () => {
    const placement = { resourcePool: 'only-here' };
    expect(placed(defaults, placement)).toMatchObject({ resourcePool: drawn(`${ROOT2}/ResourcePool:only-here`) });
  });

  test('of several pools of that name the one in the default cluster', () => {
    expect(placed(defaults, { resourcePool: 'gold' })).toMatchObject({
      resourcePool: drawn(`${ROOT1}/ResourcePool:gold`),
    });
    const here = placed(defaults, { cluster: 'c2', resourcePool: 'gold' });
    expect(here.resourcePool).toEqual(drawn(`${ROOT2}/ResourcePool:gold`));
    expect(placed(DC1, { resourcePool: 'gold' }).problems).toMatchObject([{ reason: 'Ambiguous' }]);
  });

  test('a namespace with pools of its own gets those', () => {
    const confined = placed(defaults, undefined, { namespacePools: ['only-here'] });
    expect(confined).toMatchObject({ problems: [], resourcePool: drawn(`${ROOT2}/ResourcePool:only-here`) });
  });
});

test.each<[PlacementDefaults, string]>([
  [
    { datacenter: 'nope' },
    'datacenter "nope" was not found: correct spec.defaults.placement.datacenter of VCenter lab, set ' +
      'spec.placement.datacenter, or create it',
  ],
  [
    { ...DC1, cluster: 'nope' },
    'cluster "nope" was not found: correct spec.defaults.placement.cluster of VCenter lab, set spec.placement.cluster, or ' +
      'create it',
  ],
  [
    { ...DC1, cluster: 'c1', resourcePool: 'nope' },
    'resource pool "nope" was not found: correct spec.defaults.placement.resourcePool of VCenter lab, set ' +
      'spec.placement.resourcePool, or create it',
  ],
  [
    { ...DC1, cluster: 'c1', datastore: 'nope' },
    'datastore "nope" was not found: correct spec.defaults.placement.datastore of VCenter lab, set ' +
      'spec.placement.datastore, or create it',
  ],
  [
    { ...DC1, resourcePool: 'gold' },
    'resource pool "gold" is ambiguous: set spec.defaults.placement.resourcePool of VCenter lab to one of the paths ' +
      '/dc1/host/c1/Resources/gold, /dc1/host/c2/Resources/gold',
  ],
])('%j: the problem names the field that is wrong, not one of the group', (defaults, message) => {
  expect(placed(defaults).problems.map((problem) => problem.message)).toEqual([message]);
});
