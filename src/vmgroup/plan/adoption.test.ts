import { expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { Observation } from '../model/observation';
import { plan } from './plan';

const group = aGroup({ replicas: 1 });
const { machine, slot } = aReplica(group, { ordinal: 0 }, { ref: { type: 'VirtualMachine', value: 'orphan' } });
const owner = { cluster: 'c', group: 'shop/web', groupUid: 'former', slot };
const orphans = { kind: 'Restored', adopt: true, machines: [{ machine, owner }], refused: [], others: [] } as const;
const now = { wallMs: 0, monotonicMs: 1_000_000 };

const planned = (rest: Partial<Observation> = {}) => plan(anObservation(group, { orphans, now, ...rest }));
const adoptions = (rest: Partial<Observation> = {}) =>
  planned(rest).actions.flatMap((action) => (action.kind === 'Adopt' ? [action.slot.ordinal] : []));

test('an orphan takes the first free ordinal', () => {
  expect(adoptions()).toEqual([0]);
  expect(adoptions({ replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([1]);
});

test('R2: an orphan waits while a clone of an earlier process runs, which may get its slot', () => {
  expect(adoptions({ unclaimedClones: true })).toEqual([]);
});

test('R2: an orphan waits while a request of an earlier process may still arrive', () => {
  const soonMs = now.monotonicMs + 5_000;
  expect(adoptions({ predecessorQuietAtMs: soonMs })).toEqual([]);
  expect(planned({ predecessorQuietAtMs: soonMs }).requeueAtMs).toBe(soonMs);
  expect(adoptions({ predecessorQuietAtMs: now.monotonicMs })).toEqual([0]);
});

test('R1, R2: an orphan does not get the ordinal of a machine that cannot be seen now', () => {
  const unseen = { ref: { type: 'VirtualMachine', value: 'vm-unseen' }, slot, name: machine.name, isShown: false };
  expect(adoptions({ known: { machines: [unseen] } })).toEqual([1]);
});
