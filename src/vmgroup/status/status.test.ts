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
import { revisionOf } from '../../api/identity';
import type { VmGroup, VmGroupStatus } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

function statusFor(group: VmGroup, rest: Partial<Observation> = {}): VmGroupStatus {
  const observed = anObservation(group, rest);
  const status = statusOf(observed, plan(observed));
  if (status === undefined) throw new Error('no status');
  return status;
}

const condition = (status: VmGroupStatus, type: string) => {
  const found = status.conditions?.find((candidate) => candidate.type === type);
  return found && `${found.status} ${found.reason}`;
};

const unavailable = {
  kind: 'Unavailable',
  name: '(env)',
  reason: 'Unreachable',
  message: 'vCenter (env): connect ECONNREFUSED',
  needsUser: false,
  reconnecting: false,
} as const;

const missingTemplate = {
  problems: [
    { reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'template "doesNotExist" was not found' },
  ],
};

describe('phase', () => {
  test('R5: RUNNING only when every desired replica exists, is current, powered on and ready', () => {
    const group = aGroup({ replicas: 2 });
    const both = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })];
    expect(statusFor(group, { replicas: both })).toMatchObject({
      phase: 'RUNNING',
      lastMessage: '2 of 2 replicas running',
      currentReplicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
      currentRevision: revisionOf(group.spec),
    });
    const [first] = both;
    for (const replicas of [
      both.slice(0, 1),
      [...both, aReplica(group, { ordinal: 2 })],
      [first, aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' })],
      [first, aReplica(group, { ordinal: 1 }, { connectionState: 'disconnected' })],
      [first, aReplica(group, { ordinal: 1, revision: 'old0000000' })],
      [first, aReplica(group, { ordinal: 1 }, { numCpu: 64 })],
    ]) {
      expect(statusFor(group, { replicas: replicas.filter((replica) => replica !== undefined) }).phase).toBe('PENDING');
    }
  });

  test('ERROR names the missing template, and what to do', () => {
    const status = statusFor(aGroup({ replicas: 2, template: 'doesNotExist' }), { placement: missingTemplate });
    expect(status).toMatchObject({
      phase: 'ERROR',
      lastMessage: '0 of 2 replicas running; template "doesNotExist" was not found',
      currentReplicas: 0,
    });
    expect(condition(status, 'PlacementReady')).toBe('False TemplateNotFound');
    expect(condition(status, 'Stalled')).toBe('True PlacementNotReady');
  });

  test('a complete group stays RUNNING after its template is gone', () => {
    const group = aGroup();
    const status = statusFor(group, { placement: missingTemplate, replicas: [aReplica(group, { ordinal: 0 })] });
    expect(status.phase).toBe('RUNNING');
    expect(condition(status, 'PlacementReady')).toBe('False TemplateNotFound');
  });

  test('R15: machines stay where an administrator allows none any more: the group stays RUNNING, and gets no others', () => {
    const message = 'template /dc/vm/ubuntu is not allowed by VCenter lab';
    const problems = [{ reason: 'NotAllowed' as const, field: 'spec.template', message }];
    const placement = { ...anObservation(aGroup()).placement, problems };
    const group = aGroup({ replicas: 2 });
    const replicas = [0, 1].map((ordinal) => aReplica(group, { ordinal }));
    const complete = statusFor(group, { placement, replicas });
    expect(complete.phase).toBe('RUNNING');
    expect(condition(complete, 'PlacementReady')).toBe('False NotAllowed');
    const oneLost = anObservation(group, { placement, replicas: replicas.slice(1) });
    expect(plan(oneLost).actions).toEqual([]);
    const status = statusOf(oneLost, plan(oneLost));
    expect(status).toMatchObject({ phase: 'ERROR', lastMessage: `1 of 2 replicas running; ${message}` });
  });

  test('a group without replicas is RUNNING', () => {
    expect(statusFor(aGroup({ replicas: 0 })).phase).toBe('RUNNING');
  });

  test('a group that shall be powered off is STOPPED and Ready once it is: what waits for it need not wait for ever', () => {
    const group = aGroup({ powerState: 'PoweredOff' });
    const status = statusFor(group, { replicas: [aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' })] });
    expect(status).toMatchObject({ phase: 'STOPPED', readyReplicas: 0 });
    expect(condition(status, 'Ready')).toBe('True PoweredOff');
    expect(condition(status, 'Available')).toBe('False PoweredOff');
  });

  test('it is PENDING while a replica is on, missing, surplus or of another revision', () => {
    const group = aGroup({ powerState: 'PoweredOff', replicas: 2 });
    const off = (ordinal: number, revision?: string) =>
      aReplica(group, { ordinal, ...(revision && { revision }) }, { powerState: 'poweredOff' });
    for (const replicas of [
      [off(0), aReplica(group, { ordinal: 1 })],
      [off(0)],
      [off(0), off(1), off(2)],
      [off(0), off(1, 'old0000000')],
    ]) {
      const status = statusFor(group, { replicas });
      expect(status.phase).toBe('PENDING');
      expect(condition(status, 'Ready')).toBe('False PoweringOff');
    }
  });
});

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

describe('the reason of Ready=False', () => {
  const group = aGroup({ replicas: 2 });
  const fresh = (ordinal: number) => aReplica(group, { ordinal });
  const old = (ordinal: number) => aReplica(group, { ordinal, revision: 'old0000000' });

  test.each([
    ['ScalingUp', [fresh(0)]],
    ['ScalingDown', [fresh(0), fresh(1), fresh(2)]],
    ['Updating', [old(0), old(1)]],
    ['Updating', [old(0), fresh(1)]],
    ['NotReady', [fresh(0), aReplica(group, { ordinal: 1 }, { powerState: 'poweredOff' })]],
  ] as const)('%s', (reason, replicas) => {
    expect(condition(statusFor(group, { replicas }), 'Ready')).toBe(`False ${reason}`);
  });

  test('Updating, also while an old replica is removed after a surge', () => {
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    const surging = aGroup({
      replicas: 2,
      updateStrategy: { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate },
    });
    const replicas = [
      aReplica(surging, { ordinal: 0, revision: 'old0000000' }),
      aReplica(surging, { ordinal: 1 }),
      aReplica(surging, { ordinal: 2 }),
    ];
    expect(condition(statusFor(surging, { replicas }), 'Ready')).toBe('False Updating');
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
});
