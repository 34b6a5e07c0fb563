import { backoffMs } from '../../time/backoff';
import type { Random } from '../../time/random';
import type { FailureVerdict } from '../../vsphere/port';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const SECONDS = { firstMs: SECOND, longestMs: MINUTE };
const MINUTES = { firstMs: 30 * SECOND, longestMs: 15 * MINUTE };
const HALF_HOUR_MS = 30 * MINUTE;
export const LONGEST_RETRY_MS = 1.2 * HALF_HOUR_MS;

/** How long a subject waits after its n-th failure in a row (R8: no hot loop, and every failure has a next try). */
export function retryDelayMs(backoff: FailureVerdict['backoff'], attempts: number, random: Random): number {
  switch (backoff) {
    case 'AtOnce':
      return attempts <= 5 ? 0 : backoffMs(SECONDS, attempts - 5, random);
    case 'BlockingTask':
    case 'Seconds':
      return attempts <= 6 ? backoffMs(SECONDS, attempts, random) : backoffMs(MINUTES, attempts - 6, random);
    case 'Minutes':
      return backoffMs(MINUTES, attempts, random);
    case 'HalfHour':
    case 'LoginBreaker':
      return HALF_HOUR_MS * (0.8 + 0.4 * random());
  }
}

/** Wait before the n-th power-on of a machine that keeps going off: 0 for the first, then 10 s doubling to 5 min. */
export function repairDelayMs(earlierRepairs: number): number {
  return earlierRepairs === 0 ? 0 : Math.min(5 * MINUTE, 10 * SECOND * 2 ** (earlierRepairs - 1));
}

/** Earlier repairs of a machine no longer count once it has stayed right for this long. */
export const REPAIR_HOLDS_AFTER_MS = 10 * MINUTE;
