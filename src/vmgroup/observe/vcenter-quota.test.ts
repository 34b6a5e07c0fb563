/** R15: who holds the room in the limits of a vCenter, decided as work is sent. */
import { beforeEach, describe, expect, test } from 'vitest';
import { CountedWorld, NOTHING_HELD } from '../../../test/support/builders/usage';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Amount, Limits } from '../model/limits';
import { type HeldPlaces, machinePlace, type Place, slotPlace } from '../model/place';
import type { Holder } from '../model/quota';
import { VCenterQuota } from './vcenter-quota';

let world: CountedWorld;
let quota: VCenterQuota;
let limits: Limits;
let woken: string[];

beforeEach(() => {
  world = new CountedWorld();
  limits = {};
  woken = [];
  quota = new VCenterQuota({
    ...{ usage: world.usage, limits: () => limits, wake: (key) => woken.push(key) },
    ...{ clock: new VirtualClock(), signal: new AbortController().signal },
  });
});

const holder = (key: string): Holder => ({ key, uid: `uid of ${key}`, namespace: key.split('/')[0] ?? '' });
const WEB = holder('shop/web');
const DB = holder('shop/db');
const BANK = holder('bank/main');

const one = (cpu = 1, memoryMiB = 1024): Amount => ({ vms: 1, cpu, memoryMiB });
const slot = (ordinal = 0) => ({ ordinal, revision: 'r' });
const clone = (ordinal = 0, target = one()): Place => ({ key: slotPlace(slot(ordinal)), target });
const reserve = (who: Holder, place: Place, isUncertain = false) => quota.reserve(who, place, isUncertain);

/** A plan of a group that holds nothing but this. */
function planned(who: Holder, held: Partial<HeldPlaces> = {}): void {
  quota.planned(who, { ...NOTHING_HELD, ...held });
}
const inFlight = (...places: readonly Place[]) => ({ spent: new Set(places.map(({ key }) => key)) });
const waiting = (need = one()) => ({ waitsFor: need });

describe('R15: a place', () => {
  test('is taken once: of two groups that have room for it in their plans, the second is refused', () => {
    limits = { perNamespace: { vms: 1 } };
    expect([reserve(WEB, clone()), reserve(DB, clone()), reserve(BANK, clone())]).toEqual([true, false, true]);
  });

  test('of the whole vCenter is taken once, too', () => {
    limits = { total: { vms: 1 } };
    expect([reserve(WEB, clone()), reserve(BANK, clone())]).toEqual([true, false]);
  });

  test.each<[Limits, number]>([
    [{ perNamespace: { cpu: 7 } }, 3],
    [{ total: { memoryGiB: 4 } }, 2],
    [{ perNamespace: { vms: 4, cpu: 100 }, total: { vms: 1 } }, 1],
    [{ perNamespace: { vms: 0 } }, 0],
    [{}, 5],
  ])('with %j: clones of 2 CPU and 2 GiB fit %i times', (given, times) => {
    limits = given;
    const answers = [0, 1, 2, 3, 4].map((ordinal) => reserve(WEB, clone(ordinal, one(2, 2048))));
    expect(answers.filter(Boolean)).toHaveLength(times);
  });

  test('of a machine is refused beyond the limit of one machine, but not to one that exists already', () => {
    limits = { perVM: { cpu: 4, memoryGiB: 8 } };
    expect(reserve(WEB, clone(0, one(4, 8192)))).toBe(true);
    expect(reserve(WEB, clone(1, one(5, 1024)))).toBe(false);
    expect(reserve(WEB, clone(2, one(1, 8193)))).toBe(false);
    expect(reserve(WEB, { ...clone(3, one(16)), anySize: true })).toBe(true);
  });

  test('is refused while nobody knows what clones of an earlier process add, unless it adds nothing', () => {
    const machine = world.machine('a', { group: 'shop/web', cpu: 4 });
    const smaller = { key: machinePlace(machine), machine, target: one(2) };
    expect([reserve(WEB, clone(), true), reserve(WEB, smaller, true)]).toEqual([false, true]);
  });

  test('is held for work that was sent before there were limits', () => {
    expect([reserve(WEB, clone(0)), reserve(WEB, clone(1))]).toEqual([true, true]);
    limits = { perNamespace: { vms: 2 } };
    expect(reserve(DB, clone())).toBe(false);
  });
});

