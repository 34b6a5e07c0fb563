import { describe, expect, test } from 'vitest';
import { amountOf, excessOf, growth, hasLimits, isUncertain, NOTHING_USED, overrunOf } from './limits';

const used = { vms: 3, cpu: 6, memoryMiB: 6 * 1024 };
const need = { vms: 1, cpu: 2, memoryMiB: 512 };

describe('R15: what is needed', () => {
  test.each([
    [undefined, undefined],
    [{}, undefined],
    [{ vms: 4, cpu: 8, memoryGiB: 7 }, undefined],
    [{ vms: 3 }, { field: 'vms', used: 3, limit: 3, need: 1 }],
    [{ cpu: 7 }, { field: 'cpu', used: 6, limit: 7, need: 2 }],
    [{ memoryGiB: 6 }, { field: 'memoryGiB', used: 6, limit: 6, need: 0.5 }],
    [
      { vms: 0, cpu: 0 },
      { field: 'vms', used: 3, limit: 0, need: 1 },
    ],
    [{ vms: undefined, cpu: 8 }, undefined],
  ])('with the limit %j the first field that does not suffice is %j', (most, excess) => {
    expect(excessOf(most, used, need)).toEqual(excess);
  });

  test('in a field of which nothing is needed may be overrun already', () => {
    expect(excessOf({ vms: 1, cpu: 9 }, used, { ...NOTHING_USED, cpu: 2 })).toBeUndefined();
  });

  test('of a machine that shrinks in one field and grows in another is what it grows', () => {
    expect(growth({ vms: 1, cpu: 4, memoryMiB: 1024 }, { vms: 1, cpu: 2, memoryMiB: 4096 })).toEqual({
      ...{ vms: 0, cpu: 0, memoryMiB: 3072 },
    });
  });
});

test('an overrun is what is used beyond the limit, not what reaches it', () => {
  expect(overrunOf({ vms: 3, cpu: 6 }, used)).toBeUndefined();
  expect(overrunOf({ vms: 2 }, used)).toMatchObject({ field: 'vms', need: 3, limit: 2 });
  expect(overrunOf({ vms: 0 }, NOTHING_USED)).toBeUndefined();
});

test('what vCenter does not tell of a machine counts as nothing', () => {
  expect(amountOf({ numCpu: 2 })).toEqual({ vms: 1, cpu: 2, memoryMiB: 0 });
});

test('limits without a figure are none', () => {
  expect([{}, { perVM: {} }, { total: { vms: undefined } }].map(hasLimits)).toEqual([false, false, false]);
  expect([{ perVM: { cpu: 1 } }, { total: { vms: 0 } }].map(hasLimits)).toEqual([true, true]);
});

test('R15: clones of an earlier process count where a limit depends on them', () => {
  const asked: (string | undefined)[] = [];
  const clones = {
    mayAdd: (namespace: string | undefined) => {
      asked.push(namespace);
      return true;
    },
  };
  expect(isUncertain({ perVM: { cpu: 1 } }, 'shop', clones)).toBe(false);
  expect(isUncertain({ perNamespace: { vms: 1 } }, 'shop', clones)).toBe(true);
  expect(isUncertain({ perNamespace: { vms: 1 }, total: { cpu: 1 } }, 'shop', clones)).toBe(true);
  expect(asked).toEqual(['shop', undefined]);
});
