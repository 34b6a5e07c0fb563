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
  // The longest pause of all that could be drawn.
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

/** Virtual time that it took. */
async function untilReady(): Promise<number> {
  let passedMs = 0;
  for (; connection.status.kind !== 'Ready'; passedMs += STEP_MS) await clock.advance(STEP_MS);
  return passedMs;
}

/** The wait alone is lost: whoever connects again is served. */
async function loseStream(): Promise<number> {
  model.goDown();
  model.goUp();
  while (connection.status.kind === 'Ready') await clock.advance(STEP_MS);
  return untilReady();
}

describe('a stream that is lost again and again, while every connect succeeds', () => {
  test('is back soon each time when it has served for a while', async () => {
    await untilReady();
    const pausesMs: number[] = [];
    for (let loss = 0; loss < 12; loss += 1) {
      await clock.advance(20_000);
      pausesMs.push(await loseStream());
    }
    expect(Math.max(...pausesMs)).toBeLessThan(2_000);
    await stop();
  });

  test('is no hot loop when it never serves, and still no long outage', async () => {
    await untilReady();
    const pausesMs: number[] = [];
    for (let loss = 0; loss < 12; loss += 1) pausesMs.push(await loseStream());
    expect(Math.min(...pausesMs.slice(4))).toBeGreaterThan(4_000);
    expect(Math.max(...pausesMs)).toBeLessThan(9_000);
    await stop();
  });

  test('is answered at once when it has served for a minute', async () => {
    await untilReady();
    await loseStream();
    await clock.advance(60_000);
    expect(await loseStream()).toBeLessThan(500);
    await stop();
  });
});
