/** R9: what vCenter lets wait, or refuses as too much, holds back more of its kind. */
import { beforeEach, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { Backpressure } from './backpressure';

const MINUTE_MS = 60_000;
let clock: VirtualClock;
let pressure: Backpressure;
beforeEach(async () => {
  clock = new VirtualClock();
  await clock.advance(MINUTE_MS);
  pressure = new Backpressure(clock);
});

function begin(count: number, kind = 'large'): readonly object[] {
  return Array.from({ length: count }, () => {
    pressure.begun(kind);
    return {};
  });
}

describe('tasks that vCenter queues', () => {
  test('hold more of their kind back once two have waited for a second', async () => {
    const works = begin(3);
    for (const work of works.slice(0, 2)) pressure.queued('large', work, true);
    await clock.advance(999);
    expect(pressure.holds('large')).toBe(false);
    await clock.advance(1);
    expect([pressure.holds('large'), pressure.holds('small')]).toEqual([true, false]);
  });

  test('hold nothing back where one waits, or once it runs or has ended', async () => {
    const [first = {}, second = {}] = begin(3);
    pressure.queued('large', first, true);
    await clock.advance(2_000);
    expect(pressure.holds('large')).toBe(false);
    pressure.queued('large', second, true);
    await clock.advance(500);
    pressure.queued('large', first, true);
    await clock.advance(500);
    expect(pressure.holds('large')).toBe(true);
    pressure.queued('large', first, false);
    expect(pressure.holds('large')).toBe(false);
    pressure.queued('large', first, true);
    await clock.advance(1_000);
    expect(pressure.holds('large')).toBe(true);
    pressure.ended('large', second, false);
    expect(pressure.holds('large')).toBe(false);
  });

  test('are remembered for what ran beside them', async () => {
    const [work = {}] = begin(2);
    pressure.queued('large', work, true);
    await clock.advance(1_000);
    expect(pressure.waitedSince('large', MINUTE_MS)).toBe(true);
    pressure.queued('large', work, false);
    await clock.advance(5_000);
    expect(pressure.waitedSince('large', MINUTE_MS + 1_000)).toBe(true);
    expect(pressure.waitedSince('large', MINUTE_MS + 1_001)).toBe(false);
    expect(pressure.waitedSince('small', 0)).toBe(false);
  });
});

describe('work that vCenter refuses as too much', () => {
  test('lets as many be in flight as were then, and one more for each eight after five minutes', async () => {
    const works = begin(10);
    pressure.ended('large', works[0] ?? {}, true);
    expect(pressure.holds('large')).toBe(true);
    pressure.ended('large', works[1] ?? {}, false);
    expect(pressure.holds('large')).toBe(false);
    begin(1);
    await clock.advance(5 * MINUTE_MS - 1);
    expect(pressure.holds('large')).toBe(true);
    await clock.advance(1);
    expect(pressure.holds('large')).toBe(false);
    // Nine, and two more: eleven.
    begin(1);
    expect(pressure.holds('large')).toBe(false);
    begin(1);
    expect(pressure.holds('large')).toBe(true);
  });

  test('lets one go on at least, and no more than at the first refusal', async () => {
    const works = begin(3);
    pressure.ended('large', works[0] ?? {}, true);
    pressure.ended('large', works[1] ?? {}, true);
    pressure.ended('large', works[2] ?? {}, true);
    expect(pressure.holds('large')).toBe(false);
    begin(1);
    expect(pressure.holds('large')).toBe(true);
    begin(8);
    pressure.ended('large', {}, true);
    pressure.ended('large', {}, false);
    expect(pressure.holds('large')).toBe(true);
  });

  test('is forgotten once 128 would be let through', async () => {
    const [work = {}] = begin(115);
    pressure.ended('large', work, true);
    await clock.advance(5 * MINUTE_MS);
    expect(pressure.holds('large')).toBe(false);
    begin(200);
    expect(pressure.holds('large')).toBe(false);
  });

  test('is remembered while none of its kind is in flight', () => {
    const [first = {}, second = {}] = begin(2);
    pressure.ended('large', first, true);
    pressure.ended('large', second, false);
    begin(1);
    expect(pressure.holds('large')).toBe(true);
  });

  test('of an unknown kind means nothing', () => {
    pressure.ended('small', {}, true);
    pressure.queued('small', {}, true);
    expect(pressure.holds('small')).toBe(false);
  });
});
