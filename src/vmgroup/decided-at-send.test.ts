/** R15: what a vCenter selects and allows is decided as a call is sent, not only when it is planned. */
import { beforeEach, expect, test } from 'vitest';
import { anInventory, drawn } from '../../test/support/builders/inventory';
import { aGroup } from '../../test/support/builders/observation';
import { ReconciledWorld } from '../../test/support/builders/reconciled-world';
import { DEFAULT_TENANT_POLICY } from './model/tenant-policy';

const VM = 'Datacenter:dc/Folder:vm';
const TEMPLATE = `${VM}/VirtualMachine:ubuntu`;
const KEY = 'shop/web';
/** Of one group, of 8 in all. */
const AT_ONCE = 6;

let world: ReconciledWorld;
let sent: number;

/** A group of ten: six clones are under way, the others wait. */
beforeEach(async () => {
  sent = 0;
  world = new ReconciledWorld(
    {
      findByInstanceUuid: async () => [],
      cloneVirtualMachine: async () => {
        sent += 1;
        return { type: 'Task', value: `task-${sent}` };
      },
    },
    anInventory(
      TEMPLATE,
      `${VM}/Folder:vm-operator/Folder:shop.web`,
      'Datacenter:dc/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources',
    ),
  );
  world.put(aGroup({ replicas: 10 }));
  allow('/dc/vm/ubuntu');
  await world.reconcile(KEY);
  // A request of an earlier process may arrive until then.
  await world.clock.advance(10_000);
  await world.reconcile(KEY);
  expect(sent).toBe(AT_ONCE);
  world.requeued.length = 0;
});

function allow(...templates: readonly string[]): void {
  world.tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', allowed: { templates } };
}
const endOne = () =>
  world.endTask('task-1', { kind: 'Failed', failure: { code: 'x', message: 'x', outcome: 'Refused' } });
const conditionOf = (type: string) =>
  world.group(KEY)?.status?.conditions?.find((condition) => condition.type === type);

test('a clone that waited is sent while all is as it was planned', async () => {
  await endOne();
  expect(sent).toBe(AT_ONCE + 1);
});

test('R15: clones that wait are not sent once an administrator has changed what is allowed', async () => {
  allow('/dc/vm/another');
  await endOne();
  expect(sent).toBe(AT_ONCE);
  expect(world.requeued).toContain(KEY);
  await world.reconcile(KEY);
  expect(conditionOf('PlacementReady')).toMatchObject({ status: 'False', reason: 'NotAllowed' });
  expect(conditionOf('Stalled')).toMatchObject({ status: 'True', reason: 'PlacementNotReady' });
});

test('R15: nor once a person has renamed the template to what is not allowed', async () => {
  world.inventory.apply(drawn(TEMPLATE), [{ path: 'name', value: 'renamed' }]);
  await endOne();
  expect(sent).toBe(AT_ONCE);
});

test('R15: nor once the vCenter does not select the namespace any more', async () => {
  world.isSelected = false;
  await endOne();
  expect(sent).toBe(AT_ONCE);
});

test('R15: nor once an administrator has lowered a limit; those that are under way go on', async () => {
  world.tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter lab', limits: { perNamespace: { vms: AT_ONCE } } };
  await endOne();
  expect(sent).toBe(AT_ONCE);
  expect(world.requeued).toContain(KEY);
  await world.reconcile(KEY);
  expect(conditionOf('WithinLimits')).toMatchObject({ status: 'False', reason: 'NamespaceQuota' });
  // The place of the clone that has ended is free: it failed.
  expect(sent).toBe(AT_ONCE + 1);
});

test('R15: nor while clones of an earlier process may count for a limit', async () => {
  world.tenants = { ...DEFAULT_TENANT_POLICY, limits: { total: { vms: 100 } } };
  world.isUncertain = true;
  await endOne();
  expect(sent).toBe(AT_ONCE);
  world.isUncertain = false;
  await world.reconcile(KEY);
  expect(sent).toBe(AT_ONCE + 1);
});
