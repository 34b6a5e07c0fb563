/** What holds a step back: an entry that is still under way, or a failure whose next try is not due. */
import { type Slot, slotKey, virtualMachineName } from '../../api/identity';
import type { Action } from '../model/action';
import { FOLDER_FAULT } from '../model/fault';
import { operationsOf } from '../model/in-flight-index';
import { earliest } from '../model/moment';
import type { Observation, Replica } from '../model/observation';
import { wakeToken } from '../model/wake-token';

/** After this long without news an entry is settled by a live read. */
export const SETTLE_AFTER_MS = 60_000;
/** A lost reply is looked into soon, but vCenter gets a moment to show the effect by itself. */
const SETTLE_UNKNOWN_AFTER_MS = 2_000;

/** Whether work on a slot (or, without one, on the folder) may be tried now, and else when. */
export function gate(
  slot: Slot | undefined,
  observed: Observation,
): { readonly open: boolean; readonly requeueAtMs?: number } {
  const fault = observed.faults.get(slot === undefined ? FOLDER_FAULT : slotKey(slot));
  if (fault === undefined || fault.wakeToken !== wakeToken(observed.group)) return { open: true };
  // Half an hour of backoff would be silly where nothing is seen to hold the name: its holder has gone, or it is a folder
  // that another group has just made and that will show up.
  const dueMs =
    fault.reason === 'DuplicateName' && !nameIsTaken(slot, observed)
      ? Math.min(fault.retryAt.monotonicMs, fault.failedAtMs + Math.min(60_000, 1000 * 2 ** fault.attempts))
      : fault.retryAt.monotonicMs;
  return observed.now.monotonicMs >= dueMs ? { open: true } : { open: false, requeueAtMs: dueMs };
}

/** Whether something that is not ours is seen to hold the slot's name. What holds a folder's name is not looked into. */
function nameIsTaken(slot: Slot | undefined, observed: Observation): boolean {
  const { name, uid } = observed.group.metadata;
  return slot !== undefined && observed.foreignNames.includes(virtualMachineName(name, uid, slot));
}

/**
 * Whether something is under way for this machine or its slot: one operation a machine at a time. A guest that was asked
 * to shut down bars nothing: stepToSwitchOff waits for it.
 */
export function isBusy(replica: Replica, observed: Observation): boolean {
  return operationsOf(replica, observed).some(({ operation }) => operation !== 'Shutdown');
}

/** Live reads for inFlight that nobody saw the end of, and when the next one falls due. */
export function settleActions(observed: Observation): {
  readonly actions: readonly Action[];
  readonly requeueAtMs?: number;
} {
  const actions: Action[] = [];
  let requeueAtMs: number | undefined;
  for (const entry of observed.inFlight) {
    // The tasks' list view follows what is Sent, and reads it live when there is no news.
    if (entry.operation === 'Settle' || entry.state === 'Sent') continue;
    // A guest takes its time, and what comes after that is the plan's business.
    if (entry.operation === 'Shutdown') continue;
    const dueMs = entry.stateSinceMs + (entry.state === 'Unknown' ? SETTLE_UNKNOWN_AFTER_MS : SETTLE_AFTER_MS);
    if (observed.now.monotonicMs >= dueMs) actions.push({ kind: 'Settle', operationKey: entry.key });
    else requeueAtMs = earliest(requeueAtMs, dueMs);
  }
  return { actions, ...(requeueAtMs !== undefined && { requeueAtMs }) };
}
