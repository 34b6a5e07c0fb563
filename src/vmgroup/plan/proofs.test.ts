import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  aGroup,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { refKey } from '../../vsphere/port';
import { FOLDER_FAULT } from '../model/fault';
import type { KnownFolder, KnownMachine } from '../model/known-objects';
import type { Observation } from '../model/observation';
import { statusOf } from '../status/status';
import { plan } from './plan';

const group = aGroup();
const { machine, slot } = aReplica(group, { ordinal: 0 });
const unseen: KnownMachine = { ref: machine.ref, slot, name: machine.name, isShown: false };
const folder: KnownFolder = {
  ...{ ref: { type: 'Folder', value: 'group-folder' }, path: '/dc/vm/vm-operator/shop.web' },
  ...{ isShown: false, wasOurs: true, heldMachines: true },
};
const NO_FOLDER = { kind: 'Missing' } as const;
const kinds = (observed: Observation) => plan(observed).actions.map(({ kind }) => kind);
const deleted = (rest: Partial<Observation>, policy: 'Delete' | 'Orphan' = 'Delete') =>
  anObservation(aDeletedGroup({ deletionPolicy: policy }), { folder: NO_FOLDER, ...rest });

describe('R1, R7: a deleted group keeps its finalizer', () => {
  test.each(['Delete', 'Orphan'] as const)('until vCenter says that an unseen machine is gone (%s)', (policy) => {
    expect(kinds(deleted({ known: { machines: [unseen] } }, policy))).toEqual(['ProveMachineGone']);
    expect(kinds(deleted({ known: { machines: [] } }, policy))).toEqual(['RemoveFinalizer']);
  });

  test('until vCenter says that the unseen folder is gone', () => {
    expect(kinds(deleted({ known: { machines: [], folder } }))).toEqual(['ProveFolderGone']);
  });

  test('while its own destroy of what is not shown any more has not ended: no look is needed', () => {
    expect(kinds(deleted({ known: { machines: [{ ...unseen, destroy: 'Sent' }] } }))).toEqual([]);
    expect(kinds(deleted({ known: { machines: [], folder: { ...folder, destroy: 'Sent' } } }))).toEqual([]);
  });

  test('while the account does not see where its folder may be', () => {
    expect(kinds(deleted({ blindSpot: 'any datacenter' }))).toEqual([]);
  });

  test('and looks again when the next try is due', () => {
    const faults = new Map([[refKey(machine.ref), aFault(group, { reason: 'NotVisible' })]]);
    const observed = deleted({ known: { machines: [unseen] }, faults });
    expect(plan(observed)).toMatchObject({ actions: [], requeueAtMs: 1_060_000 });
    const now = { wallMs: observed.now.wallMs, monotonicMs: 1_060_000 };
    expect(kinds({ ...observed, now })).toEqual(['ProveMachineGone']);
  });
});

test('R1: a folder of another name that never held machines of the group is not removed with it', () => {
  const { folder: found } = anObservation(group);
  const renamed = found.kind === 'Found' ? { ...found, isOurs: false } : found;
  expect(kinds(deleted({ folder: found }))).toEqual(['DestroyFolder']);
  expect(kinds(deleted({ folder: renamed }))).toEqual(['RemoveFinalizer']);
});

test('what is shown again is worked on at once, whatever the next look was due', () => {
  const faults = new Map([
    [`${slot.ordinal}/${slot.revision}`, aFault(group, { reason: 'NotVisible' })],
    [FOLDER_FAULT, aFault(group, { reason: 'NotVisible' })],
  ]);
  const replicas = [aReplica(group, { ordinal: 0 })];
  expect(kinds(anObservation(aDeletedGroup(), { faults, replicas }))).toEqual(['PowerOff']);
  expect(kinds(anObservation(aDeletedGroup(), { faults }))).toEqual(['DestroyFolder']);
});

