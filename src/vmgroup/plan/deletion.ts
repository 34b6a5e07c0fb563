import { refKey } from '../../vsphere/port';
import { type Action, faultAboutOf, NOTHING, type Plan, removeFinalizer } from '../model/action';
import { unseenFolder, unseenMachines } from '../model/known-objects';
import { earliest, latest } from '../model/moment';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { planAdoption } from './adoption';
import { gate, isBusy, settleActions } from './gates';
import { planProofs } from './proofs';
import { stepToRemove } from './replicas';
import type { Step } from './step';

/** Far longer than the inventory takes to show an object. */
const TAKEN_NAME_SHOWS_MS = 30_000;

/**
 * Plans the end of a deleted group: machines are destroyed (or lose our marks), then the empty folder, then the
 * finalizer.
 */
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
  const leavesAll = observed.group.spec.deletionPolicy === 'Orphan';
  for (const step of leavesAll ? [] : planAdoption(observed)) {
    const { open, requeueAtMs: retryAtMs } = gate(faultAboutOf(step), observed);
    if (open) actions.push(step);
    else requeueAtMs = earliest(requeueAtMs, retryAtMs);
  }
  for (const step of planProofs(observed)) {
    const { open, requeueAtMs: retryAtMs } = gate(faultAboutOf(step), observed);
    if (open) actions.push(step);
    else requeueAtMs = earliest(requeueAtMs, retryAtMs);
  }
  const leaving = new Map(replicas.map(({ machine }) => [refKey(machine.ref), 'Deleted'] as const));
  const pending: Plan = { ...NOTHING, actions, leaving, ...(requeueAtMs !== undefined && { requeueAtMs }) };
  // A clone that is still in flight would leave an orphan (R7): everything must have ended first.
  const underWay = inFlight.some(({ operation }) => operation !== 'Shutdown');
  if (replicas.length > 0 || underWay || observed.unclaimedClones) return pending;
  // R1: what cannot be read now may be the group's. Machines of the original operator wait for the answer of a person.
  if (observed.unreadable.length > 0 || (observed.orphans.kind === 'Legacy' && !leavesAll)) return pending;
  // R1, R7: that the inventory shows no machine proves nothing. Only vCenter itself can say that each of them is gone.
  if (unseenMachines(observed).length > 0) return pending;
  const showsAtMs = latest(takenNameShowsAtMs(observed), predecessorQuietAtMs(observed));
  if (showsAtMs !== undefined) return { ...pending, requeueAtMs: earliest(requeueAtMs, showsAtMs) ?? showsAtMs };
  if (leavesAll) return removeFinalizer([]);
  if (folder.kind === 'Missing') {
    const unseen = unseenFolder(observed);
    // R13: an account that does not see where folders are sees no folder.
    if (unseen === undefined) return observed.blindSpot === undefined ? removeFinalizer([]) : pending;
    // The end of our own task comes, and with it the next plan.
    if (unseen.destroy === 'Sent') return pending;
    return afterRetry({ kind: 'ProveFolderGone', folder: unseen }, pending, observed);
  }
  // R1: foreign content keeps the folder, never the finalizer.
  if (foreignNames.length > 0) return removeFinalizer(foreignNames);
  // R1: an empty folder of that name may be somebody else's.
  if (!folder.isOurs) return removeFinalizer([], folder.path);
  return afterRetry({ kind: 'DestroyFolder', folder: folder.ref }, pending, observed);
}

/** The plan with this step on the folder, once its next try is due. */
function afterRetry(step: Action, pending: Plan, observed: Observation): Plan {
  const { open, requeueAtMs: retryAtMs } = gate(undefined, observed);
  if (open) return { ...pending, actions: [...pending.actions, step] };
  const next = earliest(pending.requeueAtMs, retryAtMs);
  return { ...pending, ...(next !== undefined && { requeueAtMs: next }) };
}

/**
 * A request that an earlier process sent right before it died may still arrive. Its machine would be an orphan (R7).
 */
function predecessorQuietAtMs({ predecessorQuietAtMs: atMs, now }: Observation): number | undefined {
  return atMs !== undefined && now.monotonicMs < atMs ? atMs : undefined;
}

/**
 * vCenter has just refused a name as taken. The object with that name may be our own machine or folder: a lost request
 * of ours made it, and the inventory does not show it yet (R7). Undefined without such a fault, or once the inventory
 * would show the object.
 */
function takenNameShowsAtMs({ faults, now }: Observation): number | undefined {
  let showsAtMs: number | undefined;
  for (const { reason, failedAtMs } of faults.values())
    if (reason === 'DuplicateName') showsAtMs = Math.max(showsAtMs ?? 0, failedAtMs + TAKEN_NAME_SHOWS_MS);
  return showsAtMs !== undefined && now.monotonicMs < showsAtMs ? showsAtMs : undefined;
}

function stepFor(replica: Replica, observed: Observation): Step {
  // Its host is not connected: the machine is left alone. The deletion waits, and the status says so.
  if (replica.machine.connectionState !== 'connected') return {};
  if (observed.group.spec.deletionPolicy === 'Orphan') return { step: { kind: 'ReleaseMarks', replica } };
  return stepToRemove(replica, observed);
}
