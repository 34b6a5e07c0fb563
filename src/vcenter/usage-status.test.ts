import { expect, test } from 'vitest';
import { usageStatus } from './usage-status';

const amount = (vms: number) => ({ vms, cpu: 2 * vms, memoryMiB: 1000 * vms });

test('usage is told in GiB, rounded up, and namespaces by their number of machines', () => {
  const namespaces = new Map([
    ['shop', amount(1)],
    ['bank', amount(3)],
    ['art', amount(1)],
  ]);
  expect(usageStatus({ total: amount(5), namespaces })).toEqual({
    usage: { vms: 5, cpu: 10, memoryGiB: 5 },
    namespaces: [
      { name: 'bank', vms: 3, cpu: 6, memoryGiB: 3 },
      { name: 'art', vms: 1, cpu: 2, memoryGiB: 1 },
      { name: 'shop', vms: 1, cpu: 2, memoryGiB: 1 },
    ],
  });
});

test('R14: of more namespaces than the CRD takes those with the most machines are told', () => {
  const namespaces = new Map(Array.from({ length: 600 }, (_, index) => [`n${index}`, amount(index)] as const));
  const told = usageStatus({ total: amount(600), namespaces }).namespaces ?? [];
  expect([told.length, told[0]?.name, told.at(-1)?.name]).toEqual([500, 'n599', 'n100']);
});

test('R14: a mark that names no namespace, and numbers beyond all machines, make no status that the API server refuses', () => {
  const namespaces = new Map([
    ['x'.repeat(64), amount(9)],
    ['No Namespace', amount(9)],
    ['shop', { vms: 1, cpu: 2 ** 40, memoryMiB: 2 ** 50 }],
  ]);
  const most = 2 ** 31 - 1;
  expect(usageStatus({ total: amount(2 ** 40), namespaces })).toEqual({
    usage: { vms: most, cpu: most, memoryGiB: most },
    namespaces: [{ name: 'shop', vms: 1, cpu: most, memoryGiB: most }],
  });
});
