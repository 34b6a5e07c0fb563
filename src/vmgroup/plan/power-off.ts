/** How a replica is powered off: through its guest, or hard (spec.powerOff). */
import type { Observation, Replica } from '../model/observation';
import { shutdownOf, shutdownOverAtMs } from '../model/shutdown';
import type { Step } from './step';

/** The next step to power a replica off. No step while its guest still has time to shut down. */
export function stepToPowerOff(replica: Replica, observed: Observation): Step {
  const hard: Step = { step: { kind: 'PowerOff', replica } };
  const { mode } = observed.policy.powerOff;
  // A suspended guest cannot be asked.
  if (mode === 'Hard' || replica.machine.powerState === 'suspended') return hard;
  const asked = shutdownOf(replica, observed);
  if (asked !== undefined) {
    const overAtMs = shutdownOverAtMs(asked, observed);
    if (mode === 'TrySoft' && (asked.refused || observed.now.monotonicMs >= overAtMs)) return hard;
    return { requeueAtMs: overAtMs };
  }
  // Details that are not read may never come, as when the account lost the right to see the machine. vCenter knows then.
  const canBeAsked = mode === 'Soft' || replica.machine.details?.toolsRunning !== false;
  return canBeAsked ? { step: { kind: 'Shutdown', replica } } : hard;
}
