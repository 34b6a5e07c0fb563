import { isIPv4, isIPv6 } from 'node:net';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAddressBlock } from './address-block';

const group = fc.stringMatching(/^[0-9a-f]{0,5}$/);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.array(fc.integer({ min: -1, max: 256 }), { minLength: 3, maxLength: 5 }).map((bytes) => bytes.join('.')),
  fc.array(group, { maxLength: 10 }).map((groups) => groups.join(':')),
  fc.tuple(fc.array(group, { maxLength: 7 }), fc.ipV4()).map(([groups, last]) => [...groups, last].join(':')),
);

test('a block is an address that Node knows, and a length that it can have', () =>
  fc.assert(
    fc.property(address, fc.integer({ min: -1, max: 140 }), (text, length) => {
      const most = isIPv4(text) ? 32 : isIPv6(text) ? 128 : -1;
      expect(isAddressBlock(`${text}/${length}`)).toBe(length >= 0 && length <= most);
    }),
    {
      numRuns: 3_000,
      examples: [
        ['fe80:::', 64],
        ['::', 0],
        ['1:2:3:4:5:6:7::', 64],
        ['::1:2:3:4:5:6:7', 64],
      ],
    },
  ));

test.each(['10.0.0.5', '10.0.0.0/08', '10.0.0.05/32', 'fe80::%eth0/64', '::1/', '/8'])('%s is no block', (text) => {
  expect(isAddressBlock(text)).toBe(false);
});
