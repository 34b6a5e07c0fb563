/** R15: what a plan does within the limits of a vCenter. */
import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroupSpec } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import { type Amount, amountOf, type Limits, NOTHING_USED, plus } from '../model/limits';
import type { Observation, Replica } from '../model/observation';
import type { Room } from '../model/room';
import { plan } from './plan';

interface Given {
  readonly limits: Limits;
  readonly replicas?: readonly Replica[];
  /** What other groups of the namespace use, and those of other namespaces. */
  readonly others?: Amount;
  readonly elsewhere?: Amount;
  readonly isUncertain?: boolean;
  readonly rest?: Partial<Observation>;
}

/** A group of machines with 2 CPU and 4 GiB. */
function observed(spec: Partial<VmGroupSpec>, { limits, replicas = [], ...given }: Given): Observation {
  const { others = NOTHING_USED, elsewhere = NOTHING_USED, isUncertain = false, rest = {} } = given;
  const own = replicas.map(({ machine }) => amountOf(machine)).reduce(plus, NOTHING_USED);
  const namespace = plus(own, others);
  const usage = { namespace, total: plus(namespace, elsewhere) };
  const room: Room = { limits, source: 'VCenter lab', used: usage, present: usage, isUncertain };
  return anObservation(aGroup(spec), { replicas, room, ...rest });
}
const steps = (seen: Observation) =>
  plan(seen).actions.map((action) => `${action.kind} ${'slot' in action ? action.slot.ordinal : ordinalOf(action)}`);
const ordinalOf = (action: object) => ('replica' in action ? (action.replica as Replica).slot.ordinal : '');
const vms = (count: number): Amount => ({ vms: count, cpu: 2 * count, memoryMiB: 4096 * count });
const replicasOf = (ordinals: readonly number[], machine: Partial<VirtualMachine> = {}, revision?: string) =>
  ordinals.map((ordinal) => aReplica(aGroup(), { ordinal, ...(revision && { revision }) }, machine));

describe('creation', () => {
  test('R15: as many clones as fit, in the order of their numbers', () => {
    const seen = observed({ replicas: 5 }, { limits: { perNamespace: { vms: 4 } }, others: vms(1) });
    expect(steps(seen)).toEqual(['Clone 0', 'Clone 1', 'Clone 2']);
    expect(plan(seen).shortage).toMatchObject({
      ...{ reason: 'NamespaceQuota', step: 'Create', replicas: 2, asked: 2, needsPerson: false },
      excess: { field: 'vms', used: 4, limit: 4 },
      waitsFor: { vms: 1, cpu: 2, memoryMiB: 4096 },
    });
    expect(plan(seen).keep).toHaveLength(5);
  });

  test.each<[Limits, number, string]>([
    [{ perNamespace: { cpu: 7 } }, 2, 'NamespaceQuota cpu'],
    [{ perNamespace: { memoryGiB: 11 } }, 1, 'NamespaceQuota memoryGiB'],
    [{ total: { vms: 4 } }, 1, 'TotalQuota vms'],
    [{ total: { memoryGiB: 0 } }, 0, 'TotalQuota memoryGiB'],
    [{ perNamespace: { vms: 4 }, total: { vms: 9 } }, 3, ''],
  ])('with the limits %j and one machine each of others: %i clones', (limits, clones, reason) => {
    const seen = observed({ replicas: 3 }, { limits, others: vms(1), elsewhere: vms(2) });
    expect(steps(seen)).toHaveLength(clones);
    const { shortage } = plan(seen);
    expect(shortage === undefined ? '' : `${shortage.reason} ${shortage.excess.field}`).toBe(reason);
  });

  test('a slot that waits for its retry takes no room from the next one', () => {
    const group = aGroup({ replicas: 2 });
    const at = { wallMs: 0, monotonicMs: 2_000_000 };
    const fault = { ...{ class: 'Retryable', reason: 'x', message: 'x', since: at, attempts: 1, failedAtMs: 0 } };
    const faults = new Map([[`0/${revisionOf(group.spec)}`, { ...fault, retryAt: at, wakeToken: '1 ' } as never]]);
    const seen = observed({ replicas: 2 }, { limits: { perNamespace: { vms: 1 } }, rest: { faults } });
    expect(steps(seen)).toEqual(['Clone 1']);
  });

  test('R2: the clone for the slot of a machine that is out of sight takes the place which that holds', () => {
    const [first, gone] = replicasOf([0, 1]);
    const { machine, slot } = gone ?? expect.fail('no replica');
    const known = { machines: [{ ref: machine.ref, slot, name: machine.name, isShown: false }] };
    const replicas = first === undefined ? [] : [first];
    const limits = { perNamespace: { vms: 2 } };
    const seen = observed({ replicas: 2 }, { limits, replicas, others: vms(1), rest: { known } });
    expect(steps(seen)).toEqual(['Clone 1']);
    const another = observed({ replicas: 3 }, { limits, replicas, others: vms(1), rest: { known } });
    expect(steps(another)).toEqual(['Clone 1']);
  });

  test('nothing is cloned while clones of an earlier process may add machines', () => {
    const seen = observed({ replicas: 2 }, { limits: { total: { vms: 9 } }, isUncertain: true });
    expect([steps(seen), plan(seen).shortage]).toEqual([[], undefined]);
  });
});

