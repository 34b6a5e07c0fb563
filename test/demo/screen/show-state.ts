import type { GroupRow } from './group-table';

/** Waiting: not its turn yet. */
export type StepStatus = 'Waiting' | 'Running' | 'Done' | 'Failed';

export interface StepState {
  readonly title: string;
  readonly status: StepStatus;
  /** Monotonic; present from Running on. */
  readonly startedAtMs?: number;
  /** Present once Done or Failed. */
  readonly tookMs?: number;
  /** What it is at, or what was seen at its end. */
  readonly detail?: string;
}

/** A Kubernetes event about a group. */
export interface EventRow {
  /** Of the day, as 12:34:56. */
  readonly time: string;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly about: string;
  readonly note: string;
}

/** All that the screen shows. */
export interface ShowState {
  readonly steps: readonly StepState[];
  readonly groups: readonly GroupRow[];
  /** Oldest first. */
  readonly events: readonly EventRow[];
  /** Lines at the end, such as what to export in another shell. */
  readonly footer: readonly string[];
}

export const EMPTY_SHOW: ShowState = { steps: [], groups: [], events: [], footer: [] };

/** Enough for the tallest terminal. */
const KEPT_EVENTS = 200;

export function withEvent(state: ShowState, event: EventRow): ShowState {
  return { ...state, events: [...state.events, event].slice(-KEPT_EVENTS) };
}

/** With the step at `index` changed. */
export function withStep(state: ShowState, index: number, change: Partial<StepState>): ShowState {
  return { ...state, steps: state.steps.map((step, at) => (at === index ? { ...step, ...change } : step)) };
}
