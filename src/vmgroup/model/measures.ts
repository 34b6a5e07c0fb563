/** What is measured of the work for groups: how long people wait for what the operator promises. */
import type { WorkOutcome } from '../../vsphere/port';
import type { Fault } from './fault';
import type { Operation } from './in-flight';

/**
 * What became of a machine behind our back.
 * - PoweredOff: it was powered off or suspended.
 * - Gone: it is not there any more.
 * - Resized: it has other CPU or memory than the spec.
 */
export type Drift = 'PoweredOff' | 'Gone' | 'Resized';

/** Created: the group is new. Changed: the spec of a group has changed. */
export type SpecChange = 'Created' | 'Changed';

export interface OperationEnd {
  readonly operation: Operation;
  readonly outcome: WorkOutcome['kind'];
  /** From sending it; undefined if that is not known. */
  readonly tookMs: number | undefined;
  /** Of the fault that was recorded for it, if any. */
  readonly faultClass: Fault['class'] | undefined;
}

/** Takes what was measured. Never blocks, never throws, and makes no call (R4). */
export interface Measures {
  /** A step in vCenter has ended. */
  operationEnded(end: OperationEnd): void;
  /** A replica that had drifted is again as its group wants it. */
  driftRepaired(drift: Drift, afterMs: number): void;
  /** A group is ready after a change of its spec. */
  specReady(change: SpecChange, afterMs: number): void;
}

export const NOT_MEASURED: Measures = {
  operationEnded: () => {},
  driftRepaired: () => {},
  specReady: () => {},
};
