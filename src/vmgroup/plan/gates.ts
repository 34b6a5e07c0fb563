/** What delays a step: an operation that is still in flight, or a fault whose next try is not due. */
import { slotKey } from '../../api/identity';
import { machineNameOf } from '../../api/naming';
import { refKey } from '../../vsphere/port';
import type { Action } from '../model/action';
import { NO_FAILURE_DOMAIN } from '../model/failure-domain';
import { type Fault, type FaultAbout, faultSubject, isOfUnseen, withBeside } from '../model/fault';
import { operationsOf } from '../model/in-flight-index';
import { unseenFolder, unseenMachines } from '../model/known-objects';
import { earliest } from '../model/moment';
import type { Observation, Replica } from '../model/observation';
import { wakeToken } from '../model/wake-token';

/** After this time without news, a Settle action finds out by a live read what happened to an operation. */
export const SETTLE_AFTER_MS = 60_000;
/**
 * How long the inventory may not show what vCenter has made, while nobody notices: two minutes until a lost wait is one, and
 * a new sync. No live read finds a folder by its name, so a folder is waited for as long.
 */
export const SILENT_INVENTORY_MS = 180_000;
/** The same after a lost reply: sooner, but the inventory gets a moment to show the effect. */
const SETTLE_UNKNOWN_AFTER_MS = 2_000;

/** Whether work may be tried now, and if not, when. */
export function gate(
  about: FaultAbout,
  observed: Observation,
  step?: Action['kind'],
): { readonly open: boolean; readonly requeueAtMs?: number } {
  let requeueAtMs: number | undefined;
  for (const fault of withBeside(observed.faults.get(faultSubject(about)))) {
    const dueMs = dueAtMs(fault, about, observed, step);
    if (dueMs !== undefined && observed.now.monotonicMs < dueMs) requeueAtMs = Math.max(requeueAtMs ?? dueMs, dueMs);
  }
  return requeueAtMs === undefined ? { open: true } : { open: false, requeueAtMs };
}

/** When the step may be tried again after this fault; undefined if it need not wait for it. */
function dueAtMs(fault: Fault, about: FaultAbout, observed: Observation, step?: Action['kind']): number | undefined {
  if (fault.wakeToken !== wakeToken(observed.group)) return undefined;
  // It is the failure domain that waits (spread.ts): another one may take the replica.
  if (fault.failureDomain !== undefined || fault.reason === NO_FAILURE_DOMAIN) return undefined;
  if (fault.only !== undefined && step !== undefined && fault.only !== step) return undefined;
  // What could not be seen is shown again: nothing has to be looked for.
  if (isOfUnseen(fault, about) && !isUnseen(about, observed)) return undefined;
  // A taken name has a backoff of half an hour. That is too long if the inventory shows no holder of the name: the
  // holder is gone, or another group has just made that folder and the inventory will show it soon.
  return fault.reason === 'DuplicateName' && !nameIsTaken(about, observed)
    ? Math.min(fault.retryAt.monotonicMs, fault.failedAtMs + Math.min(60_000, 1000 * 2 ** fault.attempts))
    : fault.retryAt.monotonicMs;
}

function isUnseen(about: FaultAbout, observed: Observation): boolean {
  if (about === undefined) return unseenFolder(observed) !== undefined;
  const subject = faultSubject(about);
  return unseenMachines(observed).some(({ ref, slot }) => refKey(ref) === subject || slotKey(slot) === subject);
}

/** Whether a foreign object has the slot's name. For others this is not checked. */
function nameIsTaken(about: FaultAbout, observed: Observation): boolean {
  if (about === undefined || !('ordinal' in about)) return false;
  return observed.foreignNames.includes(machineNameOf(observed.group, about));
}

/**
 * Whether an operation is in flight for this machine or its slot: one operation per machine at a time. A Shutdown does
 * not count: stepToPowerOff waits for it.
 */
export function isBusy(replica: Replica, observed: Observation): boolean {
  return operationsOf(replica, observed).some(({ operation }) => operation !== 'Shutdown');
}

/**
 * Until when a request that an earlier process sent right before it died may still arrive. Undefined once that is over. Its
 * machine could be a second one of its slot (R2), or an orphan of a group that is deleted (R7).
 */
export function predecessorQuietAtMs({ predecessorQuietAtMs: atMs, now }: Observation): number | undefined {
  return atMs !== undefined && now.monotonicMs < atMs ? atMs : undefined;
}

/** Live reads for in-flight operations without a known end, and the time when the next one is due. */
export function settleActions(observed: Observation): {
  readonly actions: readonly Action[];
  readonly requeueAtMs?: number;
} {
  const actions: Action[] = [];
  const isEnding = observed.group.metadata.deletionTimestamp !== undefined;
  let requeueAtMs: number | undefined;
  for (const { key, operation, state, stateSinceMs } of observed.inFlight) {
    // The task tracker follows a task that was sent, and reads it live when there is no news.
    if (operation === 'Settle' || state === 'Sent') continue;
    // A guest needs time to shut down; stepToPowerOff decides what happens after that.
    if (operation === 'Shutdown') continue;
    const isFolder = operation === 'CreateFolder';
    const knownMs = isFolder ? SILENT_INVENTORY_MS : SETTLE_AFTER_MS;
    // R7: a group that stays tries again, and the taken name tells. Of one that is being deleted this is the last look.
    const unknownMs = isFolder && isEnding ? SILENT_INVENTORY_MS : SETTLE_UNKNOWN_AFTER_MS;
    const dueMs = stateSinceMs + (state === 'Unknown' ? unknownMs : knownMs);
    if (observed.now.monotonicMs >= dueMs) actions.push({ kind: 'Settle', operationKey: key });
    else requeueAtMs = earliest(requeueAtMs, dueMs);
  }
  return { actions, ...(requeueAtMs !== undefined && { requeueAtMs }) };
}
