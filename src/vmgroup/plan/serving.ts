import type { Operation } from '../model/in-flight';
import { operationsOf } from '../model/in-flight-index';
import type { Observation, Replica } from '../model/observation';
import { serves } from '../model/readiness';

const DISTURBING: ReadonlySet<Operation> = new Set(['Shutdown', 'PowerOff', 'Destroy']);

/** Whether it is being taken out of service by ourselves, though it may still run. */
export function isDisturbed(replica: Replica, observed: Observation): boolean {
  return operationsOf(replica, observed).some(({ operation }) => DISTURBING.has(operation));
}

/** Whether it is what its group wants, and will stay so unless something happens to it. */
export function servesUndisturbed(replica: Replica, observed: Observation): boolean {
  return serves(replica, observed) && !isDisturbed(replica, observed);
}
