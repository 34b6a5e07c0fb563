import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroupSpec } from '../../api/vm-group';
import type { MachineDetails, VirtualMachine } from '../../vsphere/port';
import { explain } from '../preview/explain';
import { statusOf } from '../status/status';
import { plan } from './plan';

type Way = NonNullable<VmGroupSpec['updateStrategy']>['resizePolicy'];
const asked = { coresPerSocket: 2, cpuHotAdd: true, memoryHotAdd: false };

function look(
  details: Partial<MachineDetails> | undefined,
  { machine = {}, way = 'PowerCycle' as Way, spec = {} as Partial<VmGroupSpec>, resizing = true } = {},
) {
  const group = aGroup({
    ...{ cpu: 4, hardware: asked },
    updateStrategy: { type: 'RollingUpdate', resizePolicy: way },
    ...spec,
  });
  const { details: told, ...rest } = aReplica(group, { ordinal: 0 }, machine as Partial<VirtualMachine>).machine;
  const seen = { ...rest, ...(details !== undefined && { details: aGuest(details) }) };
  const replica = { ...aReplica(group, { ordinal: 0 }), machine: seen };
  const observed = anObservation(group, { replicas: [replica], resizing });
  const planned = plan(observed);
  const status = statusOf(observed, planned);
  const synced = status?.conditions?.find(({ type }) => type === 'ConfigSynced');
  return {
    actions: planned.actions,
    kinds: planned.actions.map(({ kind }) => kind),
    why: planned.actions.map((action) => explain(action, observed, planned)),
    synced: `${synced?.status} ${synced?.reason}`,
    message: synced?.message ?? '',
    status,
  };
}

const off = { powerState: 'poweredOff' } as const;
const other = { coresPerSocket: 1 };

describe('hardware', () => {
  test('as asked for needs nothing', () => {
    const { kinds, synced, status } = look({ coresPerSocket: 2, cpuHotAdd: true });
    expect([kinds, synced, status?.phase]).toEqual([[], 'True InSync', 'RUNNING']);
  });

  test('of a machine that is off is changed before it is powered on', () => {
    const { actions } = look(other, { machine: off });
    expect(actions).toMatchObject([{ kind: 'Reconfigure', size: { numCpu: 4, memoryMiB: 4096, ...asked } }]);
  });

  test('that vCenter has not told yet is waited for: nothing is sent, and nothing is powered on', () => {
    expect(look(undefined, { machine: off }).kinds).toEqual([]);
    const { kinds, synced, status } = look(undefined);
    expect([kinds, synced, status?.phase]).toEqual([[], 'False Reconfiguring', 'PENDING']);
  });

  test('that no field asks for is not waited for', () => {
    expect(look(undefined, { machine: off, spec: { hardware: {} } }).kinds).toEqual(['PowerOn']);
    expect(
      look({ coresPerSocket: 4, memoryHotAdd: true }, { spec: { hardware: { coresPerSocket: 4 } } }).kinds,
    ).toEqual([]);
  });

  test('of a running machine needs a restart, also where CPU could be added', () => {
    const { kinds, why } = look({ ...other, cpuHotAdd: true, toolsRunning: false }, { machine: { numCpu: 2 } });
    expect(kinds).toEqual(['PowerOff']);
    expect(why.join()).toContain(
      'size 2 CPU and 4 GiB, 1 cores per socket, CPU hot-add on, memory hot-add off -> 4 CPU and 4 GiB, 2 cores per socket, CPU hot-add on, memory hot-add off',
    );
  });

  test('is drift that restarts nothing, and the status says what it waits for', () => {
    const { kinds, synced, message } = look(other, { resizing: false });
    expect([kinds, synced]).toEqual([[], 'False PowerOffRequired']);
    expect(message).toContain('(cores per socket and hot-add are changed only while powered off)');
  });

  test('is left to a person by HotAddOnly, and makes a new machine with Replace', () => {
    expect(look(other, { way: 'HotAddOnly' }).kinds).toEqual([]);
    expect(look(other, { way: 'Replace' }).kinds).toEqual(['PowerOff']);
    expect(look(undefined, { way: 'Replace' }).kinds).toEqual([]);
  });

  test('that the clone of a new machine has dropped makes no other machine, whatever the policy', () => {
    expect(look(other, { way: 'Replace', machine: off }).kinds).toEqual(['Reconfigure']);
  });

  test('with cores per socket that vCenter does not tell counts as right', () => {
    expect(look({ cpuHotAdd: true }).kinds).toEqual([]);
  });
});

test('growth that a running machine cannot take is told with the reason of each replica', () => {
  const grown = (details: Partial<MachineDetails>, machine: Partial<VirtualMachine>, spec: Partial<VmGroupSpec>) =>
    look(details, { machine, way: 'HotAddOnly', spec: { hardware: {}, ...spec } }).message;
  const hot = { cpuHotAdd: true, memoryHotAdd: true };
  const growing = { numCpu: 4, memoryMiB: 4096 };
  expect(grown({}, growing, { cpu: 8 })).toContain('(CPU hot-add is off)');
  expect(grown(hot, growing, { cpu: 2 })).toContain('(CPUs cannot be removed while powered on)');
  expect(grown({ ...hot, coresPerSocket: 4 }, growing, { cpu: 6 })).toContain(
    '(6 CPU are no multiple of its 4 cores per socket)',
  );
  expect(grown(hot, { ...growing, numCpu: 128 }, { cpu: 132 })).toContain(
    '(128 CPU cannot be exceeded while powered on)',
  );
  expect(grown({}, growing, { memory: 8 })).toContain('(memory hot-add is off)');
  expect(grown(hot, growing, { memory: 2 })).toContain('(memory cannot be removed while powered on)');
  const steps = { ...hot, memoryHotAddIncrementMiB: 8192 };
  expect(grown(steps, growing, { memory: 8 })).toContain('(its memory grows by multiples of 8192 MiB)');
  const limited = { ...hot, memoryHotAddLimitMiB: 3072 };
  expect(grown(limited, { ...growing, memoryMiB: 2048 }, { memory: 4 })).toContain(
    '(its memory can grow to 3072 MiB while powered on)',
  );
});
