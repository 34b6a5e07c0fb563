import { describe, expect, test } from 'vitest';
import { type KubernetesObject, ResourceClient } from '../../../src/kubernetes';
import type { ConformanceWorld } from './conformance-world';

const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const signal = new AbortController().signal;

interface Group extends KubernetesObject {
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Who may write the status of an object, and what stays of the one before. */
export function statusConformance(world: () => ConformanceWorld): void {
  describe('a status', () => {
    const clientOf = () => new ResourceClient<Group>(world().direct, GROUPS);
    const make = (namespace: string) =>
      clientOf().create(
        namespace,
        { metadata: { name: 'web' }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' } },
        signal,
      );
    /** Server-side apply, as earlier versions of the operator wrote it. */
    const apply = (namespace: string, metadata: object, status: object) =>
      world().direct.request<Group>(
        {
          method: 'PATCH',
          path: `/apis/${GROUPS.apiVersion}/namespaces/${namespace}/vmgroups/web/status`,
          query: { fieldManager: 'vm-operator', force: true },
          contentType: 'application/apply-patch+yaml',
          body: {
            apiVersion: GROUPS.apiVersion,
            kind: GROUPS.kind,
            metadata: { name: 'web', namespace, ...metadata },
            status,
          },
        },
        signal,
      );

    test('is replaced whole, though it was written by server-side apply before', async () => {
      const namespace = await world().namespace();
      const made = await make(namespace);
      await apply(namespace, {}, { phase: 'PENDING', readyReplicas: 3, lastMessage: 'by an earlier version' });
      const replaced = await clientOf().replaceStatus(made.metadata, { phase: 'RUNNING' }, 'vm-operator', signal);
      expect(replaced.status).toEqual({ phase: 'RUNNING' });
      expect(replaced.metadata).toMatchObject({ uid: made.metadata.uid, generation: 1 });
    });

    test('is written although the spec was changed since the object was read', async () => {
      const namespace = await world().namespace();
      const made = await make(namespace);
      await clientOf().mergePatch(namespace, 'web', { spec: { replicas: 2 } }, signal);
      const told = await clientOf().replaceStatus(made.metadata, { phase: 'RUNNING' }, 'vm-operator', signal);
      expect(told).toMatchObject({ spec: { replicas: 2 }, status: { phase: 'RUNNING' }, metadata: { generation: 2 } });
    });

    test('of a deleted object is refused, and is never written to a new object of its name', async () => {
      const namespace = await world().namespace();
      const { metadata } = await make(namespace);
      const late = () => clientOf().replaceStatus(metadata, { phase: 'RUNNING' }, 'vm-operator', signal);
      await clientOf().delete(namespace, 'web', {}, signal);
      await expect(late()).rejects.toMatchObject({ code: 'NotFound', status: 404 });
      await make(namespace);
      await expect(late()).rejects.toMatchObject({ code: 'Invalid', status: 422 });
      expect(await clientOf().get(namespace, 'web', signal)).not.toHaveProperty('status');
    });

    test('by server-side apply would be written to a new object of its name: the server looks at no uid there', async () => {
      const namespace = await world().namespace();
      const { metadata } = await make(namespace);
      await clientOf().delete(namespace, 'web', {}, signal);
      await make(namespace);
      const { uid, resourceVersion } = metadata;
      expect((await apply(namespace, { uid }, { phase: 'ERROR' })).status).toEqual({ phase: 'ERROR' });
      // It does look at the version; but any change in between is a conflict then.
      await expect(apply(namespace, { resourceVersion }, { phase: 'RUNNING' })).rejects.toMatchObject({
        code: 'Conflict',
        status: 409,
      });
    });

    test('takes no uid from a patch of the object: that one is Invalid', async () => {
      const namespace = await world().namespace();
      const { metadata } = await make(namespace);
      await clientOf().delete(namespace, 'web', {}, signal);
      await make(namespace);
      const patch = { metadata: { uid: metadata.uid, finalizers: ['test.example/a'] } };
      await expect(clientOf().mergePatch(namespace, 'web', patch, signal)).rejects.toMatchObject({
        code: 'Invalid',
        status: 422,
      });
    });
  });
}
