import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aGroup,
  anObservation,
  aReplica,
  VCENTER_UUID,
} from '../../../test/support/builders/observation';
import { Annotation, type VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

describe('what a user reads of counters', () => {
  const surging = aGroup({
    replicas: 2,
    updateStrategy: {
      type: 'RollingUpdate',
      resizePolicy: 'PowerCycle',
      rollingUpdate: { maxSurge: 1, maxUnavailable: 2 },
    },
  });
  const of = (replicas: Observation['replicas']) => {
    const observed = anObservation(surging, { replicas });
    const status = statusOf(observed, plan(observed));
    return (type: string) => status?.conditions?.find((condition) => condition.type === type);
  };

  test('an update tells how many replicas are updated, and never more replicas than the spec asks for', () => {
    const old = [0, 1].map((ordinal) => aReplica(surging, { ordinal, revision: 'old' }));
    const condition = of([...old, aReplica(surging, { ordinal: 2 })]);
    expect(condition('Ready')?.message).toMatch(/^1 of 2 replicas updated, \d running/);
    expect(condition('Progressing')).toMatchObject({ status: 'True', reason: 'Updating' });
  });

  test('a group without one replica is not available, whatever maxUnavailable allows', () => {
    const condition = of([]);
    expect(condition('Available')).toMatchObject({ status: 'False', reason: 'MinimumReplicasUnavailable' });
    expect(condition('Progressing')).toMatchObject({ status: 'True', reason: 'ScalingUp' });
    expect(of([aReplica(surging, { ordinal: 0 })])('Available')?.status).toBe('True');
  });
});

describe('an annotation whose value means nothing', () => {
  const named = (group: VmGroup) => {
    const metadata = { ...group.metadata, annotations: { ...group.metadata.annotations, [Annotation.Adopt]: 'yes' } };
    return { ...group, metadata };
  };
  const told = `annotation ${Annotation.Adopt} is "yes", which has no effect: give Adopt or Ignore`;
  const readyOf = (group: VmGroup, replicas: Observation['replicas'] = []) => {
    const observed = anObservation(group, { replicas });
    return statusOf(observed, plan(observed))?.conditions?.find(({ type }) => type === 'Ready');
  };

  test('is told beside the counters, and changes no condition', () => {
    const group = named(aGroup({ replicas: 1 }));
    expect(readyOf(group, [aReplica(group, { ordinal: 0 })])).toMatchObject({
      status: 'True',
      message: `1 of 1 replicas running; ${told}`,
    });
  });

  test('is told of a group that is being deleted', () => {
    expect(readyOf(named(aDeletedGroup()))?.message).toContain(told);
  });
});

test('the vCenter of the environment is shown with its host, and recorded by its name', () => {
  const vcenter = { kind: 'Ready', name: '(env)', host: 'vcenter.example.com', instanceUuid: VCENTER_UUID } as const;
  const observed = anObservation(aGroup(), { vcenter });
  const status = statusOf(observed, plan(observed));
  expect(status?.vcenter).toMatchObject({ name: '(env)', host: 'vcenter.example.com' });
  const ready = status?.conditions?.find(({ type }) => type === 'VCenterReady');
  expect(ready?.message).toBe('connected to vcenter.example.com (env)');
});