test.each(['NotVisible', 'NotInInventory'])(
  'a folder that is shown again, if with another name, holds up no new one (%s)',
  (reason) => {
    const faults = new Map([[FOLDER_FAULT, aFault(group, { reason })]]);
    const shown = { machines: [], folder: { ...folder, isShown: true, heldMachines: false } };
    expect(kinds(anObservation(group, { folder: NO_FOLDER, faults, known: shown }))).toEqual(['CreateFolder']);
    const unshown = { machines: [], folder };
    expect(kinds(anObservation(group, { folder: NO_FOLDER, faults, known: unshown }))).toEqual([]);
  },
);

test('R8: a clone that has found a former machine by its UUID waits for its retry, though the inventory misses none', () => {
  const faults = new Map([[`${slot.ordinal}/${slot.revision}`, aFault(group, { reason: 'NotInInventory' })]]);
  expect(kinds(anObservation(group, { faults }))).toEqual([]);
});

describe('a group that stays', () => {
  test('counts a machine out of sight as one that exists: another number would make one too many once it shows again', () => {
    const scaled = aGroup({ replicas: 2 });
    const third: KnownMachine = { ...unseen, slot: { ...slot, ordinal: 3 } };
    const observed = anObservation(scaled, { known: { machines: [third] } });
    const clones = plan(observed).actions.map((action) => action.kind === 'Clone' && action.slot.ordinal);
    expect(clones.sort()).toEqual([0, 3]);
    const going = { ...observed, known: { machines: [{ ...third, destroy: 'Sent' as const }] } };
    expect(plan(going).actions.map((action) => action.kind === 'Clone' && action.slot.ordinal)).toEqual([0, 1]);
  });

  test('R2: leaves the look at the former machine of a slot to the clone that fills it', () => {
    const hadMachine = new Set([`${slot.ordinal}/${slot.revision}`]);
    const { actions } = plan(anObservation(group, { hadMachine, known: { machines: [unseen] } }));
    expect(actions).toMatchObject([{ kind: 'Clone', slot, again: true }]);
  });

  test('R2: keeps the number of an unseen machine of another revision', () => {
    const old = { ...unseen, slot: { ...slot, revision: 'old0000000' } };
    expect(kinds(anObservation(group, { known: { machines: [old] } }))).toEqual(['ProveMachineGone']);
  });

  test('looks for a machine that is not wanted any more, and for its folder before it makes another', () => {
    const surplus = { ...unseen, slot: { ...slot, ordinal: 7 } };
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(kinds(anObservation(group, { replicas, known: { machines: [surplus] } }))).toEqual(['ProveMachineGone']);
    expect(kinds(anObservation(group, { folder: NO_FOLDER, known: { machines: [], folder } }))).toEqual([
      'ProveFolderGone',
    ]);
  });

  test('expects the machine that a clone has just made', () => {
    const inFlight = [anOperation('Clone', { slot, state: 'Done' })];
    expect(kinds(anObservation(group, { inFlight, known: { machines: [unseen] } }))).toEqual([]);
  });
});

describe('the status', () => {
  test('R7: goes on naming machine and folder that are not shown any more, also with the replicas of a deleted group', () => {
    const observed = deleted({ known: { machines: [unseen], folder } });
    const status = statusOf(observed, plan(observed));
    expect(status?.replicas).toMatchObject([
      { ordinal: 0, name: machine.name, moRef: machine.ref.value, ready: false },
    ]);
    expect(status?.folder).toEqual({ moRef: folder.ref.value, path: folder.path });
  });

  test('tells what a deletion waits for', () => {
    const observed = deleted({ blindSpot: 'any datacenter' });
    const conditions = statusOf(observed, plan(observed))?.conditions ?? [];
    for (const type of ['Deleting', 'Stalled'])
      expect(conditions.find((condition) => condition.type === type)).toMatchObject({
        status: 'True',
        reason: 'NotVisible',
      });
    const looking = deleted({ known: { machines: [unseen] } });
    const deleting = statusOf(looking, plan(looking))?.conditions?.find(({ type }) => type === 'Deleting');
    expect(deleting?.message).toBe(`${machine.name}: vCenter is asked whether they are gone`);
  });
});
