/** From the properties that vCenter tells of a machine to what the inventory shows of it. */
import { describe, expect, test } from 'vitest';
import type { VirtualMachine } from '../port';
import type { Property } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';
import { applyToMachine, decodeName, encodeName, machineExpectations, virtualMachinePaths } from './virtual-machine';

const REF = { type: 'VirtualMachine', value: 'vm-1' };
const CONFIG: Property = { path: 'config.changeVersion', value: '1' };
const BARE: VirtualMachine = {
  ...{ ref: REF, name: '', isTemplate: false, powerState: 'poweredOff', connectionState: 'connected' },
  extraConfig: {},
};
const mark = (key: string) => `config.extraConfig["${key}"].value`;
const told = (properties: Readonly<Record<string, unknown>>): readonly Property[] =>
  Object.entries(properties).map(([path, value]) => ({ path, value: value as AnyValue | undefined }));
const unread = (path: string): Property => ({ path, value: undefined, unread: true });
const first = (...properties: readonly Property[]) => applyToMachine(REF, undefined, [CONFIG, ...properties], 'Whole');
const next = (before: ReturnType<typeof first>, ...properties: readonly Property[]) =>
  applyToMachine(REF, before, properties, 'Changes');
const ref = (type: string, value: string) => ({ type, value });

interface Told {
  readonly path: string;
  readonly value: unknown;
  readonly shown: Partial<VirtualMachine>;
  readonly other: unknown;
  /** What an unset value leaves. Absent: nothing. */
  readonly unset?: Partial<VirtualMachine>;
}
const pool = ref('ResourcePool', 'pool');
const EACH: readonly Told[] = [
  { path: 'name', value: 'a%2fb', shown: { name: 'a/b' }, other: 'c' },
  { path: 'parent', value: ref('Folder', 'f'), shown: { parent: ref('Folder', 'f') }, other: ref('Folder', 'g') },
  { path: 'config.template', value: true, shown: { isTemplate: true }, other: false },
  { path: 'runtime.powerState', value: 'poweredOn', shown: { powerState: 'poweredOn' }, other: 'suspended' },
  {
    ...{ path: 'runtime.connectionState', value: 'orphaned', shown: { connectionState: 'orphaned' }, other: 'invalid' },
    unset: { connectionState: 'invalid' },
  },
  {
    path: 'runtime.host',
    value: ref('HostSystem', 'h'),
    shown: { host: ref('HostSystem', 'h') },
    other: ref('HostSystem', 'i'),
  },
  { path: 'resourcePool', value: pool, shown: { resourcePool: pool }, other: ref('VirtualApp', 'pool') },
  {
    path: 'datastore',
    value: [ref('Datastore', 'd')],
    shown: { datastores: [ref('Datastore', 'd')] },
    other: [ref('Datastore', 'e')],
  },
  { path: 'config.instanceUuid', value: 'u', shown: { instanceUuid: 'u' }, other: 'v' },
  { path: 'config.hardware.numCPU', value: 2, shown: { numCpu: 2 }, other: 4 },
  { path: 'config.hardware.memoryMB', value: 1024n, shown: { memoryMiB: 1024 }, other: 2048 },
  { path: mark('a'), value: 'x', shown: { extraConfig: { a: 'x' } }, other: 'y' },
];

test('of a machine of which nothing was told is known that it cannot be read', () =>
  expect(applyToMachine(REF, undefined, [], 'Changes')).toEqual({ machine: { ...BARE, unreadable: true } }));

