import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import { slotRevisionOf } from '../../api/slot-revision';
import { adapterAddresses } from '../../api/static-addresses';
import type { VmGroup } from '../../api/vm-group';
import { HeldAddresses } from '../model/held-addresses';
import type { Observation, Replica } from '../model/observation';
import { plan } from './plan';
import { planRollout } from './rollout';

const list = (first: number, count = 6) => Array.from({ length: count }, (_, index) => `10.0.0.${first + index}/24`);
const aGroupWith = (addresses: string[], replicas = 3): VmGroup =>
  aGroup({ replicas, networks: [{ name: 'lan', network: 'VM Network', addresses }] });

const before = aGroupWith(list(10));
const after = aGroupWith(list(11));

/** The replicas of the group as it was, seen by a process that knew them then, or by one that did not. */
function changed(ordinals: readonly number[], knew: boolean, group = after): Observation {
  const replicas = ordinals.map((ordinal) => aReplica(before, { ordinal }));
  const held = new HeldAddresses();
  if (knew) held.remember(before, replicas);
  return anObservation(group, { replicas, heldAddresses: held.byMachine });
}

const made = (observed: Observation) => planRollout(observed).missing.map(({ ordinal }) => ordinal);
const replaced = (observed: Observation) => [...planRollout(observed).leaving.keys()].map(({ slot }) => slot.ordinal);

describe('a list that is moved by one entry', () => {
  test('replaces first the replica whose successor waits for nobody', () => {
    expect(replaced(changed([0, 1, 2], true))).toEqual([2]);
  });

  test('makes no replica whose address another holds, while another ordinal is free', () => {
    expect(made(changed([1, 2], true))).toEqual([3]);
    // Ordinal 2 of the new list has the address of no other.
    expect(made(changed([0, 1], true))).toEqual([2]);
  });

  test('tries the lowest ordinal where nothing is known: the live read then tells', () => {
    expect(made(changed([1, 2], false))).toEqual([0]);
  });

  test('waits with the lowest ordinal where the list has no free entry', () => {
    expect(made(changed([1, 2], true, aGroupWith(list(11, 3))))).toEqual([0]);
  });
});

test('only replicas with another address by the new list are outdated', () => {
  const group = aGroupWith(['10.0.0.10/24', '10.0.0.77/24', '10.0.0.12/24']);
  expect(replaced(changed([0, 1, 2], true, group))).toEqual([1]);
});

test('a clone names the machines of older specs, and those that are out of sight', () => {
  const observed = changed([1, 2], true);
  const clone = plan(observed).actions.find(({ kind }) => kind === 'Clone');
  expect(clone).toMatchObject({
    addressHolders: observed.replicas.map(({ machine: { ref, name } }) => ({ ref, name })),
  });
});

test('no clone is planned while one by a former list is under way', () => {
  const slot = { ordinal: 2, revision: slotRevisionOf(before.spec, 2) };
  const observed = { ...changed([1], true), inFlight: [anOperation('Clone', { slot })] };
  expect(plan(observed).actions.filter(({ kind }) => kind === 'Clone')).toEqual([]);
});

test('a machine that is off gets its network configuration before it is powered on, once', () => {
  const replica = aReplica(before, { ordinal: 0 }, { powerState: 'poweredOff' });
  const steps = (rest: Partial<Observation>) =>
    plan(anObservation(before, { replicas: [replica], ...rest })).actions.flatMap((action) =>
      'replica' in action ? [action.kind] : [],
    );
  expect(steps({})).toEqual(['WriteSettings']);
  expect(steps({ written: new Map([[replica.machine.ref.value, new Set(['network' as const])]]) })).toEqual([
    'PowerOn',
  ]);
});

test('what machines hold is known from when they were current, and forgotten with them', () => {
  const held = new HeldAddresses();
  const replicas: readonly Replica[] = [aReplica(before, { ordinal: 0 }), aReplica(before, { ordinal: 1 })];
  held.remember(before, replicas);
  held.remember(after, replicas.slice(0, 1));
  expect([...held.byMachine.values()]).toEqual([adapterAddresses(before.spec, 0)]);
});
