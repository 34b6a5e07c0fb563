import { describe, expect, test } from 'vitest';
import { aGroup, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import {
  addFolder,
  addMachine,
  found,
  marks,
  orphanWorld,
  planned,
  withAnnotations,
} from '../../../test/support/builders/orphan-world';
import { revisionOf } from '../../api/identity';
import { Annotation, FINALIZER, type VmGroup } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import { orphansMessage } from '../status/orphans-message';

describe('machines of the original operator', () => {
  function legacyWorld(): InventoryStore {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop-web');
    addMachine(store, 'web-replica-b', folder);
    addMachine(store, 'web-replica-a', folder);
    return store;
  }
  const unanswered = withAnnotations({});
  const adopting = withAnnotations({ [Annotation.Legacy]: 'Adopt' });

  test('no replica is created until a person has decided what happens to them', () => {
    const { steps, phase, condition } = planned(unanswered, legacyWorld());
    expect([steps, phase]).toEqual([[], 'ERROR']);
    expect([condition('Stalled'), condition('PlacementReady')]).toEqual(['LegacyFolderFound', 'LegacyFolderFound']);
    const orphans = found(unanswered, legacyWorld());
    expect(orphans.kind === 'None' ? '' : orphansMessage(orphans)).toBe(
      "the original operator's folder /dc/vm/vm-operator/shop-web holds 2 machines of this group: annotate the group " +
        'vm.codeconnect.vmworld.com/legacy=Adopt to take them over, or =Ignore to make new ones beside them',
    );
  });

  test('Adopt: each gets a slot of the current revision, in the order of their names', () => {
    const { actions } = planned(adopting, legacyWorld());
    const revision = revisionOf(adopting.spec);
    expect(actions).toMatchObject([
      { kind: 'Adopt', machine: { name: 'web-replica-a' }, slot: { ordinal: 0, revision }, owner: undefined },
      { kind: 'Adopt', machine: { name: 'web-replica-b' }, slot: { ordinal: 1, revision }, owner: undefined },
    ]);
  });

  test('R7: after a crash half-way the adopted machines keep their slots, the rest gets the next ones', () => {
    const store = legacyWorld();
    addMachine(
      store,
      'web-replica-a',
      { type: 'Folder', value: 'shop-web' },
      {
        ...marks('web-replica-a', CLUSTER_ID, aGroup().metadata.uid),
      },
    );
    const replicas = [aReplica(adopting, { ordinal: 0 })];
    const { actions } = planned(adopting, store, { replicas });
    expect(actions).toMatchObject([{ kind: 'Adopt', machine: { name: 'web-replica-b' }, slot: { ordinal: 1 } }]);
  });

  test('an adoption that is in flight is not repeated, and its slot is taken', () => {
    const machine = { type: 'VirtualMachine', value: 'web-replica-a' };
    const slot = { ordinal: 0, revision: revisionOf(adopting.spec) };
    const { actions } = planned(adopting, legacyWorld(), { inFlight: [anOperation('Adopt', { machine, slot })] });
    expect(actions).toMatchObject([{ kind: 'Adopt', machine: { name: 'web-replica-b' }, slot: { ordinal: 1 } }]);
  });

  test('the folder is renamed once all machines are ours, and only then replicas are created', () => {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop-web');
    for (const [ordinal, name] of ['web-replica-a', 'web-replica-b'].entries()) {
      addMachine(store, name, folder, marks(name, CLUSTER_ID, aGroup().metadata.uid, ordinal));
    }
    const replicas = [0, 1].map((ordinal) => aReplica(adopting, { ordinal }));
    expect(planned(adopting, store, { replicas }).actions).toEqual([
      { kind: 'RenameFolder', folder, name: 'shop.web', replicas: replicas.map(({ machine }) => machine.ref) },
    ]);
    store.apply(folder, [{ path: 'name', value: 'shop.web' }]);
    expect(planned(adopting, store, { replicas }).steps).toEqual([]);
  });

  test.each([
    ['Ignore', withAnnotations({ [Annotation.Legacy]: 'Ignore' })],
    ["no finalizer of the original, so the folder is somebody else's", withAnnotations({}, [FINALIZER])],
  ])('%s: none of our business', (_what, group) => {
    expect(found(group, legacyWorld()).kind).toBe('None');
  });

  test('a folder without machines of this group stops nothing', () => {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop-web');
    expect(found(unanswered, store).kind).toBe('None');
    addMachine(store, 'pet', folder);
    addMachine(store, 'web-replica-t', folder, {}, true);
    expect(found(unanswered, store).kind).toBe('None');
    addMachine(store, 'web-replica-a', folder);
    expect(found(unanswered, store).kind).toBe('Legacy');
  });

  test('a machine whose host is down is adopted when the host is back', () => {
    const store = legacyWorld();
    store.apply({ type: 'VirtualMachine', value: 'web-replica-a' }, [
      { path: 'runtime.connectionState', value: 'disconnected' },
    ]);
    expect(planned(adopting, store).actions).toMatchObject([{ kind: 'Adopt', machine: { name: 'web-replica-b' } }]);
  });

  test('R1: an empty folder under a folder that the spec names is not renamed: it may be that of anybody', () => {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop-web');
    expect(found(adopting, store).kind).toBe('Legacy');
    expect(found(adopting, store, {}, false).kind).toBe('None');
    addMachine(store, 'web-replica-a', folder, marks('web-replica-a', CLUSTER_ID, aGroup().metadata.uid));
    expect(found(adopting, store, {}, false).kind).toBe('Legacy');
  });

  test('R15: the folder of another group is not renamed, though the names of both make the same name', () => {
    // As a-b-c is the folder of a/b-c and of a-b/c: this one holds a machine of another group.
    const store = orphanWorld();
    const folder = addFolder(store, 'shop-web');
    addMachine(store, 'c-replica-a', folder);
    expect(found(adopting, store).kind).toBe('None');
    expect(planned(adopting, store).steps).not.toContain('RenameFolder');
  });

  test('a paused group adopts nothing', () => {
    expect(planned({ ...adopting, spec: { ...adopting.spec, paused: true } }, legacyWorld()).steps).toEqual([]);
  });

  describe('of a group that is deleted', () => {
    const deleted = (annotations: Record<string, string>, finalizers?: string[]): VmGroup => {
      const group = withAnnotations(annotations, finalizers);
      return { ...group, metadata: { ...group.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } };
    };

    test('are not left without a word: it waits for an answer, and says so', () => {
      const { steps, condition } = planned(deleted({}), legacyWorld());
      expect(steps).toEqual([]);
      expect(condition('Deleting')).toBe('LegacyFolderFound');
      expect(condition('Stalled')).toBe('LegacyFolderFound');
    });

    test('are taken over with Adopt, to be destroyed with it', () => {
      expect(planned(deleted({ [Annotation.Legacy]: 'Adopt' }), legacyWorld()).steps).toContain('Adopt');
    });

    test('are left with Ignore, and with deletionPolicy Orphan', () => {
      const folder = { kind: 'Missing' } as const;
      expect(planned(deleted({ [Annotation.Legacy]: 'Ignore' }), legacyWorld(), { folder }).steps).toEqual([
        'RemoveFinalizer',
      ]);
      const orphaning = deleted({});
      const spec = { ...orphaning.spec, deletionPolicy: 'Orphan' as const };
      expect(planned({ ...orphaning, spec }, legacyWorld(), { folder }).steps).toEqual(['RemoveFinalizer']);
    });
  });
});
