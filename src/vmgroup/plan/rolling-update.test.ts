import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation, Replica } from '../model/observation';
import { plan } from './plan';
import { planRollout } from './rollout';

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

/** The ordinals that are created and replaced now. */
function chosen(group: VmGroup, replicas: readonly Replica[], rest: Partial<Observation> = {}) {
  const observed = anObservation(group, { replicas, ...rest });
  const { leaving, missing } = planRollout(observed);
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

  test('new replicas take the lowest free ordinals beside the old ones', () => {
    const group = aRollingGroup(3, 2, 0);
    expect(chosen(group, olds(group, 3)).made).toEqual([3, 4]);
  });
});

describe('during an update', () => {
  const group = aRollingGroup(3, 1, 0);
  const fresh = (ordinal: number, machine: Partial<VirtualMachine> = {}) => aReplica(group, { ordinal }, machine);

  test('the example in rollout.ts: at most 4 exist and at least 3 serve', () => {
    const steps: string[] = [];
    let replicas: readonly Replica[] = olds(group, 3);
    const apply = (step: string, after: readonly Replica[]) => {
      replicas = after;
      const serving = replicas.filter(({ machine }) => machine.powerState === 'poweredOn');
      steps.push(`${step}: ${replicas.length} exist, ${serving.length} serve`);
      return chosen(group, replicas);
    };
    const others = (revision: string, ordinal: number) =>
      replicas.filter(({ slot }) => slot.ordinal !== ordinal || slot.revision !== revision);
    const current = revisionOf(group.spec);
    let next = chosen(group, replicas);
    while (steps.length < 20 && next.made.length + next.replaced.length > 0) {
      for (const ordinal of next.made) {
        const cloned = apply(`clone new ${ordinal}`, [...replicas, fresh(ordinal, off)]);
        expect(cloned).toEqual({ made: [], replaced: [] });
        replicas = [...others(current, ordinal), fresh(ordinal)];
      }
      for (const ordinal of next.replaced) {
        const poweredOff = apply(`power off old ${ordinal}`, [...others(OLD, ordinal), old(group, ordinal, off)]);
        expect(poweredOff).toEqual({ made: [], replaced: [ordinal] });
        apply(`destroy old ${ordinal}`, others(OLD, ordinal));
      }
      next = chosen(group, replicas);
    }
    expect(steps).toEqual([
      'clone new 3: 4 exist, 3 serve',
      'power off old 0: 4 exist, 3 serve',
      'destroy old 0: 3 exist, 3 serve',
      'clone new 0: 4 exist, 3 serve',
      'power off old 1: 4 exist, 3 serve',
      'destroy old 1: 3 exist, 3 serve',
      'clone new 1: 4 exist, 3 serve',
      'power off old 2: 4 exist, 3 serve',
      'destroy old 2: 3 exist, 3 serve',
    ]);
  });

  test('an old replica is replaced once a new one serves', () => {
    expect(chosen(group, [...olds(group, 3), fresh(3)])).toEqual({ made: [], replaced: [0] });
  });

  test('no old replica is replaced while a new one is being cloned, not ready or not available', () => {
    const slot = { ordinal: 3, revision: revisionOf(group.spec) };
    expect(chosen(group, olds(group, 3), { inFlight: [anOperation('Clone', { slot })] })).toEqual({
      made: [3],
      replaced: [],
    });
    expect(chosen(group, [...olds(group, 3), fresh(3, off)])).toEqual({ made: [], replaced: [] });
    const slow = aRollingGroup(3, 1, 0, { minReadySeconds: 30 });
    const young = { ...aReplica(slow, { ordinal: 3 }), readySince: { wallMs: 0, monotonicMs: 999_000 } };
    expect(chosen(slow, [...olds(slow, 3), young])).toEqual({ made: [], replaced: [] });
  });

  test('a revision that never becomes ready stops the update within maxUnavailable', () => {
    const hasty = aRollingGroup(4, 1, 1);
    const broken = [aReplica(hasty, { ordinal: 4 }, off), aReplica(hasty, { ordinal: 0 }, off)];
    expect(chosen(hasty, [old(hasty, 1), old(hasty, 2), old(hasty, 3), ...broken])).toEqual({ made: [], replaced: [] });
  });

  test('old replicas that do not serve are replaced first', () => {
    const hasty = aRollingGroup(4, 0, 1);
    const replicas = [old(hasty, 0), old(hasty, 1), old(hasty, 2), old(hasty, 3, off)];
    expect(chosen(hasty, replicas).replaced).toEqual([3]);
  });

  test('an old replica that is ready, but not yet for minReadySeconds, is not taken away beside one that does not serve', () => {
    const slow = aRollingGroup(3, 0, 1, { minReadySeconds: 30 });
    const young = { ...old(slow, 1), readySince: { wallMs: 0, monotonicMs: 999_000 } };
    expect(chosen(slow, [old(slow, 0), young, old(slow, 2, off)]).replaced).toEqual([2]);
    const outOfReach = old(slow, 2, { connectionState: 'disconnected' });
    expect(chosen(slow, [old(slow, 0), young, outOfReach]).replaced).toEqual([]);
  });

  test('a replica on a disconnected host is never replaced, and counts as unavailable', () => {
    const hasty = aRollingGroup(3, 0, 1);
    const replicas = [old(hasty, 0, { connectionState: 'disconnected' }), old(hasty, 1), old(hasty, 2)];
    expect(chosen(hasty, replicas).replaced).toEqual([]);
  });

  test('a replica that was asked to shut down stays chosen until it is gone', () => {
    const hasty = aRollingGroup(3, 0, 1);
    const replicas = olds(hasty, 3);
    const machine = replicas[1]?.machine.ref;
    const inFlight = machine === undefined ? [] : [anOperation('Shutdown', { machine, state: 'Done' })];
    expect(chosen(hasty, replicas, { inFlight }).replaced).toEqual([1]);
  });

  test('the last old replica is removed once all new ones serve', () => {
    const news = [fresh(1), fresh(2), fresh(3)];
    expect(chosen(group, [old(group, 0), ...news])).toEqual({ made: [], replaced: [0] });
  });

  test('a replica that is being removed counts towards replicas + maxSurge until it is gone', () => {
    // 4 exist, one of them is being removed: no fifth is created before it is gone.
    expect(chosen(group, [...olds(group, 3), fresh(3)]).made).toEqual([]);
  });
});

