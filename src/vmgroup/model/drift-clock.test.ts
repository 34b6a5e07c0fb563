import { beforeEach, expect, test } from 'vitest';
import { aDeletedGroup, aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import { refKey, type VirtualMachine } from '../../vsphere/port';
import { NOTHING, type Plan } from './action';
import { DriftClock } from './drift-clock';
import type { Observation, Replica } from './observation';

let drift: DriftClock;
beforeEach(() => {
  drift = new DriftClock();
});

const group = aGroup();
const machine = (rest: Partial<VirtualMachine> = {}, of: VmGroup = group) => aReplica(of, { ordinal: 0 }, rest);
const successor = () => machine({ ref: { type: 'VirtualMachine', value: 'vm-2' } });
const { ref } = machine().machine;
const PLAN: Plan = { ...NOTHING, keep: [machine().slot] };

function at(seconds: number, replicas: readonly Replica[], rest: Partial<Observation> = {}, plan = PLAN) {
  const now = { wallMs: seconds * 1_000, monotonicMs: seconds * 1_000 };
  return drift.look(anObservation(group, { now, replicas, ...rest }), plan);
}

test('a machine that was powered off is repaired once it is ready again', () => {
  at(0, [machine()]);
  expect(at(10, [machine({ powerState: 'poweredOff' })])).toEqual([]);
  expect(at(12, [machine({ powerState: 'poweredOn', connectionState: 'disconnected' })])).toEqual([]);
  expect(at(15, [machine()])).toEqual([{ drift: 'PoweredOff', afterMs: 5_000 }]);
  expect(at(16, [machine()])).toEqual([]);
});

test('a machine that is gone is repaired once its successor is ready, counted from when it was powered off first', () => {
  at(0, [machine()]);
  at(10, [machine({ powerState: 'poweredOff' })]);
  at(20, []);
  expect(at(30, [machine({ ...successor().machine, powerState: 'poweredOff' })])).toEqual([]);
  expect(at(40, [successor()])).toEqual([{ drift: 'Gone', afterMs: 30_000 }]);
});

test('a machine that was out of sight, and is back, was not repaired', () => {
  at(0, [machine()]);
  at(10, [], {}, NOTHING);
  expect(at(20, [machine()])).toEqual([]);
});

test('another size is repaired once the machine has that of the spec, counted from then, not from an earlier drift', () => {
  at(0, [machine()]);
  at(5, [machine({ numCpu: 8 })]);
  expect(at(7, [machine()])).toEqual([{ drift: 'Resized', afterMs: 2_000 }]);
  at(10, [machine({ numCpu: 8 })]);
  at(500, [machine({ numCpu: 8, powerState: 'poweredOff' })]);
  expect(at(503, [machine()])).toEqual([{ drift: 'PoweredOff', afterMs: 3_000 }]);
});

test('what a process finds at its start has no known begin, and is left out', () => {
  at(0, [machine({ powerState: 'poweredOff' })]);
  expect(at(10, [machine()])).toEqual([]);
});

test.each([
  ['is to leave', { ...PLAN, leaving: new Map([[refKey(ref), 'Outdated' as const]]) }],
  ['is restarted for its size', { ...PLAN, restarting: new Set([refKey(ref)]) }],
])('a machine that %s does not drift', (_, plan) => {
  at(0, [machine()]);
  at(5, [machine()], {}, plan);
  at(10, [machine({ powerState: 'poweredOff' })], {}, plan);
  expect(at(20, [machine()])).toEqual([]);
});

test('a machine that we power off ourselves does not drift', () => {
  at(0, [machine()]);
  const sentAt = { wallMs: 0, monotonicMs: 0 };
  const operation = { key: 'k', operation: 'PowerOff', machine: ref, sentAt, state: 'Sent', stateSinceMs: 0 } as const;
  at(10, [machine({ powerState: 'poweredOff' })], { inFlight: [operation] });
  expect(at(20, [machine()])).toEqual([]);
});

test('a replica that the group does not want any more is not waited for', () => {
  at(0, [machine()]);
  at(10, []);
  at(11, [], {}, { ...NOTHING, keep: [aReplica(group, { ordinal: 1 }).slot] });
  expect(at(20, [successor()])).toEqual([]);
});

test.each<[string, Partial<Observation>]>([
  ['its spec changes', { group: aGroup({}, { metadata: { ...group.metadata, generation: 2 } }) }],
  ['it is paused', { group: aGroup({ paused: true }) }],
  ['it is to be powered off', { group: aGroup({ powerState: 'PoweredOff' }) }],
  ['it is deleted', { group: aDeletedGroup() }],
  [
    'vCenter is not seen',
    {
      vcenter: {
        ...{ kind: 'Unavailable', name: '(env)', reason: 'Unreachable', message: '' },
        ...{ needsUser: false, reconnecting: false },
      },
    },
  ],
])('a drift of a group is not measured once %s', (_, rest) => {
  at(0, [machine()]);
  at(10, [machine({ powerState: 'poweredOff' })]);
  at(11, [machine({ powerState: 'poweredOff' })], rest);
  expect(at(20, [machine()])).toEqual([]);
});