describe('a machine larger than one may be', () => {
  const limits = { perVM: { cpu: 1 } };

  test('R15: is not made, and only a person can help', () => {
    const seen = observed({ replicas: 2 }, { limits });
    expect(steps(seen)).toEqual([]);
    expect(plan(seen).shortage).toMatchObject({ reason: 'PerVMLimit', replicas: 2, needsPerson: true });
    expect(plan(seen).shortage).not.toHaveProperty('waitsFor');
  });

  test('lives on, and is powered on again', () => {
    const off = replicasOf([0], { powerState: 'poweredOff' });
    expect(steps(observed({ replicas: 1 }, { limits, replicas: off }))).toEqual(['PowerOn 0']);
  });

  test('may get smaller towards the spec, though that is still beyond the limit', () => {
    const off = replicasOf([0], { powerState: 'poweredOff', numCpu: 8 });
    expect(steps(observed({ replicas: 1 }, { limits, replicas: off }))).toEqual(['Reconfigure 0']);
  });
});

describe('growth', () => {
  const hot = { numCpu: 1, details: aGuest({ cpuHotAdd: true }) };

  test('R15: only as many machines grow as there is room for', () => {
    const replicas = replicasOf([0, 1, 2], hot);
    const seen = observed({ replicas: 3 }, { limits: { perNamespace: { cpu: 5 } }, replicas });
    expect(steps(seen)).toEqual(['Reconfigure 0', 'Reconfigure 1']);
    const { shortage, keptSmall } = plan(seen);
    expect([shortage?.step, shortage?.asked, keptSmall?.size]).toEqual(['Grow', 1, 1]);
  });

  test('a machine is not powered off to grow if there is no room', () => {
    const replicas = replicasOf([0], { numCpu: 1 });
    const rest = { resizing: true };
    const full = observed({ replicas: 1 }, { limits: { perNamespace: { cpu: 1 } }, replicas, rest });
    expect([steps(full), plan(full).restarting.size]).toEqual([[], 0]);
    const free = observed({ replicas: 1 }, { limits: { perNamespace: { cpu: 2 } }, replicas, rest });
    expect(steps(free)).toEqual(['PowerOff 0']);
  });

  test('one that is off for it, and finds no room by then, is powered on as it is', () => {
    const replicas = replicasOf([0], { numCpu: 1, powerState: 'poweredOff' });
    const full = observed({ replicas: 1 }, { limits: { total: { cpu: 1 } }, replicas, rest: { resizing: true } });
    expect(steps(full)).toEqual(['PowerOn 0']);
  });

  test('one that is off stays as it is while nobody knows what fits', () => {
    const replicas = replicasOf([0], { numCpu: 1, powerState: 'poweredOff' });
    const seen = observed({ replicas: 1 }, { limits: { total: { cpu: 9 } }, replicas, isUncertain: true });
    expect(steps(seen)).toEqual([]);
  });

  test('one that is off grows before those that run', () => {
    const [first, second] = [...replicasOf([0], hot), ...replicasOf([1], { numCpu: 1, powerState: 'poweredOff' })];
    const replicas = [first, second].filter((replica) => replica !== undefined);
    const seen = observed({ replicas: 2 }, { limits: { perNamespace: { cpu: 3 } }, replicas });
    expect(steps(seen)).toEqual(['Reconfigure 1']);
  });

  test('it does not wait for a clone that lacks something else', () => {
    const seen = observed({ replicas: 2 }, { limits: { perNamespace: { vms: 1 } }, replicas: replicasOf([0], hot) });
    expect(steps(seen)).toEqual(['Reconfigure 0']);
    expect(plan(seen).shortage).toMatchObject({ step: 'Create', excess: { field: 'vms' } });
  });

  test('it gets nothing of what a clone before it waits for', () => {
    const limits = { perNamespace: { cpu: 2 } };
    const seen = observed({ replicas: 2 }, { limits, replicas: replicasOf([0], hot) });
    expect(steps(seen)).toEqual([]);
  });

  test('a machine whose size is being changed has its place already', () => {
    const replicas = replicasOf([0], hot);
    const ref = replicas[0]?.machine.ref ?? expect.fail('no replica');
    const inFlight = [anOperation('Reconfigure', { machine: ref })];
    const seen = observed({ replicas: 1 }, { limits: { total: { cpu: 1 } }, replicas, rest: { inFlight } });
    expect(plan(seen).shortage).toBeUndefined();
  });
});

