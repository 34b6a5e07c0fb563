import { describe, expect, test } from 'vitest';
import { WriteLimiter } from './write-limiter';

describe('WriteLimiter', () => {
  test('the first report of a group goes out at once', () => {
    expect(new WriteLimiter().waitUntilMs('a', Number.NEGATIVE_INFINITY, 3, 1_000)).toBeUndefined();
  });

  test('a group writes once a second, or less often the more replicas it has', () => {
    const pace = new WriteLimiter();
    expect(pace.waitUntilMs('a', 10_000, 3, 10_100)).toBe(11_000);
    expect(pace.waitUntilMs('b', 10_000, 500, 10_100)).toBe(15_000);
  });

  test('asking again keeps the moment, and at that moment the report goes out', () => {
    const pace = new WriteLimiter();
    expect(pace.waitUntilMs('a', 10_000, 3, 10_100)).toBe(11_000);
    expect(pace.waitUntilMs('a', 10_000, 3, 10_900)).toBe(11_000);
    expect(pace.waitUntilMs('a', 10_000, 3, 11_000)).toBeUndefined();
  });

  test('many groups share ten reports a second', () => {
    const pace = new WriteLimiter();
    const moments = Array.from({ length: 50 }, (_, index) => pace.waitUntilMs(`g${index}`, 10_000, 3, 10_100));
    expect(moments[0]).toBe(11_000);
    expect(moments[49]).toBe(15_900);
    expect(new Set(moments).size).toBe(50);
  });
});
