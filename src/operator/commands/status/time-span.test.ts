import { expect, test } from 'vitest';
import { since, timeSpan } from './time-span';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

test.each([
  [0, '0s'],
  [-5 * M, '0s'],
  [119 * S, '119s'],
  [2 * M, '2m'],
  [3 * M + 20 * S, '3m20s'],
  [10 * M + 20 * S, '10m'],
  [3 * H, '3h'],
  [3 * H + 5 * M, '3h5m'],
  [8 * H + 5 * M, '8h'],
  [2 * D + 4 * H, '2d4h'],
  [9 * D + 4 * H, '9d'],
])('%i ms are told as kubectl tells ages: %s', (ms, text) => expect(timeSpan(ms)).toBe(text));

test('since a time of the API server, and undefined for what is no time', () => {
  const nowMs = Date.UTC(2026, 0, 1, 0, 1);
  expect(since('2026-01-01T00:00:00Z', nowMs)).toBe('60s');
  expect(since('yesterday', nowMs)).toBeUndefined();
});