describe('a rolling update', () => {
  const old = (ordinals: readonly number[], machine: Partial<VirtualMachine> = {}) =>
    replicasOf(ordinals, machine, 'old0000000');
  const rolling = (maxSurge: number, maxUnavailable: number) => ({
    updateStrategy: {
      ...({ type: 'RollingUpdate', resizePolicy: 'PowerCycle' } as const),
      rollingUpdate: { maxSurge, maxUnavailable },
    },
  });

  test('with maxSurge 0 needs no room beside what it has', () => {
    const limits = { perNamespace: { vms: 3, cpu: 6, memoryGiB: 12 } };
    const seen = observed({ replicas: 3, ...rolling(0, 1) }, { limits, replicas: old([0, 1, 2]) });
    expect([steps(seen), plan(seen).shortage]).toEqual([['PowerOff 0'], undefined]);
    const off = [...old([0], { powerState: 'poweredOff' }), ...old([1, 2])];
    expect(steps(observed({ replicas: 3, ...rolling(0, 1) }, { limits, replicas: off }))).toEqual(['Destroy 0']);
    const gone = observed({ replicas: 3, ...rolling(0, 1) }, { limits, replicas: old([1, 2]) });
    expect(steps(gone)).toEqual(['Clone 0']);
  });

  test('goes on with what it has while a further replica waits for room', () => {
    const limits = { perNamespace: { vms: 2 } };
    const seen = observed({ replicas: 3, ...rolling(0, 1) }, { limits, replicas: old([0, 1]) });
    expect(plan(seen).shortage).toMatchObject({ step: 'Create', replicas: 1 });
    const serving = observed({ replicas: 3, ...rolling(0, 2) }, { limits, replicas: old([0, 1]) });
    expect(steps(serving)).toEqual(['PowerOff 0']);
  });

  test('a surge needs room; nothing is removed for it', () => {
    const limits = { perNamespace: { vms: 3 } };
    const seen = observed({ replicas: 3, ...rolling(1, 0) }, { limits, replicas: old([0, 1, 2]) });
    expect(steps(seen)).toEqual([]);
    // No other group could make room: the namespace never has four.
    expect(plan(seen).shortage).toMatchObject({ step: 'Create', replicas: 1, needsPerson: true });
    const free = observed({ replicas: 3, ...rolling(1, 0) }, { limits: {}, replicas: old([0, 1, 2]) });
    expect(steps(free)).toEqual(['Clone 3']);
  });

  test('R15: nothing is removed that could not be made again', () => {
    const spec = { replicas: 2, ...rolling(0, 1) };
    const replicas = old([0, 1]);
    for (const limits of [{ perVM: { memoryGiB: 3 } }, { perNamespace: { vms: 1 } }, { total: { cpu: 3 } }]) {
      const seen = observed(spec, { limits, replicas });
      expect([steps(seen), plan(seen).shortage?.step]).toEqual([[], 'Replace']);
    }
    const smaller = old([0, 1], { numCpu: 1 });
    const seen = observed(spec, { limits: { perNamespace: { cpu: 2 } }, replicas: smaller });
    expect([steps(seen), plan(seen).shortage?.asked]).toEqual([[], 2]);
  });
});

describe('needsPerson', () => {
  const limits = { perNamespace: { vms: 2 } };
  const person = (spec: Partial<VmGroupSpec>, given: Partial<Given>) =>
    plan(observed(spec, { limits, ...given })).shortage?.needsPerson;

  test('is false while others use what the group waits for', () => {
    expect(person({ replicas: 2 }, { others: vms(2) })).toBe(false);
    expect(person({ replicas: 2 }, { replicas: replicasOf([0]), others: vms(1) })).toBe(false);
  });

  test('is true once the group alone is at the limit', () => {
    expect(person({ replicas: 3 }, { replicas: replicasOf([0, 1]) })).toBe(true);
  });

  test('is false while machines of the group are about to go', () => {
    const rollingUpdate = { maxSurge: 0, maxUnavailable: 2 };
    const updateStrategy = { type: 'RollingUpdate', resizePolicy: 'PowerCycle', rollingUpdate } as const;
    const replicas = replicasOf([0, 1], {}, 'old0000000');
    expect(person({ replicas: 3, updateStrategy }, { replicas })).toBe(false);
    expect(person({ replicas: 3 }, { replicas })).toBe(true);
  });
});

test('an adoption needs room for what has not our marks yet', () => {
  const [orphan] = replicasOf([0]);
  const { machine } = orphan ?? expect.fail('no replica');
  const found = (owner: 'ours' | 'another') => ({
    ...({ kind: 'Restored', adopt: true, refused: [], others: [] } as const),
    machines: [
      {
        machine,
        owner: {
          cluster: owner === 'ours' ? anObservation(aGroup()).clusterId : 'another',
          ...{ group: 'shop/web', groupUid: 'former', slot: { ordinal: 0, revision: 'r' } },
        },
      },
    ],
  });
  const adopting = (owner: 'ours' | 'another') =>
    steps(observed({}, { limits: { perNamespace: { vms: 1 } }, others: vms(1), rest: { orphans: found(owner) } }));
  expect(adopting('another')).toEqual([]);
  expect(adopting('ours')).toEqual(['Adopt 0']);
});

test('a paused group asks for nothing', () => {
  const seen = observed({ replicas: 2, paused: true }, { limits: { perNamespace: { vms: 0 } } });
  expect([steps(seen), plan(seen).shortage]).toEqual([[], undefined]);
});
