import { expect, test } from 'vitest';
import { checkLeaseTimings, LEASE_TIMINGS } from './lease-timings';

test('timings that could let two processes lead are refused', () => {
  expect(checkLeaseTimings(LEASE_TIMINGS)).toBeUndefined();
  expect(checkLeaseTimings({ ...LEASE_TIMINGS, renewDeadlineMs: 15_000 })).toMatch('longer than the renew deadline');
  expect(checkLeaseTimings({ ...LEASE_TIMINGS, retryPeriodMs: 9_000 })).toMatch('1.2 times the retry period');
  expect(checkLeaseTimings({ ...LEASE_TIMINGS, leaseDurationMs: 15_500 })).toMatch('whole seconds');
  expect(checkLeaseTimings({ ...LEASE_TIMINGS, retryPeriodMs: 0 })).toMatch('more than 0');
});
