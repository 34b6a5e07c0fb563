import type { InFlightOperation } from './in-flight';
import { operationsOf } from './in-flight-index';
import type { Observation, Replica } from './observation';

/** The request to the guest that is not answered yet by the machine being off. */
export function shutdownOf(replica: Replica, observed: Observation): InFlightOperation | undefined {
  return operationsOf(replica, observed).find(({ operation }) => operation === 'Shutdown');
}

/** Monotonic time at which a guest that was asked has had its time. */
export function shutdownOverAtMs(asked: InFlightOperation, observed: Observation): number {
  return asked.sentAt.monotonicMs + observed.policy.powerOff.timeoutMs;
}
