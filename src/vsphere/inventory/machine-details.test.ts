/** What properties of a machine with marks tell of its guest and of what it can take while it runs. */
import { describe, expect, test } from 'vitest';
import type { MachineDetails } from '../port';
import type { Property } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';
import { applyToDetails, CREATE_DATE_PATH, DETAILS_PATHS, detailsExpectations } from './machine-details';

const NOTHING: MachineDetails = { toolsRunning: false, ipAddresses: [], cpuHotAdd: false, memoryHotAdd: false };
const CONFIG: Property = { path: 'config.changeVersion', value: '1' };
const nic = (key: number, ...ipAddress: readonly string[]) => ({
  xsiType: 'GuestNicInfo',
  deviceConfigId: key,
  ipAddress,
});
const told = (properties: Readonly<Record<string, unknown>>): readonly Property[] =>
  Object.entries(properties).map(([path, value]) => ({ path, value: value as AnyValue | undefined }));
const unread = (path: string): Property => ({ path, value: undefined, unread: true });
const applied = (...properties: readonly Property[]) => applyToDetails(undefined, [CONFIG, ...properties], 'Whole');

const EACH: readonly (readonly [path: string, value: unknown, details: Partial<MachineDetails>])[] = [
  ['guest.toolsRunningStatus', 'guestToolsRunning', { toolsRunning: true }],
  ['guest.ipAddress', '10.0.0.1', { ipAddresses: ['10.0.0.1'] }],
  ['guest.net', [nic(4000, '10.0.0.2', '10.0.0.3')], { ipAddresses: ['10.0.0.2', '10.0.0.3'] }],
  [
    'guest.net',
    [nic(4000, '10.0.0.2'), nic(4001)],
    {
      ipAddresses: ['10.0.0.2'],
      adapters: [
        { key: 4000, ipAddresses: ['10.0.0.2'] },
        { key: 4001, ipAddresses: [] },
      ],
    },
  ],
  ['config.cpuHotAddEnabled', true, { cpuHotAdd: true }],
  ['config.memoryHotAddEnabled', true, { memoryHotAdd: true }],
  ['config.hotPlugMemoryIncrementSize', 128n, { memoryHotAddIncrementMiB: 128 }],
  ['config.hotPlugMemoryLimit', 65_536n, { memoryHotAddLimitMiB: 65_536 }],
  ['config.hardware.numCoresPerSocket', 2, { coresPerSocket: 2 }],
  [CREATE_DATE_PATH, '2026-01-01T00:00:00Z', { createdWallMs: Date.UTC(2026, 0, 1) }],
];

test('nothing is known of a guest of which nothing was told', () =>
  expect(applyToDetails(undefined, [], 'Changes')).toEqual({
    details: NOTHING,
    isReadable: false,
    adapterAddresses: [],
  }));

describe.each(EACH)('%s', (path, value, expected) => {
  const whole = () => applied(...told({ [path]: value }));

  test('is asked for, and told by the details', () => {
    expect(DETAILS_PATHS).toContain(path);
    expect(detailsExpectations(path)?.(value as AnyValue)).toBe(true);
    expect(whole().details).toEqual({ ...NOTHING, ...expected });
  });

  test('R4: that is told again as it was changes nothing', () => {
    const before = whole();
    expect(applyToDetails(before, told({ [path]: structuredClone(value) }), 'Changes')).toBe(before);
    expect(applyToDetails(before, [CONFIG, ...told({ [path]: structuredClone(value) })], 'Whole')).toBe(before);
    expect(applyToDetails(before, [], 'Changes')).toBe(before);
  });

  test('makes other details, and stays until it is unset', () => {
    const before = applied();
    const after = applyToDetails(before, told({ [path]: value }), 'Changes');
    expect(after.details).not.toBe(before.details);
    expect(applyToDetails(after, told({ 'guest.other': 1 }), 'Changes')).toBe(after);
    expect(applyToDetails(after, told({ [path]: undefined }), 'Changes').details).toEqual(NOTHING);
    expect(applyToDetails(after, [CONFIG], 'Whole').details).toEqual(NOTHING);
  });

  test('stays as it was where it cannot be read', () => {
    const before = whole();
    expect(applyToDetails(before, [unread(path)], 'Changes')).toBe(before);
    expect(applyToDetails(before, [CONFIG, unread(path)], 'Whole').details).toEqual(before.details);
  });
});

describe('a machine whose configuration vCenter cannot read now', () => {
  const before = applied(...told(Object.fromEntries(EACH.map(([path, value]) => [path, value]))));
  const gone: Property = { path: 'config.changeVersion', value: undefined };
  const kept = { cpuHotAdd: true, memoryHotAdd: true, coresPerSocket: 2, createdWallMs: Date.UTC(2026, 0, 1) };

  test('keeps what was told of it, and not what is known of its guest', () => {
    const { details, isReadable } = applyToDetails(before, [gone], 'Whole');
    expect([details, isReadable]).toEqual([
      { ...NOTHING, ...kept, memoryHotAddIncrementMiB: 128, memoryHotAddLimitMiB: 65_536 },
      false,
    ]);
  });

  test('keeps it also where vCenter says that it is unset', () => {
    const unset = told({ 'config.cpuHotAddEnabled': undefined, 'guest.toolsRunningStatus': undefined });
    const { details } = applyToDetails(before, [gone, ...unset], 'Changes');
    expect(details).toMatchObject({ cpuHotAdd: true, toolsRunning: false });
    const disabled = told({ 'config.cpuHotAddEnabled': false });
    expect(applyToDetails(before, [gone, ...disabled], 'Changes').details.cpuHotAdd).toBe(false);
  });

  test('is not readable until its change version is told again', () => {
    const after = applyToDetails(before, [gone], 'Changes');
    expect(after.isReadable).toBe(false);
    expect(applyToDetails(after, [], 'Changes')).toBe(after);
    expect(applyToDetails(after, [unread('config.changeVersion')], 'Whole').isReadable).toBe(false);
    expect(applyToDetails(before, [unread('config.changeVersion')], 'Whole').isReadable).toBe(true);
    expect(applyToDetails(before, [], 'Whole').isReadable).toBe(false);
    expect(applyToDetails(after, [CONFIG], 'Changes').isReadable).toBe(true);
  });
});