describe('a clone', () => {
  beforeEach(() => {
    limits = { perNamespace: { vms: 2 } };
  });

  test('holds its place until its machine is seen; then the machine counts, and nothing twice', () => {
    reserve(WEB, clone());
    planned(WEB, inFlight(clone()));
    expect(quota.used(DB, new Set()).namespace).toEqual(one());
    world.machine('a', { group: 'shop/web' });
    planned(WEB, inFlight(clone()));
    expect(quota.used(DB, new Set()).namespace).toEqual(one());
    expect([reserve(DB, clone(0)), reserve(DB, clone(1))]).toEqual([true, false]);
  });

  test('that failed gives its place back with the next plan', () => {
    reserve(WEB, clone(0));
    reserve(WEB, clone(1));
    planned(DB, waiting());
    planned(WEB, inFlight(clone(0)));
    expect(woken).toEqual(['shop/db']);
    expect(reserve(DB, clone())).toBe(true);
  });

  test('counts for the group that sent it, too', () => {
    reserve(WEB, clone(0));
    expect(quota.used(WEB, new Set([clone(0).key])).namespace.vms).toBe(1);
    expect(reserve(WEB, clone(1))).toBe(true);
    expect(reserve(WEB, clone(2))).toBe(false);
  });

  test('of a group that is gone holds its place until it ends', () => {
    reserve(WEB, clone(0));
    reserve(WEB, clone(1));
    planned(WEB, inFlight(clone(0), clone(1)));
    planned(DB, waiting());
    quota.forget(WEB);
    expect([reserve(DB, clone()), woken]).toEqual([false, []]);
    quota.ended(WEB, clone(0).key, false);
    expect(woken).toEqual(['shop/db']);
    expect([reserve(DB, clone(0)), reserve(DB, clone(1))]).toEqual([true, false]);
  });
});

describe('a machine that grows', () => {
  test('needs room only for what it gets more, and holds it until it shows its size', () => {
    limits = { perNamespace: { cpu: 8, vms: 2 } };
    const machine = world.machine('a', { group: 'shop/web', cpu: 2 });
    world.machine('b', { group: 'shop/db', cpu: 2 });
    const grow = { key: machinePlace(machine), machine, target: one(6) };
    expect([reserve(WEB, grow), reserve(WEB, { ...grow, key: 'another', target: one(3) })]).toEqual([true, false]);
    world.change(machine, [{ path: 'config.hardware.numCPU', value: 6 }]);
    expect(quota.used(DB, new Set()).namespace.cpu).toBe(8);
  });

  test('is pledged its room when it is powered off for it', () => {
    limits = { perNamespace: { cpu: 4 } };
    const machine = world.machine('a', { group: 'shop/web', cpu: 2 });
    const grow = { key: machinePlace(machine), machine, target: one(4), isPledge: true } as const;
    expect(reserve(WEB, grow)).toBe(true);
    planned(WEB, { pledged: new Set([grow.key]) });
    expect(reserve(DB, clone())).toBe(false);
    expect(reserve(WEB, { key: grow.key, machine, target: one(4) })).toBe(true);
  });
});

describe('R15: the place of a machine that is gone', () => {
  beforeEach(() => {
    limits = { total: { vms: 1 } };
    planned(WEB);
    planned(BANK, waiting());
    const machine = world.machine('a', { group: 'shop/web' });
    world.remove(machine);
  });

  test('is held for its group until that has looked: a replacement is not robbed of it', () => {
    expect([woken, reserve(BANK, clone())]).toEqual([[], false]);
    planned(WEB, { asked: [clone()] });
    expect([woken, reserve(BANK, clone())]).toEqual([[], false]);
    expect(reserve(WEB, clone())).toBe(true);
  });

  test('is free once its group does without it', () => {
    planned(WEB);
    expect([woken, reserve(BANK, clone())]).toEqual([['bank/main'], true]);
  });

  test('is held while the machine may exist and cannot be seen', () => {
    const unseen = { key: machinePlace({ type: 'VirtualMachine', value: 'a' }), target: one() };
    planned(WEB, { spent: new Set([unseen.key]), unseen: [unseen] });
    expect([woken, reserve(BANK, clone())]).toEqual([[], false]);
    planned(WEB);
    expect(woken).toEqual(['bank/main']);
  });
});

test('R15: a machine out of sight holds a place in a process that has never seen it', () => {
  limits = { perNamespace: { vms: 1 } };
  const unseen = { key: machinePlace({ type: 'VirtualMachine', value: 'never-seen' }), target: one() };
  planned(WEB, { spent: new Set([unseen.key]), unseen: [unseen] });
  expect(reserve(DB, clone())).toBe(false);
});

test('R15: who waits for room is woken when a machine gets smaller', () => {
  limits = { perNamespace: { cpu: 4 } };
  const large = world.machine('large', { group: 'shop/web', cpu: 4 });
  for (const group of [DB, holder('shop/cache')]) planned(group, waiting());
  world.change(large, [{ path: 'config.hardware.numCPU', value: 3 }]);
  expect(woken).toEqual(['shop/db']);
});

