import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import { policyOf } from '../../api/policy';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { MachineDetails, VirtualMachine } from '../../vsphere/port';
import { plan } from '../plan/plan';
import { statusOf } from '../status/status';
import type { Replica } from './observation';
import { guestInfoState, isAvailable, meets, readinessState, serves } from './readiness';

const machine = (details: Partial<MachineDetails>, rest: Partial<VirtualMachine> = {}): VirtualMachine =>
  aReplica(aGroup(), { ordinal: 0 }, { details: aGuest(details), ...rest }).machine;

const nic = (key: number, ...ipAddresses: string[]) => ({ key, ipAddresses });

describe('when a machine is ready', () => {
  test.each([
    ['PoweredOn', {}, true],
    ['ToolsRunning', {}, false],
    ['ToolsRunning', { toolsRunning: true }, true],
    ['IPAddress', { toolsRunning: true }, false],
    ['IPAddress', { toolsRunning: true, ipAddresses: ['192.0.2.7'] }, true],
    ['IPAddress', { toolsRunning: true, ipAddresses: ['2001:db8::7'] }, true],
    // Each type includes the one before: an address without tools is out of date.
    ['IPAddress', { ipAddresses: ['192.0.2.7'] }, false],
  ] as const)('%s with %j: %s', (readiness, details, ready) => {
    expect(meets(readiness, machine(details))).toBe(ready);
  });

  test.each(['169.254.10.20', 'fe80::1', 'FE80::1', 'fe80::1%eth0', 'febf::1'])(
    '%s alone does not make it ready',
    (ip) => {
      expect(meets('IPAddress', machine({ toolsRunning: true, ipAddresses: [ip] }))).toBe(false);
      expect(meets('IPAddress', machine({ toolsRunning: true, ipAddresses: [ip, '192.0.2.7'] }))).toBe(true);
    },
  );

  test.each(['fec0::1', 'fd00::1', '169.25.4.1', '10.0.0.1'])('%s makes it ready', (ip) => {
    expect(meets('IPAddress', machine({ toolsRunning: true, ipAddresses: [ip] }))).toBe(true);
  });

  test.each<[string, MachineDetails['adapters'], number, number, boolean]>([
    ['the wanted adapter, by the order of the keys', [nic(4001, '10.0.0.1'), nic(4000)], 1, 2, true],
    ['another adapter', [nic(4001, '10.0.0.1'), nic(4000)], 0, 2, false],
    ['a bridge in the guest', [nic(4000), nic(-1, '172.17.0.1')], 0, 1, false],
    ['a link-local one', [nic(4000, '169.254.1.1'), nic(4001, '10.0.0.1')], 0, 2, false],
    ['the wanted adapter, where the first was removed', [nic(4001, '10.0.0.1'), nic(4002)], 0, 2, true],
    ['the second of three, of which the guest does not tell the first', [nic(4001, '10.0.0.1'), nic(4002)], 1, 3, true],
    ['no adapter that is told', [nic(4000, '10.0.0.1'), nic(4001, '10.0.0.2')], 2, 3, false],
    ['a network that the spec does not have', [nic(4000, '10.0.0.1'), nic(4001, '10.0.0.2')], -1, 2, false],
    ['the only adapter', undefined, 0, 1, true],
    ['one of two, of which the guest tells none apart', undefined, 0, 2, false],
  ])('with a network: an address of %s', (_, adapters, index, count, ready) => {
    const details = { toolsRunning: true, ipAddresses: ['10.0.0.1'], ...(adapters && { adapters }) };
    expect(meets('IPAddress', machine(details), { index, count })).toBe(ready);
  });

  test.each([{ powerState: 'poweredOff' }, { powerState: 'suspended' }, { connectionState: 'disconnected' }] as const)(
    'never while it is %j',
    (state) => {
      const details = { toolsRunning: true, ipAddresses: ['192.0.2.7'] };
      for (const readiness of ['PoweredOn', 'ToolsRunning', 'IPAddress'] as const) {
        expect(meets(readiness, machine(details, state))).toBe(false);
      }
    },
  );

  test('not while its details are not read yet, if readiness depends on them', () => {
    const { details: _, ...unread } = machine({});
    expect(meets('PoweredOn', unread)).toBe(true);
    expect(meets('ToolsRunning', unread)).toBe(false);
    expect(meets('IPAddress', unread)).toBe(false);
  });
});

