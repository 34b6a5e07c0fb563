import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { policyOf } from './policy';
import type { VmGroupSpec } from './vm-group';

const policy = (spec: Partial<VmGroupSpec> = {}) => policyOf(aGroup(spec).spec);
const rolling = (replicas: number, maxSurge: number | string, maxUnavailable: number | string) => {
  const { maxSurge: surge, maxUnavailable: absence } = policy({
    replicas,
    updateStrategy: { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate: { maxSurge, maxUnavailable } },
  });
  return [surge, absence];
};

test('a manifest of the original is replaced one by one, restarted for its size, and shut down softly if that is quick', () => {
  expect(policy()).toEqual({
    readiness: 'PoweredOn',
    minReadyMs: 0,
    progressDeadlineMs: 1_800_000,
    update: 'RollingUpdate',
    maxSurge: 0,
    maxUnavailable: 1,
    resize: 'PowerCycle',
    removalOrder: 'Newest',
    powerOff: { mode: 'TrySoft', timeoutMs: 300_000 },
  });
});

describe('percentages count from the number of replicas', () => {
  test('surge is rounded up and absence down', () => expect(rolling(5, '30%', '30%')).toEqual([2, 1]));
  test('one may be away where both come to nothing', () => expect(rolling(3, '0%', '10%')).toEqual([0, 1]));
  test('none may be away where surge makes up for it', () => expect(rolling(3, '1%', '10%')).toEqual([1, 0]));
  test('a number is taken as it is', () => expect(rolling(3, 7, 5)).toEqual([7, 5]));
  test('of no replicas nothing is a share', () => expect(rolling(0, '100%', '100%')).toEqual([0, 1]));
});
