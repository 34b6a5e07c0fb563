/** R1: under a folder that the spec names, a group's folder is removed only if this operator has made it. */
import { expect, test } from 'vitest';
import { aGroup, aReplica } from '../../test/support/builders/observation';
import { ReconciledWorld } from '../../test/support/builders/reconciled-world';
import type { VmGroup } from '../api/vm-group';
import type { ManagedObjectReference, VimClient } from '../vsphere/port';

const KEY = 'shop/web';
const OWN = { type: 'Folder', value: 'own' };
const TEAM = { type: 'Folder', value: 'team' };
const group = aGroup({ replicas: 0, placement: { folder: 'team' } });
const deleted = (of: VmGroup | undefined): VmGroup => ({
  ...(of ?? group),
  metadata: { ...(of ?? group).metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
});

/** An operator that has just started, a vCenter with the folder team, and what was destroyed there. */
function aWorld(rest: Partial<VimClient> = {}) {
  const destroyed: string[] = [];
  const world = new ReconciledWorld({
    createFolder: async () => OWN,
    readFolderChildren: async () => [],
    destroyFolder: async ({ value }) => {
      destroyed.push(value);
      return { type: 'Task', value: 'task-1' };
    },
    ...rest,
  });
  const put = (ref: ManagedObjectReference, name: string, parent: ManagedObjectReference) =>
    world.inventory.apply(ref, [
      { path: 'name', value: name },
      { path: 'parent', value: parent },
    ]);
  put({ type: 'Datacenter', value: 'dc' }, 'dc', { type: 'Folder', value: 'root' });
  put({ type: 'Folder', value: 'vm' }, 'vm', { type: 'Datacenter', value: 'dc' });
  put(TEAM, 'team', { type: 'Folder', value: 'vm' });
  return { world, destroyed, appears: () => put(OWN, 'shop.web', TEAM) };
}

async function settle(world: ReconciledWorld): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    await world.reconcile(KEY);
    await world.clock.advance(10_000);
  }
}

/** The status after an operator has made the folder. */
async function made(): Promise<VmGroup | undefined> {
  const { world, appears } = aWorld();
  world.put(group);
  await world.reconcile(KEY);
  appears();
  await settle(world);
  return world.group(KEY);
}

test('the status records that the operator made it, and a later process removes it with the group', async () => {
  const after = await made();
  expect(after?.status?.folder).toEqual({ moRef: 'own', path: '/dc/vm/team/shop.web', createdByOperator: true });
  const { world, destroyed, appears } = aWorld();
  appears();
  world.put(deleted(after));
  await settle(world);
  expect(destroyed).toContain('own');
});

test('an empty foreign folder of its name is used, and stays', async () => {
  const { world, destroyed, appears } = aWorld();
  appears();
  world.put(group);
  await settle(world);
  expect(world.group(KEY)?.status?.folder).toEqual({ moRef: 'own', path: '/dc/vm/team/shop.web' });
  world.put(deleted(world.group(KEY)));
  await settle(world);
  expect(destroyed).toEqual([]);
  expect(world.group(KEY)?.metadata.finalizers).toEqual([]);
  expect(world.events.map(({ reason, note }) => `${reason}: ${note}`)).toContain(
    'FolderKept: the folder /dc/vm/team/shop.web stays: nothing shows that the operator made it; remove it in vCenter if ' +
      'nobody needs it',
  );
});

test('R7: after a crash before the status was written the empty folder stays', async () => {
  const { world, destroyed, appears } = aWorld();
  appears();
  world.put(deleted(group));
  await settle(world);
  expect(destroyed).toEqual([]);
  expect(world.group(KEY)?.metadata.finalizers).toEqual([]);
});

test('the folder of the original operator counts as made by this one once it is renamed', async () => {
  const legacy = { type: 'Folder', value: 'own' };
  const original = aGroup(group.spec, {
    metadata: {
      ...group.metadata,
      finalizers: ['vm-operator', ...(group.metadata.finalizers ?? [])],
      annotations: { 'vm.codeconnect.vmworld.com/legacy': 'Adopt' },
    },
  });
  const { world } = aWorld({ rename: async () => ({ type: 'Task', value: 'task-2' }) });
  const name = (value: string) =>
    world.inventory.apply(legacy, [
      { path: 'name', value },
      { path: 'parent', value: TEAM },
    ]);
  name('shop-web');
  const { extraConfig, instanceUuid } = aReplica(original, {
    ordinal: 0,
  }).machine;
  world.inventory.apply({ type: 'VirtualMachine', value: 'vm-1' }, [
    { path: 'name', value: 'web-replica-a' },
    { path: 'parent', value: legacy },
    { path: 'runtime.connectionState', value: 'disconnected' },
    { path: 'config.instanceUuid', value: instanceUuid },
    ...Object.entries(extraConfig).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
  ]);
  world.put(original);
  await world.reconcile(KEY);
  name('shop.web');
  await world.endTask('task-2', { kind: 'Succeeded' });
  await settle(world);
  expect(world.group(KEY)?.status?.folder).toMatchObject({ moRef: 'own', createdByOperator: true });
});