describe('R15: who waits for room', () => {
  const groups = ['shop/a', 'shop/b', 'shop/c', 'bank/a', 'bank/b'].map(holder);
  const leave = (machine: ReturnType<CountedWorld['machine']>) => {
    world.remove(machine);
    planned(WEB);
  };
  let machines: ReturnType<CountedWorld['machine']>[];

  beforeEach(() => {
    limits = { total: { vms: 4 } };
    machines = [0, 1, 2, 3].map((ordinal) => world.machine(`m${ordinal}`, { group: 'shop/web', ordinal }));
    planned(WEB);
    for (const group of groups) planned(group, waiting());
    expect(woken).toEqual([]);
  });

  test('is woken when a machine is gone: as many as there is room for, namespaces in turn', () => {
    for (const machine of machines.slice(0, 3)) leave(machine);
    expect(woken).toEqual(['shop/a', 'bank/a', 'shop/b']);
  });

  test('holds what it is offered until it has planned', () => {
    const [first] = machines;
    if (first !== undefined) leave(first);
    expect(woken).toEqual(['shop/a']);
    expect(reserve(holder('bank/b'), clone())).toBe(false);
    planned(holder('shop/a'), { asked: [clone()] });
    expect(reserve(holder('bank/b'), clone())).toBe(false);
    expect(reserve(holder('shop/a'), clone())).toBe(true);
  });

  test('goes without it when it does nothing with it: the next one is woken', () => {
    const [first] = machines;
    if (first !== undefined) leave(first);
    planned(holder('shop/a'));
    expect(woken).toEqual(['shop/a', 'bank/a']);
  });

  test('is not woken again and again for room that does not help it', () => {
    const [first, second] = machines;
    if (first !== undefined) leave(first);
    for (let next = 0; next < Math.min(20, woken.length); next += 1) planned(holder(woken[next] ?? ''), waiting());
    expect(woken).toEqual(['shop/a', 'bank/a', 'shop/b', 'bank/b', 'shop/c']);
    if (second !== undefined) leave(second);
    expect(woken).toHaveLength(7);
  });

  test('has its turn after the others once it was served, and so has its namespace', () => {
    const [first, second, third] = machines;
    for (const machine of [first, second, third]) {
      if (machine !== undefined) leave(machine);
      const served = holder(woken.at(-1) ?? '');
      planned(served, { asked: [clone()] });
      expect(reserve(served, clone())).toBe(true);
      planned(served, { ...inFlight(clone()), ...waiting() });
    }
    expect(woken).toEqual(['shop/a', 'bank/a', 'shop/b']);
  });

  test('is not held up by one that waits for more than there is', () => {
    planned(holder('shop/a'), waiting({ vms: 4, cpu: 4, memoryMiB: 4096 }));
    const [first] = machines;
    if (first !== undefined) leave(first);
    expect(woken).toEqual(['bank/a']);
  });

  test('is forgotten with its group', () => {
    quota.forget(holder('shop/a'));
    const [first] = machines;
    if (first !== undefined) leave(first);
    expect(woken).toEqual(['shop/b']);
  });
});

describe('all groups of a namespace are woken', () => {
  test('when more is used than its limit, and when that is over: their statuses say so', () => {
    limits = { perNamespace: { cpu: 4 } };
    for (const group of [WEB, DB, BANK]) planned(group);
    const machine = world.machine('a', { group: 'shop/web', cpu: 4 });
    expect(woken).toEqual([]);
    world.change(machine, [{ path: 'config.hardware.numCPU', value: 5 }]);
    expect(woken).toEqual(['shop/web', 'shop/db']);
    world.change(machine, [{ path: 'config.hardware.numCPU', value: 6 }]);
    expect(woken).toHaveLength(2);
    world.change(machine, [{ path: 'config.hardware.numCPU', value: 2 }]);
    expect(woken.slice(2)).toEqual(['shop/web', 'shop/db']);
  });

  test('and those of all namespaces for the limit of the whole vCenter', () => {
    limits = { total: { vms: 0 } };
    for (const group of [WEB, BANK]) planned(group);
    world.machine('a', { group: 'shop/web' });
    expect(woken).toEqual(['shop/web', 'bank/main']);
  });
});

test('R4: a plan that holds nothing and waits for nothing wakes nobody', () => {
  limits = { perNamespace: { vms: 1 }, total: { vms: 1 } };
  world.machine('a', { group: 'shop/web' });
  for (let round = 0; round < 3; round += 1) for (const group of [WEB, DB, BANK]) planned(group);
  expect(woken).toEqual([]);
});