describe('an update does not start', () => {
  const replaces = (group: VmGroup, rest: Partial<Observation> = {}) => chosen(group, olds(group, 3), rest).replaced;

  test('with OnDelete: a replica of the new revision is created only in place of one that is gone', () => {
    const group = aGroup({ replicas: 3, updateStrategy: { type: 'OnDelete', resizePolicy: 'PowerCycle' } });
    expect(chosen(group, olds(group, 3))).toEqual({ made: [], replaced: [] });
    const { missing } = planRollout(anObservation(group, { replicas: olds(group, 2) }));
    expect(missing).toEqual([{ ordinal: 2, revision: revisionOf(group.spec) }]);
  });

  test('while the group is paused, or successors cannot be created', () => {
    expect(replaces(aGroup({ replicas: 3, paused: true }))).toEqual([]);
    const group = aGroup({ replicas: 3 });
    expect(replaces(group)).toEqual([0]);
    const problem = { reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'gone' };
    expect(replaces(group, { placement: { ...anObservation(group).placement, problems: [problem] } })).toEqual([]);
    expect(replaces(group, { unclaimedClones: true })).toEqual([]);
    expect(replaces(group, { folder: { kind: 'Missing' } })).toEqual([]);
  });
});

test('a group that is powered off is updated too: there a machine that is powered off serves', () => {
  const group = aRollingGroup(3, 0, 1, { powerState: 'PoweredOff' });
  const replicas = [0, 1, 2].map((ordinal) => old(group, ordinal, off));
  expect(chosen(group, replicas).replaced).toEqual([0]);
  const made = aReplica(group, { ordinal: 0 }, off);
  expect(chosen(group, [made, old(group, 1, off), old(group, 2, off)]).replaced).toEqual([1]);
});

describe('scaling while clones are in flight', () => {
  const group = aGroup({ replicas: 1 });
  const clones = [1, 2].map((ordinal) =>
    anOperation('Clone', { key: `clone ${ordinal}`, slot: { ordinal, revision: revisionOf(group.spec) } }),
  );

  test('down: running replicas stay, the clones are removed once they exist', () => {
    const { actions, leaving } = plan(
      anObservation(group, { replicas: [aReplica(group, { ordinal: 0 })], inFlight: clones }),
    );
    expect([actions, leaving.size]).toEqual([[], 0]);
    const arrived = [0, 1, 2].map((ordinal) => aReplica(group, { ordinal }, ordinal === 0 ? {} : off));
    expect(chosen(group, arrived).replaced).toEqual([1, 2]);
  });

  test('up: the clones count, so no more are made than the spec asks for', () => {
    const more = aGroup({ replicas: 4 });
    const inFlight = [1, 2].map((ordinal) =>
      anOperation('Clone', { key: `clone ${ordinal}`, slot: { ordinal, revision: revisionOf(more.spec) } }),
    );
    const { actions } = plan(anObservation(more, { replicas: [aReplica(more, { ordinal: 0 })], inFlight }));
    expect(actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([3]);
  });
});

describe('the plan of a new revision', () => {
  const group = aGroup({ replicas: 3 });
  const planned = (rest: Partial<Observation>) => plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

  test('one replica is replaced at a time while all others run', () => {
    const replicas = [old(group, 0), old(group, 1), old(group, 2)];
    expect(planned({ replicas })).toEqual(['PowerOff']);
    const oneAway = [old(group, 0), old(group, 1)];
    expect(planned({ replicas: oneAway })).toEqual(['Clone']);
  });

  test('nothing is replaced while its successor cannot be created', () => {
    const placement = {
      ...anObservation(group).placement,
      problems: [{ reason: 'Ambiguous' as const, field: 'f', message: 'm' }],
    };
    expect(planned({ replicas: [old(group, 0), old(group, 1), old(group, 2)], placement })).toEqual([]);
  });

  test('of several replicas that are powered off only one is replaced', () => {
    const replicas = [
      old(group, 0, { powerState: 'poweredOff' }),
      old(group, 1, { powerState: 'poweredOff' }),
      old(group, 2),
    ];
    const { leaving } = plan(anObservation(group, { replicas }));
    expect([...leaving.keys()]).toEqual(['VirtualMachine:vm-0/old0000000']);
  });
});
