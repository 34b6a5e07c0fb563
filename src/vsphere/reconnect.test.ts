import { beforeEach, describe, expect, test } from 'vitest';
import { VCenterModel } from '../../test/fakes/vcenter';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import type { VCenterConnection } from '.';

const STEP_MS = 10;

let clock: VirtualClock;
let model: VCenterModel;
let connection: VCenterConnection;
let stop: () => Promise<void>;

beforeEach(() => {
  clock = new VirtualClock();
  // With 0 the longest possible pause is drawn.
  model = new VCenterModel({ clock, random: () => 0, machines: 3 });
  connection = model.connect({ watchedExtraConfigKeys: [] });
  const stopping = new AbortController();
  const run = connection.run(stopping.signal);
  let over = false;
  void run.then(() => {
    over = true;
  });
  stop = async () => {
    stopping.abort();
    while (!over) await clock.advance(STEP_MS);
  };
});

/** Returns the virtual time until the connection is ready. */
async function untilReady(): Promise<number> {
  let passedMs = 0;
  for (; connection.status.kind !== 'Ready'; passedMs += STEP_MS) await clock.advance(STEP_MS);
  return passedMs;
}

/**
 * Breaks the stream; the server accepts new connections at once. Returns the virtual time until the connection is
 * ready.
 */
async function loseStream(): Promise<number> {
  model.goDown();
  model.goUp();
  while (connection.status.kind === 'Ready') await clock.advance(STEP_MS);
  return untilReady();
}

describe('a stream that breaks again and again, while every connect succeeds', () => {
  test('is ready again soon each time if it was ready for a while', async () => {
    await untilReady();
    const pausesMs: number[] = [];
    for (let loss = 0; loss < 12; loss += 1) {
      await clock.advance(20_000);
      pausesMs.push(await loseStream());
    }
    expect(Math.max(...pausesMs)).toBeLessThan(2_000);
    await stop();
  });

  test('is neither a hot loop nor a long outage if it breaks at once each time', async () => {
    await untilReady();
    const pausesMs: number[] = [];
    for (let loss = 0; loss < 12; loss += 1) pausesMs.push(await loseStream());
    expect(Math.min(...pausesMs.slice(4))).toBeGreaterThan(4_000);
    expect(Math.max(...pausesMs)).toBeLessThan(9_000);
    await stop();
  });

  test('is connected again at once if it was ready for a minute', async () => {
    await untilReady();
    await loseStream();
    await clock.advance(60_000);
    expect(await loseStream()).toBeLessThan(500);
    await stop();
  });
});
