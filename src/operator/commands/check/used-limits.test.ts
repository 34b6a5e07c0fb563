import { expect, test } from 'vitest';
import type { Amount, Limits } from '../../../vmgroup/model/limits';
import { checkLimits, type UsedNow } from './used-limits';

const SHOP: Amount = { vms: 3, cpu: 6, memoryMiB: 6 * 1024 };
const USED: UsedNow = {
  total: { vms: 5, cpu: 10, memoryMiB: 10 * 1024 },
  namespaces: new Map([
    ['shop', SHOP],
    ['bank', { vms: 2, cpu: 4, memoryMiB: 4 * 1024 }],
  ]),
  machines: ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, numCpu: 2, memoryMiB: 2048 })),
};

test('without limits nothing is said', () => {
  expect(checkLimits({ maxConcurrentTasks: 4 } as Limits, USED)).toEqual([]);
});

test('limits that what runs fits into are well', () => {
  const limits = { perVM: { cpu: 2 }, perNamespace: { vms: 3 }, total: { memoryGiB: 10 } };
  expect(checkLimits(limits, USED)).toEqual([
    { status: 'ok', message: 'within the limits; machines of this cluster: 5' },
  ]);
});

test.each<[Limits, string]>([
  [{ total: { vms: 4 } }, 'spec.limits.total.vms is 4, and all namespaces together use 5'],
  [{ total: { memoryGiB: 9 } }, 'spec.limits.total.memoryGiB is 9, and all namespaces together use 10'],
  [{ perNamespace: { cpu: 5 } }, 'spec.limits.perNamespace.cpu is 5, and namespace shop uses 6'],
  [{ perVM: { cpu: 1 } }, 'spec.limits.perVM.cpu is 1, and 5 machines are larger: a, b, c and 2 more'],
])('limits below what runs are a warning with field, value and remedy: %o', (limits, message) => {
  expect(checkLimits(limits, USED)).toEqual([
    { status: 'warning', message, remedy: expect.stringContaining('raise the limit, or') },
  ]);
});