test('the guest has to set each value exactly; what was not read yet is unknown', () => {
  const wanted = [
    { key: 'ready', value: 'true' },
    { key: 'role', value: 'db' },
  ];
  const state = (guestInfo: Record<string, string>) => guestInfoState(wanted, { ...machine({}), guestInfo });
  expect(guestInfoState(undefined, machine({}))).toBe('Met');
  expect(guestInfoState(wanted, machine({}))).toBe('Unknown');
  expect(state({ ready: 'true', role: 'db' })).toBe('Met');
  expect(state({ ready: 'true ', role: 'db' })).toBe('Unmet');
  expect(state({ ready: 'true', role: '' })).toBe('Unmet');
  expect(state({ ready: 'true' })).toBe('Unknown');
  expect(state({ ready: '' })).toBe('Unmet');
});

test('what vCenter has not told yet is unknown, unless what it told is enough to say no', () => {
  const state = (readiness: NonNullable<VmGroupSpec['readiness']>, { details, ...rest }: VirtualMachine, told = {}) =>
    readinessState(policyOf(aGroup({ readiness }).spec), { ...rest, ...(details && { details }), ...told });
  const { details: _, ...untold } = machine({});
  const guestInfo = [{ key: 'ready', value: 'true' }];
  expect(state({ type: 'PoweredOn' }, untold)).toBe('Met');
  expect(state({ type: 'ToolsRunning' }, untold)).toBe('Unknown');
  expect(state({ type: 'ToolsRunning' }, untold, { powerState: 'poweredOff' })).toBe('Unmet');
  expect(state({ type: 'ToolsRunning' }, untold, { connectionState: 'disconnected' })).toBe('Unmet');
  expect(state({ type: 'ToolsRunning' }, machine({ toolsRunning: false }))).toBe('Unmet');
  expect(state({ type: 'ToolsRunning' }, machine({ toolsRunning: true }))).toBe('Met');
  expect(state({ type: 'ToolsRunning', guestInfo }, untold, { guestInfo: { ready: '' } })).toBe('Unmet');
  expect(state({ type: 'ToolsRunning', guestInfo }, untold, { guestInfo: { ready: 'true' } })).toBe('Unknown');
  expect(state({ type: 'ToolsRunning', guestInfo }, machine({ toolsRunning: false }))).toBe('Unmet');
  expect(state({ type: 'ToolsRunning', guestInfo }, machine({ toolsRunning: true }))).toBe('Unknown');
});

describe('minReadySeconds', () => {
  const group = aGroup({ minReadySeconds: 30 });
  const readyFor = (seconds: number): Replica => ({
    ...aReplica(group, { ordinal: 0 }),
    readySince: { wallMs: 0, monotonicMs: 1_000_000 - seconds * 1000 },
  });

  test.each([
    [0, false],
    [29, false],
    [30, true],
  ])('ready for %i s: available %s', (seconds, available) => {
    expect(isAvailable(readyFor(seconds), anObservation(group))).toBe(available);
  });

  test('ready replicas count at once, available ones later, and the group is requeued for that time', () => {
    const observed = anObservation(group, { replicas: [readyFor(10)] });
    const planned = plan(observed);
    expect(planned).toMatchObject({ actions: [], requeueAtMs: 1_020_000 });
    const status = statusOf(observed, planned);
    expect(status).toMatchObject({ phase: 'RUNNING', readyReplicas: 1, availableReplicas: 0 });
    expect(status?.conditions?.find(({ type }) => type === 'Available')?.status).toBe('False');
  });

  test('nothing is requeued once all are available', () => {
    expect(plan(anObservation(group, { replicas: [readyFor(30)] })).requeueAtMs).toBeUndefined();
  });
});

test('in a group that is powered off, a machine that is powered off serves', () => {
  const group: VmGroup = aGroup({ powerState: 'PoweredOff' });
  const observed = anObservation(group);
  expect(serves(aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' }), observed)).toBe(true);
  expect(serves(aReplica(group, { ordinal: 0 }), observed)).toBe(false);
});
