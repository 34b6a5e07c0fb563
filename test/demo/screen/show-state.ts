import type { GroupRow } from './group-table';

/** Waiting: an earlier step is not finished. */
export type StepStatus = 'Waiting' | 'Running' | 'Done' | 'Failed';

export interface StepState {
  readonly title: string;
  readonly status: StepStatus;
  /** Monotonic time. Undefined while Waiting. */
  readonly startedAtMs?: number;
  /** Undefined until Done or Failed. */
  readonly tookMs?: number;
  /** What the step does, or what it saw at its end. */
  readonly detail?: string;
}

/** A Kubernetes event about a group. */
export interface EventRow {
  /** Time of day, such as 12:34:56. */
  readonly time: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly about: string;
  readonly note: string;
}

/** Everything that the screen shows. */
export interface ShowState {
  readonly steps: readonly StepState[];
  readonly groups: readonly GroupRow[];
  /** The oldest first. */
  readonly events: readonly EventRow[];
  /** Lines at the end, such as commands for another shell. */
  readonly footer: readonly string[];
}

export const EMPTY_SHOW: ShowState = { steps: [], groups: [], events: [], footer: [] };

/** Enough for the tallest terminal. */
const KEPT_EVENTS = 200;

export function withEvent(state: ShowState, event: EventRow): ShowState {
  return { ...state, events: [...state.events, event].slice(-KEPT_EVENTS) };
}

/** The state with a change of the step at `index`. */
export function withStep(state: ShowState, index: number, change: Partial<StepState>): ShowState {
  return { ...state, steps: state.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) };
}
