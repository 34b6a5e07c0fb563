import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import type { Replica } from '../model/observation';
import { plan } from '../plan/plan';
import { statusOf } from './status';

function statusFor(group: VmGroup, replicas: readonly Replica[]) {
  const observed = anObservation(group, { replicas });
  return statusOf(observed, plan(observed));
}

describe('revisions', () => {
  test('updateRevision is that of the spec at once; currentRevision follows when every replica has it', () => {
    const before = aGroup({ replicas: 1 });
    const current = revisionOf(before.spec);
    const status = { currentRevision: current };
    const group = aGroup({ replicas: 1, template: 'another-template' }, { status });
    const updateRevision = revisionOf(group.spec);
    expect(updateRevision).not.toBe(current);
    const outdated = aReplica(group, { ordinal: 0, revision: current });
    expect(statusFor(group, [outdated])).toMatchObject({ currentRevision: current, updateRevision });
    expect(statusFor(group, [aReplica(group, { ordinal: 0 })])).toMatchObject({
      currentRevision: updateRevision,
      updateRevision,
    });
  });
});
