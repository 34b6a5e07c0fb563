import { describe, expect, test } from 'vitest';
import { CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import {
  addFolder,
  addMachine,
  found,
  marks,
  orphanWorld,
  withAnnotations,
} from '../../../test/support/builders/orphan-world';
import { Annotation, FINALIZER, type VmGroup } from '../../api/vm-group';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';

const unanswered = withAnnotations({});
const adopting = withAnnotations({ [Annotation.Legacy]: 'Adopt' });
const restored = withAnnotations({}, [FINALIZER]);
const trusting = { tenants: { ...DEFAULT_TENANT_POLICY, adoptFromClusters: ['former'] } };

/** The group's new folder with these machines: name, cluster, uid and group of their marks. */
function ownFolderWith(...machines: readonly (readonly [string, string, string, string?])[]) {
  const store = orphanWorld();
  const folder = addFolder(store, 'shop.web');
  for (const [name, cluster, uid, group] of machines)
    addMachine(store, name, folder, marks(name, cluster, uid, 0, group));
  return store;
}

function sorted(
  group: VmGroup,
  ...args: Parameters<typeof found> extends [unknown, infer S, ...infer R] ? [S, ...R] : never
) {
  const orphans = found(group, ...args);
  if (orphans.kind !== 'Restored') return orphans.kind;
  const names = (list: readonly { readonly machine: { readonly name: string } }[]) =>
    list.map(({ machine }) => machine.name);
  return {
    machines: names(orphans.machines),
    refused: names(orphans.refused),
    others: orphans.others.map(({ name }) => name),
  };
}

describe('R1: machines with marks in the folder of the group', () => {
  test('of the group itself are no orphans', () =>
    expect(sorted(restored, ownFolderWith(['own', CLUSTER_ID, GROUP_UID]))).toBe('None'));

  test('of a former group of that name are, in the order of their names', () => {
    const store = ownFolderWith(['a', CLUSTER_ID, 'gone'], ['c', CLUSTER_ID, 'gone'], ['b', CLUSTER_ID, 'gone']);
    expect(sorted(restored, store)).toEqual({ machines: ['a', 'b', 'c'], refused: [], others: [] });
  });

  test('of a group of this cluster that exists are that group’s', () =>
    expect(sorted(restored, ownFolderWith(['a', CLUSTER_ID, 'living']), { isLiving: () => true })).toBe('None'));

  test('of another cluster are told, whatever group of this cluster has the same uid', () => {
    const store = ownFolderWith(['a', 'former', 'living']);
    const asked = { ...trusting, isLiving: (uid: string) => uid === 'living' };
    expect(sorted(restored, store, asked)).toEqual({ machines: ['a'], refused: [], others: [] });
  });

  test('of another group that is gone are nobody’s to tell', () =>
    expect(sorted(restored, ownFolderWith(['a', CLUSTER_ID, 'gone', 'shop/db']))).toBe('None'));

  test.each<[string, readonly (readonly [string, string, string, string?])[], object]>([
    [
      'one to adopt, and one of another group',
      [
        ['a', 'former', 'x'],
        ['b', 'former', 'x', 'shop/db'],
      ],
      { machines: ['a'], refused: [], others: ['b'] },
    ],
    [
      'one to adopt, and one of a cluster that nobody has named',
      [
        ['a', 'former', 'x'],
        ['b', 'stranger', 'x'],
      ],
      { machines: ['a'], refused: ['b'], others: [] },
    ],
    [
      'one that is refused, and one of another group',
      [
        ['a', 'stranger', 'x'],
        ['b', 'stranger', 'x', 'shop/db'],
      ],
      { machines: [], refused: ['a'], others: ['b'] },
    ],
  ])('are told apart: %s', (_, machines, expected) =>
    expect(sorted(restored, ownFolderWith(...machines), trusting)).toEqual(expected),
  );

  test('of a former group do not matter to a group that is deleted: it creates nothing', () => {
    const { metadata } = restored;
    const deleted = { ...restored, metadata: { ...metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    expect(sorted(deleted, ownFolderWith(['a', CLUSTER_ID, 'gone']))).toBe('None');
  });
});

describe('R1: the folder of the original operator', () => {
  test('is the folder of that name, and neither another folder nor another object', () => {
    const store = orphanWorld();
    addMachine(store, 'web-replica-x', addFolder(store, 'another'));
    const pod = addFolder(store, 'shop-web', undefined, 'VirtualApp');
    addMachine(store, 'web-replica-y', pod);
    expect(found(unanswered, store).kind).toBe('None');
    addMachine(store, 'web-replica-z', addFolder(store, 'shop-web'));
    expect(found(unanswered, store)).toMatchObject({
      kind: 'Legacy',
      machines: [{ machine: { name: 'web-replica-z' } }],
    });
  });

  test('is not renamed while the group has its new folder', () => {
    const store = orphanWorld();
    addFolder(store, 'shop-web');
    expect(found(adopting, store).kind).toBe('Legacy');
    addFolder(store, 'shop.web');
    expect(found(adopting, store).kind).toBe('None');
  });

  test('is not empty with a folder in it, and then nobody knows whose it is', () => {
    const store = orphanWorld();
    addFolder(store, 'kept', addFolder(store, 'shop-web'));
    expect(found(adopting, store).kind).toBe('None');
  });
});
