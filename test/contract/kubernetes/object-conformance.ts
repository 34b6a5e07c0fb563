/** How an API server stores objects. */
import { describe, expect, test } from 'vitest';
import { compareResourceVersions } from '../../../src/kubernetes';
import { type ConformanceStage, forever } from './conformance-stage';

const aGroup = (name: string) => ({ metadata: { name }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' } });

export function objectConformance(stage: ConformanceStage): void {
  describe('objects', () => {
    test('are created once, changed only from their last version, and deleted only with their UID', async () => {
      const namespace = await stage.world.namespace();
      const made = await stage.groups.create(namespace, aGroup('one'), forever);
      expect(made.metadata).toMatchObject({ name: 'one', namespace, generation: 1 });
      await expect(stage.groups.create(namespace, aGroup('one'), forever)).rejects.toMatchObject({
        code: 'AlreadyExists',
      });
      const changed = await stage.groups.mergePatch(namespace, 'one', { spec: { replicas: 2 } }, forever);
      expect(changed.metadata.generation).toBe(2);
      expect(compareResourceVersions(changed.metadata.resourceVersion, made.metadata.resourceVersion)).toBe(1);
      const { resourceVersion } = made.metadata;
      const stale = stage.groups.mergePatch(
        namespace,
        'one',
        { metadata: { resourceVersion, finalizers: ['a/b'] } },
        forever,
      );
      await expect(stale).rejects.toMatchObject({ code: 'Conflict', status: 409 });
      await expect(stage.groups.delete(namespace, 'one', { uid: 'other' }, forever)).rejects.toMatchObject({
        code: 'Conflict',
      });
      await stage.groups.delete(namespace, 'one', { uid: made.metadata.uid }, forever);
      await expect(stage.groups.get(namespace, 'one', forever)).rejects.toMatchObject({
        code: 'NotFound',
        status: 404,
      });
    });

    test('with a finalizer stay until it is removed, which is answered with the version before', async () => {
      const namespace = await stage.world.namespace();
      const group = { ...aGroup('kept'), metadata: { name: 'kept', finalizers: ['test.example/a'] } };
      await stage.groups.create(namespace, group, forever);
      await stage.groups.delete(namespace, 'kept', {}, forever);
      const dying = await stage.groups.get(namespace, 'kept', forever);
      expect(dying.metadata.deletionTimestamp).toBeDefined();
      const { resourceVersion, uid } = dying.metadata;
      const end = { metadata: { resourceVersion, uid, finalizers: [] } };
      const { metadata } = await stage.groups.mergePatch(namespace, 'kept', end, forever);
      expect(metadata).toMatchObject({ uid, resourceVersion, deletionTimestamp: dying.metadata.deletionTimestamp });
      expect(metadata.finalizers ?? []).toEqual([]);
      await expect(stage.groups.get(namespace, 'kept', forever)).rejects.toMatchObject({ code: 'NotFound' });
    });

    test('keep their version at a write that changes nothing, and their generation at a write of the status', async () => {
      const namespace = await stage.world.namespace();
      const made = await stage.groups.create(namespace, aGroup('same'), forever);
      const same = await stage.groups.mergePatch(namespace, 'same', { spec: { replicas: 1 } }, forever);
      expect(same.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
      const status = { phase: 'PENDING', readyReplicas: 1 };
      const written = await stage.groups.replaceStatus(made.metadata, status, 'tester', forever);
      expect(written.metadata.generation).toBe(1);
      const again = await stage.groups.replaceStatus(made.metadata, status, 'tester', forever);
      expect(again.metadata.resourceVersion).toBe(written.metadata.resourceVersion);
    });

    test('are listed in pages, in the order of their names', async () => {
      const namespace = await stage.world.namespace();
      for (const key of ['e', 'd', 'c', 'b', 'a']) await stage.put(namespace, key, 1);
      const names: string[] = [];
      let token: string | undefined;
      do {
        const page = await stage.leases.list({ namespace, limit: 2, continue: token }, forever);
        names.push(...page.items.map(({ metadata }) => metadata.name));
        token = page.metadata.continue || undefined;
      } while (token !== undefined);
      expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
    });
  });
}
