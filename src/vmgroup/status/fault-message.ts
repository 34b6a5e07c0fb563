import type { Fault } from '../model/fault';
import { isoTime } from './replicas';

/** A fault, and what it is about: a machine, a policy or a field. */
export interface NamedFault {
  readonly name: string;
  readonly fault: Fault;
}

/** So many faults are told in one message. */
export const MOST_FAULTS = 3;

/** As a message tells it, with the time of the next try. */
export function faultMessage({ name, fault }: NamedFault): string {
  return `${name}: ${fault.message}, retry at ${isoTime(fault.retryAt.wallMs).slice(11)}`;
}
