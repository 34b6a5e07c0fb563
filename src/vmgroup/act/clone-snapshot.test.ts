import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import type { VmGroupSpec } from '../../api/vm-group';
import type { Snapshot } from '../../vsphere/port';
import { snapshotFor } from './clone-snapshot';

const call = { operationId: 'o', signal: new AbortController().signal };
const template = { type: 'VirtualMachine', value: 'vm-1' };
const snapshot = (value: string, name: string, isCurrent = false): Snapshot => ({
  ref: { type: 'VirtualMachineSnapshot', value },
  name,
  isCurrent,
});
const TREE = [snapshot('s1', 'base'), snapshot('s2', 'twice'), snapshot('s3', 'twice'), snapshot('s4', 'newest', true)];

function chosen(clone: VmGroupSpec['clone'], told: readonly Snapshot[] | undefined = TREE) {
  const { spec } = aGroup(clone && { clone });
  return snapshotFor(spec, template, { readSnapshots: async () => told }, call);
}

test('a full clone has none, and reads nothing', async () => {
  const readSnapshots = () => Promise.reject(new Error('it reads'));
  for (const clone of [undefined, { mode: 'Full' as const }])
    expect(await snapshotFor(aGroup(clone && { clone }).spec, template, { readSnapshots }, call)).toBeUndefined();
});

test('a linked clone is based on the snapshot of its name, else on the current one', async () => {
  expect(await chosen({ mode: 'Linked', snapshot: 'base' })).toEqual(TREE[0]?.ref);
  expect(await chosen({ mode: 'Linked' })).toEqual(TREE[3]?.ref);
});

test.each([
  [
    { mode: 'Linked', snapshot: 'gone' },
    TREE,
    'SnapshotNotFound',
    'has no snapshot "gone": correct spec.clone.snapshot, or take a snapshot of that name',
  ],
  [
    { mode: 'Linked' },
    [],
    'SnapshotNotFound',
    'has no snapshot, which linked clones are based on: take one, or set spec.clone.mode to Full',
  ],
  [
    { mode: 'Linked', snapshot: 'twice' },
    TREE,
    'SnapshotAmbiguous',
    'has 2 snapshots "twice": rename the others, or name another one in spec.clone.snapshot',
  ],
] as const)('%j of %j ends in %s, and no full clone is sent instead', async (clone, tree, code, message) => {
  await expect(chosen(clone, tree)).rejects.toMatchObject({ code, message: `template "ubuntu" ${message}` });
});

test('linked clones are another revision, and full ones the same as before', () => {
  const revision = (clone?: VmGroupSpec['clone']) => revisionOf(aGroup(clone && { clone }).spec);
  expect(revision({ mode: 'Full' })).toBe(revision());
  expect(new Set([revision(), revision({ mode: 'Linked' }), revision({ mode: 'Linked', snapshot: 'a' })]).size).toBe(3);
});
