import { beforeEach, describe, expect, test } from 'vitest';
import { runWave } from '../../../test/support/builders/clone-server';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { AdaptiveLimit, fixedLimit } from './limit';
import type { Measured } from './throughput';

let clock: VirtualClock;
let limit: AdaptiveLimit;

beforeEach(() => {
  clock = new VirtualClock();
  limit = new AdaptiveLimit(clock);
});

/** So many pieces of work end, of a server where one takes `secondsAt(concurrency)`, with as much in flight as the limit allows. */
async function work(count: number, secondsAt: (concurrency: number) => number, rest: Partial<Measured> = {}) {
  for (let index = 0; index < count; index += 1) {
    const concurrency = limit.current;
    const durationMs = secondsAt(concurrency) * 1000;
    await clock.advance(durationMs / concurrency);
    limit.measured({ kind: 'template', concurrency, durationMs, sawQueue: false, ...rest });
  }
}

describe('a limit that finds itself', () => {
  test('begins with 16 and doubles while durations hold, up to 128', async () => {
    expect(limit.current).toBe(16);
    await work(16, () => 60);
    expect(limit.current).toBe(32);
    await work(32 + 64, () => 60);
    expect(limit.current).toBe(128);
    await work(1_000, () => 60);
    expect(limit.current).toBe(128);
  });

  test('goes down to where less would do as much, where durations grow with what is in flight', async () => {
    await work(2_000, (concurrency) => 10 * concurrency);
    expect(limit.current).toBeLessThanOrEqual(2);
  });

  test('stays where twice as many do as much, and half as many do less', async () => {
    await work(500, (concurrency) => Math.max(60, concurrency * 2));
    expect([32, 64]).toContain(limit.current);
  });

  test('finds out that a server became faster, half an hour after it was slow', async () => {
    await work(500, (concurrency) => Math.max(60, concurrency * 2));
    await clock.advance(30 * 60_000);
    await work(500, () => 60);
    expect(limit.current).toBe(128);
  });

  test('finds out within a minute that a server became faster, where work is short', async () => {
    await work(2_000, (concurrency) => 0.01 * concurrency);
    expect(limit.current).toBeLessThanOrEqual(2);
    await clock.advance(60_000);
    await work(500, () => 0.2);
    expect(limit.current).toBe(128);
  });

  test('does not go below what was named as its least', async () => {
    limit = new AdaptiveLimit(clock, 16);
    await work(2_000, (concurrency) => 0.01 * concurrency);
    expect(limit.current).toBe(16);
  });

  test('does not rise while the server lets work wait', async () => {
    await work(500, () => 60, { sawQueue: true });
    expect(limit.current).toBe(16);
  });

  test('learns nothing from times in which less was in flight than it allows', async () => {
    for (let index = 0; index < 100; index += 1) await work(1, () => 60, { concurrency: 3 });
    expect(limit.current).toBe(16);
  });

  test('does not take a larger template for a slower server', async () => {
    await work(16, () => 60);
    await work(300, () => 600, { kind: 'large' });
    expect(limit.current).toBeGreaterThanOrEqual(32);
  });
});

test('a limit that a person set stays', () => {
  const fixed = fixedLimit(500);
  fixed.measured({ kind: '', concurrency: 500, durationMs: 1, sawQueue: false });
  expect(fixed.current).toBe(500);
});

describe('a wave of 1,000 clones', () => {
  test('keeps two in the queue of a vCenter that runs 24 at once, and takes as long as the best number', async () => {
    const server = { name: '24 slots', seconds: 60, slots: () => 24, speed: () => 1 };
    const [own, best] = [await runWave(server, 1_000, 0), await runWave(server, 1_000, 24)];
    expect(own.seconds).toBeLessThan(best.seconds * 1.1);
    expect(own.queuedHalfway).toBeLessThanOrEqual(4);
  });

  test('is refused a few times by a vCenter that takes 40, and takes as long as the best number', async () => {
    const server = { name: 'refuses', seconds: 60, refusesBeyond: 40, speed: () => 1 };
    const [own, best] = [await runWave(server, 1_000, 0), await runWave(server, 1_000, 40)];
    expect(own.seconds).toBeLessThan(best.seconds * 1.15);
    expect(own.refused).toBeLessThan(60);
    expect(own.refused).toBeGreaterThan(0);
  });

  test('gives each datastore its own number: a slow one does not hold a fast one back', async () => {
    const shared = (datastore: number) => (running: number, which: number) =>
      which === datastore ? 1 / Math.max(1, running) : 1;
    const own = await runWave({ name: 'two', seconds: 60, datastores: 2, speed: shared(0) }, 1_000, 0);
    // 500 clones on the fast one: with all of the limit they take 407 s, with what the slow one leaves of it 940 s.
    expect(own.datastoreSeconds[1]).toBeLessThan(720);
    expect(own.datastoreSeconds[0]).toBeLessThan(500 * 60 * 1.1);
  });
});
