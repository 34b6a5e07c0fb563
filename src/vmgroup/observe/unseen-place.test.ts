import { expect, test } from 'vitest';
import { CountedWorld, NOTHING_HELD } from '../../../test/support/builders/usage';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { machinePlace, type Place, slotPlace } from '../model/place';
import { VCenterQuota } from './vcenter-quota';

const WEB = { key: 'shop/web', uid: 'uid of web', namespace: 'shop' };
const target = { vms: 1, cpu: 1, memoryMiB: 1024 };
const clone = (ordinal: number): Place => ({ key: slotPlace({ ordinal, revision: 'r' }), target });

/** A group whose second machine is out of sight, in a limit of one machine. Its plan asks for clones of these slots. */
function aQuota(...asked: readonly Place[]): VCenterQuota {
  const quota = new VCenterQuota({
    ...{ usage: new CountedWorld().usage, limits: () => ({ total: { vms: 1 } }), wake: () => {} },
    ...{ clock: new VirtualClock(), signal: new AbortController().signal },
  });
  const ref = { type: 'VirtualMachine', value: 'hidden' };
  const hidden = { key: machinePlace(ref), machine: ref, target };
  quota.planned(WEB, {
    ...{ ...NOTHING_HELD, spent: new Set([hidden.key]), unseen: [hidden], asked },
    successors: new Map([[clone(1).key, hidden.key]]),
  });
  return quota;
}

test('R15: the place of a machine out of sight is taken by the clone of its own slot, which looks for it first', () => {
  expect(aQuota(clone(1)).reserve(WEB, clone(1), false)).toBe(true);
});

test('R15: no other clone takes it, also if that of its slot is asked for as well', () => {
  expect(aQuota(clone(0), clone(1)).reserve(WEB, clone(0), false)).toBe(false);
});
