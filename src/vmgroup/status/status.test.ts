import { describe, expect, test } from 'vitest';
import {
  aFault,
  aGroup,
  aGuest,
  anObservation,
  anOperation,
  aReplica,
  VCENTER_UUID,
} from '../../../test/support/builders/observation';
import { condition, statusFor } from '../../../test/support/builders/told-status';
import { revisionOf } from '../../api/identity';
import type { VmGroupStatus } from '../../api/vm-group';
import { plan } from '../plan/plan';
import { statusOf } from './status';

/** A vCenter that does not answer. */
const unavailable = {
  kind: 'Unavailable',
  name: '(env)',
  reason: 'Unreachable',
  message: 'vCenter (env): connect ECONNREFUSED',
  needsUser: false,
  reconnecting: false,
} as const;

describe('faults', () => {
  const group = aGroup({ replicas: 2 });
  const key = `1/${revisionOf(group.spec)}`;

  test('a replica that waits for capacity shows its fault, with the time of the next try', () => {
    const fault = aFault(group, { class: 'Capacity', reason: 'NoDiskSpace', message: 'datastore ds is full' });
    const status = statusFor(group, { replicas: [aReplica(group, { ordinal: 0 })], faults: new Map([[key, fault]]) });
    expect(status.phase).toBe('PENDING');
    expect(status.lastMessage).toMatch(
      /^1 of 2 replicas running; web-replica-[a-z]{8}: datastore ds is full, retry at 00:01:00Z$/,
    );
    expect(status.replicas?.[1]).toMatchObject({
      ordinal: 1,
      ready: false,
      fault: { class: 'Capacity', reason: 'NoDiskSpace', attempts: 1, retryAt: '2026-01-01T00:01:00Z' },
    });
  });

  test('a fault that needs a person makes the group ERROR', () => {
    const fault = aFault(group, { class: 'NeedsUser', reason: 'NoPermission', message: 'give privilege X' });
    const status = statusFor(group, { replicas: [aReplica(group, { ordinal: 0 })], faults: new Map([[key, fault]]) });
    expect(status.phase).toBe('ERROR');
    expect(condition(status, 'Stalled')).toBe('True ReplicaFault');
  });
});

describe('vCenter', () => {
  test('the last status is kept during the first seconds of a reconnect', () => {
    const observed = anObservation(aGroup(), { vcenter: { ...unavailable, reconnecting: true } });
    expect(statusOf(observed, plan(observed))).toBeUndefined();
  });

  test('while it does not answer the last known counters are kept, and the conditions say that they are old', () => {
    const group = aGroup();
    const running = statusFor(group, { replicas: [aReplica(group, { ordinal: 0 })] });
    const status = statusFor({ ...group, status: running }, { vcenter: unavailable });
    expect(status).toMatchObject({ phase: 'PENDING', readyReplicas: 1, replicas: running.replicas });
    expect(status.lastMessage).toBe('vCenter (env): connect ECONNREFUSED; last seen: 1 of 1 replicas running');
    expect(condition(status, 'VCenterReady')).toBe('False Unreachable');
    expect(condition(status, 'Ready')).toBe('Unknown VCenterNotReady');
  });

  test('a refused login needs a person: ERROR', () => {
    const vcenter = { ...unavailable, reason: 'InvalidCredentials', needsUser: true };
    const status = statusFor(aGroup(), { vcenter });
    expect(status.phase).toBe('ERROR');
    expect(condition(status, 'VCenterReady')).toBe('False InvalidCredentials');
  });

  test('its identity is recorded at first contact, and another vCenter freezes the group', () => {
    expect(statusFor(aGroup()).vcenter).toEqual({ name: '(env)', instanceUuid: VCENTER_UUID });
    const group = aGroup({}, { status: { vcenter: { name: '(env)', instanceUuid: 'former' } } });
    const status = statusFor(group);
    expect(status.vcenter?.instanceUuid).toBe('former');
    expect(condition(status, 'VCenterReady')).toBe('False InstanceMismatch');
    expect(status.phase).toBe('ERROR');
  });
});

describe('a status can be written', () => {
  test('with any addresses that a guest reports', () => {
    const group = aGroup();
    const reported = ['192.0.2.7', 'not an address', `fe80::1%${'x'.repeat(99)}`, '2001:db8::7'];
    const many = Array.from({ length: 30 }, (_, last) => `198.51.100.${last}`);
    const details = aGuest({ ipAddresses: [...reported, ...many] });
    const [replica] = statusFor(group, { replicas: [aReplica(group, { ordinal: 0 }, { details })] }).replicas ?? [];
    expect(replica?.ips).toEqual(['192.0.2.7', '2001:db8::7', ...many.slice(0, 14)]);
  });

  test('with a long name that a person gave to a machine', () => {
    const group = aGroup();
    const long = aReplica(group, { ordinal: 0 }, { name: 'x'.repeat(200) });
    expect(statusFor(group, { replicas: [long] }).replicas?.[0]?.name).toHaveLength(80);
  });
});

