import { describe, expect, test } from 'vitest';
import {
  aFault,
  aGroup,
  aGuest,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import type { Observation, Replica } from '../model/observation';
import { removalOrder } from './removal-order';

const group = aGroup({ replicas: 3 });

const orderOf = (replicas: readonly Replica[], rest: Partial<Observation> = {}, of: VmGroup = group): number[] =>
  [...replicas].sort(removalOrder(anObservation(of, { replicas, ...rest }))).map(({ slot }) => slot.ordinal);

test('being removed, needs a person, powered off, not ready, outdated, and last on a disconnected host', () => {
  const leaving = aReplica(group, { ordinal: 5 });
  const { readySince: __, ...stuck } = aReplica(group, { ordinal: 1 });
  const { readySince: _, ...notReady } = aReplica(group, { ordinal: 3 });
  const replicas = [
    aReplica(group, { ordinal: 0 }),
    stuck,
    aReplica(group, { ordinal: 2 }, { powerState: 'poweredOff' }),
    notReady,
    aReplica(group, { ordinal: 4, revision: 'old0000000' }),
    leaving,
    aReplica(group, { ordinal: 6 }, { connectionState: 'disconnected' }),
  ];
  const faults = new Map([[slotKey(stuck.slot), aFault(group, { class: 'NeedsUser' })]]);
  const inFlight = [anOperation('Shutdown', { machine: leaving.machine.ref, state: 'Done' })];
  expect(orderOf(replicas, { faults, inFlight })).toEqual([5, 1, 2, 3, 4, 0, 6]);
});

test('one that is not ready for minReadySeconds yet goes before those that serve, outdated ones included', () => {
  const patient = aGroup({ replicas: 3, minReadySeconds: 30 });
  const { now } = anObservation(patient);
  const readyFor = (seconds: number) => ({ ...now, monotonicMs: now.monotonicMs - seconds * 1_000 });
  const replicas = [
    { ...aReplica(patient, { ordinal: 0 }), readySince: readyFor(29) },
    { ...aReplica(patient, { ordinal: 1, revision: 'old0000000' }), readySince: readyFor(30) },
    { ...aReplica(patient, { ordinal: 2 }), readySince: readyFor(30) },
  ];
  expect(orderOf(replicas, {}, patient)).toEqual([0, 1, 2]);
});

test('one that is not ready goes before one that is ready, and not for minReadySeconds yet', () => {
  const patient = aGroup({ replicas: 2, minReadySeconds: 30 });
  const { now } = anObservation(patient);
  const { readySince: _, ...notReady } = aReplica(patient, { ordinal: 0 });
  const ready = { ...aReplica(patient, { ordinal: 1 }), readySince: now };
  expect(orderOf([notReady, ready], {}, patient)).toEqual([0, 1]);
});

test('one that a person retires goes first of all, also before one that is going down', () => {
  const going = aReplica(group, { ordinal: 1 });
  const retired = aReplica(group, { ordinal: 0 });
  const of = aGroup({ replicas: 3, retire: [retired.machine.ref.value] });
  const inFlight = [anOperation('Shutdown', { machine: going.machine.ref, state: 'Done' })];
  expect(orderOf([retired, going], { inFlight }, of)).toEqual([0, 1]);
});

test('one that serves goes after what is off, also if it has a fault that needs a person', () => {
  const serving = aReplica(group, { ordinal: 0 });
  const replicas = [
    serving,
    aReplica(group, { ordinal: 1 }),
    aReplica(group, { ordinal: 2 }, { powerState: 'poweredOff' }),
  ];
  const faults = new Map([[slotKey(serving.slot), aFault(group, { class: 'NeedsUser' })]]);
  expect(orderOf(replicas, { faults })).toEqual([2, 0, 1]);
});

test('a fault that needs no person does not change the order', () => {
  const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })];
  const faults = new Map([[`0/${replicas[0]?.slot.revision}`, aFault(group)]]);
  expect(orderOf(replicas, { faults })).toEqual([1, 0]);
});

describe('spec.scaleDown.order among equals', () => {
  // Made in the order 1, 2, 0: the lowest ordinal had become free again.
  const madeOn = (createdWallMs: number) => ({ details: aGuest({ createdWallMs }) });
  const replicas = (of: VmGroup) => [
    aReplica(of, { ordinal: 0 }, madeOn(3)),
    aReplica(of, { ordinal: 1 }, madeOn(1)),
    aReplica(of, { ordinal: 2 }, madeOn(2)),
  ];

  test.each([
    ['Newest', [0, 2, 1]],
    ['Oldest', [1, 2, 0]],
    ['HighestOrdinal', [2, 1, 0]],
  ] as const)('%s: %j', (order, expected) => {
    const of = aGroup({ replicas: 3, scaleDown: { order } });
    expect(orderOf(replicas(of), {}, of)).toEqual(expected);
  });

  test('where vCenter reports no age, a higher ordinal counts as newer', () => {
    const ageless = [0, 2, 1].map((ordinal) => aReplica(group, { ordinal }));
    expect(orderOf(ageless)).toEqual([2, 1, 0]);
    const oldest = aGroup({ replicas: 3, scaleDown: { order: 'Oldest' } });
    expect(orderOf(ageless, {}, oldest)).toEqual([0, 1, 2]);
  });
});
