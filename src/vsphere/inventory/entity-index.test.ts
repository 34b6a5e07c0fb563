/** What is asked and told of managed entities other than machines. */
import { describe, expect, test } from 'vitest';
import type { AnyValue } from '../vim25/describe';
import { applyToEntity, entityExpectations, entityPaths, isEntityType } from './entity-index';

const FOLDER = { type: 'Folder', value: 'f' } as const;
const ref = (value: string) => ({ type: 'Folder', value });
const SWITCH = 'config.distributedVirtualSwitch';

test.each([
  ['Folder', ['name', 'parent']],
  ['VirtualApp', ['name', 'parent', 'parentFolder']],
  ['DistributedVirtualPortgroup', ['name', 'parent', SWITCH]],
])('of a %s vCenter is asked for %j', (type, paths) => {
  expect(entityPaths(type)).toEqual(paths);
  expect(isEntityType(type)).toBe(true);
});

test.each<[string, AnyValue, boolean]>([
  ['name', 'a', true],
  ['name', ref('f') as unknown as AnyValue, false],
  ['parent', ref('f') as unknown as AnyValue, true],
  ['parent', 'f', false],
])('R14: whether the %s may be %j: %s', (path, value, expected) =>
  expect(entityExpectations(path)?.(value)).toBe(expected),
);

describe('an entity', () => {
  const told = (path: string, value: unknown) => ({ path, value: value as AnyValue | undefined });
  const whole = applyToEntity(FOLDER, undefined, [
    ...[told('name', 'a%2fb'), told('parent', ref('p')), told('parentFolder', ref('q')), told(SWITCH, ref('s'))],
    told('other', ref('o')),
  ]);

  test('has what was told of it', () =>
    expect(whole).toEqual({
      ...{ ref: FOLDER, type: 'Folder', name: 'a/b' },
      ...{ parent: ref('p'), folder: ref('q'), distributedSwitch: ref('s') },
    }));

  test.each<[string, unknown]>([
    ['name', 'a%2fb'],
    ['parent', ref('p')],
    ['parentFolder', ref('q')],
    [SWITCH, ref('s')],
  ])('is another one where its %s is, and the same where it is told again or cannot be read', (path, value) => {
    expect(applyToEntity(FOLDER, whole, [told(path, value)])).toBe(whole);
    expect(applyToEntity(FOLDER, whole, [{ path, value: undefined, unread: true }])).toBe(whole);
    const other = applyToEntity(FOLDER, whole, [told(path, path === 'name' ? 'c' : ref('other'))]);
    expect(other).not.toEqual(whole);
    expect(Object.keys(applyToEntity(FOLDER, other, [told(path, undefined)]))).toHaveLength(path === 'name' ? 6 : 5);
  });

  test('of which nothing was told has no name', () =>
    expect(applyToEntity(FOLDER, undefined, [])).toEqual({ ref: FOLDER, type: 'Folder', name: '' }));

  test('that loses its name has none', () =>
    expect(applyToEntity(FOLDER, whole, [told('name', undefined)]).name).toBe(''));
});
