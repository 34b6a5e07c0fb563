import { describe, expect, test } from 'vitest';
import { whyPolicyRefused } from './storage-policy';

const refusal = (name: string, ...storagePolicies: string[]) =>
  whyPolicyRefused({ name, field: 'spec.placement.storagePolicy' }, { source: 'VCenter lab', storagePolicies });

describe('R15: a storage policy', () => {
  test.each([
    ['Gold / Replicated', '*'],
    ['Gold / Replicated', '**'],
    ['Gold / Replicated', 'Gold *'],
    ['Gold / Replicated', 'Gold / Replicated'],
    ['Gold / Replicated', 'Gold %2f *'],
    ['/', '*'],
    ['50% off', '50% *'],
    ['50% off', '50%25 *'],
    ['a\\b', 'a\\*'],
    ['gold', 'gold'],
  ])('%j is allowed by %j', (name, pattern) => {
    expect(refusal(name, pattern)).toBeUndefined();
  });

  test.each([
    ['Gold / Replicated', 'Silver*'],
    ['Gold / Replicated', 'Gold'],
    ['a%2fb', 'a/b'],
    ['gold', '*/*'],
  ])('%j is not allowed by %j', (name, pattern) => {
    expect(refusal(name, pattern)).toContain('is not allowed by VCenter lab');
  });

  test('of any name is allowed without a list, and none by an empty one', () => {
    const named = { name: 'Gold / Replicated', field: 'spec.placement.storagePolicy' };
    expect(whyPolicyRefused(named, { source: 'VCenter lab' })).toBeUndefined();
    expect(refusal('gold')).toContain('which allows none');
  });
});
