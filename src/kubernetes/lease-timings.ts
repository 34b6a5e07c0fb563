/** The three timings of client-go. Each must be longer than the next, see `checkLeaseTimings`. */
export interface LeaseTimings {
  /** Other processes take the lease when it did not change for this long. Whole seconds. */
  readonly leaseDurationMs: number;
  /** For this long after its last successful renewal was sent, the holder may act, and tries to renew. */
  readonly renewDeadlineMs: number;
  /** Between two renewals, or two tries. A random part of up to 120 % is added for a process that waits. */
  readonly retryPeriodMs: number;
}

/** client-go, as kube-controller-manager and controller-runtime use it. */
export const LEASE_TIMINGS: LeaseTimings = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };

/** Longest random part of a pause, in retry periods. */
export const JITTER = 1.2;

/** What is wrong with these timings, or undefined (client-go: NewLeaderElector). */
export function checkLeaseTimings({
  leaseDurationMs,
  renewDeadlineMs,
  retryPeriodMs,
}: LeaseTimings): string | undefined {
  if (!(leaseDurationMs >= 1_000) || leaseDurationMs % 1_000 !== 0)
    return 'the lease duration must be whole seconds, at least 1 s';
  if (!(retryPeriodMs > 0)) return 'the retry period must be more than 0';
  if (!(leaseDurationMs > renewDeadlineMs)) return 'the lease duration must be longer than the renew deadline';
  if (!(renewDeadlineMs > retryPeriodMs * JITTER))
    return `the renew deadline must be longer than ${JITTER} times the retry period`;
  return undefined;
}
