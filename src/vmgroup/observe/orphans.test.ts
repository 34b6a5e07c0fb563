import { describe, expect, test } from 'vitest';
import { aGroup, anObservation, anOperation, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { Mark, marksFor } from '../../api/ownership';
import { Annotation, FINALIZER, ORIGINAL_FINALIZER, type VmGroup } from '../../api/vm-group';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../vsphere/port';
import type { GroupFolder, Observation } from '../model/observation';
import type { Orphans } from '../model/orphan';
import { plan } from '../plan/plan';
import { orphansMessage } from '../status/orphans-message';
import { statusOf } from '../status/status';
import { findOrphans } from './orphans';

const PARENT = { type: 'Folder', value: 'vm-operator' };

function aWorld(): InventoryStore {
  const store = new InventoryStore();
  addFolder(store, 'dc', { type: 'Folder', value: 'root' }, 'Datacenter');
  addFolder(store, 'vm', { type: 'Datacenter', value: 'dc' });
  addFolder(store, 'vm-operator', { type: 'Folder', value: 'vm' });
  return store;
}

function addFolder(store: InventoryStore, name: string, parent = PARENT, type = 'Folder'): ManagedObjectReference {
  const ref = { type, value: name };
  store.apply(ref, [
    { path: 'name', value: name },
    { path: 'parent', value: parent },
  ]);
  return ref;
}

function addMachine(
  store: InventoryStore,
  name: string,
  parent: ManagedObjectReference,
  extraConfig: Readonly<Record<string, string>> = {},
  isTemplate = false,
): void {
  store.apply({ type: 'VirtualMachine', value: name }, [
    { path: 'name', value: name },
    { path: 'parent', value: parent },
    { path: 'config.template', value: isTemplate },
    { path: 'config.instanceUuid', value: `uuid-of-${name}` },
    ...Object.entries(extraConfig).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
  ]);
}

/** Marks of a machine of this name. */
const marks = (name: string, cluster: string, groupUid: string, ordinal = 0, group = 'shop/web') =>
  marksFor({ cluster, group, groupUid, slot: { ordinal, revision: 'former' } }, `uuid-of-${name}`);

function withAnnotations(annotations: Record<string, string>, finalizers = [FINALIZER, ORIGINAL_FINALIZER]): VmGroup {
  return aGroup({ replicas: 2 }, { metadata: { ...aGroup().metadata, annotations, finalizers } });
}

function found(group: VmGroup, store: InventoryStore): Orphans {
  const { placement } = anObservation(group, within(store));
  return findOrphans({ group, clusterId: CLUSTER_ID, placement, folder: folderOf(store), inventory: store });
}

const folderOf = (store: InventoryStore): GroupFolder => {
  const own = store.entitiesIn(PARENT).find(({ name }) => name === 'shop.web');
  return own ? { kind: 'Found', ref: own.ref, path: store.pathOf(own.ref) } : { kind: 'Missing' };
};

function within(store: InventoryStore): Partial<Observation> {
  const placement = anObservation(aGroup()).placement;
  return {
    placement: { ...placement, parentFolder: { kind: 'Found', ref: PARENT, path: '/dc/vm/vm-operator' } },
    folder: folderOf(store),
  };
}

function planned(group: VmGroup, store: InventoryStore, rest: Partial<Observation> = {}) {
  const observed = anObservation(group, { ...within(store), orphans: found(group, store), ...rest });
  const { actions } = plan(observed);
  const status = statusOf(observed, plan(observed));
  const condition = (type: string) => status?.conditions?.find((candidate) => candidate.type === type)?.reason;
  return { actions, steps: actions.map(({ kind }) => kind), phase: status?.phase, condition };
}

describe('machines of the original operator', () => {
  function legacyWorld(): InventoryStore {
    const store = aWorld();
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
    const store = aWorld();
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
    const store = aWorld();
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

describe('a restored cluster, or a group that was deleted and made again', () => {
  const plain = withAnnotations({}, [FINALIZER]);
  const adopting = withAnnotations({ [Annotation.Adopt]: 'Adopt' }, [FINALIZER]);

  function restored(cluster: string, uid: string, inFolder = true): InventoryStore {
    const store = aWorld();
    const folder = addFolder(store, 'shop.web');
    const elsewhere = addFolder(store, 'elsewhere');
    for (const ordinal of [3, 1]) {
      const name = `web-${ordinal}`;
      addMachine(store, name, inFolder ? folder : elsewhere, marks(name, cluster, uid, ordinal));
    }
    return store;
  }

  test('machines of a group of this name with another uid stop creation', () => {
    const store = restored(CLUSTER_ID, 'former');
    const { steps, phase, condition } = planned(plain, store);
    expect([steps, phase]).toEqual([[], 'ERROR']);
    expect([condition('Stalled'), condition('PlacementReady')]).toEqual(['PlacementNotReady', 'FolderInUse']);
  });

  test('machines of another cluster in our folder stop creation, whatever their uid', () => {
    expect(planned(plain, restored('other', aGroup().metadata.uid)).condition('PlacementReady')).toBe('FolderInUse');
    expect(planned(plain, restored('other', 'former')).condition('PlacementReady')).toBe('FolderInUse');
  });

  test('Adopt: each keeps its ordinal and revision', () => {
    expect(planned(adopting, restored(CLUSTER_ID, 'former')).actions).toMatchObject([
      { kind: 'Adopt', slot: { ordinal: 1, revision: 'former' }, owner: { groupUid: 'former' } },
      { kind: 'Adopt', slot: { ordinal: 3, revision: 'former' } },
    ]);
  });

  test('Adopt: a machine whose ordinal is taken gets the lowest free one', () => {
    const replicas = [aReplica(adopting, { ordinal: 1 }), aReplica(adopting, { ordinal: 0 })];
    expect(planned(adopting, restored(CLUSTER_ID, 'former'), { replicas }).actions).toMatchObject([
      { kind: 'Adopt', slot: { ordinal: 2 } },
      { kind: 'Adopt', slot: { ordinal: 3 } },
    ]);
  });

  test('Ignore: replicas are created beside them', () => {
    const ignoring = withAnnotations({ [Annotation.Adopt]: 'Ignore' }, [FINALIZER]);
    expect(planned(ignoring, restored(CLUSTER_ID, 'former')).steps).toEqual(['Clone', 'Clone']);
  });

  test('another cluster may have a group of this name in a folder of its own', () => {
    expect(found(plain, restored('other', 'former', false)).kind).toBe('None');
    expect(found(plain, restored(CLUSTER_ID, 'former', false)).kind).toBe('Restored');
  });

  test('machines in our folder of another group in another cluster must be moved out, and are never adopted', () => {
    const store = aWorld();
    const folder = addFolder(store, 'shop.web');
    addMachine(store, 'db-1', folder, marks('db-1', 'other', 'db', 0, 'shop/db'));
    const { steps, condition } = planned(adopting, store);
    expect([steps, condition('PlacementReady')]).toEqual([[], 'FolderInUse']);
    const orphans = found(adopting, store);
    expect(orphans.kind === 'None' ? '' : orphansMessage(orphans)).toContain('move db-1 out of it');
  });

  test('a machine with marks that a person copied by cloning stops nothing', () => {
    const store = aWorld();
    const folder = addFolder(store, 'shop.web');
    addMachine(store, 'copy', folder, { ...marks('original', 'other', 'former'), [Mark.Group]: 'shop/web' });
    addMachine(store, 'template', folder, {}, true);
    expect(found(plain, store).kind).toBe('None');
  });
});
