import { refKey } from '../../vsphere/port';
import { type Action, NOTHING, type Plan, removeFinalizer } from '../model/action';
import { earliest, latest } from '../model/moment';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { gate, isBusy, settleActions } from './gates';
import { stepToRemove } from './replicas';
import type { Step } from './step';

/** Far longer than news of the inventory takes. */
const TAKEN_NAME_SHOWS_MS = 30_000;

/** Brings a deleted group to its end: its machines go (or lose our marks), its folder goes if empty, then the finalizer. */
export function planDeletion(observed: Observation): Plan {
  if (instanceMismatch(observed) !== undefined) return NOTHING;
  const { replicas, inFlight, folder, foreignNames } = observed;
  const { actions: settling, requeueAtMs: settleAtMs } = settleActions(observed);
  const actions: Action[] = [...settling];
  let requeueAtMs = settleAtMs;
  for (const replica of replicas) {
    const { step, requeueAtMs: stepAtMs } = stepFor(replica, observed);
    requeueAtMs = earliest(requeueAtMs, stepAtMs);
    if (step === undefined || isBusy(replica, observed)) continue;
    const { open, requeueAtMs: retryAtMs } = gate(replica.slot, observed);
    if (open) actions.push(step);
    else requeueAtMs = earliest(requeueAtMs, retryAtMs);
  }
  const leaving = new Map(replicas.map(({ machine }) => [refKey(machine.ref), 'Deleted'] as const));
  const pending: Plan = { ...NOTHING, actions, leaving, ...(requeueAtMs !== undefined && { requeueAtMs }) };
  // A clone that is still under way would leave an orphan behind (R7): everything has to have ended first.
  const underWay = inFlight.some(({ operation }) => operation !== 'Shutdown');
  if (replicas.length > 0 || underWay || observed.unclaimedClones) return pending;
  const showsAtMs = latest(takenNameShowsAtMs(observed), predecessorQuietAtMs(observed));
  if (showsAtMs !== undefined) return { ...pending, requeueAtMs: earliest(requeueAtMs, showsAtMs) ?? showsAtMs };
  if (observed.group.spec.deletionPolicy === 'Orphan' || folder.kind === 'Missing') return removeFinalizer([]);
  // R1: foreign content keeps the folder, never the finalizer.
  if (foreignNames.length > 0) return removeFinalizer(foreignNames);
  const { open, requeueAtMs: retryAtMs } = gate(undefined, observed);
  if (open) return { ...pending, actions: [...actions, { kind: 'DestroyFolder', folder: folder.ref }] };
  const next = earliest(requeueAtMs, retryAtMs);
  return { ...pending, ...(next !== undefined && { requeueAtMs: next }) };
}

/** What a predecessor asked for right before it died would be left behind, if its group were let go before it arrives (R7). */
function predecessorQuietAtMs({ predecessorQuietAtMs: atMs, now }: Observation): number | undefined {
  return atMs !== undefined && now.monotonicMs < atMs ? atMs : undefined;
}

/**
 * A name that vCenter has just called taken may be that of our own machine or folder: a request of ours that got lost has
 * made it, and the inventory has yet to show it (R7). Undefined when there is none, or it would have shown by now.
 */
function takenNameShowsAtMs({ faults, now }: Observation): number | undefined {
  let showsAtMs: number | undefined;
  for (const { reason, failedAtMs } of faults.values())
    if (reason === 'DuplicateName') showsAtMs = Math.max(showsAtMs ?? 0, failedAtMs + TAKEN_NAME_SHOWS_MS);
  return showsAtMs !== undefined && now.monotonicMs < showsAtMs ? showsAtMs : undefined;
}

function stepFor(replica: Replica, observed: Observation): Step {
  // Its host is down: it exists, and is never acted upon. The deletion waits and says so.
  if (replica.machine.connectionState !== 'connected') return {};
  if (observed.group.spec.deletionPolicy === 'Orphan') return { step: { kind: 'ReleaseMarks', replica } };
  return stepToRemove(replica, observed);
}
