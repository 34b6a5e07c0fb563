import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import type { VmGroup } from '../../api/vm-group';
import { faultSubject } from '../model/fault';
import type { Observation } from '../model/observation';
import { planDeletion } from './deletion';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

const NOW = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };

describe('R1, R7: a deleted group and machines of the original operator', () => {
  const group = aDeletedGroup();
  const orphaning = aDeletedGroup({ deletionPolicy: 'Orphan' });
  const { machine } = aReplica(group, { ordinal: 0 }, { extraConfig: {} });
  const legacy = (adopt: boolean): Observation['orphans'] => ({
    ...{ kind: 'Legacy', adopt, folder: { type: 'Folder', value: 'old' }, path: '/dc/vm/shop-web' },
    machines: [{ machine, owner: undefined }],
  });
  const missing = { folder: { kind: 'Missing' } } as const;

  test('keeps its finalizer until a person has answered', () =>
    expect(planned(group, { orphans: legacy(false), ...missing })).toEqual([]));

  test('takes them over first where a person asked for it', () =>
    expect(planned(group, { orphans: legacy(true), ...missing })).toEqual(['Adopt']));

  test('R2: asks first whether its own folder is gone, which may hold a machine of a slot, and whose name the other gets', () => {
    const folder = {
      ...{ ref: { type: 'Folder', value: 'own' }, path: '/dc/vm/vm-operator/shop.web', isShown: false },
      ...{ wasOurs: true, heldMachines: true },
    };
    const empty = { ...legacy(true), machines: [] } as Observation['orphans'];
    const kinds = (destroy?: 'Sent' | 'Done') => {
      const known = { machines: [], folder: { ...folder, ...(destroy && { destroy }) } };
      return planned(group, { orphans: empty, known, ...missing });
    };
    expect(kinds()).toEqual(['ProveFolderGone']);
    expect(kinds('Done')).toEqual(['ProveFolderGone']);
    expect(kinds('Sent')).toEqual([]);
    const adopting = { orphans: legacy(true), known: { machines: [], folder }, ...missing };
    expect(planned(group, adopting)).toEqual(['ProveFolderGone']);
    expect(planned(group, { orphans: empty, ...missing })).toEqual(['RenameFolder']);
  });

  test('and waits with that for a request of an earlier process that may still arrive', () => {
    const soon = NOW.monotonicMs + 5_000;
    const observed = anObservation(group, { orphans: legacy(true), now: NOW, predecessorQuietAtMs: soon, ...missing });
    expect(planDeletion(observed)).toMatchObject({ actions: [], requeueAtMs: soon });
  });

  test('leaves them where it leaves its own, and waits for nothing', () => {
    const observed = anObservation(orphaning, { orphans: legacy(true), now: NOW, ...missing });
    expect(planDeletion(observed).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });

  test('leaves them also while it still has machines of its own, and waits for nothing', () => {
    const replicas = [aReplica(orphaning, { ordinal: 0 })];
    const soon = NOW.monotonicMs + 5_000;
    const rest = { orphans: legacy(true), now: NOW, replicas };
    expect(planDeletion(anObservation(orphaning, rest)).actions.map(({ kind }) => kind)).toEqual(['ReleaseMarks']);
    const waiting = anObservation(orphaning, { ...rest, predecessorQuietAtMs: soon });
    expect(planDeletion(waiting).requeueAtMs).toBeUndefined();
  });

  test('an adoption that failed waits for its retry', () => {
    const fault = aFault(group, { reason: 'SystemError' });
    const faults = new Map([[faultSubject(machine.ref), fault]]);
    const observed = anObservation(group, { orphans: legacy(true), faults, ...missing });
    expect(planDeletion(observed)).toMatchObject({ actions: [], requeueAtMs: fault.retryAt.monotonicMs });
  });
});

describe('what a deletion waits for', () => {
  const shutdown = (ordinal: number) => anOperation('Shutdown', { slot: { ordinal, revision: 'x' } });

  test('for the operation on a machine: it is not destroyed a second time', () => {
    const group = aDeletedGroup();
    const replica = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    const inFlight = [anOperation('Destroy', { machine: replica.machine.ref, slot: replica.slot })];
    expect(planned(group, { replicas: [replica], inFlight })).toEqual([]);
  });

  test('not for a shutdown whose machine is gone', () =>
    expect(planned(aDeletedGroup(), { inFlight: [shutdown(0)], folder: { kind: 'Missing' } })).toEqual([
      'RemoveFinalizer',
    ]));

  test('for machines that cannot be read, also where it leaves its machines', () => {
    const { machine } = aReplica(aDeletedGroup(), { ordinal: 0 }, { extraConfig: {}, unreadable: true });
    expect(planned(aDeletedGroup({ deletionPolicy: 'Orphan' }), { unreadable: [machine] })).toEqual([]);
  });

  test('R7: the name of a slot that is taken may be a machine of ours, though the folder is shown', () => {
    const group = aDeletedGroup();
    const fault = aFault(group, { reason: 'DuplicateName', failedAtMs: NOW.monotonicMs - 1_000 });
    const faults = new Map([['0/revision', fault]]);
    expect(planDeletion(anObservation(group, { now: NOW, faults }))).toMatchObject({
      actions: [],
      requeueAtMs: NOW.monotonicMs + 179_000,
    });
  });

  test('R7: of two names that are taken the one that was refused last', () => {
    const group = aDeletedGroup();
    const fault = (agoMs: number) => aFault(group, { reason: 'DuplicateName', failedAtMs: NOW.monotonicMs - agoMs });
    const faults = new Map([
      ['0/revision', fault(1_000)],
      ['1/revision', fault(60_000)],
    ]);
    expect(planDeletion(anObservation(group, { now: NOW, faults })).requeueAtMs).toBe(NOW.monotonicMs + 179_000);
  });
});

describe('R7: the folder of a deleted group where an earlier process may have cloned', () => {
  const { folder } = anObservation(aDeletedGroup());
  const foreign: Observation['folder'] =
    folder.kind === 'Found' ? { ...folder, createdByOperator: false, isOurs: false } : folder;
  const quiet = { now: NOW, predecessorQuietAtMs: NOW.monotonicMs } as const;

  test('is removed without a look of its own: one comes right before', () =>
    expect(planned(aDeletedGroup(), quiet)).toEqual(['DestroyFolder']));

  test.each<[string, VmGroup, Partial<Observation>]>([
    ['that stays with the machines', aDeletedGroup({ deletionPolicy: 'Orphan' }), {}],
    ['that stays for what is foreign in it', aDeletedGroup(), { foreignNames: ['pet'] }],
    ['that may be somebody else’s', aDeletedGroup(), { folder: foreign }],
  ])(
    '%s is looked into before the finalizer goes; R8: a look that was refused waits, though the folder is shown',
    (_, group, rest) => {
      const fault = aFault(group, { reason: 'NotVisible', only: 'LookIntoFolder' });
      const refused = anObservation(group, { ...quiet, ...rest, faults: new Map([['folder', fault]]) });
      expect(planDeletion(refused)).toMatchObject({ actions: [], requeueAtMs: fault.retryAt.monotonicMs });
      expect(planned(group, { ...quiet, ...rest })).toEqual(['LookIntoFolder']);
      expect(planned(group, { ...quiet, ...rest, lookedIntoFolder: true })).toEqual(['RemoveFinalizer']);
    },
  );

  test('that is out of sight is asked for by its reference, and not looked into where it would be removed', () => {
    const known = { ref: { type: 'Folder', value: 'group-v9' }, path: '/dc/vm/shop.web', isShown: false };
    const seen = { machines: [], folder: { ...known, wasOurs: false, heldMachines: false } };
    expect(planned(aDeletedGroup(), { ...quiet, folder: { kind: 'Missing' }, known: seen })).toEqual([
      'ProveFolderGone',
    ]);
  });
});