describe.each(EACH)('$path', ({ path, value, shown, other, unset = {} }) => {
  const before = first(...told({ [path]: value }));

  test('is asked for, and shown', () => {
    expect(virtualMachinePaths(['a'])).toContain(path);
    expect(machineExpectations(path)?.(value as AnyValue)).toBe(true);
    expect(before.machine).toEqual({ ...BARE, ...shown });
  });

  test('R4: that is told again as it was changes nothing', () => {
    expect(next(before, ...told({ [path]: structuredClone(value) }))).toBe(before);
    expect(applyToMachine(REF, before, [CONFIG, ...told({ [path]: structuredClone(value) })], 'Whole')).toBe(before);
    expect(next(before)).toBe(before);
  });

  test('makes another machine with another value, and without one', () => {
    expect(next(before, ...told({ [path]: other })).machine).not.toBe(before.machine);
    const without = next(before, ...told({ [path]: undefined }));
    expect(without.machine).toEqual({ ...BARE, ...unset });
    expect(next(first(), ...told({ [path]: value })).machine).toEqual(before.machine);
  });

  test('stays as it was where it cannot be read, and the machine is told as unreadable meanwhile', () => {
    const after = next(before, unread(path));
    const isSmall = path === 'datastore';
    expect(after.machine).toEqual({ ...before.machine, ...(!isSmall && { unreadable: true }) });
    expect(after.unread).toEqual(isSmall ? undefined : [path]);
    expect(next(after, ...told({ [path]: value })).machine).toEqual(before.machine);
  });
});

describe('what is left out', () => {
  const before = first(...told(Object.fromEntries(EACH.map(({ path, value }) => [path, value]))));
  const isAlways = ['name', 'runtime.powerState', 'runtime.connectionState'];
  const shownOf = (paths: (path: string) => boolean) =>
    Object.assign({}, BARE, ...EACH.filter(({ path }) => paths(path)).map(({ shown }) => shown));

  test('of a whole read is unset, but for what every machine has', () => {
    const { machine } = applyToMachine(REF, before, [CONFIG], 'Whole');
    expect(machine).toEqual(shownOf((path) => isAlways.includes(path)));
  });

  test('R1: of a configuration that vCenter cannot read is what it told last', () => {
    const { machine } = applyToMachine(REF, before, [], 'Whole');
    expect(machine).toEqual({
      ...shownOf((path) => isAlways.includes(path) || path.startsWith('config.')),
      unreadable: true,
    });
    const unset = told(Object.fromEntries(EACH.map(({ path }) => [path, undefined])));
    const { machine: same } = next(before, { path: 'config.changeVersion', value: undefined }, ...unset);
    expect(same).toMatchObject({ isTemplate: true, instanceUuid: 'u', numCpu: 2, extraConfig: { a: 'x' } });
    expect(same).not.toHaveProperty('host');
  });

  test('of a read in which vCenter does not say what it cannot tell stays as it was', () => {
    const { machine, unread: paths } = applyToMachine(REF, before, [CONFIG, unread('')], 'Whole');
    expect([machine, paths]).toEqual([{ ...before.machine, unreadable: true }, ['']]);
  });

  test('of a read in which one property cannot be read is unset all the same', () => {
    const { machine } = applyToMachine(REF, before, [CONFIG, unread('parent')], 'Whole');
    expect(machine).toMatchObject({ parent: ref('Folder', 'f'), unreadable: true });
    expect(machine).not.toHaveProperty('host');
  });
});

describe('the change version', () => {
  const before = first();
  test('makes no other machine', () => {
    const after = next(before, { path: 'config.changeVersion', value: '2' });
    expect([after === before, after.machine === before.machine, after.changeVersion]).toEqual([false, true, '2']);
    expect(after.machine).not.toHaveProperty('unreadable');
  });

  test('that cannot be read is what it was', () => {
    expect(next(before, unread('config.changeVersion'))).toMatchObject({ changeVersion: '1' });
    expect(applyToMachine(REF, before, [unread('config.changeVersion')], 'Whole')).toMatchObject({
      changeVersion: '1',
    });
  });
});

