import type { Operation } from '../model/in-flight';
import { operationsOf } from '../model/in-flight-index';
import type { Observation, Replica } from '../model/observation';
import { serves } from '../model/readiness';

const DISTURBING: ReadonlySet<Operation> = new Set(['Shutdown', 'PowerOff', 'Destroy']);

/** Whether we are taking the replica out of service, though it may still run. */
export function isDisturbed(replica: Replica, observed: Observation): boolean {
  return operationsOf(replica, observed).some(({ operation }) => DISTURBING.has(operation));
}

/** Whether the replica serves, and we are not taking it out of service. */
export function servesUndisturbed(replica: Replica, observed: Observation): boolean {
  return serves(replica, observed) && !isDisturbed(replica, observed);
}
