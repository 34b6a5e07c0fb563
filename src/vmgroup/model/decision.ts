/** What one reconcile saw, decided and reported: enough to decide it again. */
import type { VmGroupStatus } from '../../api/vm-group';
import type { Plan } from './action';
import type { Fault } from './fault';
import type { Observation } from './observation';

export interface Decision {
  /** What the plan was made from. */
  readonly observed: Observation;
  readonly plan: Plan;
  /** The faults that the status was made from: those observed, without what the plan has cleared. */
  readonly reportedFaults: ReadonlyMap<string, Fault>;
  /** Undefined while the last status is kept. */
  readonly status: VmGroupStatus | undefined;
}

/** Takes every decision, and keeps those that differ from the one before. */
export interface DecisionRecorder {
  decided(decision: Decision): void;
}

export const NOT_RECORDED: DecisionRecorder = { decided: () => {} };
