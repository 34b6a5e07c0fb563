import { slotKey } from '../../api/identity';
import type { Random } from '../../time/random';
import type { Ledger } from '../model/ledger';
import type { Observation } from '../model/observation';
import { shutdownOf, shutdownOverAtMs } from '../plan/power-off';
import { ActError, verdictOnOwn } from './act-error';
import { recordFault } from './record-fault';

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
    ledger.remove(asked.key);
    const context = { group, ledger, random, now };
    recordFault(slotKey(replica.slot), failure, verdictOnOwn(failure.code), context);
  }
}
