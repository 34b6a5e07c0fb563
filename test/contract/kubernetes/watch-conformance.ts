/** What an API server sends through a watch. */
import { describe, expect, test } from 'vitest';
import { compareResourceVersions, type KubernetesObject, type WatchEvent } from '../../../src/kubernetes';
import { type ConformanceStage, forever } from './conformance-stage';

export function watchConformance(stage: ConformanceStage): void {
  describe('a watch', () => {
    test('sends all changes after a version, in order, and each deletion has a new version', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await stage.leases.list({ namespace }, forever);
      await stage.put(namespace, 'a', 1);
      await stage.put(namespace, 'a', 2);
      await stage.leases.delete(namespace, 'a', {}, forever);
      const watch = stage.leases.watch(
        { namespace, resourceVersion: metadata.resourceVersion, timeoutSeconds: 60 },
        forever,
      );
      const events: WatchEvent<KubernetesObject>[] = [];
      while (events.length < 3) {
        const { value, done } = await stage.world.ended(watch.next());
        if (done === true) throw new Error('the watch ended');
        if (value.type !== 'BOOKMARK') events.push(value);
      }
      await watch.return(undefined);
      expect(events.map(({ type, object }) => [type, object.metadata.labels?.value])).toEqual([
        ['ADDED', '1'],
        ['MODIFIED', '2'],
        ['DELETED', '2'],
      ]);
      const versions = events.map(({ object }) => object.metadata.resourceVersion);
      expect([...versions].sort((a, b) => compareResourceVersions(a, b) ?? 0)).toEqual(versions);
      expect(new Set(versions).size).toBe(3);
    });

    test('from a compacted version is Expired', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await stage.leases.create(namespace, { metadata: { name: 'old' } }, forever);
      await stage.world.compact();
      const { resourceVersion } = metadata;
      const watch = stage.leases.watch(
        { namespace, resourceVersion: String(Number(resourceVersion) - 1), timeoutSeconds: 5 },
        forever,
      );
      await expect(stage.world.ended(watch.next())).rejects.toMatchObject({ code: 'Expired', status: 410 });
    });
  });
}
