import { describe, expect, test } from 'vitest';
import { PackingPace } from './packing-pace';

/** Packs decisions of so many machines as fast as the pace allows, for so long; returns how many. */
function packFor(
  pace: PackingPace,
  { machines, fromMs = 0, forMs }: { machines: number; fromMs?: number; forMs: number },
) {
  let packed = 0;
  for (let nowMs = fromMs; nowMs < fromMs + forMs; nowMs += 1)
    while (pace.allows(nowMs)) {
      pace.packed(machines);
      packed += 1;
    }
  return packed;
}

describe('the pace of packing', () => {
  test('two seconds of it are saved up, for decisions at once', () => {
    const pace = new PackingPace();
    expect(packFor(pace, { machines: 20, forMs: 1 })).toBe(2_353);
  });

  test('after that it takes a fiftieth of the time, whatever the size of the groups', () => {
    for (const [machines, each] of [
      [0, 0.25],
      [20, 0.85],
      [500, 15.25],
    ] as const) {
      const pace = new PackingPace();
      packFor(pace, { machines, forMs: 1 });
      const packed = packFor(pace, { machines, fromMs: 1, forMs: 100_000 });
      expect(packed * each).toBeGreaterThan(2_000 - 2 * each);
      expect(packed * each).toBeLessThan(2_000 + 2 * each);
    }
  });

  test('what is saved up is never more, however long nothing is packed', () => {
    const pace = new PackingPace();
    packFor(pace, { machines: 20, forMs: 1 });
    expect(packFor(pace, { machines: 20, fromMs: 86_400_000, forMs: 1 })).toBe(2_353);
  });
});
