import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { giveMemoryBack, type ProcessMemory, processMemory } from './memory';

const MINUTE_MS = 60_000;

let clock: VirtualClock;
let stop: AbortController;
let resident: number;
let busy: number;
let collections: number;
let ended: Promise<unknown>;

/** A collection leaves 100 bytes. */
const memory: ProcessMemory = {
  residentBytes: () => resident,
  busyShare: () => busy,
  collect: () => {
    collections += 1;
    resident = 100;
  },
};

beforeEach(() => {
  clock = new VirtualClock();
  stop = new AbortController();
  [resident, busy, collections] = [300, 0, 0];
  ended = giveMemoryBack(memory, clock, stop.signal).catch((reason: unknown) => reason);
});

describe('memory that a burst has left behind', () => {
  test('is given back in the first quiet moment', async () => {
    busy = 0.5;
    await clock.advance(MINUTE_MS);
    expect(collections).toBe(0);
    busy = 0.05;
    await clock.advance(MINUTE_MS / 2);
    expect(collections).toBe(1);
  });

  test('is collected again only once the process has grown by three tenths', async () => {
    await clock.advance(MINUTE_MS);
    resident = 129;
    await clock.advance(10 * MINUTE_MS);
    expect(collections).toBe(1);
    resident = 131;
    await clock.advance(MINUTE_MS);
    expect(collections).toBe(2);
  });

  test('is collected at most once per minute, whatever grows', async () => {
    for (let s = 0; s < 300; s += 10) {
      resident = 300;
      await clock.advance(10_000);
    }
    expect(collections).toBeLessThanOrEqual(5);
  });

  test('is left alone once the process stops', async () => {
    stop.abort(new Error('stopping'));
    expect(await ended).toEqual(new Error('stopping'));
    await clock.advance(MINUTE_MS);
    expect(collections).toBe(0);
  });
});

test('this process gives free pages back, and tells how busy it was', () => {
  const own = processMemory();
  let garbage: object[] = [];
  for (let index = 0; index < 1_500_000; index += 1) garbage.push({ index, text: `${index}` });
  const before = own.residentBytes();
  expect(garbage.length).toBeGreaterThan(0);
  garbage = [];
  own.collect();
  expect(own.residentBytes()).toBeLessThan(before - 50e6);
  expect(own.busyShare()).toBeGreaterThan(0);
});
