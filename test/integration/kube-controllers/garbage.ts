/** What the garbage collector does with groups that others own, and with what groups own. */
import { describe, expect, test } from 'vitest';
import { applyObject } from '../vcenter-manifests';
import type { ControlledCluster } from './world';

const NAMESPACE = 'owned';
const GROUP = 'vm.codeconnect.vmworld.com/v1alpha1';
const where = ['-n', NAMESPACE];

export function testGarbageCollection(cluster: () => ControlledCluster): void {
  /** The uid of the object. */
  const uidOf = (kind: string, name: string) =>
    cluster().here.run('get', kind, name, ...where, '-o', 'jsonpath={.metadata.uid}');

  const idsOf = async (name: string) => (await cluster().machinesOf(`${NAMESPACE}/${name}`)).map(({ id }) => id);

  /** A ConfigMap, which something else may own. */
  const addConfigMap = (name: string, owners: readonly object[] = []) =>
    applyObject(cluster().here, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: NAMESPACE, ownerReferences: owners },
    });

  /** A group with one machine, which the object owns. */
  async function addOwned(name: string, owner: { apiVersion: string; kind: string; name: string; uid: string }) {
    const ownerReferences = [{ ...owner, blockOwnerDeletion: true }];
    await applyObject(cluster().here, {
      apiVersion: GROUP,
      kind: 'VmGroup',
      metadata: { name, namespace: NAMESPACE, ownerReferences },
      spec: { cpu: 1, memory: 1, replicas: 1, template: 'vm-operator-template' },
    });
  }

  /** A ConfigMap, and a group of that name that it owns. Its machine runs. */
  async function addPair(name: string): Promise<void> {
    await addConfigMap(name);
    await addOwned(name, { apiVersion: 'v1', kind: 'ConfigMap', name, uid: await uidOf('configmap', name) });
    await cluster().untilReady(NAMESPACE, name);
  }

  describe('garbage collection', () => {
    test('of a group whose owner is deleted takes its machines, in the foreground before the owner, and orphans none', async () => {
      const world = cluster();
      const { here } = world;
      await world.served(NAMESPACE);
      await Promise.all(['background', 'foreground', 'orphan'].map(addPair));
      const [orphan] = await idsOf('orphan');
      const complaints = world.complaints();
      await here.run('delete', 'configmap', 'foreground', '--cascade=foreground', '--timeout=60s', ...where);
      expect(await idsOf('foreground')).toEqual([]);
      await here.run('delete', 'configmap', 'background', '--cascade=background', ...where);
      await here.run('delete', 'configmap', 'orphan', '--cascade=orphan', '--timeout=60s', ...where);
      await here.run('wait', '--for=delete', 'vg/background', '--timeout=60s', ...where);
      expect(await idsOf('background')).toEqual([]);
      const { metadata, status } = JSON.parse(await here.run('get', 'vg', 'orphan', '-o', 'json', ...where));
      expect([metadata.ownerReferences, metadata.deletionTimestamp, status.phase]).toEqual([
        undefined,
        undefined,
        'RUNNING',
      ]);
      expect(await idsOf('orphan')).toEqual([orphan]);
      expect(complaints()).toEqual([]);
    });

    test('of what a group owns goes with the group or leaves it, and its machines are destroyed either way', async () => {
      const world = cluster();
      const { here } = world;
      await world.served(NAMESPACE);
      for (const name of ['first', 'second']) {
        await here.applyIn(NAMESPACE, name, {});
        const uid = await uidOf('vg', name);
        await addConfigMap(`of-${name}`, [{ apiVersion: GROUP, kind: 'VmGroup', name, uid, blockOwnerDeletion: true }]);
      }
      await world.untilReady(NAMESPACE, 'first', 'second');
      const complaints = world.complaints();
      await here.run('delete', 'vg', 'first', '--cascade=foreground', '--timeout=60s', ...where);
      await here.run('delete', 'vg', 'second', '--cascade=orphan', '--timeout=60s', ...where);
      const left = JSON.parse(await here.run('get', 'configmap', 'of-second', '-o', 'json', ...where));
      expect(left.metadata.ownerReferences).toBeUndefined();
      expect(await here.run('get', 'configmap', 'of-first', '--ignore-not-found', ...where)).toBe('');
      expect([await idsOf('first'), await idsOf('second')]).toEqual([[], []]);
      expect(complaints()).toEqual([]);
    });

    test('takes a group whose owner exists no more, such as one that was restored with the uid of the former owner', async () => {
      const world = cluster();
      const { here } = world;
      await world.served(NAMESPACE);
      await addConfigMap('restored');
      const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'restored' };
      await addOwned('restored', { ...owner, uid: '00000000-0000-4000-8000-000000000000' });
      await here.run('wait', '--for=delete', 'vg/restored', '--timeout=60s', ...where);
      expect(await idsOf('restored')).toEqual([]);
    });
  });
}
