/** R7: a clone of an earlier process, which no stream shows yet, is not left behind by a group that keeps its folder. */
import { expect, test } from 'vitest';
import { aGroup, aReplica } from '../../test/support/builders/observation';
import { ReconciledWorld } from '../../test/support/builders/reconciled-world';
import type { VmGroup } from '../api/vm-group';
import type { LiveVirtualMachine, ManagedObjectReference } from '../vsphere/port';

const KEY = 'shop/web';
const FOLDER = { type: 'Folder', value: 'group-folder' };
const BASE = aGroup({ replicas: 1 });
const { machine } = aReplica(BASE, { ordinal: 0 });

function aDeleted(deletionPolicy: 'Delete' | 'Orphan'): VmGroup {
  return {
    ...BASE,
    metadata: { ...BASE.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    spec: { ...BASE.spec, deletionPolicy },
    status: { folder: { moRef: FOLDER.value, path: '/dc/vm/vm-operator/shop.web', createdByOperator: true } },
  };
}

/** An operator that has just started. Its stream hangs, and what is in the group's folder is read live only. */
function aWorld(folderName: string, inside: LiveVirtualMachine | undefined) {
  const reads: string[] = [];
  const world = new ReconciledWorld({
    readFolderChildren: async () => (inside === undefined ? [] : [inside.ref]),
    readVirtualMachine: async ({ value }) => {
      reads.push(value);
      return inside;
    },
    destroyFolder: async () => ({ type: 'Task', value: 'task-1' }),
  });
  const put = (ref: ManagedObjectReference, name: string, parent: ManagedObjectReference) =>
    world.inventory.apply(ref, [
      { path: 'name', value: name },
      { path: 'parent', value: parent },
    ]);
  put({ type: 'Datacenter', value: 'dc' }, 'dc', { type: 'Folder', value: 'root' });
  put({ type: 'Folder', value: 'vm' }, 'vm', { type: 'Datacenter', value: 'dc' });
  put({ type: 'Folder', value: 'parent' }, 'vm-operator', { type: 'Folder', value: 'vm' });
  put(FOLDER, folderName, { type: 'Folder', value: 'parent' });
  const holdForeign = () => put({ type: 'Folder', value: 'theirs' }, 'theirs', FOLDER);
  return { world, reads, holdForeign };
}

async function settle(world: ReconciledWorld): Promise<VmGroup | undefined> {
  for (let round = 0; round < 4; round += 1) {
    await world.reconcile(KEY);
    await world.clock.advance(10_000);
  }
  return world.group(KEY);
}

const live: LiveVirtualMachine = { ...machine, disks: [] };

test.each<[string, 'Delete' | 'Orphan', string, boolean]>([
  ['with spec.deletionPolicy Orphan', 'Orphan', 'shop.web', false],
  ['with foreign objects in its folder', 'Delete', 'shop.web', true],
  ['whose folder was renamed while no process ran', 'Delete', 'kept', false],
  ['whose folder was renamed, with spec.deletionPolicy Orphan', 'Orphan', 'kept', false],
])('a deleted group %s keeps its finalizer while a live look finds its machine', async (_, policy, name, isForeign) => {
  const unshown = aWorld(name, live);
  if (isForeign) unshown.holdForeign();
  unshown.world.put(aDeleted(policy));
  const waiting = await settle(unshown.world);
  expect(waiting?.metadata.finalizers).toEqual(BASE.metadata.finalizers);
  expect(waiting?.status?.conditions?.find(({ type }) => type === 'Deleting')?.message).toContain(machine.name);

  const empty = aWorld(name, undefined);
  if (isForeign) empty.holdForeign();
  empty.world.put(aDeleted(policy));
  expect((await settle(empty.world))?.metadata.finalizers).toEqual([]);
});

test('R4: what the inventory shows in the folder is known by its marks, and is not read', async () => {
  const foreign = { ...live, extraConfig: {}, name: 'pet' };
  const { world, reads } = aWorld('shop.web', foreign);
  world.inventory.apply(foreign.ref, [
    { path: 'name', value: foreign.name },
    { path: 'parent', value: FOLDER },
    { path: 'config.changeVersion', value: '1' },
  ]);
  world.put(aDeleted('Delete'));
  expect((await settle(world))?.metadata.finalizers).toEqual([]);
  expect(reads).toEqual([]);
  expect(world.events.map(({ note }) => note).join()).toContain('pet');
});
