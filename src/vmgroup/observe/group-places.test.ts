/** R15: the places of one group in the limits. */
import { beforeEach, describe, expect, test } from 'vitest';
import { NOTHING_HELD } from '../../../test/support/builders/usage';
import { type Amount, NOTHING_USED } from '../model/limits';
import { type HeldPlaces, machinePlace, type Place } from '../model/place';
import { GroupPlaces } from './group-places';

const VM = { type: 'VirtualMachine', value: 'vm-1' };
const of = (vms: number, cpu = vms): Amount => ({ vms, cpu, memoryMiB: 0 });
const slot = (name: string, cpu = 1): Place => ({ key: name, target: of(1, cpu) });
const sized = (cpu: number, rest: Partial<Place> = {}): Place => ({
  ...{ key: machinePlace(VM), machine: VM, target: of(1, cpu) },
  ...rest,
});

let used: Map<string, Amount>;
let places: GroupPlaces;
beforeEach(() => {
  used = new Map();
  const holder = { key: 'shop/web', uid: 'u', namespace: 'shop' } as const;
  places = new GroupPlaces(holder, ({ value }) => used.get(value) ?? NOTHING_USED);
});
const planned = (held: Partial<HeldPlaces>) => places.planned({ ...NOTHING_HELD, ...held });
const free = (...some: readonly Place[]) => {
  for (const place of some) places.hold(place);
};

describe('a place', () => {
  test('of a new group is none, and the group is not forgotten', () => {
    expect([places.isEmpty, places.isForgotten, places.all]).toEqual([true, false, NOTHING_USED]);
  });

  test('of a machine that exists adds what it grows by', () => {
    used.set('vm-1', of(1, 2));
    places.take(sized(5));
    expect([places.all, places.isEmpty]).toEqual([of(0, 3), false]);
  });

  test('that is held stays as it was taken', () => {
    places.take(slot('a', 2));
    free(slot('a', 9));
    expect([places.all, places.bound()]).toEqual([of(1, 2), of(1, 2)]);
  });

  test('that is free does not bind, and one that is taken or pledged does', () => {
    places.take(sized(3, { isPledge: true }));
    free(slot('a'));
    expect([places.all, places.bound(), places.bound(machinePlace(VM))]).toEqual([of(2, 4), of(1, 3), NOTHING_USED]);
  });
});

describe('a step that is sent', () => {
  test('takes of what is free first, and leaves the rest of it', () => {
    free(slot('a', 2), slot('b', 2), slot('c', 2));
    places.take(slot('new', 3));
    expect([places.has('a'), places.has('b'), places.has('c')]).toEqual([false, false, true]);
    expect(places.all).toEqual(of(2, 5));
  });

  test('takes nothing more of it than it needs, and nothing for a place that it has', () => {
    free(slot('a'), slot('b'));
    places.take(slot('new'));
    expect(places.has('b')).toBe(true);
    places.take(slot('new', 9));
    expect([places.has('b'), places.all]).toEqual([true, of(2, 10)]);
  });

  test('takes nothing of what others of its steps have taken', () => {
    places.take(slot('a'));
    places.take(slot('new'));
    expect(places.all).toEqual(of(2));
  });

  test('takes the place of the machine out of sight whose slot it fills', () => {
    planned({ unseen: [sized(2)], spent: new Set([machinePlace(VM)]), successors: new Map([['a', machinePlace(VM)]]) });
    expect([places.formerOf('a'), places.formerOf('b')]).toEqual([machinePlace(VM), undefined]);
    expect(places.need(slot('a', 3))).toEqual(of(0, 1));
    places.take(slot('a', 3));
    expect([places.all, places.formerOf('a')]).toEqual([of(1, 3), undefined]);
  });
});

describe('after a plan', () => {
  test('what is spent and pledged stays, and of what is free one place for each step to come', () => {
    places.take(slot('spent'));
    places.take(slot('pledged'));
    places.take(slot('over'));
    free(slot('more'));
    const hadMore = planned({ spent: new Set(['spent']), pledged: new Set(['pledged']), asked: [slot('next')] });
    expect(hadMore).toBe(true);
    expect(['spent', 'pledged', 'over', 'more'].map((key) => places.has(key))).toEqual([true, true, true, false]);
    expect([places.all, places.bound(), places.asked]).toEqual([of(3), of(2), of(1)]);
  });

  test('nothing is kept for a step that has its place, or needs none', () => {
    places.take(slot('a'));
    used.set('vm-1', of(1, 2));
    free(slot('over'));
    expect(planned({ spent: new Set(['a']), asked: [slot('a'), sized(2)] })).toBe(true);
    expect([places.asked, places.all]).toEqual([NOTHING_USED, of(1)]);
  });

  test('nothing was let go where all is needed', () => {
    free(slot('a'));
    expect(planned({ asked: [slot('next')] })).toBe(false);
  });
});

describe('a group that is forgotten', () => {
  test('holds only what is in flight, and waits for nothing', () => {
    places.take(slot('clone'));
    places.take(sized(2));
    free(slot('free'));
    planned({ spent: new Set(['clone', machinePlace(VM)]), asked: [slot('next')], waitsFor: of(1) });
    places.forget();
    expect([places.isForgotten, places.waitsFor, places.asked]).toEqual([true, undefined, NOTHING_USED]);
    expect([places.all, places.has('clone')]).toEqual([of(1), true]);
  });

  test('does not hold what was only prepared', () => {
    places.take({ ...slot('pledge'), isPledge: true });
    places.forget();
    expect(places.isEmpty).toBe(true);
  });
});

test('a machine that is gone holds its place until the group has looked', () => {
  places.holdOf(VM, of(1, 4));
  expect([places.get(machinePlace(VM)), places.bound()]).toEqual([sized(4), NOTHING_USED]);
  places.drop(machinePlace(VM));
  expect(places.isEmpty).toBe(true);
});
