import { beforeEach, describe, expect, test } from 'vitest';
import { CountedWorld, NOTHING_HELD } from '../../../test/support/builders/usage';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Amount } from '../model/limits';
import { type HeldPlaces, type Place, slotPlace } from '../model/place';
import type { Holder } from '../model/quota';
import { VCenterQuota } from './vcenter-quota';

const holder = (key: string): Holder => ({ key, uid: `uid of ${key}`, namespace: key.split('/')[0] ?? '' });
const WEB = holder('shop/web');
const DB = holder('shop/db');
const BANK = holder('bank/main');
const one = (): Amount => ({ vms: 1, cpu: 1, memoryMiB: 1024 });
const clone = (): Place => ({ key: slotPlace({ ordinal: 0, revision: 'r' }), target: one() });

let world: CountedWorld;
let quota: VCenterQuota;
let woken: string[];
let clock: VirtualClock;

const reserve = (who: Holder, place: Place) => quota.reserve(who, place, false);

/** A plan of a group that holds nothing but this. */
function planned(who: Holder, held: Partial<HeldPlaces>): void {
  quota.planned(who, { ...NOTHING_HELD, ...held });
}

describe('R15: a clone that has ended, of a group that is forgotten,', () => {
  beforeEach(() => {
    world = new CountedWorld();
    clock = new VirtualClock();
    woken = [];
    quota = new VCenterQuota({
      ...{ usage: world.usage, limits: () => ({ total: { vms: 1 } }), wake: (key) => woken.push(key) },
      ...{ clock, signal: new AbortController().signal },
    });
    reserve(WEB, clone());
    planned(WEB, { spent: new Set([clone().key]) });
    planned(BANK, { waitsFor: one() });
    quota.forget(WEB);
  });

  test('holds its place until its machine is seen', async () => {
    quota.ended(WEB, clone().key, true);
    expect([reserve(BANK, clone()), woken]).toEqual([false, []]);
    const machine = world.machine('a', { group: 'shop/web' });
    expect([reserve(BANK, clone()), quota.used(BANK, new Set()).total]).toEqual([false, one()]);
    world.remove(machine);
    expect(reserve(BANK, clone())).toBe(true);
    await clock.advance(60_000);
    expect(reserve(DB, clone())).toBe(false);
  });

  test('gives it back after a minute, if no machine appears', async () => {
    quota.ended(WEB, clone().key, true);
    await clock.advance(59_000);
    expect([reserve(BANK, clone()), woken]).toEqual([false, []]);
    await clock.advance(1_000);
    expect(woken).toEqual(['bank/main']);
    expect(reserve(BANK, clone())).toBe(true);
  });

  test('does not give it back that soon when its group has taken it again', async () => {
    quota.ended(WEB, clone().key, true);
    await clock.advance(30_000);
    expect(reserve(WEB, clone())).toBe(true);
    quota.forget(WEB);
    await clock.advance(30_000);
    expect(reserve(BANK, clone())).toBe(false);
  });
});
