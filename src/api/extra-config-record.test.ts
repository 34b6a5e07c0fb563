import { describe, expect, test } from 'vitest';
import { EXTRA_CONFIG_KEY, extraConfigDigest, extraConfigRecord, readExtraConfigRecord } from './extra-config-record';

const UUID = '5028a1b2-0000-4000-8000-00000000000a';

describe('the keys that a machine was given', () => {
  test('are read as they were written', () => {
    const text = extraConfigRecord(['b', 'a'], UUID)[EXTRA_CONFIG_KEY];
    expect(readExtraConfigRecord(text, UUID)).toEqual(['a', 'b']);
    expect(readExtraConfigRecord(text, UUID.toUpperCase())).toEqual(['a', 'b']);
  });

  test('R1: a copy of the machine was not given them', () => {
    const text = extraConfigRecord(['a'], UUID)[EXTRA_CONFIG_KEY];
    expect(readExtraConfigRecord(text, UUID.replace('a1b2', 'ffff'))).toEqual([]);
    expect(readExtraConfigRecord(text, undefined)).toEqual([]);
  });

  test('R1: hold no mark and no guest data, whatever somebody wrote', () => {
    const keys = ['a', 'codeconnect.uid', 'CodeConnect.uid', 'guestinfo.userdata', 'a"].value', '', 7, null];
    expect(readExtraConfigRecord(JSON.stringify({ instance: UUID, keys }), UUID)).toEqual(['a']);
  });

  test.each([undefined, '', 'x', '[]', 'null', '{}', `{"instance":"${UUID}"}`, `{"instance":"${UUID}","keys":"a"}`])(
    'R14: are none in %s',
    (text) => {
      expect(readExtraConfigRecord(text, UUID)).toEqual([]);
    },
  );

  test('no key is no record', () => {
    expect(extraConfigRecord([], UUID)).toEqual({ [EXTRA_CONFIG_KEY]: '' });
  });
});

test('two lists differ by what they ask for, and not by their order', () => {
  const a = { key: 'a', value: '1' };
  const b = { key: 'b', value: '2' };
  expect(extraConfigDigest({ extraConfig: [a, b] })).toBe(extraConfigDigest({ extraConfig: [b, a] }));
  expect(extraConfigDigest({ extraConfig: [] })).toBe(extraConfigDigest({}));
  expect(
    new Set([[], [a], [b], [a, b], [{ ...a, value: '2' }]].map((extraConfig) => extraConfigDigest({ extraConfig })))
      .size,
  ).toBe(5);
});
