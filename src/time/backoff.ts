import type { Random } from './random';

/** An exponential backoff with full jitter: the wait is drawn from (0, min(longestMs, firstMs * 2^attempts)]. */
export interface BackoffPolicy {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Milliseconds to wait after `attempts` failed attempts (1 = the first failure). */
export function backoffMs(policy: BackoffPolicy, attempts: number, random: Random): number {
  const ceiling = Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(30, Math.max(0, attempts - 1)));
  return Math.max(1, Math.ceil(ceiling * (1 - random())));
}
