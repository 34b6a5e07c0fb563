/** What differs from the right machines and the right status of one group. */
import { isCurrent } from '../../src/api/slot-revision';
import type { VmGroup } from '../../src/api/vm-group';
import type { ModelMachine } from '../fakes/vcenter';
import { ownerOf } from './watchers/watcher';

export function machinesOf(
  { metadata }: VmGroup,
  { machines, clusterId }: { readonly machines: readonly ModelMachine[]; readonly clusterId: string },
): readonly ModelMachine[] {
  return machines.filter((machine) => {
    const owner = ownerOf(machine);
    return owner?.cluster === clusterId && owner.groupUid === metadata.uid;
  });
}

export function differencesOfGroup(group: VmGroup, machines: readonly ModelMachine[]): readonly string[] {
  const { name, generation, deletionTimestamp } = group.metadata;
  if (deletionTimestamp !== undefined) return [`${name} is being deleted`];
  const { replicas, powerState } = group.spec;
  const differences: string[] = [];
  if (machines.length !== replicas) differences.push(`${name} has ${machines.length} machines of ${replicas}`);
  for (const machine of machines) {
    const slot = ownerOf(machine)?.slot;
    const isOutdated = slot === undefined || !isCurrent(slot, group.spec);
    if (isOutdated && group.spec.updateStrategy?.type !== 'OnDelete') differences.push(`${machine.name} is outdated`);
    if (group.spec.retire?.includes(machine.ref.value)) differences.push(`${machine.name} is retired`);
    if ((machine.powerState === 'poweredOn') !== (powerState === 'PoweredOn'))
      differences.push(`${machine.name} is ${machine.powerState}`);
  }
  if (new Set(machines.map((machine) => ownerOf(machine)?.slot.ordinal)).size !== machines.length)
    differences.push(`${name} has an ordinal twice`);
  for (const replica of lackDisks(group)) differences.push(`${replica.name} has no disks of its group`);
  if (group.status?.folder === undefined) differences.push(`${name} has no folder`);
  if (group.status?.observedGeneration !== generation) differences.push(`the status of ${name} is old`);
  if (group.status?.phase !== END_PHASES[powerState] && !waitsForPerson(group))
    differences.push(`${name} is ${group.status?.phase} (${group.status?.lastMessage}) ${falseConditions(group)}`);
  return differences;
}

/** Replicas that wait for their user to retire them: adopted machines, for which no clone made disks, or a linked one. */
export function lackDisks({ status }: VmGroup) {
  return (status?.replicas ?? []).filter(({ fault }) => CANNOT_BE_SIZED.has(fault?.reason ?? ''));
}

const CANNOT_BE_SIZED: ReadonlySet<string> = new Set(['DiskNotFound', 'DiskHasParent']);

/** The phase of a group that is as its spec asks. In any other something is left to do, such as a retry that is not due. */
const END_PHASES = { PoweredOn: 'RUNNING', PoweredOff: 'STOPPED' } as const;

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
