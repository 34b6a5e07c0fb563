import { describe, expect, test } from 'vitest';
import {
  aDeletedGroup,
  aFault,
  anObservation,
  anOperation,
  aReplica,
} from '../../../test/support/builders/observation';
import { Annotation, ORIGINAL_FINALIZER, type VmGroup } from '../../api/vm-group';
import { FOLDER_FAULT } from '../model/fault';
import type { Observation } from '../model/observation';
import { statusOf } from '../status/status';
import { planDeletion } from './deletion';
import { plan } from './plan';

const planned = (group: VmGroup, rest: Partial<Observation> = {}): string[] =>
  plan(anObservation(group, rest)).actions.map(({ kind }) => kind);

const NOW = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };

/** The plan for a deleted group that shows nothing in vCenter, and whose folder was refused that long ago. */
function plannedAfter(reason: string, agoMs: number, rest: Partial<Observation> = {}) {
  const group = aDeletedGroup();
  const fault = aFault(group, { reason, failedAtMs: NOW.monotonicMs - agoMs });
  const faults = new Map([[FOLDER_FAULT, fault]]);
  return planDeletion(anObservation(group, { now: NOW, folder: { kind: 'Missing' }, faults, ...rest }));
}

describe('a deleted group that shows nothing in vCenter', () => {
  test('R7: keeps its finalizer while its own object may hold a taken name and a stream that hangs does not show it', () => {
    // A lost wait is noticed after two minutes.
    expect(plannedAfter('DuplicateName', 130_000)).toMatchObject({
      actions: [],
      requeueAtMs: NOW.monotonicMs + 50_000,
    });
  });

  test('loses its finalizer once the inventory would have shown that object', () => {
    expect(plannedAfter('DuplicateName', 180_000).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });

  test('waits no longer for the object with that name once the inventory shows it', () => {
    const { folder } = anObservation(aDeletedGroup());
    expect(plannedAfter('DuplicateName', 60_000, { folder }).actions).toMatchObject([{ kind: 'DestroyFolder' }]);
  });

  test('R7: keeps its finalizer while a request of an earlier process may still arrive', () => {
    const group = aDeletedGroup();
    const plannedUntil = (predecessorQuietAtMs: number) =>
      planDeletion(anObservation(group, { now: NOW, folder: { kind: 'Missing' }, predecessorQuietAtMs }));
    const soon = NOW.monotonicMs + 1;
    expect(plannedUntil(soon)).toMatchObject({ actions: [], requeueAtMs: soon });
    expect(plannedUntil(NOW.monotonicMs).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });

  test('R7: keeps its finalizer while vCenter has made its folder and a stream that hangs does not show it', () => {
    const inFlight = [anOperation('CreateFolder', { state: 'Done', stateSinceMs: NOW.monotonicMs })];
    const plannedAfterMs = (passedMs: number) => {
      const now = { wallMs: NOW.wallMs + passedMs, monotonicMs: NOW.monotonicMs + passedMs };
      return planDeletion(anObservation(aDeletedGroup(), { now, folder: { kind: 'Missing' }, inFlight }));
    };
    // A lost wait is noticed after two minutes.
    expect(plannedAfterMs(130_000).actions).toEqual([]);
    expect(plannedAfterMs(180_000).actions).toMatchObject([{ kind: 'Settle' }]);
  });

  test('R7: waits as long for the folder of a request without an answer', () => {
    const inFlight = [anOperation('CreateFolder', { state: 'Unknown', stateSinceMs: NOW.monotonicMs })];
    const plannedAfterMs = (passedMs: number) => {
      const now = { wallMs: NOW.wallMs + passedMs, monotonicMs: NOW.monotonicMs + passedMs };
      return planDeletion(anObservation(aDeletedGroup(), { now, folder: { kind: 'Missing' }, inFlight }));
    };
    expect(plannedAfterMs(130_000)).toMatchObject({ actions: [], requeueAtMs: NOW.monotonicMs + 180_000 });
    expect(plannedAfterMs(180_000).actions).toMatchObject([{ kind: 'Settle' }]);
  });

  test('loses its finalizer at once after any other failure', () => {
    expect(plannedAfter('NoPermission', 0).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });
});

describe('deletion', () => {
  test('powers off, destroys, removes the empty folder, then removes the finalizer', () => {
    const group = aDeletedGroup();
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['PowerOff']);
    const off = aReplica(group, { ordinal: 0 }, { powerState: 'poweredOff' });
    expect(planned(group, { replicas: [off] })).toEqual(['Destroy']);
    expect(planned(group)).toEqual(['DestroyFolder']);
    expect(planned(group, { folder: { kind: 'Missing' } })).toEqual(['RemoveFinalizer']);
  });

  test('R1: foreign content keeps the folder, never the finalizer', () => {
    expect(plan(anObservation(aDeletedGroup(), { foreignNames: ['pet'] })).actions).toEqual([
      { kind: 'RemoveFinalizer', keptFor: ['pet'] },
    ]);
  });

  test('R1: an empty folder that may be foreign is never removed; the finalizer is', () => {
    const { folder } = anObservation(aDeletedGroup());
    const foreign = { ...folder, createdByOperator: false, isOurs: false };
    expect(plan(anObservation(aDeletedGroup(), { folder: foreign })).actions).toEqual([
      { kind: 'RemoveFinalizer', keptFor: [], unrecorded: '/dc/vm/vm-operator/shop.web' },
    ]);
  });

  test('R7: waits for operations in flight and for clones of an earlier process, so that no orphan is left', () => {
    const slot = { ordinal: 0, revision: 'x' };
    expect(planned(aDeletedGroup(), { inFlight: [anOperation('Clone', { slot })] })).toEqual([]);
    expect(planned(aDeletedGroup(), { unclaimedClones: true })).toEqual([]);
  });

  test('with Orphan only removes our marks from the machines', () => {
    const group = aDeletedGroup({ deletionPolicy: 'Orphan' });
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual(['ReleaseMarks']);
    expect(planned(group)).toEqual(['RemoveFinalizer']);
  });

  test('R7: with Orphan looks into a folder out of sight, where a clone of an earlier process may have ended', () => {
    const group = aDeletedGroup({ deletionPolicy: 'Orphan' });
    const ref = { type: 'Folder', value: 'group-v9' };
    const path = '/dc/vm/vm-operator/shop.web';
    const known = { machines: [], folder: { ref, path, isShown: false, wasOurs: false, heldMachines: false } };
    const unseen = { now: NOW, folder: { kind: 'Missing' }, known, predecessorQuietAtMs: NOW.monotonicMs } as const;
    expect(plan(anObservation(group, unseen)).actions).toEqual([{ kind: 'LookIntoFolder', folder: ref, path }]);
    expect(planned(group, { ...unseen, lookedIntoFolder: true })).toEqual(['RemoveFinalizer']);
    const { predecessorQuietAtMs: _, ...alone } = unseen;
    expect(planned(group, alone)).toEqual(['RemoveFinalizer']);
  });

  test('waits for a machine on a disconnected host', () => {
    const group = aDeletedGroup();
    const away = aReplica(group, { ordinal: 0 }, { connectionState: 'disconnected' });
    expect(planned(group, { replicas: [away] })).toEqual([]);
  });

  test('with force-orphan removes the finalizer at once and changes nothing in vCenter', () => {
    const group = aDeletedGroup({ paused: true }, { [Annotation.ForceOrphan]: 'true' });
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(planned(group, { replicas })).toEqual(['RemoveFinalizer']);
  });

  test('of the CRD is an uninstall: the finalizer is removed, every machine stays', () => {
    const group = aDeletedGroup();
    const replicas = [aReplica(group, { ordinal: 0 })];
    expect(planned(group, { replicas, uninstalling: true })).toEqual(['RemoveFinalizer']);
  });

  test('of a group without our finalizer changes nothing', () => {
    const group = { ...aDeletedGroup(), metadata: { ...aDeletedGroup().metadata, finalizers: ['other'] } };
    expect(planned(group, { replicas: [aReplica(group, { ordinal: 0 })] })).toEqual([]);
  });
});

describe('a deleted group that never got our finalizer, only that of the original operator', () => {
  const deleted = (annotations: Record<string, string> = {}): VmGroup => {
    const group = aDeletedGroup({}, annotations);
    return { ...group, metadata: { ...group.metadata, finalizers: [ORIGINAL_FINALIZER] } };
  };

  test('is let go like any other', () => {
    expect(planned(deleted(), { folder: { kind: 'Missing' } })).toEqual(['RemoveFinalizer']);
  });

  test('is let go by force-orphan', () => {
    expect(planned(deleted({ [Annotation.ForceOrphan]: 'true' }))).toEqual(['RemoveFinalizer']);
  });
});

describe('R1: what vCenter does not tell the configuration of is neither gone nor foreign', () => {
  const group = aDeletedGroup();
  const { machine } = aReplica(
    group,
    { ordinal: 0 },
    { extraConfig: {}, unreadable: true, connectionState: 'inaccessible' },
  );
  const observed = anObservation(group, { unreadable: [machine] });
  const conditions = statusOf(observed, plan(observed))?.conditions ?? [];
  const condition = (type: string) => conditions.find((candidate) => candidate.type === type);

  test('it keeps folder and finalizer, and the status names it, the remedy and the way out', () => {
    expect(plan(observed).actions).toEqual([]);
    expect(condition('Deleting')).toMatchObject({
      reason: 'MachineUnreadable',
      message: expect.stringContaining(machine.name),
    });
    expect(condition('Deleting')?.message).toContain('bring its host or datastore back');
    expect(condition('Deleting')?.message).toContain('force-orphan=true');
  });

  test('it is never told that nothing waits for a person', () => {
    expect(condition('Stalled')).toMatchObject({ status: 'True', reason: 'MachineUnreadable' });
  });
});

describe('the condition Deleting', () => {
  test('is not explained by the fault of a slot that is long gone', () => {
    const group = aDeletedGroup();
    const fault = aFault(group, {
      class: 'NeedsUser',
      reason: 'SecretNotFound',
      message: 'Secret shop/old was not found',
    });
    const observed = anObservation(group, {
      faults: new Map([['7/0123456789', fault]]),
      replicas: [aReplica(group, { ordinal: 0 })],
    });
    const conditions = statusOf(observed, plan(observed))?.conditions ?? [];
    expect(conditions.find(({ type }) => type === 'Deleting')?.reason).toBe('WaitingForPowerOff');
  });

  test('tells what keeps the folder', () => {
    const group = aDeletedGroup();
    const fault = aFault(group, {
      reason: 'FolderNotEmpty',
      message: 'web-1 in the folder may be a machine of this group',
    });
    const observed = anObservation(group, { faults: new Map([[FOLDER_FAULT, fault]]) });
    const conditions = statusOf(observed, plan(observed))?.conditions ?? [];
    expect(conditions.find(({ type }) => type === 'Deleting')?.message).toBe(fault.message);
  });
});
