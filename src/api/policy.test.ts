import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { policyOf } from './policy';
import type { VmGroupSpec } from './vm-group';

const policy = (spec: Partial<VmGroupSpec> = {}) => policyOf(aGroup(spec).spec);
const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) => {
  const { maxSurge: surge, maxUnavailable: unavailable } = policy({
    replicas,
    updateStrategy: { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge, maxUnavailable } },
  });
  return [surge, unavailable];
};

test('without optional fields replicas are replaced one by one, resized by a power cycle, and shut down by the guest if it is quick', () => {
  expect(policy()).toEqual({
    readiness: 'PoweredOn',
    minReadyMs: 0,
    progressDeadlineMs: 1_800_000,
    update: 'RollingUpdate',
    maxSurge: 0,
    maxUnavailable: 1,
    resize: 'PowerCycle',
    removalOrder: 'Newest',
    spread: { maxSkew: 1, waits: false },
    powerOff: { mode: 'TrySoft', timeoutMs: 300_000 },
  });
});

describe('percentages are of the number of replicas', () => {
  test('maxSurge is rounded up and maxUnavailable down', () => expect(rolling(5, '30%', '30%')).toEqual([2, 1]));
  test('one replica may be unavailable when both round to 0', () => expect(rolling(3, '0%', '10%')).toEqual([0, 1]));
  test('no replica may be unavailable when maxUnavailable rounds to 0 and maxSurge does not', () =>
    expect(rolling(3, '1%', '10%')).toEqual([1, 0]));
  test('a number is taken as it is', () => expect(rolling(3, 7, 5)).toEqual([7, 5]));
  test('any percentage of no replicas is 0', () => expect(rolling(0, '100%', '100%')).toEqual([0, 1]));
});
