import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { MachineDetails, VirtualMachine } from '../../vsphere/port';
import { canResizeHot } from '../model/hot-add';
import { sizeKey } from '../model/machine-size';
import type { Observation, Replica } from '../model/observation';
import { GroupMemory } from '../observe/group-memory';
import { statusOf } from '../status/status';
import { plan } from './plan';

type Way = NonNullable<VmGroupSpec['updateStrategy']>['resizePolicy'];
const GIB = 1024;

/** A group of 2 CPU and 4 GiB replicas whose spec was changed to this. */
function grown(spec: Partial<VmGroupSpec>, resizePolicy: Way = 'PowerCycle', maxUnavailable: number | string = 1) {
  const updateStrategy = {
    type: 'RollingUpdate',
    resizePolicy,
    rollingUpdate: { maxUnavailable, maxSurge: maxUnavailable === 0 ? 1 : 0 },
  } as const;
  return aGroup({ cpu: 2, memory: 4, updateStrategy, ...spec });
}

const small = (
  group: VmGroup,
  ordinal: number,
  details: Partial<MachineDetails> = {},
  rest: Partial<VirtualMachine> = {},
): Replica => aReplica(group, { ordinal }, { numCpu: 2, memoryMiB: 4 * GIB, details: aGuest(details), ...rest });

const planned = (group: VmGroup, replicas: readonly Replica[], rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, { replicas, resizing: true, ...rest })).actions.map(
    (action) => `${action.kind}${'replica' in action ? ` ${action.replica.slot.ordinal}` : ''}`,
  );

function synced(group: VmGroup, replicas: readonly Replica[], rest: Partial<Observation> = {}) {
  const observed = anObservation(group, { replicas, resizing: true, ...rest });
  const condition = statusOf(observed, plan(observed))?.conditions?.find(({ type }) => type === 'ConfigSynced');
  return { is: `${condition?.status} ${condition?.reason}`, message: condition?.message ?? '' };
}

describe('growth while the machine runs', () => {
  const hot = { cpuHotAdd: true, memoryHotAdd: true };

  test.each<[string, Partial<VmGroupSpec>, Partial<MachineDetails>, boolean]>([
    ['CPU where CPU may be added', { cpu: 4 }, { cpuHotAdd: true }, true],
    ['CPU to a multiple of the cores per socket', { cpu: 4 }, { ...hot, coresPerSocket: 2 }, true],
    ['CPU to no multiple of the cores per socket', { cpu: 3 }, { ...hot, coresPerSocket: 2 }, false],
    ['memory, whatever the cores per socket', { memory: 6 }, { ...hot, coresPerSocket: 4 }, true],
    ['CPU where only memory may be added', { cpu: 4 }, { memoryHotAdd: true }, false],
    ['memory where memory may be added', { memory: 6 }, { memoryHotAdd: true }, true],
    ['memory where only CPU may be added', { memory: 6 }, { cpuHotAdd: true }, false],
    ['both', { cpu: 4, memory: 6 }, hot, true],
    ['fewer CPU', { cpu: 1 }, hot, false],
    ['less memory', { memory: 2 }, hot, false],
    ['more CPU and less memory', { cpu: 4, memory: 2 }, hot, false],
    ['memory by a multiple of the increment', { memory: 6 }, { ...hot, memoryHotAddIncrementMiB: 1024 }, true],
    ['memory by less than an increment', { memory: 5 }, { ...hot, memoryHotAddIncrementMiB: 2048 }, false],
    ['memory up to the limit', { memory: 16 }, { ...hot, memoryHotAddLimitMiB: 16 * GIB }, true],
    ['memory beyond the limit', { memory: 17 }, { ...hot, memoryHotAddLimitMiB: 16 * GIB }, false],
    // vCenter reports 0 for a machine that was powered off.
    [
      'memory where vCenter reports no limits',
      { memory: 6 },
      { ...hot, memoryHotAddIncrementMiB: 0, memoryHotAddLimitMiB: 0 },
      true,
    ],
    ['CPU, with any limit of memory', { cpu: 4 }, { cpuHotAdd: true, memoryHotAddLimitMiB: 1 }, true],
  ])('%s', (_what, spec, details, can) => {
    const group = grown(spec);
    expect(canResizeHot(small(group, 0, details), anObservation(group))).toBe(can);
  });

  test('needs no restart and no budget: all replicas at once', () => {
    const group = grown({ cpu: 4, replicas: 2 }, 'PowerCycle', 0);
    expect(planned(group, [small(group, 0, hot), small(group, 1, hot)])).toEqual(['Reconfigure 0', 'Reconfigure 1']);
    expect(synced(group, [small(group, 0, hot)]).is).toBe('False Reconfiguring');
  });

  test('a size that vCenter refused is not tried again, another one is', () => {
    const group = grown({ cpu: 4 }, 'HotAddOnly');
    const replica = small(group, 0, hot);
    const refusing = (size: string) => ({ hotAddRefused: new Map([[`0/${replica.slot.revision}`, size]]) });
    expect(planned(group, [replica], refusing(sizeKey(group)))).toEqual([]);
    expect(planned(group, [replica], refusing('3 CPU and 4 GiB'))).toEqual(['Reconfigure 0']);
    expect(synced(group, [replica], refusing(sizeKey(group)))).toEqual({
      is: 'False HotAddRefused',
      message: `vCenter refused to give ${replica.machine.name} 4 CPU and 4 GiB while powered on: power off in vCenter, it comes back resized`,
    });
  });
});

