import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, aReplica } from '../../../test/support/builders/observation';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import { plan } from '../plan/plan';
import { forecast } from './forecast';

/** The change to each slot, as lines. */
function foreseen(group: VmGroup, rest: Partial<Observation> = {}): string[] {
  const observed = anObservation(group, rest);
  return forecast(observed, plan(observed)).map(({ kind, slot }) => `${kind} ${slot.ordinal}`);
}

const surge = (maxSurge: number): NonNullable<VmGroupSpec['updateStrategy']> => ({
  type: 'RollingUpdate',
  resizePolicy: 'PowerCycle',
  rollingUpdate: { maxSurge, maxUnavailable: 1 },
});

test('a group at rest has no change ahead', () => {
  const group = aGroup({ replicas: 2 });
  expect(foreseen(group, { replicas: [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })] })).toEqual([]);
});

test('slots without a machine are created, though the folder comes first or names are not found', () => {
  const group = aGroup({ replicas: 3 });
  const all = ['Create 0', 'Create 1', 'Create 2'];
  expect(foreseen(group, { folder: { kind: 'Missing' } })).toEqual(all);
  const problems = [{ reason: 'TemplateNotFound' as const, field: 'spec.template', message: 'not found' }];
  expect(foreseen(group, { placement: { problems } })).toEqual(all);
});

describe('a changed revision', () => {
  const old = (group: VmGroup) => [0, 1, 2].map((ordinal) => aReplica(group, { ordinal, revision: 'a1b2' }));

  test.each([0, 2])('replaces all replicas, not only those whose turn it is, with maxSurge %i', (maxSurge) => {
    const group = aGroup({ replicas: 3, updateStrategy: surge(maxSurge) });
    expect(foreseen(group, { replicas: old(group) })).toEqual(['Replace 0', 'Replace 1', 'Replace 2']);
  });

  test('together with more replicas creates the further ones', () => {
    const group = aGroup({ replicas: 5 });
    expect(foreseen(group, { replicas: old(group) })).toEqual([
      ...['Replace 0', 'Replace 1', 'Replace 2'],
      ...['Create 3', 'Create 4'],
    ]);
  });

  test('replaces nothing by itself with OnDelete', () => {
    const group = aGroup({ replicas: 3, updateStrategy: { type: 'OnDelete', resizePolicy: 'PowerCycle' } });
    expect(foreseen(group, { replicas: old(group) })).toEqual([]);
  });
});

test('surplus replicas are removed and fill no slot', () => {
  const group = aGroup({ replicas: 1 });
  const replicas = [aReplica(group, { ordinal: 0 }), aReplica(group, { ordinal: 1 })];
  expect(foreseen(group, { replicas })).toEqual(['Remove 1']);
});

test('a size that was changed in the spec reaches every replica; one changed in vCenter only those that are off', () => {
  const group = aGroup({ cpu: 4, replicas: 2 });
  const replicas = [
    aReplica(group, { ordinal: 0 }, { numCpu: 2 }),
    aReplica(group, { ordinal: 1 }, { numCpu: 2, powerState: 'poweredOff' }),
  ];
  expect(foreseen(group, { replicas, resizing: true })).toEqual(['Resize 0', 'Resize 1']);
  expect(foreseen(group, { replicas, resizing: false })).toEqual(['Resize 1']);
});

test('power states are corrected', () => {
  const on = aGroup();
  expect(foreseen(on, { replicas: [aReplica(on, { ordinal: 0 }, { powerState: 'poweredOff' })] })).toEqual([
    'PowerOn 0',
  ]);
  const off = aGroup({ powerState: 'PoweredOff' });
  expect(foreseen(off, { replicas: [aReplica(off, { ordinal: 0 })] })).toEqual(['PowerOff 0']);
});

test('the machines of a deleted group are removed or released, also when it is paused', () => {
  const gone = (spec: Partial<VmGroupSpec>) =>
    aGroup(spec, { metadata: { ...aGroup().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
  const replicas = [aReplica(aGroup(), { ordinal: 0 })];
  expect(foreseen(gone({}), { replicas })).toEqual(['Remove 0']);
  expect(foreseen(gone({ paused: true }), { replicas })).toEqual(['Remove 0']);
  expect(foreseen(gone({ deletionPolicy: 'Orphan' }), { replicas })).toEqual(['Release 0']);
});

test('nothing is forecast while another vCenter is connected', () => {
  const group = aGroup({}, { status: { vcenter: { name: '(env)', instanceUuid: 'another' } } });
  expect(foreseen(group)).toEqual([]);
});
