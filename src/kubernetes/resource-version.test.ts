import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareResourceVersions, isOlder } from './resource-version';

test('compares as numbers of any length', () => {
  void fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 80n }), fc.bigInt({ min: 1n, max: 2n ** 80n }), (a, b) => {
      const sign = a < b ? -1 : a > b ? 1 : 0;
      expect(Math.sign(compareResourceVersions(String(a), String(b)) ?? Number.NaN)).toBe(sign);
    }),
  );
});

test.each(['', '0', '01', 'abc', '-1', '1.5'])('does not compare %j', (odd) => {
  expect(compareResourceVersions(odd, '5')).toBeUndefined();
  expect(isOlder(odd, '5')).toBe(false);
});
