import { describe, expect, test } from 'vitest';
import { WriteLimiter } from './write-limiter';

describe('WriteLimiter', () => {
  test('the first status of a group is written at once', () => {
    expect(new WriteLimiter().waitUntilMs('a', Number.NEGATIVE_INFINITY, 3, 1_000)).toBeUndefined();
  });

  test('a group writes once per second, and less often the more replicas it has', () => {
    const limiter = new WriteLimiter();
    expect(limiter.waitUntilMs('a', 10_000, 3, 10_100)).toBe(11_000);
    expect(limiter.waitUntilMs('b', 10_000, 500, 10_100)).toBe(15_000);
  });

  test('asking again keeps the time, and at that time the status is written', () => {
    const limiter = new WriteLimiter();
    expect(limiter.waitUntilMs('a', 10_000, 3, 10_100)).toBe(11_000);
    expect(limiter.waitUntilMs('a', 10_000, 3, 10_900)).toBe(11_000);
    expect(limiter.waitUntilMs('a', 10_000, 3, 11_000)).toBeUndefined();
  });

  test('many groups share ten writes per second', () => {
    const limiter = new WriteLimiter();
    const times = Array.from({ length: 50 }, (_, index) => limiter.waitUntilMs(`g${index}`, 10_000, 3, 10_100));
    expect(times[0]).toBe(11_000);
    expect(times[49]).toBe(15_900);
    expect(new Set(times).size).toBe(50);
  });
});
