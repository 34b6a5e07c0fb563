import type { Action } from '../model/action';

/** What to do next for one replica or the folder: a step, a time to look again, or neither. */
export interface Step {
  readonly step?: Action;
  /** Monotonic time at which there may be another step. */
  readonly requeueAtMs?: number;
}
