import { describe, expect, test } from 'vitest';
import { EXTRA_CONFIG_KEY, extraConfigRecord } from '../../api/extra-config-record';
import { extraConfigChanges, extraConfigOfClone } from './extra-config-changes';

const UUID = '5028a1b2-0000-4000-8000-00000000000a';
const record = (...keys: string[]) => extraConfigRecord(keys, UUID);
const spec = (wanted: Readonly<Record<string, string>>) => ({
  extraConfig: Object.entries(wanted).map(([key, value]) => ({ key, value })),
});
const changes = (wanted: Readonly<Record<string, string>>, present: Readonly<Record<string, string>>) =>
  extraConfigChanges(spec(wanted), present, UUID);

describe('a machine that exists', () => {
  test('gets what differs, with the record of it in the same change', () => {
    expect(changes({ a: '1', b: '2' }, { b: '9', c: '3' })).toEqual({ a: '1', b: '2', ...record('a', 'b') });
  });

  test('R4: gets nothing when it has all', () => {
    expect(changes({ a: '1' }, { a: '1', ...record('a') })).toEqual({});
    expect(changes({}, { c: '3' })).toEqual({});
  });

  test('loses what it was given and should not have, and then the record', () => {
    expect(changes({ a: '1' }, { a: '1', ...record('a', 'b') })).toEqual({ b: '', ...record('a') });
    expect(changes({}, { a: '1', ...record('a') })).toEqual({ a: '', [EXTRA_CONFIG_KEY]: '' });
  });

  test('R1: keeps what the template or a person gave it, also if the spec asked for the same', () => {
    expect(changes({ a: '1' }, { a: '1' })).toEqual({});
    expect(changes({ b: '2' }, { a: '1', ...record('b') })).toEqual({ b: '2', ...record('b') });
  });

  test('gets a value again that a person has changed', () => {
    expect(changes({ a: '1' }, { a: '7', ...record('a') })).toEqual({ a: '1', ...record('a') });
  });

  test('R1: loses nothing by the record of the machine that it is a copy of', () => {
    const copied = extraConfigRecord(['a', 'b'], UUID.replace('a1b2', 'ffff'));
    expect(changes({ a: '1' }, { a: '0', b: '2', ...copied })).toEqual({ a: '1', ...record('a') });
  });
});

test('a clone gets all, with the record; one of a group without such settings gets nothing', () => {
  expect(extraConfigOfClone(spec({ a: '1' }), UUID)).toEqual({ a: '1', ...record('a') });
  expect(extraConfigOfClone({}, UUID)).toEqual({});
});
