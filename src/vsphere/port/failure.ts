/** Why a call failed, and what to do about it (docs/failures.md). */

/** Why a call failed, as a plain value. */
export interface VsphereFailure {
  /** The vim25 fault type, or a TransportCode. */
  readonly code: string;
  /** For people: object, value and, if known, remedy. Never has a secret (R10). */
  readonly message: string;
  /** Whether the call may have taken effect. Unknown: the transport failed after the request was sent. */
  readonly outcome: 'NotSent' | 'Refused' | 'Unknown';
  /** The vim25 fault with its fields, if vCenter answered with one. */
  readonly fault?: { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };
}

/** What has to happen before a retry can succeed (docs/failures.md#classes). */
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

/** What to do about a failure. */
export interface FailureVerdict {
  readonly class: FailureClass;
  /** When to try again (docs/failures.md#when-it-is-tried-again). */
  readonly backoff: 'AtOnce' | 'Seconds' | 'Minutes' | 'HalfHour' | 'BlockingTask' | 'LoginBreaker';
  /** The class in the status of a VmGroup. */
  readonly apiClass: 'Retryable' | 'Capacity' | 'NeedsUser';
  /** The code of the failure, as a reason in the status. */
  readonly reason: string;
}
