import { backoffMs } from '../../time/backoff';
import type { Random } from '../../time/random';
import type { FailureVerdict } from '../../vsphere/port';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const B1 = { firstMs: SECOND, longestMs: MINUTE };
const B2 = { firstMs: 30 * SECOND, longestMs: 15 * MINUTE };
const B3_MS = 30 * MINUTE;
export const LONGEST_RETRY_MS = 1.2 * B3_MS;

/** How long a subject waits after its n-th failure in a row (R8: no hot loop, no failure without a next try). */
export function retryDelayMs(backoff: FailureVerdict['backoff'], attempts: number, random: Random): number {
  switch (backoff) {
    case 'B0':
      return attempts <= 5 ? 0 : backoffMs(B1, attempts - 5, random);
    case 'BT':
    case 'B1':
      return attempts <= 6 ? backoffMs(B1, attempts, random) : backoffMs(B2, attempts - 6, random);
    case 'B2':
      return backoffMs(B2, attempts, random);
    case 'B3':
    case 'BA':
      return B3_MS * (0.8 + 0.4 * random());
  }
}

/** Wait before the n-th power-on of a machine that keeps going off: 0 for the first, then 10 s doubling to 5 min. */
export function repairDelayMs(earlierRepairs: number): number {
  return earlierRepairs === 0 ? 0 : Math.min(5 * MINUTE, 10 * SECOND * 2 ** (earlierRepairs - 1));
}

/** A machine that stayed right for this long has forgotten its repairs. */
export const REPAIR_HOLDS_AFTER_MS = 10 * MINUTE;
