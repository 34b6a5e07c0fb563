import { expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica } from '../../../test/support/builders/observation';
import type { Observation } from '../model/observation';
import { adoptionWaitsUntilMs, planAdoption } from './adoption';
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

test('nothing is adopted before a person has asked for it, nor by a paused group', () => {
  expect(adoptions({ orphans: { ...orphans, adopt: false } })).toEqual([]);
  const paused = aGroup({ replicas: 1, paused: true });
  expect(planAdoption(anObservation(paused, { orphans, now }))).toEqual([]);
});

test('orphans that nobody asked to adopt wait for a person, and for no time', () => {
  const waiting = { orphans: { ...orphans, adopt: false }, predecessorQuietAtMs: now.monotonicMs + 5_000 };
  expect(adoptionWaitsUntilMs(anObservation(group, { now, ...waiting }))).toBeUndefined();
});

test('an orphan keeps its ordinal and its revision where the ordinal is free', () => {
  const former = { ordinal: 3, revision: 'former0000' };
  const machines = [{ machine, owner: { ...owner, slot: former } }];
  const slots = (rest: Partial<Observation> = {}) =>
    planned({ orphans: { ...orphans, machines }, ...rest }).actions.map((action) => 'slot' in action && action.slot);
  expect(slots()).toEqual([former]);
  const replicas = [aReplica(group, { ordinal: 3 })];
  expect(slots({ replicas })).toContainEqual({ ...former, ordinal: 0 });
});

test('an operation on an orphan holds up that one only', () => {
  const second = { ...machine, ref: { type: 'VirtualMachine', value: 'second' } };
  const both = {
    ...orphans,
    machines: [
      { machine, owner },
      { machine: second, owner },
    ],
  };
  const adopted = (inFlight: Observation['inFlight']) =>
    planned({ orphans: both, inFlight }).actions.flatMap((action) =>
      action.kind === 'Adopt' ? [action.machine.ref.value] : [],
    );
  expect(adopted([anOperation('CreateFolder')])).toEqual(['orphan', 'second']);
  expect(adopted([anOperation('PowerOn', { machine: machine.ref })])).toEqual(['second']);
});

test('an orphan whose host is down is adopted when the host is back', () => {
  const down = { ...machine, connectionState: 'disconnected' as const };
  expect(adoptions({ orphans: { ...orphans, machines: [{ machine: down, owner }] } })).toEqual([]);
});

test('the folder of the original operator is renamed once no machine in it is left to adopt, and no other is', () => {
  const legacy = { kind: 'Legacy', adopt: true, folder: { type: 'Folder', value: 'old' }, path: '/dc/vm/old' } as const;
  const kinds = (of: Observation['orphans']) => planned({ orphans: of }).actions.map(({ kind }) => kind);
  expect(kinds({ ...legacy, machines: [{ machine, owner: undefined }] })).toEqual(['Adopt']);
  expect(kinds({ ...legacy, machines: [] })).toEqual(['RenameFolder']);
  expect(kinds({ ...orphans, machines: [], refused: [{ machine, owner }] })).not.toContain('RenameFolder');
});

test('R2, R8: it is not renamed while the group has a folder of its own that is out of sight, which is looked for', () => {
  const legacy = { kind: 'Legacy', adopt: true, folder: { type: 'Folder', value: 'old' }, path: '/dc/vm/old' } as const;
  const own = {
    ...{ ref: { type: 'Folder', value: 'own' }, path: '/dc/vm/vm-operator/shop.web' },
    ...{ wasOurs: true, heldMachines: true },
  };
  const kinds = (
    isShown: boolean,
    machines: readonly { readonly machine: typeof machine; owner: undefined }[] = [],
  ) => {
    const known = { machines: [], folder: { ...own, isShown } };
    const rest = { orphans: { ...legacy, machines }, folder: { kind: 'Missing' }, known } as const;
    return planned(rest).actions.map(({ kind }) => kind);
  };
  expect(kinds(false)).toEqual(['ProveFolderGone']);
  expect(kinds(true)).toEqual(['RenameFolder']);
  // Nor is a machine of it taken over: a clone may have put one with its ordinal into the folder that is out of sight.
  expect(kinds(false, [{ machine, owner: undefined }])).toEqual(['ProveFolderGone']);
  expect(kinds(true, [{ machine, owner: undefined }])).toEqual(['Adopt']);
});
