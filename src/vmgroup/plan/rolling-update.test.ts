import { describe, expect, test } from 'vitest';
import { aGroup, anEntry, anObservation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation, Replica } from '../model/observation';
import { plan } from './plan';
import { chooseReplicas } from './rollout';

const OLD = 'old0000000';
type Share = number | string;

function aRollingGroup(replicas: number, maxSurge: Share, maxUnavailable: Share, rest: Partial<VmGroupSpec> = {}) {
  const rollingUpdate = { maxSurge, maxUnavailable };
  const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate } as const;
  return aGroup({ replicas, updateStrategy, ...rest });
}

const old = (group: VmGroup, ordinal: number, machine: Partial<VirtualMachine> = {}) =>
  aReplica(group, { ordinal, revision: OLD }, machine);
const olds = (group: VmGroup, count: number) => Array.from({ length: count }, (_, ordinal) => old(group, ordinal));
const off = { powerState: 'poweredOff' } as const;

/** What is to be made and replaced now. */
function chosen(group: VmGroup, replicas: readonly Replica[], rest: Partial<Observation> = {}) {
  const observed = anObservation(group, { replicas, ...rest });
  const { leaving, missing } = chooseReplicas(observed);
  return {
    made: missing.map(({ ordinal }) => ordinal),
    replaced: [...leaving.keys()].map(({ slot }) => slot.ordinal).sort(),
  };
}

describe('the first step of an update of 10', () => {
  test.each([
    [0, 1, 0, 1],
    [1, 0, 1, 0],
    [3, 0, 3, 0],
    [2, 2, 2, 2],
    ['25%', '25%', 3, 2],
    ['0%', '9%', 0, 1],
    ['100%', '0%', 10, 0],
    [0, 10, 0, 10],
  ] as const)('maxSurge %s, maxUnavailable %s: makes %i, replaces %i', (surge, absence, made, replaced) => {
    const group = aRollingGroup(10, surge, absence);
    const result = chosen(group, olds(group, 10));
    expect(result.made).toHaveLength(made);
    expect(result.replaced).toHaveLength(replaced);
  });

  test('new ones take the lowest free numbers beside the old', () => {
    const group = aRollingGroup(3, 2, 0);
    expect(chosen(group, olds(group, 3)).made).toEqual([3, 4]);
  });
});

describe('on its way', () => {
  const group = aRollingGroup(3, 1, 0);
  const fresh = (ordinal: number, machine: Partial<VirtualMachine> = {}) => aReplica(group, { ordinal }, machine);

  test('a new one that serves lets an old one go', () => {
    expect(chosen(group, [...olds(group, 3), fresh(3)])).toEqual({ made: [], replaced: [0] });
  });

  test('a new one that is not there yet, or not ready, or not available yet, lets nothing go', () => {
    const slot = { ordinal: 3, revision: revisionOf(group.spec) };
    expect(chosen(group, olds(group, 3), { inFlight: [anEntry('Clone', { slot })] })).toEqual({
      made: [3],
      replaced: [],
    });
    expect(chosen(group, [...olds(group, 3), fresh(3, off)])).toEqual({ made: [], replaced: [] });
    const slow = aRollingGroup(3, 1, 0, { minReadySeconds: 30 });
    const young = { ...aReplica(slow, { ordinal: 3 }), readySince: { wallMs: 0, monotonicMs: 999_000 } };
    expect(chosen(slow, [...olds(slow, 3), young])).toEqual({ made: [], replaced: [] });
  });

  test('a revision that never comes up stops the update within maxUnavailable', () => {
    const hasty = aRollingGroup(4, 1, 1);
    const broken = [aReplica(hasty, { ordinal: 4 }, off), aReplica(hasty, { ordinal: 0 }, off)];
    expect(chosen(hasty, [old(hasty, 1), old(hasty, 2), old(hasty, 3), ...broken])).toEqual({ made: [], replaced: [] });
  });

  test('old ones that do not serve go first, and cost nothing', () => {
    const hasty = aRollingGroup(4, 0, 1);
    const replicas = [old(hasty, 0), old(hasty, 1), old(hasty, 2), old(hasty, 3, off)];
    expect(chosen(hasty, replicas).replaced).toEqual([3]);
  });

  test('one whose host is down is never replaced, and counts as away', () => {
    const hasty = aRollingGroup(3, 0, 1);
    const replicas = [old(hasty, 0, { connectionState: 'disconnected' }), old(hasty, 1), old(hasty, 2)];
    expect(chosen(hasty, replicas).replaced).toEqual([]);
  });

  test('one that was asked to shut down stays chosen until it is gone', () => {
    const hasty = aRollingGroup(3, 0, 1);
    const replicas = olds(hasty, 3);
    const machine = replicas[1]?.machine.ref;
    const inFlight = machine === undefined ? [] : [anEntry('Shutdown', { machine, state: 'Done' })];
    expect(chosen(hasty, replicas, { inFlight }).replaced).toEqual([1]);
  });

  test('the last step: old ones beyond the number go when all new ones serve', () => {
    const news = [fresh(1), fresh(2), fresh(3)];
    expect(chosen(group, [old(group, 0), ...news])).toEqual({ made: [], replaced: [0] });
  });

  test('what leaves still takes its place among replicas and maxSurge', () => {
    // 4 exist, of which one goes: no fifth is made before it is gone.
    expect(chosen(group, [...olds(group, 3), fresh(3)]).made).toEqual([]);
  });
});

