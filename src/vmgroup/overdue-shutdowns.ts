import { slotKey } from '../api/identity';
import type { Random } from '../time/random';
import { ActError, classifyOwn } from './act-error';
import { wakeToken } from './gates';
import { type Ledger, nextFault } from './ledger';
import type { Observation } from './observation';
import { retryDelayMs } from './retry-delay';
import { shutdownOf, shutdownOverAtMs } from './switch-off';

/** With powerOff.mode Soft a guest that does not shut down in its time is a failure that a person has to look at (R8). */
export function failOverdueShutdowns(observed: Observation, ledger: Ledger, random: Random): void {
  const { policy, now, group } = observed;
  if (policy.powerOff.mode !== 'Soft') return;
  for (const replica of observed.replicas) {
    const asked = shutdownOf(replica, observed);
    if (asked === undefined || now.monotonicMs < shutdownOverAtMs(asked, observed)) continue;
    const failure = new ActError(
      'ShutdownTimeout',
      `the guest of ${replica.machine.name} did not shut down within ${policy.powerOff.timeoutMs / 1000} s: ` +
        'shut it down, or set spec.powerOff.mode to TrySoft',
    );
    const verdict = classifyOwn(failure);
    if (verdict === undefined) continue;
    const subject = slotKey(replica.slot);
    const delayMs = (attempts: number) => retryDelayMs(verdict.backoff, attempts, random);
    ledger.remove(asked.key);
    ledger.fault(subject, nextFault(ledger.faults.get(subject), failure, verdict, wakeToken(group), now, delayMs));
  }
}
