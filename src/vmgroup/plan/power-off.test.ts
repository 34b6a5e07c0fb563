import { describe, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { PowerState } from '../../vsphere/port';
import { failOverdueShutdowns } from '../act/overdue-shutdowns';
import type { InFlightOperation } from '../model/in-flight';
import type { Observation, Replica } from '../model/observation';
import { GroupMemory } from '../observe/group-memory';
import { statusOf } from '../status/status';
import { plan } from './plan';

const NOW_MS = 1_000_000;
const withTools = { details: aGuest({ toolsRunning: true }) };

const aloneAndSurplus = (powerOff?: VmGroupSpec['powerOff']): VmGroup =>
  aGroup({ replicas: 0, ...(powerOff && { powerOff }) });

function stepsFor(group: VmGroup, replica: Replica, rest: Partial<Observation> = {}) {
  const { actions, requeueAtMs } = plan(anObservation(group, { replicas: [replica], ...rest }));
  return { steps: actions.map(({ kind }) => kind), requeueAtMs };
}

function asked(replica: Replica, secondsAgo: number, rest: Partial<InFlightOperation> = {}): InFlightOperation {
  const sentAt = { wallMs: 0, monotonicMs: NOW_MS - secondsAgo * 1000 };
  const machine = replica.machine.ref;
  return anOperation('Shutdown', { slot: replica.slot, machine, sentAt, state: 'Done', ...rest });
}

describe('the first step to power a machine off', () => {
  test.each([
    ['TrySoft', true, 'poweredOn', 'Shutdown'],
    ['TrySoft', false, 'poweredOn', 'PowerOff'],
    ['Soft', true, 'poweredOn', 'Shutdown'],
    ['Soft', false, 'poweredOn', 'Shutdown'],
    ['Hard', true, 'poweredOn', 'PowerOff'],
    ['TrySoft', true, 'suspended', 'PowerOff'],
    ['Soft', true, 'suspended', 'PowerOff'],
  ] as const)('%s with tools %s on a machine that is %s: %s', (mode, toolsRunning, state, step) => {
    const group = aloneAndSurplus({ mode });
    const powerState: PowerState = state;
    const replica = aReplica(group, { ordinal: 0 }, { powerState, details: aGuest({ toolsRunning }) });
    expect(stepsFor(group, replica).steps).toEqual([step]);
  });

  test('TrySoft is the default, and asks the guest also while the details of a machine are not read', () => {
    const group = aloneAndSurplus();
    expect(stepsFor(group, aReplica(group, { ordinal: 0 }, withTools)).steps).toEqual(['Shutdown']);
    const { details: _, ...machine } = aReplica(group, { ordinal: 0 }).machine;
    const unread = { ...aReplica(group, { ordinal: 0 }), machine };
    expect(stepsFor(group, unread).steps).toEqual(['Shutdown']);
  });

  test('is the same for spec.powerState PoweredOff and for a deletion', () => {
    const off = aGroup({ powerState: 'PoweredOff' });
    expect(stepsFor(off, aReplica(off, { ordinal: 0 }, withTools)).steps).toEqual(['Shutdown']);
    const metadata = { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' };
    const deleted = aGroup({}, { metadata });
    expect(stepsFor(deleted, aReplica(deleted, { ordinal: 0 }, withTools)).steps).toEqual(['Shutdown']);
  });
});

describe('a guest that was asked to shut down', () => {
  test.each([
    ['TrySoft', 299, []],
    ['TrySoft', 300, ['PowerOff']],
    ['Soft', 299, []],
    ['Soft', 300, []],
    // The mode was changed after the request: there is no need to wait any more.
    ['Hard', 1, ['PowerOff']],
  ] as const)('%s after %i s: %j', (mode, seconds, steps) => {
    const group = aloneAndSurplus({ mode });
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    expect(stepsFor(group, replica, { inFlight: [asked(replica, seconds)] }).steps).toEqual(steps);
  });

  test('gets spec.powerOff.timeoutSeconds, and the group is requeued for that time', () => {
    const group = aloneAndSurplus({ mode: 'TrySoft', timeoutSeconds: 20 });
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    const waiting = { inFlight: [asked(replica, 5)] };
    expect(stepsFor(group, replica, waiting)).toEqual({ steps: [], requeueAtMs: NOW_MS + 15_000 });
    expect(stepsFor(group, replica, { inFlight: [asked(replica, 20)] }).steps).toEqual(['PowerOff']);
  });

  test('is powered off hard at once with TrySoft if vCenter refused the request', () => {
    const group = aloneAndSurplus();
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    const inFlight = [asked(replica, 1, { refused: true })];
    expect(stepsFor(group, replica, { inFlight }).steps).toEqual(['PowerOff']);
  });

  test('is not powered off again while the power-off is in flight', () => {
    const group = aloneAndSurplus();
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    const powerOff = anOperation('PowerOff', { slot: replica.slot, machine: replica.machine.ref });
    expect(stepsFor(group, replica, { inFlight: [asked(replica, 400), powerOff] }).steps).toEqual([]);
  });

  test('is left alone if its machine stays after all, which is resized only after the timeout', () => {
    const group = aGroup({ cpu: 4 });
    const details = aGuest({ toolsRunning: true, cpuHotAdd: true });
    const replica = aReplica(group, { ordinal: 0 }, { numCpu: 2, details });
    expect(stepsFor(group, replica, { inFlight: [asked(replica, 100)] })).toEqual({
      steps: [],
      requeueAtMs: NOW_MS + 200_000,
    });
    expect(stepsFor(group, replica, { inFlight: [asked(replica, 300)] }).steps).toEqual(['Reconfigure']);
  });
});

describe('Soft, when the guest does not shut down in its time', () => {
  const group = aloneAndSurplus({ mode: 'Soft', timeoutSeconds: 60 });

  test('is a fault that names the machine and the remedy, and is tried again later', () => {
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    const memory = GroupMemory.from(group, { wallMs: 0, monotonicMs: 0 });
    const sentAt = { wallMs: 0, monotonicMs: NOW_MS - 60_000 };
    memory.inFlight.sent('asked', 'Shutdown', { slot: replica.slot, machine: replica.machine.ref }, sentAt);
    memory.inFlight.ended('asked', 'Done', NOW_MS - 60_000);
    const seen = () =>
      anObservation(group, {
        replicas: [replica],
        inFlight: memory.inFlight.operations,
        faults: new Map(memory.faults),
      });
    expect(failOverdueShutdowns(seen(), memory, () => 0.5)).toBe(true);
    expect(memory.inFlight.operations).toEqual([]);
    const [fault] = [...memory.faults.values()];
    expect(fault).toMatchObject({ class: 'NeedsUser', reason: 'ShutdownTimeout', attempts: 1 });
    expect(fault?.message).toBe(
      `the guest of ${replica.machine.name} did not shut down within 60 s: shut it down, or set spec.powerOff.mode to TrySoft`,
    );
    expect(plan(seen())).toMatchObject({ actions: [], requeueAtMs: fault?.retryAt.monotonicMs });
    expect(statusOf(seen(), plan(seen()))?.phase).toBe('ERROR');
  });

  test('is no fault before the timeout', () => {
    const replica = aReplica(group, { ordinal: 0 }, withTools);
    const memory = GroupMemory.from(group, { wallMs: 0, monotonicMs: 0 });
    failOverdueShutdowns(
      anObservation(group, { replicas: [replica], inFlight: [asked(replica, 59)] }),
      memory,
      () => 0.5,
    );
    expect(memory.faults.size).toBe(0);
  });
});

test('R7: after a restart the guest gets the rest of its time, as the status records it', () => {
  const group = aloneAndSurplus();
  const replica = aReplica(group, { ordinal: 0 }, withTools);
  const observed = anObservation(group, { replicas: [replica], inFlight: [asked(replica, 0)] });
  const status = statusOf(observed, plan(observed));
  const task = status?.replicas?.[0]?.task;
  expect(task?.operation).toBe('Shutdown');
  const startedAtMs = Date.parse(task?.startedAt ?? '');
  const after = (seconds: number) => {
    const now = { wallMs: startedAtMs + seconds * 1000, monotonicMs: 5_000_000 };
    const written = { ...group, status: status ?? {} };
    const inFlight = GroupMemory.from(written, now).inFlight.operations;
    return stepsFor(written, replica, { now, inFlight });
  };
  expect(after(100)).toEqual({ steps: [], requeueAtMs: 5_200_000 });
  expect(after(300).steps).toEqual(['PowerOff']);
});
