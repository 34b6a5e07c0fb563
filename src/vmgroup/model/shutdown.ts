import type { InFlightOperation } from './in-flight';
import { operationsOf } from './in-flight-index';
import type { Observation, Replica } from './observation';

/** The in-flight request to the guest to shut down, if there is one. */
export function shutdownOf(replica: Replica, observed: Observation): InFlightOperation | undefined {
  return operationsOf(replica, observed).find(({ operation }) => operation === 'Shutdown');
}

/** Monotonic time at which the time for a guest to shut down is over. */
export function shutdownOverAtMs(asked: InFlightOperation, observed: Observation): number {
  return asked.sentAt.monotonicMs + observed.policy.powerOff.timeoutMs;
}
