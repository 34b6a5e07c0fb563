import { describe, expect, test } from 'vitest';
import { aFault, aGroup, anObservation } from '../../../test/support/builders/observation';
import { FINALIZER } from '../../api/vm-group';
import { FOLDER_FAULT } from '../model/fault';
import { planDeletion } from './deletion';

const NOW = { wallMs: Date.UTC(2026, 0, 1), monotonicMs: 1_000_000 };

/** A deleted group of which nothing is to be seen in vCenter, and whose folder was refused that long ago. */
function plannedAfter(reason: string, agoMs: number) {
  const deletionTimestamp = '2026-01-01T00:00:00Z';
  const group = aGroup({}, { metadata: { ...aGroup().metadata, deletionTimestamp, finalizers: [FINALIZER] } });
  const fault = aFault(group, { reason, failedAtMs: NOW.monotonicMs - agoMs });
  const faults = new Map([[FOLDER_FAULT, fault]]);
  return planDeletion(anObservation(group, { now: NOW, folder: { kind: 'Missing' }, faults }));
}

describe('a deleted group of which nothing is to be seen', () => {
  test('R7: keeps its finalizer while a name that was just refused as taken may be that of its own object', () => {
    expect(plannedAfter('DuplicateName', 10_000)).toMatchObject({ actions: [], requeueAtMs: NOW.monotonicMs + 20_000 });
  });

  test('loses it once the inventory would have shown that object', () => {
    expect(plannedAfter('DuplicateName', 30_000).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });

  test('R7: keeps it while a request that an earlier process sent right before it died may still arrive', () => {
    const deletionTimestamp = '2026-01-01T00:00:00Z';
    const group = aGroup({}, { metadata: { ...aGroup().metadata, deletionTimestamp, finalizers: [FINALIZER] } });
    const planned = (predecessorQuietAtMs: number) =>
      planDeletion(anObservation(group, { now: NOW, folder: { kind: 'Missing' }, predecessorQuietAtMs }));
    const soon = NOW.monotonicMs + 1;
    expect(planned(soon)).toMatchObject({ actions: [], requeueAtMs: soon });
    expect(planned(NOW.monotonicMs).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });

  test('loses it at once after any other failure', () => {
    expect(plannedAfter('NoPermission', 0).actions).toMatchObject([{ kind: 'RemoveFinalizer' }]);
  });
});
