/** What differs from the end that every story must reach: exactly the right machines, and a status that says so. */
import { groupFolderName, revisionOf } from '../../src/api/identity';
import type { VmGroup } from '../../src/api/vm-group';
import { LANDMARK, type ModelMachine } from '../fakes/vcenter';
import { ownerOf } from './watchers/watcher';
import type { SimulatedWorld } from './world';

/** All differences from the specs, each as a line. */
export function differencesOf(world: SimulatedWorld): readonly string[] {
  const differences: string[] = [];
  if (world.leader === undefined) differences.push('no process leads');
  for (const { name, connection } of world.processes)
    if (connection.status.kind !== 'Ready') differences.push(`${name} is not connected to vCenter`);
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

export function machinesOf({ metadata }: VmGroup, world: SimulatedWorld): readonly ModelMachine[] {
  return world.vcenter.machines.filter((machine) => {
    const owner = ownerOf(machine);
    return owner?.cluster === world.clusterId && owner.groupUid === metadata.uid;
  });
}

export function differencesOfGroup(group: VmGroup, machines: readonly ModelMachine[]): readonly string[] {
  const { name, generation, deletionTimestamp } = group.metadata;
  if (deletionTimestamp !== undefined) return [`${name} is being deleted`];
  const { replicas, powerState } = group.spec;
  const differences: string[] = [];
  if (machines.length !== replicas) differences.push(`${name} has ${machines.length} machines of ${replicas}`);
  const revision = revisionOf(group.spec);
  for (const machine of machines) {
    const isOutdated = ownerOf(machine)?.slot.revision !== revision;
    if (isOutdated && group.spec.updateStrategy?.type !== 'OnDelete') differences.push(`${machine.name} is outdated`);
    if ((machine.powerState === 'poweredOn') !== (powerState === 'PoweredOn'))
      differences.push(`${machine.name} is ${machine.powerState}`);
  }
  if (new Set(machines.map((machine) => ownerOf(machine)?.slot.ordinal)).size !== machines.length)
    differences.push(`${name} has an ordinal twice`);
  if (group.status?.observedGeneration !== generation) differences.push(`the status of ${name} is old`);
  if (powerState === 'PoweredOn' && group.status?.phase !== 'RUNNING' && !waitsForPerson(group))
    differences.push(`${name} is ${group.status?.phase} (${group.status?.lastMessage}) ${falseConditions(group)}`);
  return differences;
}

/** A running machine may keep its size, and an outdated one may stay, until a person acts. The status says so. */
function waitsForPerson({ status }: VmGroup): boolean {
  return status?.conditions?.some(({ reason }) => WAITING.has(reason)) ?? false;
}

const WAITING: ReadonlySet<string> = new Set(['PowerOffRequired', 'HotAddRefused', 'RolloutPending']);

function falseConditions({ status }: VmGroup): string {
  const conditions = status?.conditions?.filter(
    ({ type, status: value }) => ['Stalled', 'Paused', 'Deleting'].includes(type) === (value === 'True'),
  );
  return (conditions ?? []).map(({ type, reason, message }) => `${type}/${reason}: ${message}`).join(', ');
}
