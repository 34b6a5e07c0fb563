import { expect, test } from 'vitest';
import { leastOfTenMinutes, meansOfQuarters, slopePerHour } from './slope';

const MINUTE_MS = 60_000;
const points = (values: readonly number[]) => values.map((value, index) => ({ atMs: index * MINUTE_MS, value }));

test('a figure that grows by one a minute grows by 60 an hour', () => {
  expect(slopePerHour(points([...Array(60).keys()]))).toBeCloseTo(60);
});

test('what grows in the first quarter only does not count', () => {
  expect(slopePerHour(points([0, 50, 100, ...Array.from({ length: 13 }, () => 100)]))).toBeCloseTo(0);
});

test('too few points have no slope', () => {
  expect(slopePerHour(points([1, 2]))).toBeNaN();
});

test('the quarters of the time have their means', () => {
  expect(meansOfQuarters(points([1, 3, 5, 7, 2, 2, 8, 8, 8]))).toEqual([2, 6, 2, 8]);
  expect(meansOfQuarters([])).toEqual([]);
});

test('garbage that comes and goes is no growth', () => {
  const sawtooth = points(Array.from({ length: 120 }, (_, minute) => 30 + (minute % 7)));
  expect(leastOfTenMinutes(sawtooth)).toHaveLength(11);
  expect(slopePerHour(leastOfTenMinutes(sawtooth))).toBe(0);
  const leak = points(Array.from({ length: 120 }, (_, minute) => 30 + (minute % 7) + minute / 10));
  expect(slopePerHour(leastOfTenMinutes(leak))).toBeCloseTo(6, 0);
});

test('a last part that is no whole ten minutes does not look like growth, and a short time is one part', () => {
  const values = [...Array.from({ length: 60 }, (_, minute) => 30 + (minute % 7)), 36, 36, 36];
  expect(leastOfTenMinutes(points(values)).map(({ value }) => value)).toEqual([30, 30, 30, 30, 30, 30]);
  expect(leastOfTenMinutes(points([5, 3, 4]))).toEqual([{ atMs: MINUTE_MS, value: 3 }]);
  expect(leastOfTenMinutes([])).toEqual([]);
});
