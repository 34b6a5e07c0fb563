import { expect, test } from 'vitest';
import {
  CUSTOM_ATTRIBUTES_KEY,
  customAttributesDigest,
  customAttributesRecord,
  readCustomAttributesRecord,
} from './custom-attributes';

const UUID = '5028a1b2-0000-4000-8000-00000000000a';

test('the names that a machine was given are read as they were written', () => {
  const text = customAttributesRecord(['stage', 'owner of the machine'], UUID)[CUSTOM_ATTRIBUTES_KEY];
  expect(readCustomAttributesRecord(text, UUID)).toEqual(['owner of the machine', 'stage']);
  expect(customAttributesRecord([], UUID)).toEqual({ [CUSTOM_ATTRIBUTES_KEY]: '' });
});

test('R1: a copy of the machine was not given them', () => {
  const text = customAttributesRecord(['owner'], UUID)[CUSTOM_ATTRIBUTES_KEY];
  expect(readCustomAttributesRecord(text, UUID.replace('a1b2', 'ffff'))).toEqual([]);
});

test('R14: names that no spec can have are none', () => {
  const keys = ['a', '', 'x'.repeat(81), 7];
  expect(readCustomAttributesRecord(JSON.stringify({ instance: UUID, keys }), UUID)).toEqual(['a']);
});

test('two lists differ by what they ask for, and not by their order', () => {
  const a = { name: 'a', value: '1' };
  const b = { name: 'b', value: '2' };
  const digests = [[], [a], [b], [a, b], [{ ...a, value: '2' }], [{ name: 'a', value: '1\nb' }]];
  expect(new Set(digests.map((customAttributes) => customAttributesDigest({ customAttributes }))).size).toBe(6);
  expect(customAttributesDigest({ customAttributes: [b, a] })).toBe(
    customAttributesDigest({ customAttributes: [a, b] }),
  );
});
