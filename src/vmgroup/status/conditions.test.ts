import { describe, expect, test } from 'vitest';
import { aDeletedGroup, aFault, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import { Annotation, type VmGroup } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { conditionsOf } from './conditions';
import { countReplicas } from './counts';
import { statusOf } from './status';

/** The condition of a group and its plan, as STATUS REASON: MESSAGE. */
function told(type: string, group: VmGroup, rest: Partial<Observation> = {}): string {
  const observed = anObservation(group, rest);
  const planned = plan(observed);
  const found = conditionsOf(observed, planned, countReplicas(observed, planned)).find((one) => one.type === type);
  return `${found?.status} ${found?.reason}: ${found?.message}`;
}

/** The group with the status of this observation. */
function written(group: VmGroup, rest: Partial<Observation>): VmGroup {
  const observed = anObservation(group, rest);
  const status = statusOf(observed, plan(observed));
  return { ...group, ...(status !== undefined && { status }) };
}

const two = aGroup({ replicas: 2 });
const both = [aReplica(two, { ordinal: 0 }), aReplica(two, { ordinal: 1 })];
const one = both.slice(0, 1);
const AWAY: Extract<Observation['vcenter'], { kind: 'Unavailable' }> = {
  ...{ kind: 'Unavailable' as const, name: 'vc', reason: 'Unreachable', message: 'vCenter vc: refused' },
  ...{ needsUser: false, reconnecting: false },
};
const off = (group: VmGroup, ordinal: number) => aReplica(group, { ordinal }, { powerState: 'poweredOff' });

describe('Ready', () => {
  test('of a group that is stalled, or paused, says so', () => {
    const faults = new Map([[slotKey(aReplica(two, { ordinal: 1 }).slot), aFault(two, { class: 'NeedsUser' })]]);
    expect(told('Ready', two, { replicas: one, faults })).toContain('False Stalled: 1 of 2 replicas running; ');
    expect(told('Ready', aGroup({ replicas: 2, paused: true }), { replicas: one })).toBe(
      'False Paused: 1 of 2 replicas running',
    );
  });

  test('of a deleted group tells what the deletion waits for', () =>
    expect(told('Ready', aDeletedGroup(), { replicas: one })).toBe(
      'False Deleting: 1 of 1 machines are still powered on',
    ));

  test('while vCenter is away tells what was last seen', () =>
    expect(told('Ready', two, { replicas: both, vcenter: AWAY })).toBe(
      'Unknown VCenterNotReady: vCenter vc: refused; last seen: 2 of 2 replicas running',
    ));

  test('tells of replicas that are ready, where that is more than to run', () => {
    const tools = aGroup({
      replicas: 2,
      readiness: { type: 'ToolsRunning' } as NonNullable<VmGroup['spec']['readiness']>,
    });
    expect(told('Ready', tools, { replicas: [aReplica(tools, { ordinal: 0 })] })).toContain('0 of 2 replicas ready');
  });

  test.each([
    ['a replica is missing', 'ScalingUp', one],
    ['there is one too many', 'ScalingDown', [...both, aReplica(two, { ordinal: 2 })]],
    ['one is of an older revision', 'Updating', [one[0], aReplica(two, { ordinal: 1, revision: 'old0000000' })]],
    ['one is off', 'NotReady', [one[0], off(two, 1)]],
  ] as const)('names the work while %s', (_, reason, replicas) =>
    expect(told('Ready', two, { replicas: replicas.flatMap((replica) => replica ?? []) })).toContain(
      `False ${reason}: `,
    ),
  );
});

describe('a group that shall be powered off', () => {
  const stopped = aGroup({ replicas: 2, powerState: 'PoweredOff' });

  test('is Ready once all are off', () =>
    expect(told('Ready', stopped, { replicas: [off(stopped, 0), off(stopped, 1)] })).toBe(
      'True PoweredOff: 2 of 2 replicas are powered off, as spec.powerState asks',
    ));

  test.each([
    ['one is missing', [off(stopped, 0)]],
    ['one is on', [off(stopped, 0), aReplica(stopped, { ordinal: 1 })]],
    [
      'one is of another size',
      [off(stopped, 0), aReplica(stopped, { ordinal: 1 }, { powerState: 'poweredOff', numCpu: 9 })],
    ],
    ['one of those that are off is too many', [off(stopped, 0), aReplica(stopped, { ordinal: 1 }), off(stopped, 2)]],
    ['one that is off is too many', [off(stopped, 0), off(stopped, 1), off(stopped, 2)]],
  ])('is not Ready while %s', (_, replicas) =>
    expect(told('Ready', stopped, { replicas })).toContain('False PoweringOff: '),
  );

  test('says that it is stalled, and why', () => {
    const replicas = [aReplica(stopped, { ordinal: 0 }), off(stopped, 1)];
    const faults = new Map([
      [slotKey(replicas[0]?.slot ?? { ordinal: 0, revision: '' }), aFault(stopped, { class: 'NeedsUser' })],
    ]);
    expect(told('Ready', stopped, { replicas, faults })).toMatch(
      /^False Stalled: 1 of 2 replicas are powered off, as spec.powerState asks; .+: it went wrong, retry at/,
    );
  });

  test('has made its progress once all are off, and makes it until then', () => {
    expect(told('Progressing', stopped, { replicas: [off(stopped, 0), off(stopped, 1)] })).toBe(
      'True Complete: 2 of 2 replicas exist, 2 are powered off, 2 are up to date',
    );
    expect(told('Progressing', stopped, { replicas: [off(stopped, 0), aReplica(stopped, { ordinal: 1 })] })).toBe(
      'True NotReady: 2 of 2 replicas exist, 1 are powered off, 2 are up to date',
    );
  });

  test('is never available', () =>
    expect(told('Available', stopped, { replicas: both })).toContain('False PoweredOff: '));
});

describe('Available', () => {
  test('counts, within maxUnavailable', () => {
    expect(told('Available', two, { replicas: both })).toBe('True MinimumReplicasAvailable: 2 of 2 replicas available');
    expect(told('Available', two, { replicas: [one[0] ?? off(two, 0), off(two, 1)] })).toContain('True Minimum');
    expect(told('Available', two, { replicas: [off(two, 0), off(two, 1)] })).toBe(
      'False MinimumReplicasUnavailable: 0 of 2 replicas available',
    );
  });

  test('is not known while vCenter is away', () =>
    expect(told('Available', two, { replicas: both, vcenter: AWAY })).toBe(
      'Unknown VCenterNotReady: last seen: 2 of 2 replicas available',
    ));
});

describe('Progressing', () => {
  test('is complete with exactly what is asked for', () =>
    expect(told('Progressing', two, { replicas: both })).toBe(
      'True Complete: 2 of 2 replicas exist, 2 are running, 2 are up to date',
    ));

  test.each([
    ['one is missing', one],
    ['one is too many', [...both, aReplica(two, { ordinal: 2 })]],
    ['one is off', [...one, off(two, 1)]],
    ['one is outdated', [...one, aReplica(two, { ordinal: 1, revision: 'old0000000' })]],
    ['one has another size', [...one, aReplica(two, { ordinal: 1 }, { numCpu: 64 })]],
  ])('is not complete while %s', (_, replicas) =>
    expect(told('Progressing', two, { replicas })).not.toContain('Complete'),
  );

  test('is not known of a paused group', () =>
    expect(told('Progressing', aGroup({ replicas: 2, paused: true }), { replicas: both })).toBe(
      'Unknown Paused: spec.paused is true: nothing is changed in vCenter',
    ));

  test('ends with the deadline', () => {
    const { now } = anObservation(two);
    const late = { now: { ...now, monotonicMs: now.monotonicMs + 1_800_000 }, replicas: one };
    expect(told('Progressing', written(two, { replicas: one }), late)).toBe(
      'False ProgressDeadlineExceeded: no step forward for 1800 s: 1 of 2 replicas exist, 1 are running, 1 are up to date',
    );
  });
});

describe('Paused', () => {
  test.each([
    [true, 'True Paused: spec.paused is true: nothing is changed in vCenter'],
    [false, 'False NotPaused: changes are carried out'],
  ])('%s', (paused, expected) => expect(told('Paused', aGroup({ paused }))).toBe(expected));
});

describe('an annotation without effect', () => {
  const { metadata } = two;
  const annotated = aGroup(
    { replicas: 2 },
    { metadata: { ...metadata, annotations: { [Annotation.Adopt]: 'Maybe' } } },
  );
  const isTold = (type: string, rest: Partial<Observation> = {}) => told(type, annotated, rest).includes('Maybe');

  test('is told by Ready, and by Stalled while that gives the message of the status', () => {
    expect([isTold('Ready', { replicas: both }), isTold('Stalled', { replicas: both })]).toEqual([true, false]);
    const vcenter = { ...AWAY, needsUser: true };
    expect(isTold('Stalled', { vcenter })).toBe(true);
  });

  test('is told by no other condition', () => {
    for (const type of ['Available', 'Progressing', 'VCenterReady', 'ConfigSynced', 'Paused'])
      expect(isTold(type, { replicas: both })).toBe(false);
  });
});
