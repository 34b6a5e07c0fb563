/** Who may write the status of an object, and what is kept of the one before. */
import { describe, expect, test } from 'vitest';
import { type ConformanceStage, forever, GROUPS, type Group } from './conformance-stage';

export function statusConformance(stage: ConformanceStage): void {
  const make = (namespace: string) =>
    stage.groups.create(
      namespace,
      { metadata: { name: 'web' }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' } },
      forever,
    );

  /** Server-side apply, as earlier versions of the operator wrote it. */
  const apply = (namespace: string, metadata: object, status: object) => {
    const { apiVersion, kind } = GROUPS;
    const request = {
      method: 'PATCH' as const,
      path: `/apis/${apiVersion}/namespaces/${namespace}/vmgroups/web/status`,
      query: { fieldManager: 'vm-operator', force: true },
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion, kind, metadata: { name: 'web', namespace, ...metadata }, status },
    };
    return stage.world.direct.request<Group>(request, forever);
  };

  /** A group of today that has the name of one that was deleted. Returns what was known of that one. */
  async function aSuccessor() {
    const namespace = await stage.world.namespace();
    const { metadata } = await make(namespace);
    await stage.groups.delete(namespace, 'web', {}, forever);
    await make(namespace);
    return { namespace, metadata };
  }

  describe('a status', () => {
    test('is replaced whole, also where server-side apply wrote it before', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await make(namespace);
      await apply(namespace, {}, { phase: 'PENDING', readyReplicas: 3, lastMessage: 'by an earlier version' });
      const replaced = await stage.groups.replaceStatus(metadata, { phase: 'RUNNING' }, 'vm-operator', forever);
      expect(replaced.status).toEqual({ phase: 'RUNNING' });
      expect(replaced.metadata).toMatchObject({ uid: metadata.uid, generation: 1 });
    });

    test('is written without a conflict when the spec has changed since the object was read', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await make(namespace);
      await stage.groups.mergePatch(namespace, 'web', { spec: { replicas: 2 } }, forever);
      const written = await stage.groups.replaceStatus(metadata, { phase: 'RUNNING' }, 'vm-operator', forever);
      expect(written).toMatchObject({
        spec: { replicas: 2 },
        status: { phase: 'RUNNING' },
        metadata: { generation: 2 },
      });
    });

    test('is refused when the object was changed since it was read, if its writer wants that', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await make(namespace);
      const { resourceVersion: unchangedSince } = metadata;
      const first = { ...metadata, unchangedSince };
      const { metadata: next } = await stage.groups.replaceStatus(first, { phase: 'PENDING' }, 'vm-operator', forever);
      const late = stage.groups.replaceStatus(first, { phase: 'RUNNING' }, 'vm-operator', forever);
      await expect(late).rejects.toMatchObject({ code: 'Invalid', status: 422 });
      expect(await stage.groups.get(namespace, 'web', forever)).toMatchObject({ status: { phase: 'PENDING' } });
      const again = { ...metadata, unchangedSince: next.resourceVersion };
      const written = await stage.groups.replaceStatus(again, { phase: 'RUNNING' }, 'vm-operator', forever);
      expect(written.status).toEqual({ phase: 'RUNNING' });
    });

    test('is refused when the object was deleted', async () => {
      const namespace = await stage.world.namespace();
      const { metadata } = await make(namespace);
      await stage.groups.delete(namespace, 'web', {}, forever);
      const late = stage.groups.replaceStatus(metadata, { phase: 'RUNNING' }, 'vm-operator', forever);
      await expect(late).rejects.toMatchObject({ code: 'NotFound', status: 404 });
    });

    test('is refused when a new object has the name', async () => {
      const { namespace, metadata } = await aSuccessor();
      const late = stage.groups.replaceStatus(metadata, { phase: 'RUNNING' }, 'vm-operator', forever);
      await expect(late).rejects.toMatchObject({ code: 'Invalid', status: 422 });
      expect(await stage.groups.get(namespace, 'web', forever)).not.toHaveProperty('status');
    });

    test('that is applied is written to a new object of the name: the server does not compare the uid there', async () => {
      const { namespace, metadata } = await aSuccessor();
      const { uid, resourceVersion } = metadata;
      expect((await apply(namespace, { uid }, { phase: 'ERROR' })).status).toEqual({ phase: 'ERROR' });
      const stale = apply(namespace, { resourceVersion }, { phase: 'RUNNING' });
      await expect(stale).rejects.toMatchObject({ code: 'Conflict', status: 409 });
    });
  });

  test('a merge patch of an object with another uid is Invalid', async () => {
    const { namespace, metadata } = await aSuccessor();
    const patch = { metadata: { uid: metadata.uid, finalizers: ['test.example/a'] } };
    const late = stage.groups.mergePatch(namespace, 'web', patch, forever);
    await expect(late).rejects.toMatchObject({ code: 'Invalid', status: 422 });
  });
}
