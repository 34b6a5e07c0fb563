import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { Annotation, type VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

describe('creation', () => {
  test('missing replicas are cloned into the lowest free ordinals', () => {
    const group = aGroup({ replicas: 4 });
    const { actions } = plan(anObservation(group, { replicas: [aReplica(group, { ordinal: 1 })] }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([0, 2, 3]);
  });

  test('R2: a slot whose clone is in flight is not cloned again', () => {
    const group = aGroup({ replicas: 2 });
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const { actions } = plan(anObservation(group, { inFlight: [anOperation('Clone', { slot })] }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([1]);
  });

  test('R2: nothing is cloned while clones of an earlier process may still run', () => {
    expect(planned(aGroup({ replicas: 3 }), { unclaimedClones: true })).toEqual([]);
  });

  test('R2: nothing is cloned while a request of an earlier process may still arrive', () => {
    const soon = { predecessorQuietAtMs: 1_000_001 };
    expect(plan(anObservation(aGroup(), soon))).toMatchObject({ actions: [], requeueAtMs: 1_000_001 });
    expect(planned(aGroup(), { predecessorQuietAtMs: 1_000_000 })).toEqual(['Clone']);
  });

  test('R2: after a lost reply a live read finds out what happened before the slot is tried again', () => {
    const group = aGroup();
    const slot = { ordinal: 0, revision: revisionOf(group.spec) };
    const lost = anOperation('Clone', { slot, state: 'Unknown', stateSinceMs: 1_000_000 });
    expect(plan(anObservation(group, { inFlight: [lost] }))).toMatchObject({ actions: [], requeueAtMs: 1_002_000 });
    const later = { wallMs: 0, monotonicMs: 1_002_000 };
    expect(planned(group, { inFlight: [lost], now: later })).toEqual(['Settle']);
  });

  test('an unresolved name stops creation and leaves existing replicas alone', () => {
    const group = aGroup({ replicas: 3 });
    const placement = {
      ...anObservation(group).placement,
      problems: [{ reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'gone' }],
    };
    expect(planned(group, { placement, replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([]);
  });

  test('machines of another group in the folder stop creation', () => {
    expect(
      planned(aGroup(), { orphans: { kind: 'Restored', adopt: false, machines: [], refused: [], others: [] } }),
    ).toEqual([]);
  });

  test('a failing slot waits for its retry while the other slots go on', () => {
    const group = aGroup({ replicas: 2 });
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group)]]);
    const result = plan(anObservation(group, { faults }));
    expect(result.actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([1]);
    expect(result.requeueAtMs).toBe(1_060_000);
  });

  test('a change of the spec, or of the retry annotation, makes a waiting slot due at once', () => {
    const group = aGroup();
    const faults = new Map([[`0/${revisionOf(group.spec)}`, aFault(group)]]);
    expect(planned(group, { faults })).toEqual([]);
    const changed = aGroup({}, { metadata: { ...group.metadata, generation: 2 } });
    expect(planned(changed, { faults })).toEqual(['Clone']);
    const asked = aGroup({}, { metadata: { ...group.metadata, annotations: { [Annotation.Retry]: 'now' } } });
    expect(planned(asked, { faults })).toEqual(['Clone']);
  });

  test('a name that was taken is tried again soon after its holder is gone, not half an hour later', () => {
    const group = aGroup();
    const revision = revisionOf(group.spec);
    const fault = aFault(group, { reason: 'DuplicateName', retryAt: { wallMs: 0, monotonicMs: 9_000_000 } });
    const faults = new Map([[`0/${revision}`, fault]]);
    const taken = [aReplica(group, { ordinal: 0 }).machine.name];
    expect(plan(anObservation(group, { faults, foreignNames: taken })).requeueAtMs).toBe(9_000_000);
    expect(plan(anObservation(group, { faults })).requeueAtMs).toBe(1_002_000);
  });
});