describe('R14: a value that does not belong there', () => {
  test.each<[string, AnyValue]>([
    ['guest.toolsRunningStatus', 1],
    ['guest.ipAddress', true],
    ['config.cpuHotAddEnabled', 'true'],
    ['config.hotPlugMemoryLimit', -1],
    ['config.hardware.numCoresPerSocket', 1.5],
    [CREATE_DATE_PATH, 'yesterday'],
    ['guest.net', 'none'],
    ['guest.net', ['none'] as unknown as AnyValue],
    ['guest.net', [[]] as unknown as AnyValue],
    ['guest.net', [nic(4000), { deviceConfigId: 'x' }] as unknown as AnyValue],
    ['guest.net', [{ ipAddress: '10.0.0.1' }] as unknown as AnyValue],
    ['guest.net', [{ ipAddress: ['10.0.0.1', 7] }] as unknown as AnyValue],
  ])('is none: %s %j', (path, value) => expect(detailsExpectations(path)?.(value)).toBe(false));

  test.each<[string, AnyValue]>([
    ['guest.net', []],
    ['guest.net', [{}, nic(4000)] as unknown as AnyValue],
    ['guest.net', [{ deviceConfigId: 4000 }] as unknown as AnyValue],
  ])('is not: %s %j', (path, value) => expect(detailsExpectations(path)?.(value)).toBe(true));

  test('is anything of a property that nobody asks for', () => {
    expect(detailsExpectations('guest.other')).toBeUndefined();
    expect(detailsExpectations('constructor')).toBeUndefined();
    expect(applied(...told({ constructor: 'x', toString: 'x' })).details).toEqual(NOTHING);
  });

  test('is an address of more than a hundred characters, and an empty one', () => {
    const addresses = (address: string) => applied(...told({ 'guest.ipAddress': address })).details.ipAddresses;
    expect([addresses(''), addresses('f'.repeat(101)), addresses('f'.repeat(100))]).toEqual([
      [],
      [],
      ['f'.repeat(100)],
    ]);
  });
});

describe('the addresses of a guest', () => {
  test('are those of its adapters, and the primary one only where it has none', () => {
    const before = applied(...told({ 'guest.net': [nic(4000, '10.0.0.2')], 'guest.ipAddress': '10.0.0.1' }));
    expect(before.details.ipAddresses).toEqual(['10.0.0.2']);
    const after = applyToDetails(before, told({ 'guest.net': [] }), 'Changes');
    expect(after.details.ipAddresses).toEqual(['10.0.0.1']);
    expect(applyToDetails(before, told({ 'guest.ipAddress': '10.0.0.9' }), 'Changes')).not.toBe(before);
  });

  test.each<[string, readonly unknown[]]>([
    ['another one', [nic(4000, '10.0.0.2'), nic(4001, '10.0.0.9')]],
    ['one more', [nic(4000, '10.0.0.2', '10.0.0.4'), nic(4001, '10.0.0.3')]],
    ['one less', [nic(4000, '10.0.0.2'), nic(4001)]],
    ['another order', [nic(4000, '10.0.0.3'), nic(4001, '10.0.0.2')]],
    ['another adapter', [nic(4000, '10.0.0.2'), nic(4007, '10.0.0.3')]],
    ['one more adapter', [nic(4000, '10.0.0.2'), nic(4001, '10.0.0.3'), nic(4002)]],
    ['the same on one adapter', [nic(4000, '10.0.0.2', '10.0.0.3'), nic(4001)]],
  ])('are others with %s', (_, value) => {
    const before = applied(...told({ 'guest.net': [nic(4000, '10.0.0.2'), nic(4001, '10.0.0.3')] }));
    expect(applyToDetails(before, told({ 'guest.net': value }), 'Changes').details).not.toBe(before.details);
  });

  test('R14: are at most a thousand, on at most 64 adapters, one of the machine or none', () => {
    const many = Array.from({ length: 1_001 }, (_, index) => `10.0.${index >> 8}.${index & 255}`);
    expect(applied(...told({ 'guest.net': [nic(4000, ...many)] })).details.ipAddresses).toEqual(many.slice(0, 1_000));
    const adapters = Array.from({ length: 65 }, (_, index) => nic(4000 + index));
    expect(applied(...told({ 'guest.net': adapters })).details.adapters).toHaveLength(64);
    const none = applied(...told({ 'guest.net': [{ ipAddress: ['10.0.0.1'] }, {}] })).details.adapters;
    expect(none).toEqual([
      { key: -1, ipAddresses: ['10.0.0.1'] },
      { key: -1, ipAddresses: [] },
    ]);
  });
});
