import { expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { unservedOn } from './unserved-namespaces';

const amount = { vms: 1, cpu: 1, memoryMiB: 1_024 };
const usageOf = (...namespaces: readonly string[]) => ({
  total: amount,
  namespaces: new Map(namespaces.map((name) => [name, amount])),
});
const answered = aVCenter({}, { status: { about: { instanceUuid: 'east' } } });

test('R13: machines of namespaces that are not served tell of groups that are not seen', () => {
  const found = unservedOn(answered, usageOf('shop', 'default', 'bank'), ['default']);
  expect(found).toEqual({ kind: 'Machines', namespaces: ['bank', 'shop'] });
  expect(unservedOn(answered, usageOf('default'), ['default', 'bank'])).toEqual({ kind: 'None' });
});

test('R13: nothing is known of a vCenter that is not connected, unless it never was', () => {
  expect(unservedOn(answered, undefined, ['default'])).toEqual({ kind: 'NotSeen' });
  expect(unservedOn(aVCenter(), undefined, ['default'])).toEqual({ kind: 'None' });
});

test('an operator that serves all namespaces sees all groups', () => {
  expect(unservedOn(answered, usageOf('bank'), [])).toEqual({ kind: 'None' });
  expect(unservedOn(answered, undefined, [])).toEqual({ kind: 'None' });
});
