import { describe, expect, test } from 'vitest';
import { aGroup, aReplica, CLUSTER_ID } from '../../../test/support/builders/observation';
import {
  addFolder,
  addMachine,
  found,
  marks,
  orphanWorld,
  planned,
  withAnnotations,
} from '../../../test/support/builders/orphan-world';
import { Mark } from '../../api/ownership';
import { Annotation, FINALIZER } from '../../api/vm-group';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import type { Orphans } from '../model/orphan';
import { orphansMessage } from '../status/orphans-message';

const NAMED = { adoptFromClusters: ['other'] };

describe('a restored cluster, or a group that was deleted and made again', () => {
  const plain = withAnnotations({}, [FINALIZER]);
  const adopting = withAnnotations({ [Annotation.Adopt]: 'Adopt' }, [FINALIZER]);

  function restored(cluster: string, uid: string, inFolder = true): InventoryStore {
    const store = orphanWorld();
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

  describe('R15: machines of another cluster', () => {
    const message = (orphans: Orphans) => (orphans.kind === 'None' ? '' : orphansMessage(orphans));

    test('are left alone whatever the annotation says, until an administrator names that cluster', () => {
      const store = restored('other', 'former');
      const { steps, phase, condition } = planned(adopting, store);
      expect([steps, phase]).toEqual([[], 'ERROR']);
      expect([condition('Stalled'), condition('PlacementReady')]).toEqual(['PlacementNotReady', 'FolderInUse']);
      expect(message(found(adopting, store))).toBe(
        "web-1, web-3 carry this group's name and belong to another cluster (other), whose operator may be alive: once an " +
          'administrator has made sure that it is stopped and started this one with --adopt-from-clusters=other, annotate ' +
          'the group vm.codeconnect.vmworld.com/adopt=Adopt; or =Ignore to make new ones beside them',
      );
    });

    test('are adopted once an administrator has named it, and only those', () => {
      const store = restored('other', 'former');
      const orphans = found(adopting, store, { tenants: NAMED });
      expect(planned(adopting, store, { orphans }).actions).toMatchObject([
        { kind: 'Adopt', slot: { ordinal: 1 }, owner: { cluster: 'other' } },
        { kind: 'Adopt', slot: { ordinal: 3 } },
      ]);
      const third = restored('third', 'former');
      expect(found(adopting, third, { tenants: NAMED })).toMatchObject({ machines: [], refused: [{}, {}] });
    });

    test('with Ignore replicas are made beside them', () => {
      const ignoring = withAnnotations({ [Annotation.Adopt]: 'Ignore' }, [FINALIZER]);
      expect(planned(ignoring, restored('other', 'former')).steps).toEqual(['Clone', 'Clone']);
    });
  });

  test('R15: machines of a group of this cluster that exists are never orphans, wherever they lie', () => {
    const store = restored(CLUSTER_ID, 'of-another');
    expect(found(adopting, store).kind).toBe('Restored');
    expect(found(adopting, store, { isLiving: (uid) => uid === 'of-another' }).kind).toBe('None');
  });

  test('machines in our folder of another group in another cluster must be moved out, and are never adopted', () => {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop.web');
    addMachine(store, 'db-1', folder, marks('db-1', 'other', 'db', 0, 'shop/db'));
    const { steps, condition } = planned(adopting, store);
    expect([steps, condition('PlacementReady')]).toEqual([[], 'FolderInUse']);
    const orphans = found(adopting, store);
    expect(orphans.kind === 'None' ? '' : orphansMessage(orphans)).toContain('move db-1 out of it');
  });

  test('a machine with marks that a person copied by cloning stops nothing', () => {
    const store = orphanWorld();
    const folder = addFolder(store, 'shop.web');
    addMachine(store, 'copy', folder, { ...marks('original', 'other', 'former'), [Mark.Group]: 'shop/web' });
    addMachine(store, 'template', folder, {}, true);
    expect(found(plain, store).kind).toBe('None');
  });
});
