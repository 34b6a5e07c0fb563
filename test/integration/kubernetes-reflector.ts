/** How a reflector follows a real API server. */
import { describe, expect, test } from 'vitest';
import {
  type ApiServer,
  type Change,
  isApiError,
  type KubernetesObject,
  Reflector,
  ResourceClient,
} from '../../src/kubernetes';
import { systemClock } from '../../src/time/clock';
import { seededRandom } from '../../src/time/random';
import {
  aGroup,
  CONFIG_MAPS,
  type ConfigMap,
  forever,
  GROUPS,
  type Group,
  inParallel,
  type KubernetesWorld,
  LEASES,
  until,
} from './kubernetes-world';

export function testReflector(worldOf: () => KubernetesWorld): void {
  describe('a reflector', () => {
    test('follows creation, change and deletion, and strips managedFields', async () => {
      const world = worldOf();
      await using watching = await aReflector(world, world.configMaps, 'follow');
      const { metadata } = await world.configMaps.create(
        'follow',
        { metadata: { name: 'a' }, data: { v: '1' } },
        forever,
      );
      await until('a is there', () => watching.reflector.store.get('follow/a')?.data?.v === '1');
      expect(watching.reflector.store.get('follow/a')?.metadata).not.toHaveProperty('managedFields');
      expect(watching.reflector.store.get('follow/a')).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
      await world.configMaps.mergePatch('follow', 'a', { data: { v: '2' } }, forever);
      await until('a is changed', () => watching.reflector.store.get('follow/a')?.data?.v === '2');
      await world.configMaps.delete('follow', 'a', { uid: metadata.uid }, forever);
      await until('a is gone', () => watching.reflector.store.get('follow/a') === undefined);
      expect(watching.story()).toEqual(['+a', '~a', '-a']);
    });

    test('goes on from the last version after a broken connection, without a new list', async () => {
      const world = worldOf();
      const { gate, through } = await world.throughGate();
      const counted = counting(through);
      await using watching = await aReflector(
        world,
        new ResourceClient<ConfigMap>(counted.server, CONFIG_MAPS),
        'resume',
      );
      await world.configMaps.create('resume', { metadata: { name: 'before' } }, forever);
      await until('before is there', () => watching.reflector.store.get('resume/before') !== undefined);
      gate.set('Refuse');
      await world.configMaps.create('resume', { metadata: { name: 'during' } }, forever);
      await world.configMaps.delete('resume', 'before', {}, forever);
      await until('the failure is noticed', () => watching.reflector.readError !== undefined);
      gate.set('Open');
      const startMs = systemClock.monotonicMs();
      await until('during is there', () => watching.reflector.store.get('resume/during') !== undefined);
      expect(systemClock.monotonicMs() - startMs).toBeLessThan(2_000);
      expect(watching.story()).toEqual(['+before', '+during', '-before']);
      expect(counted.lists()).toBe(1);
    });

    test('lists again when its version has expired, and sends only the differences', async () => {
      const world = worldOf();
      const { gate, through } = await world.throughGate();
      const counted = counting(through);
      const leases = new ResourceClient<KubernetesObject>(world.server, LEASES);
      await using watching = await aReflector(
        world,
        new ResourceClient<KubernetesObject>(counted.server, LEASES),
        'expired',
      );
      for (const name of ['gone', 'same', 'changed']) await leases.create('expired', { metadata: { name } }, forever);
      await until('all are there', () => watching.reflector.store.size === 3);
      gate.set('Refuse');
      await leases.delete('expired', 'gone', {}, forever);
      // Later than any version that the reflector can have: once it has expired, that one has expired, too.
      const { metadata } = await leases.create('expired', { metadata: { name: 'fresh' } }, forever);
      await leases.mergePatch('expired', 'changed', { metadata: { labels: { new: 'yes' } } }, forever);
      await until('the history is compacted', async () => {
        const query = { namespace: 'expired', resourceVersion: metadata.resourceVersion, timeoutSeconds: 1 };
        const watch = leases.watch(query, forever);
        return watch.next().then(
          () => watch.return(undefined).then(() => false),
          (error: unknown) => isApiError(error, 'Expired'),
        );
      });
      gate.set('Open');
      await until('fresh is there', () => watching.reflector.store.get('expired/fresh') !== undefined);
      expect(counted.lists()).toBe(2);
      expect(watching.story()).toEqual(['+gone', '+same', '+changed', '-gone', '~changed', '+fresh']);
    });

    test('reads thousands of objects in pages', async ({ annotate }) => {
      const world = worldOf();
      const count = 3_000;
      await world.namespaceOf('many');
      const padding = 'x'.repeat(200);
      await inParallel(16, count, (index) =>
        world.groups.create('many', aGroup(`g-${index}`, { template: `template-${index % 7}-${padding}` }), forever),
      );
      global.gc?.();
      const beforeBytes = process.memoryUsage().heapUsed;
      const counted = counting(world.server);
      const startMs = systemClock.monotonicMs();
      await using watching = await aReflector(world, new ResourceClient<Group>(counted.server, GROUPS), 'many');
      const tookMs = systemClock.monotonicMs() - startMs;
      expect(watching.reflector.store.size).toBe(count);
      // 50, 200, and then 500 each.
      expect(counted.lists()).toBe(8);
      global.gc?.();
      const bytesEach = (process.memoryUsage().heapUsed - beforeBytes) / count;
      await annotate(
        `reflector: ${count} groups in ${Math.round(tookMs)} ms, ${Math.round(bytesEach)} bytes of heap each`,
      );
    });
  });
}

/** A synced reflector of a new namespace; it ends with the test. */
async function aReflector<T extends KubernetesObject>(
  world: KubernetesWorld,
  client: ResourceClient<T>,
  namespace: string,
) {
  if (namespace !== 'many') await world.namespaceOf(namespace);
  const stop = new AbortController();
  const reflector = new Reflector<T>({ client, namespaces: [namespace], clock: systemClock, random: seededRandom(1) });
  const changes: Change<T>[] = [];
  reflector.onChange((change) => changes.push(change));
  const running = reflector.run(stop.signal);
  await reflector.whenSynced(forever);
  const sign = (change: Change<T>) => (change.before === undefined ? '+' : change.after === undefined ? '-' : '~');
  return {
    reflector,
    story: () => changes.map((change) => sign(change) + change.key.split('/')[1]),
    [Symbol.asyncDispose]: async () => {
      stop.abort(new Error('the test is over'));
      await running;
    },
  };
}

/** Counts the pages of lists. A list of one object only asks for the server's version. */
function counting(inner: ApiServer) {
  let lists = 0;
  const counted: ApiServer = {
    server: inner.server,
    close: () => inner.close(),
    request: (request, caller) => {
      if (request.query !== undefined && 'limit' in request.query && request.query.limit !== 1) lists += 1;
      return inner.request(request, caller);
    },
    stream: (request, caller) => inner.stream(request, caller),
  };
  return { server: counted, lists: () => lists };
}
