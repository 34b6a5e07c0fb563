import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../../test/support/builders/vcenter-object';
import type { VCenter, VCenterSpec } from '../../api/vcenter';
import { isProbedElsewhere } from './probed-elsewhere';

const EAST: Partial<VCenterSpec> = {
  endpoint: { host: 'vc.example.com', port: 443 },
  credentials: { secretRef: { name: 'account' }, method: 'Password' },
};

function named(name: string, reason: string, spec: Partial<VCenterSpec> = {}): VCenter {
  const object = aVCenter({ ...EAST, ...spec });
  const condition = { type: 'CredentialsValid', status: 'False', reason, message: '', lastTransitionTime: '' } as const;
  return { ...object, metadata: { ...object.metadata, name }, status: { conditions: [condition] } };
}

const among = (...vcenters: readonly VCenter[]) => ({
  get: (name: string) => vcenters.find(({ metadata }) => metadata.name === name),
  list: () => vcenters,
});

describe('of several VCenters with one account that is refused', () => {
  const all = among(named('b', 'InvalidLogin'), named('a', 'InvalidLogin'), named('c', 'InvalidLogin'));

  test('the first by name tries it again, and no other', () => {
    expect(['a', 'b', 'c'].map((name) => isProbedElsewhere(name, all))).toEqual([false, true, true]);
  });

  test('all may once the first was let in, has another problem, or is gone', () => {
    for (const reason of ['LoggedIn', 'NotTried', 'SecretNotFound'])
      expect(isProbedElsewhere('b', among(named('a', reason), named('b', 'InvalidLogin')))).toBe(false);
    expect(isProbedElsewhere('b', among(named('b', 'InvalidLogin')))).toBe(false);
  });
});

test.each<[string, Partial<VCenterSpec>]>([
  ['Secret', { credentials: { secretRef: { name: 'other' }, method: 'Password' } }],
  ['way to log in', { credentials: { secretRef: { name: 'account' }, method: 'TokenByPassword' } }],
  ['server', { endpoint: { host: 'other.example.com', port: 443 } }],
  ['port', { endpoint: { host: 'vc.example.com', port: 8443 } }],
])('another %s is another account', (_, spec) => {
  expect(isProbedElsewhere('b', among(named('a', 'InvalidLogin', spec), named('b', 'InvalidLogin')))).toBe(false);
});

test('the vCenter of the environment has no other', () => {
  expect(isProbedElsewhere('(env)', among(named('a', 'InvalidLogin')))).toBe(false);
});