describe('a machine that is powered off', () => {
  test('gets its size before it is powered on, with any resizePolicy', () => {
    for (const way of ['HotAddOnly', 'PowerCycle', 'Replace'] as const) {
      const group = grown({ cpu: 4 }, way, 0);
      const replica = small(group, 0, {}, { powerState: 'poweredOff' });
      expect(planned(group, [replica], { resizing: false })).toEqual(['Reconfigure 0']);
    }
  });

  test('gets its size also in a group that is powered off', () => {
    const group = grown({ cpu: 4, powerState: 'PoweredOff' });
    expect(planned(group, [small(group, 0, {}, { powerState: 'poweredOff' })])).toEqual(['Reconfigure 0']);
  });
});

describe('PowerCycle', () => {
  test.each([
    [1, ['PowerOff 0']],
    [2, ['PowerOff 0', 'PowerOff 1']],
    ['50%', ['PowerOff 0', 'PowerOff 1']],
  ] as const)('of 4 with maxUnavailable %s: %j', (maxUnavailable, steps) => {
    const group = grown({ cpu: 4, replicas: 4 }, 'PowerCycle', maxUnavailable);
    expect(
      planned(
        group,
        [0, 1, 2, 3].map((ordinal) => small(group, ordinal)),
      ),
    ).toEqual(steps);
  });

  test('the next restart waits until the last replica serves again', () => {
    const group = grown({ cpu: 4, replicas: 2 });
    const done = (machine: Partial<VirtualMachine>) => aReplica(group, { ordinal: 0 }, machine);
    expect(planned(group, [done({ powerState: 'poweredOff' }), small(group, 1)])).toEqual(['PowerOn 0']);
    expect(planned(group, [done({}), small(group, 1)])).toEqual(['PowerOff 1']);
  });

  test('a power-off in flight uses the budget before the machine is seen powered off', () => {
    const group = grown({ cpu: 4, replicas: 2 });
    const replicas = [small(group, 0), small(group, 1)];
    const machine = replicas[0]?.machine.ref ?? { type: '', value: '' };
    expect(planned(group, replicas, { inFlight: [anOperation('PowerOff', { machine, state: 'Done' })] })).toEqual([]);
  });

  test('a replica that does not serve anyway uses no budget', () => {
    const group = grown({ cpu: 4, replicas: 2, readiness: { type: 'ToolsRunning' } });
    const replicas = [small(group, 0, { toolsRunning: true }), small(group, 1)];
    expect(planned(group, replicas)).toEqual(['PowerOff 1']);
  });

  test('with maxUnavailable 0 no replica is restarted, and the condition says what to do', () => {
    const group = grown({ cpu: 4 }, 'PowerCycle', 0);
    const replica = small(group, 0);
    expect(planned(group, [replica])).toEqual([]);
    const { is, message } = synced(group, [replica]);
    expect(is).toBe('False PowerOffRequired');
    expect(message).toContain('maxUnavailable is 0, so none is restarted: allow 1, or set resizePolicy to Replace');
  });

  test('a replica on a disconnected host is left alone', () => {
    const group = grown({ cpu: 4 });
    expect(planned(group, [small(group, 0, {}, { connectionState: 'disconnected' })])).toEqual([]);
  });

  test('a replica that is replaced anyway is not restarted before', () => {
    const group = grown({ cpu: 4 }, 'PowerCycle', 1);
    const outdated = aReplica(group, { ordinal: 0, revision: 'old0000000' }, { numCpu: 2 });
    const { restarting, leaving } = plan(anObservation(group, { replicas: [outdated], resizing: true }));
    expect([restarting.size, leaving.size]).toEqual([0, 1]);
  });
});

