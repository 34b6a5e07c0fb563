import { refKey } from '../../vsphere/port';
import { faultAboutOf, NOTHING, type Plan, removeFinalizer } from '../model/action';
import { FOLDER_FAULT } from '../model/fault';
import { doubtfulFolder, type KnownFolder, unseenFolder, unseenMachines } from '../model/known-objects';
import { latest } from '../model/moment';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { adoptionWaitsUntilMs, planAdoption } from './adoption';
import { Attempts } from './attempts';
import { isBusy, predecessorQuietAtMs, SILENT_INVENTORY_MS } from './gates';
import { addHostRules } from './host-rules';
import { planProofs } from './proofs';
import { stepToRemove } from './replicas';
import type { Step } from './step';

/**
 * Plans the end of a deleted group: machines are destroyed (or lose our marks), then the empty folder, then the
 * finalizer.
 */
export function planDeletion(observed: Observation): Plan {
  if (instanceMismatch(observed) !== undefined) return NOTHING;
  const { replicas, inFlight, folder, foreignNames } = observed;
  const attempts = new Attempts(observed);
  const hasRules = addHostRules(attempts, observed);
  for (const replica of replicas) {
    const next = stepFor(replica, observed, hasRules);
    if (isBusy(replica, observed)) attempts.again(next.requeueAtMs);
    else attempts.add(replica.slot, next);
  }
  const leavesAll = observed.group.spec.deletionPolicy === 'Orphan';
  if (!leavesAll) attempts.again(adoptionWaitsUntilMs(observed));
  for (const step of leavesAll ? [] : planAdoption(observed)) attempts.add(faultAboutOf(step), { step });
  for (const step of planProofs(observed)) attempts.add(faultAboutOf(step), { step });
  const leaving = new Map(replicas.map(({ machine }) => [refKey(machine.ref), 'Deleted'] as const));
  const pending = (): Plan => ({ ...NOTHING, ...attempts.gathered, leaving });
  // A clone that is still in flight would leave an orphan (R7): everything must have ended first.
  const underWay = inFlight.some(({ operation }) => operation !== 'Shutdown');
  if (replicas.length > 0 || underWay || observed.unclaimedClones) return pending();
  if (hasRules) return pending();
  // R1: what cannot be read now may be the group's. Machines of the original operator wait for the answer of a person.
  if (observed.unreadable.length > 0) return pending();
  const unseen = unseenFolder(observed);
  if (observed.orphans.kind === 'Legacy' && !leavesAll) {
    // They are taken over, and their folder gets the name of the group's own, once that is known to be gone (adoption.ts).
    if (unseen !== undefined) attempts.add(undefined, proofOf(unseen));
    return pending();
  }
  // R1, R7: that the inventory shows no machine proves nothing. Only vCenter itself can say that each of them is gone.
  if (unseenMachines(observed).length > 0) return pending();
  const showsAtMs = latest(takenNameShowsAtMs(observed), predecessorQuietAtMs(observed));
  if (showsAtMs !== undefined) {
    attempts.again(showsAtMs);
    return pending();
  }
  const place = placeToLookInto(observed, leavesAll);
  if (place !== undefined) {
    attempts.add(undefined, { step: { kind: 'LookIntoFolder', folder: place.ref, path: place.path } });
    return pending();
  }
  if (leavesAll) return removeFinalizer([]);
  if (folder.kind === 'Missing') {
    // R13: an account that does not see where folders are sees no folder.
    if (unseen === undefined) return observed.blindSpot === undefined ? removeFinalizer([]) : pending();
    attempts.add(undefined, proofOf(unseen));
    return pending();
  }
  // R1: foreign content keeps the folder, never the finalizer.
  if (foreignNames.length > 0) return removeFinalizer(foreignNames);
  // R1: an empty folder of that name may be somebody else's.
  if (!folder.isOurs) return removeFinalizer([], folder.path);
  attempts.add(undefined, { step: { kind: 'DestroyFolder', folder: folder.ref } });
  return pending();
}

/** The end of our own task comes, and with it the next plan. */
function proofOf(folder: KnownFolder): Step {
  return folder.destroy === 'Sent' ? {} : { step: { kind: 'ProveFolderGone', folder } };
}

/**
 * vCenter has just refused a name as taken. The object with that name may be our own machine or folder: a lost request
 * of ours made it, and the inventory does not show it yet (R7). Undefined without such a fault, or once the inventory
 * would show the object.
 */
function takenNameShowsAtMs({ faults, folder, now }: Observation): number | undefined {
  let showsAtMs: number | undefined;
  for (const [subject, { reason, failedAtMs }] of faults) {
    const isShown = subject === FOLDER_FAULT && folder.kind === 'Found';
    if (reason === 'DuplicateName' && !isShown) showsAtMs = Math.max(showsAtMs ?? 0, failedAtMs + SILENT_INVENTORY_MS);
  }
  return showsAtMs !== undefined && now.monotonicMs < showsAtMs ? showsAtMs : undefined;
}

/**
 * The folder that stays, if an earlier process may have cloned into it: then the inventory may not show the machine yet (R7),
 * or not show the folder either, where the account may not look. A folder that is removed is looked into right before.
 */
function placeToLookInto(observed: Observation, leavesAll: boolean): Pick<KnownFolder, 'ref' | 'path'> | undefined {
  const { folder, foreignNames, lookedIntoFolder } = observed;
  if (observed.predecessorQuietAtMs === undefined || lookedIntoFolder) return undefined;
  if (folder.kind === 'Missing') return doubtfulFolder(observed) ?? (leavesAll ? unseenFolder(observed) : undefined);
  return leavesAll || foreignNames.length > 0 || !folder.isOurs ? folder : undefined;
}

function stepFor(replica: Replica, observed: Observation, hasRules: boolean): Step {
  // Its host is not connected: the machine is left alone. The deletion waits, and the status says so.
  if (replica.machine.connectionState !== 'connected') return {};
  // R1: a rule is known to be the group's by its machines: it goes before their marks do.
  if (hasRules && observed.group.spec.deletionPolicy === 'Orphan') return {};
  if (observed.group.spec.deletionPolicy === 'Orphan') return { step: { kind: 'ReleaseMarks', replica } };
  return stepToRemove(replica, observed);
}
