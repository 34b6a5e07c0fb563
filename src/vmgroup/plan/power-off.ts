/** How a replica is switched off: by its guest, or by pulling the plug (spec.powerOff). */
import type { Action } from '../model/action';
import { entriesOf } from '../model/in-flight-index';
import type { LedgerEntry } from '../model/ledger';
import type { Observation, Replica } from '../model/observation';

export interface Step {
  readonly step?: Action;
  /** Monotonic time at which there may be another step. */
  readonly recheckAtMs?: number;
}

/** The next step towards a replica that is off. None while its guest still has time. */
export function stepToSwitchOff(replica: Replica, observed: Observation): Step {
  const hard: Step = { step: { kind: 'PowerOff', replica } };
  const { mode } = observed.policy.powerOff;
  // A suspended guest cannot be asked.
  if (mode === 'Hard' || replica.machine.powerState === 'suspended') return hard;
  const asked = shutdownOf(replica, observed);
  if (asked !== undefined) {
    const overAtMs = shutdownOverAtMs(asked, observed);
    if (mode === 'TrySoft' && (asked.refused || observed.now.monotonicMs >= overAtMs)) return hard;
    return { recheckAtMs: overAtMs };
  }
  if (mode === 'Soft') return { step: { kind: 'Shutdown', replica } };
  const { details } = replica.machine;
  // Not read yet. It comes with the stream, right after the machine itself.
  if (details === undefined) return {};
  return details.toolsRunning ? { step: { kind: 'Shutdown', replica } } : hard;
}

/** The request to the guest that is not answered yet by the machine being off. */
export function shutdownOf(replica: Replica, observed: Observation): LedgerEntry | undefined {
  return entriesOf(replica, observed).find(({ operation }) => operation === 'Shutdown');
}

/** Monotonic time at which a guest that was asked has had its time. */
export function shutdownOverAtMs(asked: LedgerEntry, observed: Observation): number {
  return asked.sentAt.monotonicMs + observed.policy.powerOff.timeoutMs;
}
