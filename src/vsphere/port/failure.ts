/** What a failed call says, and the verdict on it. Types that other rooms build against. */

/** Why a call failed, in a form that needs no class: `code` is the vim25 fault type, or a transport word of ours. */
export interface VsphereFailure {
  readonly code: string;
  /** For a person: object, value and remedy where known. Never holds a secret (R10). */
  readonly message: string;
  /** Whether the call may have taken effect: a failure of transport after the request was sent leaves that Unknown. */
  readonly outcome: 'NotSent' | 'Refused' | 'Unknown';
  /** What vCenter said, where it said something: vim25 fault type and the fields worth showing. */
  readonly fault?: { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };
}

/** Classes of failures (vim25.md part 3.1), told by what has to happen before a retry can succeed. */
export type FailureClass =
  | 'soon'
  | 'later'
  | 'capacity'
  | 'needs-user'
  | 'auth'
  | 'gone'
  | 'conflict'
  | 'already-so'
  | 'bug'
  | 'fatal';

/** What to do about a failure: its class, its backoff rule, and how the API shows it. */
export interface FailureVerdict {
  readonly class: FailureClass;
  /** B0 at once, SECONDS 1 s to 60 s, MINUTES 30 s to 15 min, B3 half an hour or a wake, BT the task in the way, BA the login breaker. */
  readonly backoff: 'AtOnce' | 'Seconds' | 'Minutes' | 'HalfHour' | 'BlockingTask' | 'LoginBreaker';
  readonly apiClass: 'Retryable' | 'Capacity' | 'NeedsUser';
  /** vim25 fault type, or a word of ours; CamelCase. */
  readonly reason: string;
}
