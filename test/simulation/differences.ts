/** What differs from the end that every story must reach: exactly the right machines, and a status that says so. */
import { groupFolderName } from '../../src/api/identity';
import { LANDMARK } from '../fakes/vcenter';
import { differencesOfGroup, machinesOf } from './group-differences';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

/** All differences from the specs, each as a line. */
export function differencesOf(world: SimulatedWorld): readonly string[] {
  const differences: string[] = [];
  if (world.leader === undefined) differences.push('no process leads');
  for (const { name, connection } of world.processes)
    if (connection?.status.kind !== 'Ready') differences.push(`${name} is not connected to vCenter`);
  if (world.other !== undefined) differences.push(...world.other.differences);
  const groups = world.users.list();
  for (const group of groups) differences.push(...differencesOfGroup(group, machinesOf(group, world)));
  const uids = new Set(groups.map(({ metadata }) => metadata.uid));
  for (const machine of world.vcenter.machines) {
    const owner = ownerOf(machine);
    if (owner?.cluster === world.clusterId && !uids.has(owner.groupUid) && !world.orphaned.has(owner.groupUid))
      differences.push(`${machine.name} belongs to a group that is gone`);
  }
  const folders = new Set(groups.map(({ metadata }) => groupFolderName(metadata.namespace, metadata.name)));
  for (const { ref, name, parent } of world.vcenter.truth.entities.values()) {
    const isGroupFolder = parent.value === LANDMARK.operatorFolder.value && ref.type === 'Folder';
    if (!isGroupFolder || folders.has(name) || world.foldersKept.has(name)) continue;
    if (world.vcenter.truth.children(ref).length === 0) differences.push(`the empty folder ${name} is left`);
  }
  return differences;
}
