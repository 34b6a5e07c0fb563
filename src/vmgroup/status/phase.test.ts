import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { condition, statusFor } from '../../../test/support/builders/told-status';
import { revisionOf } from '../../api/identity';
import { plan } from '../plan/plan';
import { statusOf } from './status';

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
