/** R15: a folder from before its namespace was confined. */
import { expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup, CLUSTER_ID, VCENTER_UUID } from '../../../test/support/builders/observation';
import { FINALIZER } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { plan } from '../plan/plan';
import { GroupMemory } from './group-memory';
import { observe } from './observe';

const VM = 'Datacenter:dc1/Folder:vm';
const POOL = 'Datacenter:dc1/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';

/** The problems and the number of clones of a group whose last status names this folder. */
function observedIn(folder: string) {
  const recorded = drawn(folder);
  const status = { folder: { moRef: recorded.value, path: '/before', createdByOperator: true } };
  const base = aGroup({ template: 'ubuntu', replicas: 5 }, { status });
  const group = { ...base, metadata: { ...base.metadata, finalizers: [FINALIZER] } };
  const observed = observe({
    ...{ group, clusterId: CLUSTER_ID, defaultFolder: 'vm-operator' },
    now: { wallMs: 0, monotonicMs: 1_000_000 },
    inventory: anInventory(
      folder,
      `${VM}/Folder:tenants/Folder:shop`,
      `${VM}/Folder:templates/VirtualMachine:ubuntu`,
      POOL,
    ),
    vcenter: { kind: 'Ready', name: 'v', instanceUuid: VCENTER_UUID },
    tenants: { ...DEFAULT_TENANT_POLICY, namespaceFolder: 'tenants/$(namespace)' },
    memory: GroupMemory.from(group, { wallMs: 0, monotonicMs: 0 }),
    isLiving: () => true,
    unclaimedClones: () => false,
    uninstalling: false,
  });
  const clones = plan(observed).actions.filter(({ kind }) => kind === 'Clone').length;
  return { problems: observed.placement.problems.map(({ message }) => message), clones };
}

test('nothing is made in a folder that was recorded before --namespace-folder was set, until it is moved', () => {
  expect(observedIn(`${VM}/Folder:vm-operator/Folder:shop.web`)).toEqual({
    problems: [
      "the group's folder /dc1/vm/vm-operator/shop.web is outside /dc1/vm/tenants/shop, the folder of its namespace: an " +
        'administrator moves it there in vCenter',
    ],
    clones: 0,
  });
  expect(observedIn(`${VM}/Folder:tenants/Folder:shop/Folder:shop.web`)).toEqual({ problems: [], clones: 5 });
});