test('a group that is powered off says how many replicas are powered off, ready or not', () => {
  const off = aGroup({ replicas: 2, powerState: 'PoweredOff', readiness: { type: 'IPAddress' } });
  const replicas = [aReplica(off, { ordinal: 0 }), aReplica(off, { ordinal: 1 }, { powerState: 'poweredOff' })];
  expect(statusFor(off, { replicas }).lastMessage).toBe('1 of 2 replicas are powered off, as spec.powerState asks');
});

test('R4: a group that is frozen by another vCenter writes nothing while time goes by', () => {
  const group = aGroup({ replicas: 2 }, { status: { vcenter: { name: '(env)', instanceUuid: 'former' } } });
  const first = statusFor(group);
  const later = { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 90_000_000 };
  expect(statusFor({ ...group, status: first }, { now: later })).toEqual(first);
});

describe('deletion', () => {
  const metadata = { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };

  test('says what it waits for, and how to force it', () => {
    const group = aGroup({}, { metadata });
    const replicas = [aReplica(group, { ordinal: 0 })];
    const status = statusFor(group, { replicas });
    expect(condition(status, 'Deleting')).toBe('True WaitingForPowerOff');
    expect(status).toMatchObject({ phase: 'PENDING', currentReplicas: 0 });
    const away = statusFor(group, { vcenter: unavailable });
    expect(condition(away, 'Deleting')).toBe('True VCenterNotReady');
    expect(away.lastMessage).toContain('force-orphan=true');
  });
});

describe('status as a whole', () => {
  test('R4, R5: the same observation gives the same status again after it was written', () => {
    const group = aGroup({ replicas: 2 });
    const rest = {
      replicas: [aReplica(group, { ordinal: 0 })],
      inFlight: [anOperation('Clone', { slot: { ordinal: 1, revision: revisionOf(group.spec) } })],
    };
    const first = statusFor(group, rest);
    const later = { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 1_000_000 + 1_799_999 };
    expect(statusFor({ ...group, status: first }, { ...rest, now: later })).toEqual(first);
  });

  test('lastTransitionTime changes only when a status changes', () => {
    const group = aGroup();
    const first = statusFor(group);
    const later = { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 1_000_000 + 1_799_999 };
    const second = statusFor({ ...group, status: first }, { replicas: [aReplica(group, { ordinal: 0 })], now: later });
    const time = (status: VmGroupStatus, type: string) =>
      status.conditions?.find((candidate) => candidate.type === type)?.lastTransitionTime;
    expect(time(second, 'Ready')).toBe('2026-01-02T00:00:00Z');
    expect(time(second, 'VCenterReady')).toBe('2026-01-01T00:00:00Z');
  });

  test('replicas with an operation in flight show their task, ordered by ordinal', () => {
    const group = aGroup({ replicas: 2 });
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const sent = anOperation('Clone', { slot, task: { type: 'Task', value: 'task-7' } });
    const status = statusFor(group, { replicas: [aReplica(group, { ordinal: 1 })], inFlight: [sent] });
    expect(status.replicas?.map(({ ordinal, task }) => [ordinal, task])).toEqual([
      [0, { ref: 'task-7', operation: 'Clone', startedAt: '2026-01-01T00:00:00Z' }],
      [1, undefined],
    ]);
  });

  test('R7: a slot whose clone is under way is told also when the group no longer wants it', () => {
    const group = { ...aGroup(), metadata: { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    const slot = { ordinal: 3, revision: revisionOf(group.spec) };
    const told = statusFor(group, { inFlight: [anOperation('Clone', { slot })] });
    expect(told.replicas).toMatchObject([{ ...slot, task: { operation: 'Clone' } }]);
    expect(told.lastMessage).toBe('1 machines are still being cloned, and are removed once they are there');
    // The next process knows of no clone, until vCenter tells which ones run.
    const restarted = { ...group, status: told };
    const waiting = statusFor(restarted, { unclaimedClones: true });
    expect(waiting.replicas).toMatchObject([slot]);
    expect(waiting.lastMessage).toBe('waiting for clones that an earlier operator process may have started');
    expect(statusFor(restarted).replicas).toEqual([]);
  });
});