describe('R14: a server that names many paths', () => {
  const paths = (count: number) => Array.from({ length: count }, (_, index) => mark(`key ${index}`));

  test('that cannot be read is told by the first of them, and that there are more', () => {
    const unreadOf = (count: number) => first(...paths(count).map(unread)).unread;
    expect(unreadOf(64)).toEqual(paths(64));
    expect(unreadOf(65)).toEqual(['', ...paths(63)]);
  });

  test('adds those that cannot be read, and takes away those that can', () => {
    const before = first(unread('name'), unread('parent'));
    const after = next(before, unread('parent'), unread('resourcePool'));
    expect(after.unread).toEqual(['name', 'parent', 'resourcePool']);
    expect(next(after, unread('name'), unread('parent'), unread('resourcePool'))).toBe(after);
    expect(next(after, ...told({ name: 'a', parent: undefined })).unread).toEqual(['resourcePool']);
    expect(applyToMachine(REF, after, [CONFIG, unread('name')], 'Whole').unread).toEqual(['name']);
    expect(applyToMachine(REF, after, [CONFIG], 'Whole').unread).toBeUndefined();
  });

  test('has 64 values of extraConfig kept, of which each may change', () => {
    const full = first(...told(Object.fromEntries(paths(64).map((path) => [path, 'x']))));
    expect(Object.keys(full.machine.extraConfig)).toHaveLength(64);
    expect(next(full, ...told({ [mark('more')]: 'x' }))).toBe(full);
    expect(next(full, ...told({ [mark('key 0')]: 'y' })).machine.extraConfig).toMatchObject({ 'key 0': 'y' });
    const { extraConfig } = next(full, ...told({ [mark('key 0')]: undefined, [mark('more')]: 'x' })).machine;
    expect([Object.keys(extraConfig).length, extraConfig.more, 'key 0' in extraConfig]).toEqual([64, 'x', false]);
  });
});

describe('extraConfig', () => {
  const before = first(...told({ [mark('a')]: 'x', [mark('b')]: 'z' }));
  test.each<[string, Readonly<Record<string, unknown>>, Readonly<Record<string, string>>]>([
    ['has a key more', { [mark('c')]: 'w' }, { a: 'x', b: 'z', c: 'w' }],
    ['has a key less', { [mark('a')]: '' }, { b: 'z' }],
    ['has another key of that value', { [mark('a')]: '', [mark('c')]: 'x' }, { b: 'z', c: 'x' }],
    ['has another value', { [mark('b')]: 'x' }, { a: 'x', b: 'x' }],
    ['has numbers and flags as texts', { [mark('a')]: 7, [mark('b')]: true }, { a: '7', b: 'true' }],
  ])('%s', (_, properties, expected) => {
    const { machine } = next(before, ...told(properties));
    expect(machine.extraConfig).toEqual(expected);
    expect(machine).not.toBe(before.machine);
  });

  test.each([
    ['an object', { [mark('a')]: {} }],
    ['a part of a path', { [`${mark('a')}.x`]: 'y' }],
    ['a path within another', { [`more.${mark('a')}`]: 'y' }],
    ['an unknown path', { constructor: 'y' }],
    ['an empty value of no key', { [mark('c')]: '' }],
  ])('takes nothing from %s', (_, properties) => expect(next(before, ...told(properties))).toBe(before));
});

test.each<[string, AnyValue]>([
  ['runtime.powerState', 'off'],
  ['datastore', 'd'],
  [mark('a'), {} as AnyValue],
  ['config.changeVersion', {} as AnyValue],
])('R14: %s may not be %j', (path, value) => expect(machineExpectations(path)?.(value)).toBe(false));

test('nothing is expected of a path that nobody asks for', () =>
  expect(machineExpectations('summary')).toBeUndefined());

test.each([
  ['a/b\\c%', 'a%2fb%5cc%25'],
  ['100% more', '100%25 more'],
  ['plain', 'plain'],
])('the name %s is written as %s', (name, written) => {
  expect([encodeName(name), decodeName(written), decodeName(written.toUpperCase())]).toEqual([
    ...[written, name, name.toUpperCase()],
  ]);
});