describe('an update does not start', () => {
  const replaces = (group: VmGroup, rest: Partial<Observation> = {}) => chosen(group, olds(group, 3), rest).replaced;

  test('with OnDelete: the new revision comes only where one goes by other means', () => {
    const group = aGroup({ replicas: 3, updateStrategy: { type: 'OnDelete', resizePolicy: 'PowerCycle' } });
    expect(chosen(group, olds(group, 3))).toEqual({ made: [], replaced: [] });
    const { missing } = chooseReplicas(anObservation(group, { replicas: olds(group, 2) }));
    expect(missing).toEqual([{ ordinal: 2, revision: revisionOf(group.spec) }]);
  });

  test('while the group is paused, or its successors could not be made', () => {
    expect(replaces(aGroup({ replicas: 3, paused: true }))).toEqual([]);
    const group = aGroup({ replicas: 3 });
    expect(replaces(group)).toEqual([0]);
    const problem = { reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'gone' };
    expect(replaces(group, { placement: { ...anObservation(group).placement, problems: [problem] } })).toEqual([]);
    expect(replaces(group, { unclaimedClones: true })).toEqual([]);
    expect(replaces(group, { folder: { kind: 'Missing' } })).toEqual([]);
  });
});

test('a group that is switched off is updated just as well: what is off serves there', () => {
  const group = aRollingGroup(3, 0, 1, { powerState: 'PoweredOff' });
  const replicas = [0, 1, 2].map((ordinal) => old(group, ordinal, off));
  expect(chosen(group, replicas).replaced).toEqual([0]);
  const made = aReplica(group, { ordinal: 0 }, off);
  expect(chosen(group, [made, old(group, 1, off), old(group, 2, off)]).replaced).toEqual([1]);
});

describe('scaling while clones are under way', () => {
  const group = aGroup({ replicas: 1 });
  const clones = [1, 2].map((ordinal) =>
    anEntry('Clone', { key: `clone ${ordinal}`, slot: { ordinal, revision: revisionOf(group.spec) } }),
  );

  test('down: what runs stays, for a clone that was never there goes first', () => {
    const { actions, leaving } = plan(
      anObservation(group, { replicas: [aReplica(group, { ordinal: 0 })], inFlight: clones }),
    );
    expect([actions, leaving.size]).toEqual([[], 0]);
    const arrived = [0, 1, 2].map((ordinal) => aReplica(group, { ordinal }, ordinal === 0 ? {} : off));
    expect(chosen(group, arrived).replaced).toEqual([1, 2]);
  });

  test('up: they count, so no more are made than asked for', () => {
    const more = aGroup({ replicas: 4 });
    const inFlight = [1, 2].map((ordinal) =>
      anEntry('Clone', { key: `clone ${ordinal}`, slot: { ordinal, revision: revisionOf(more.spec) } }),
    );
    const { actions } = plan(anObservation(more, { replicas: [aReplica(more, { ordinal: 0 })], inFlight }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([3]);
  });
});