test('HotAddOnly waits for a person', () => {
  const group = grown({ cpu: 4 }, 'HotAddOnly');
  const replica = small(group, 0);
  expect(planned(group, [replica])).toEqual([]);
  expect(synced(group, [replica])).toEqual({
    is: 'False PowerOffRequired',
    message: `${replica.machine.name} must be powered off to get 4 CPU and 4 GiB (CPU hot-add is off): power off in vCenter, it comes back resized`,
  });
});

test('Replace makes new machines, within maxSurge and maxUnavailable', () => {
  const group = grown({ cpu: 4, replicas: 2 }, 'Replace', 0);
  expect(planned(group, [small(group, 0), small(group, 1)])).toEqual(['Clone']);
  const steps = planned(group, [small(group, 0), small(group, 1), aReplica(group, { ordinal: 2 })]);
  expect(steps).toEqual(['PowerOff 0']);
});

describe('drift', () => {
  const resized = { resizing: false };

  test.each(['HotAddOnly', 'PowerCycle', 'Replace'] as const)('never restarts or replaces: %s', (way) => {
    const group = grown({ cpu: 4 }, way);
    expect(planned(group, [small(group, 0)], resized)).toEqual([]);
    expect(synced(group, [small(group, 0)], resized).is).toBe('False PowerOffRequired');
  });

  test('is corrected where that needs no restart', () => {
    const group = grown({ cpu: 4 });
    expect(planned(group, [small(group, 0, { cpuHotAdd: true })], resized)).toEqual(['Reconfigure 0']);
  });
});

describe('whether a difference in size is a change of the spec', () => {
  const now = { wallMs: Date.UTC(2026, 0, 2), monotonicMs: 50 };
  const group = grown({ cpu: 4 });
  const withStatus = (reason: string, observedGeneration = 1): VmGroup => {
    const lastTransitionTime = '2026-01-01T00:00:00Z';
    const condition = { type: 'ConfigSynced', status: 'False', reason, message: '', lastTransitionTime } as const;
    return { ...group, status: { conditions: [{ ...condition, observedGeneration }] } };
  };
  const next = (spec: Partial<VmGroupSpec>): VmGroup => ({ ...group, spec: { ...group.spec, ...spec } });

  test.each([
    ['the group is new', group, true],
    ['a resize was under way', withStatus('Reconfiguring'), true],
    ['the spec was changed while no operator ran', withStatus('InSync', 0), true],
    ['the size was changed in vCenter', withStatus('PowerOffRequired'), false],
    ['every replica had its size', withStatus('InSync'), false],
  ])('R7: after a restart, %s: %s', (_what, seen, resizing) => {
    expect(GroupMemory.from(seen, now).isResizing(seen)).toBe(resizing);
  });

  test.each([
    ['another size', { cpu: 8 }, true],
    ['another updateStrategy', { updateStrategy: { type: 'RollingUpdate', resizePolicy: 'Replace' } }, true],
    ['another number of replicas', { replicas: 9 }, false],
    ['another template', { template: 'debian' }, false],
  ] as const)('%s: %s', (_what, spec, resizing) => {
    const memory = GroupMemory.from(withStatus('InSync'), now);
    expect(memory.isResizing(withStatus('InSync'))).toBe(false);
    expect(memory.isResizing(next(spec))).toBe(resizing);
  });
});

