import { slotKey } from '../../api/identity';
import type { Random } from '../../time/random';
import type { Observation } from '../model/observation';
import { shutdownOf, shutdownOverAtMs } from '../model/shutdown';
import { ActError, verdictOnOwn } from './act-error';
import type { RecordMemory } from './record-end';
import { recordFault } from './record-fault';

/**
 * With powerOff.mode Soft a guest that does not shut down in time is a failure that needs a person (R8). Returns
 * whether there was one: the observation is out of date then.
 */
export function failOverdueShutdowns(observed: Observation, memory: RecordMemory, random: Random): boolean {
  const { policy, now, group } = observed;
  if (policy.powerOff.mode !== 'Soft') return false;
  let failed = false;
  for (const replica of observed.replicas) {
    const asked = shutdownOf(replica, observed);
    if (asked === undefined || now.monotonicMs < shutdownOverAtMs(asked, observed)) continue;
    const failure = new ActError(
      'ShutdownTimeout',
      `the guest of ${replica.machine.name} did not shut down within ${policy.powerOff.timeoutMs / 1000} s: ` +
        'shut it down, or set spec.powerOff.mode to TrySoft',
    );
    failed = true;
    memory.inFlight.remove(asked.key);
    const context = { group, memory, random, now };
    recordFault(slotKey(replica.slot), failure, verdictOnOwn(failure.code), context);
  }
  return failed;
}
