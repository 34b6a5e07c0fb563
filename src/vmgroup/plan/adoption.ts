import { groupFolderName, type Slot } from '../../api/identity';
import { slotRevisionOf } from '../../api/slot-revision';
import type { VmGroup } from '../../api/vm-group';
import type { Action } from '../model/action';
import { unseenFolder } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { predecessorQuietAtMs } from './gates';

/**
 * Takes over orphans if the annotation asks for it: each gets our marks, then the original operator's folder is
 * renamed. A clone of an earlier process comes first: its machine and an orphan must not get one slot (R2). So does the group's
 * own folder while it is out of sight: a clone may have put a machine there, and whether it is gone is asked (replicas.ts).
 */
export function planAdoption(observed: Observation): readonly Action[] {
  const { orphans, group, inFlight } = observed;
  if (orphans.kind === 'None' || !orphans.adopt || group.spec.paused) return [];
  const taken = new Set(observed.replicas.map(({ slot }) => slot.ordinal));
  // Also of machines that cannot be seen or read now.
  for (const { slot } of [...inFlight, ...observed.known.machines]) if (slot !== undefined) taken.add(slot.ordinal);
  const actions: Action[] = [];
  const mayHaveFolder = unseenFolder(observed) !== undefined;
  const waits = mayHaveFolder || observed.unclaimedClones || adoptionWaitsUntilMs(observed) !== undefined;
  for (const { machine, owner } of waits ? [] : orphans.machines) {
    if (inFlight.some((operation) => operation.machine?.value === machine.ref.value)) continue;
    if (machine.connectionState !== 'connected') continue;
    const slot = freeSlot(owner?.slot, taken, group);
    taken.add(slot.ordinal);
    actions.push({ kind: 'Adopt', machine, owner, slot });
  }
  // R2: a second folder of the group would come about.
  if (orphans.kind === 'Legacy' && orphans.machines.length === 0 && !mayHaveFolder) {
    const name = groupFolderName(group.metadata.namespace, group.metadata.name);
    const replicas = observed.replicas.map(({ machine }) => machine.ref);
    actions.push({ kind: 'RenameFolder', folder: orphans.folder, name, replicas });
  }
  return actions;
}

/** Until when orphans wait for a clone of an earlier process that may still arrive. Monotonic time. */
export function adoptionWaitsUntilMs(observed: Observation): number | undefined {
  const { orphans } = observed;
  return orphans.kind !== 'None' && orphans.adopt ? predecessorQuietAtMs(observed) : undefined;
}

/**
 * Its own revision, and its own ordinal if that is free. A machine of the original operator counts as of the current
 * revision.
 */
function freeSlot(former: Slot | undefined, taken: ReadonlySet<number>, group: VmGroup): Slot {
  let ordinal = former?.ordinal ?? 0;
  if (taken.has(ordinal)) for (ordinal = 0; taken.has(ordinal); ordinal += 1);
  return { ordinal, revision: former?.revision ?? slotRevisionOf(group.spec, ordinal) };
}