describe('restarts for a size', () => {
  const since = (agoMs: number) => ({ wallMs: 0, monotonicMs: 1_000_000 - agoMs });
  const offs = (group: VmGroup, replicas: readonly Replica[]) =>
    plan(anObservation(group, { replicas, resizing: true })).actions.filter(({ kind }) => kind === 'PowerOff').length;

  test('never power off machines that are ready but not yet for minReadySeconds', () => {
    const group = grown({ replicas: 5, cpu: 4, minReadySeconds: 600 });
    const young = [0, 1, 2, 3, 4].map((ordinal) => ({ ...small(group, ordinal), readySince: since(60_000) }));
    expect(offs(group, young)).toBe(0);
    const old = young.map((replica) => ({ ...replica, readySince: since(600_000) }));
    expect(offs(group, old)).toBe(1);
  });

  test('of machines that are not ready take at most maxUnavailable at a time', () => {
    const readiness = { type: 'ToolsRunning' } as const;
    for (const [maxUnavailable, most] of [
      [1, 1],
      [2, 2],
      [0, 1],
    ] as const) {
      const group = { ...grown({ replicas: 5, cpu: 4, readiness }, 'PowerCycle', maxUnavailable) };
      const silent = [0, 1, 2, 3, 4].map((ordinal) => small(group, ordinal));
      expect(offs(group, silent)).toBe(most);
      const [first, ...rest] = silent;
      if (first === undefined) throw new Error('five replicas');
      const off = { ...first, machine: { ...first.machine, powerState: 'poweredOff' as const } };
      expect(offs(group, [off, ...rest])).toBe(most - 1);
    }
  });

  test('that wait because maxUnavailable is 0 are told in the last message, with the remedy', () => {
    const group = grown({ replicas: 1, cpu: 4 }, 'PowerCycle', 0);
    const observed = anObservation(group, { replicas: [small(group, 0)], resizing: true });
    expect(statusOf(observed, plan(observed))?.lastMessage).toContain(
      'maxUnavailable is 0, so none is restarted: allow 1',
    );
  });

  test('R7: scaling while the operator was away restarts no machine that somebody resized by hand', () => {
    const old = grown({ replicas: 2 });
    const byHand = aReplica(old, { ordinal: 0 }, { numCpu: 8 });
    const before = anObservation(old, { replicas: [byHand, aReplica(old, { ordinal: 1 })] });
    const status = statusOf(before, plan(before));
    if (status === undefined) throw new Error('no status');
    const scaled = { ...old, status, spec: { ...old.spec, replicas: 3 }, metadata: { ...old.metadata, generation: 2 } };
    expect(GroupMemory.from(scaled, before.now).isResizing(scaled)).toBe(false);
    const grownToo = { ...scaled, spec: { ...scaled.spec, cpu: 4 } };
    expect(GroupMemory.from(grownToo, before.now).isResizing(grownToo)).toBe(true);
  });
});

describe('a paused group', () => {
  test('comes back when a replica becomes available', () => {
    const group = aGroup({ paused: true, minReadySeconds: 60 });
    const replica = { ...aReplica(group, { ordinal: 0 }), readySince: { wallMs: 0, monotonicMs: 990_000 } };
    expect(plan(anObservation(group, { replicas: [replica] })).requeueAtMs).toBe(1_050_000);
  });
});
