/** R15: the place of a machine that went out of sight together with its clone. */
import { beforeEach, describe, expect, test } from 'vitest';
import { CountedWorld, NOTHING_HELD } from '../../../test/support/builders/usage';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import type { Amount, Limits } from '../model/limits';
import { machinePlace, type Place, slotPlace } from '../model/place';
import type { Holder } from '../model/quota';
import { VCenterQuota } from './vcenter-quota';

const WEB: Holder = { key: 'shop/web', uid: 'uid of shop/web', namespace: 'shop' };
const one: Amount = { vms: 1, cpu: 1, memoryMiB: 1024 };
const clone: Place = { key: slotPlace({ ordinal: 0, revision: 'r' }), target: one };

let quota: VCenterQuota;
let limits: Limits;

beforeEach(() => {
  quota = new VCenterQuota({
    ...{ usage: new CountedWorld().usage, limits: () => limits, wake: () => {} },
    ...{ clock: new VirtualClock(), signal: new AbortController().signal },
  });
});

describe('R15: a machine that went out of sight before its clone ended', () => {
  const unseen = { key: machinePlace({ type: 'VirtualMachine', value: 'former' }), target: one };

  test('counts for its group, though the group holds no place for it yet', () => {
    limits = { perNamespace: { vms: 1 } };
    expect(quota.used(WEB, new Set([unseen.key]), [unseen]).namespace).toEqual(one);
  });

  test('is not made again where nothing is allowed by now', () => {
    limits = { perNamespace: { vms: 1 } };
    const spent = new Set([unseen.key]);
    const successors = new Map([[clone.key, unseen.key]]);
    quota.planned(WEB, { ...NOTHING_HELD, spent, unseen: [unseen], successors, asked: [clone] });
    limits = { perNamespace: { vms: 0 } };
    expect(quota.reserve(WEB, clone, false)).toBe(false);
    limits = { perNamespace: { vms: 1 } };
    expect(quota.reserve(WEB, clone, false)).toBe(true);
  });
});
