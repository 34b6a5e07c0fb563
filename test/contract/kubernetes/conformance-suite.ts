import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Change,
  compareResourceVersions,
  type KubernetesObject,
  LeaderElector,
  Reflector,
  ResourceClient,
  type WatchEvent,
} from '../../../src/kubernetes';
import { seededRandom } from '../../../src/time/random';
import type { ConformanceWorld, Trouble } from './conformance-world';

const LEASES = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', plural: 'leases' };
const GROUPS = { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VmGroup', plural: 'vmgroups' };
const signal = new AbortController().signal;

interface Group extends KubernetesObject {
  readonly spec: { readonly replicas: number };
  readonly status?: { readonly phase?: string; readonly readyReplicas?: number };
}

const aGroup = (name: string) => ({ metadata: { name }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' } });
const withValue = (value: number) => ({ metadata: { labels: { value: String(value) } } });

/** What src/kubernetes and the operator lean on. The same against kube-apiserver and against the model of the simulation. */
export function apiServerConformance(name: string, open: () => Promise<ConformanceWorld>): void {
  describe(name, () => {
    let world: ConformanceWorld;
    let direct: ResourceClient<KubernetesObject>;
    let groups: ResourceClient<Group>;

    beforeAll(async () => {
      world = await open();
      direct = new ResourceClient(world.direct, LEASES);
      groups = new ResourceClient<Group>(world.direct, GROUPS);
    });
    afterAll(() => world?.close());

    const put = (namespace: string, key: string, value: number) =>
      direct
        .create(namespace, { metadata: { name: key, labels: { value: String(value) } } }, signal)
        .catch(() => direct.mergePatch(namespace, key, withValue(value), signal));

    /** A synced reflector through the faults; it ends with the callback. */
    async function reflecting(
      work: (seen: {
        readonly namespace: string;
        readonly reflector: Reflector<KubernetesObject>;
        readonly changes: Change<KubernetesObject>[];
        values(): Record<string, string | undefined>;
      }) => Promise<void>,
    ): Promise<void> {
      const namespace = await world.namespace();
      await put(namespace, 'before', 1);
      const { clock } = world;
      const client = new ResourceClient(world.server, LEASES);
      const reflector = new Reflector({ client, namespaces: [namespace], clock, random: seededRandom(1) });
      const changes: Change<KubernetesObject>[] = [];
      reflector.onChange((change) => changes.push(change));
      const stop = new AbortController();
      const running = reflector.run(stop.signal);
      const values = () =>
        Object.fromEntries([...reflector.store.list()].map(({ metadata }) => [metadata.name, metadata.labels?.value]));
      try {
        await world.settled(reflector.whenSynced(signal));
        await work({ namespace, reflector, changes, values });
      } finally {
        stop.abort(new Error('the test is over'));
        await world.settled(running);
      }
    }

    describe('objects', () => {
      test('are made once, changed by whoever saw their last version, and gone only once', async () => {
        const namespace = await world.namespace();
        const made = await groups.create(namespace, aGroup('one'), signal);
        expect(made.metadata).toMatchObject({ name: 'one', namespace, generation: 1 });
        await expect(groups.create(namespace, aGroup('one'), signal)).rejects.toMatchObject({ code: 'AlreadyExists' });
        const changed = await groups.mergePatch(namespace, 'one', { spec: { replicas: 2 } }, signal);
        expect(changed.metadata.generation).toBe(2);
        expect(compareResourceVersions(changed.metadata.resourceVersion, made.metadata.resourceVersion)).toBe(1);
        const { resourceVersion } = made.metadata;
        const stale = groups.mergePatch(
          namespace,
          'one',
          { metadata: { resourceVersion, finalizers: ['a/b'] } },
          signal,
        );
        await expect(stale).rejects.toMatchObject({ code: 'Conflict', status: 409 });
        await expect(groups.delete(namespace, 'one', { uid: 'other' }, signal)).rejects.toMatchObject({
          code: 'Conflict',
        });
        await groups.delete(namespace, 'one', { uid: made.metadata.uid }, signal);
        await expect(groups.get(namespace, 'one', signal)).rejects.toMatchObject({ code: 'NotFound', status: 404 });
      });

      test('with a finalizer stay until it is taken off', async () => {
        const namespace = await world.namespace();
        const group = { ...aGroup('kept'), metadata: { name: 'kept', finalizers: ['test.example/a'] } };
        await groups.create(namespace, group, signal);
        await groups.delete(namespace, 'kept', {}, signal);
        const dying = await groups.get(namespace, 'kept', signal);
        expect(dying.metadata.deletionTimestamp).toBeDefined();
        const { resourceVersion, uid } = dying.metadata;
        await groups.mergePatch(namespace, 'kept', { metadata: { resourceVersion, uid, finalizers: [] } }, signal);
        await expect(groups.get(namespace, 'kept', signal)).rejects.toMatchObject({ code: 'NotFound' });
      });

      test('keep their version under a write that changes nothing, and their generation under a status', async () => {
        const namespace = await world.namespace();
        const made = await groups.create(namespace, aGroup('same'), signal);
        const same = await groups.mergePatch(namespace, 'same', { spec: { replicas: 1 } }, signal);
        expect(same.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
        const status = { phase: 'PENDING', readyReplicas: 1 };
        const told = await groups.applyStatus(namespace, 'same', status, 'tester', signal);
        expect(told.metadata.generation).toBe(1);
        const again = await groups.applyStatus(namespace, 'same', status, 'tester', signal);
        expect(again.metadata.resourceVersion).toBe(told.metadata.resourceVersion);
        const less = await groups.applyStatus(namespace, 'same', { phase: 'RUNNING' }, 'tester', signal);
        expect(less.status).toEqual({ phase: 'RUNNING' });
      });

      test('a status never brings a deleted object back', async () => {
        const namespace = await world.namespace();
        const late = groups.applyStatus(namespace, 'nobody', { phase: 'ERROR' }, 'tester', signal);
        await expect(late).rejects.toMatchObject({ code: 'NotFound' });
      });

      test('come in pages of one moment, in the order of their names', async () => {
        const namespace = await world.namespace();
        for (const key of ['e', 'd', 'c', 'b', 'a']) await put(namespace, key, 1);
        const names: string[] = [];
        let token: string | undefined;
        do {
          const page = await direct.list({ namespace, limit: 2, continue: token }, signal);
          names.push(...page.items.map(({ metadata }) => metadata.name));
          token = page.metadata.continue || undefined;
        } while (token !== undefined);
        expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
      });
    });

    describe('a watch', () => {
      test('tells everything after a version, in order, deletions with a version of their own', async () => {
        const namespace = await world.namespace();
        const { metadata } = await direct.list({ namespace }, signal);
        await put(namespace, 'a', 1);
        await put(namespace, 'a', 2);
        await direct.delete(namespace, 'a', {}, signal);
        const watch = direct.watch(
          { namespace, resourceVersion: metadata.resourceVersion, timeoutSeconds: 60 },
          signal,
        );
        const events: WatchEvent<KubernetesObject>[] = [];
        while (events.length < 3) {
          const { value, done } = await world.settled(watch.next());
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

      test('from a forgotten version is Expired', async () => {
        const namespace = await world.namespace();
        const { metadata } = await direct.create(namespace, { metadata: { name: 'old' } }, signal);
        await world.compact();
        const { resourceVersion } = metadata;
        const watch = direct.watch(
          { namespace, resourceVersion: String(Number(resourceVersion) - 1), timeoutSeconds: 5 },
          signal,
        );
        await expect(world.settled(watch.next())).rejects.toMatchObject({ code: 'Expired', status: 410 });
      });
    });

    describe('a reflector catches up', () => {
      const answers: readonly (readonly [string, Trouble])[] = [
        ['429 with Retry-After', { kind: 'Answer', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 1 }],
        ['500', { kind: 'Answer', status: 500, reason: 'InternalError' }],
        ['503', { kind: 'Answer', status: 503, reason: 'ServiceUnavailable' }],
        ['410', { kind: 'Answer', status: 410, reason: 'Expired' }],
        ['403', { kind: 'Answer', status: 403, reason: 'Forbidden' }],
        ['resets', { kind: 'Reset' }],
        ['lost replies', { kind: 'LostReply' }],
        ['slow bodies', { kind: 'Slow' }],
      ];
      test.each(answers)('after %s', async (_, trouble) => {
        await reflecting(async ({ namespace, values }) => {
          const heal = world.disturb(['List', 'Watch'], trouble);
          // Counted from before the reset: a slow answer to the very next request is all the trouble there is.
          const sent = world.sent;
          world.reset();
          await put(namespace, 'during', 2);
          await direct.delete(namespace, 'before', {}, signal);
          await world.until('it has met the trouble', () => world.sent > sent);
          heal();
          await put(namespace, 'after', 3);
          await world.until('it knows all', () => values().after === '3');
          expect(values()).toEqual({ during: '2', after: '3' });
        });
      });

      test('after connections that were refused, without telling a change twice', async () => {
        await reflecting(async ({ namespace, reflector, changes, values }) => {
          const heal = world.refuse();
          await put(namespace, 'during', 2);
          await world.until('the trouble is noticed', () => reflector.readError !== undefined);
          heal();
          await world.until('it knows all', () => values().during === '2');
          await world.until('the trouble is over', () => reflector.readError === undefined);
          expect(changes.map(({ key }) => key.split('/')[1])).toEqual(['before', 'during']);
        });
      });

      test('after the way was silent for a while', async () => {
        await reflecting(async ({ namespace, values }) => {
          const heal = world.hang();
          await put(namespace, 'during', 2);
          heal();
          await world.until('it knows all', () => values().during === '2');
        });
      });

      test('after its version was compacted away, telling only the differences', async () => {
        await reflecting(async ({ namespace, changes, values }) => {
          await put(namespace, 'same', 5);
          await world.until('it knows', () => values().same === '5');
          const heal = world.refuse();
          await put(namespace, 'during', 2);
          await direct.delete(namespace, 'before', {}, signal);
          await world.compact();
          heal();
          await world.until('it knows all', () => values().during === '2');
          expect(values()).toEqual({ same: '5', during: '2' });
          expect(changes.filter(({ key }) => key.endsWith('/same'))).toHaveLength(1);
        });
      });

      test('within two seconds of a server that is back', async () => {
        await reflecting(async ({ namespace, values }) => {
          await world.restart();
          const startMs = world.clock.monotonicMs();
          await put(namespace, 'restarted', 7);
          await world.until('it knows', () => values().restarted === '7');
          // The claim is 2 s; two busy cores get a little more.
          expect(world.clock.monotonicMs() - startMs).toBeLessThan(3_000);
        });
      });
    });

    describe('a client', () => {
      test('learns reason, code and how long to stay away', async () => {
        const client = new ResourceClient(world.server, LEASES);
        const namespace = await world.namespace();
        const trouble = { kind: 'Answer', status: 429, reason: 'TooManyRequests', retryAfterSeconds: 7 } as const;
        const heal = world.disturb(['Read'], trouble);
        const refused = client.get(namespace, 'x', signal);
        await expect(world.settled(refused)).rejects.toMatchObject({
          code: 'TooManyRequests',
          status: 429,
          retryAfterMs: 7_000,
        });
        heal();
        await expect(world.settled(client.get(namespace, 'x', signal))).rejects.toMatchObject({ code: 'NotFound' });
      });

      test('whose reply is lost is told so, and finds its write done', async () => {
        const client = new ResourceClient(world.server, LEASES);
        const namespace = await world.namespace();
        const heal = world.disturb(['Write'], { kind: 'LostReply' });
        const lost = client.create(namespace, { metadata: { name: 'x' } }, signal);
        await expect(world.settled(lost)).rejects.toMatchObject({ code: 'Unreachable' });
        heal();
        const again = client.create(namespace, { metadata: { name: 'x' } }, signal);
        await expect(world.settled(again)).rejects.toMatchObject({ code: 'AlreadyExists' });
      });

      test('gives up on a silent server after its timeout, and goes on once it answers', async () => {
        const namespace = await world.namespace();
        const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/x`;
        await expect(world.settled(world.server.request({ method: 'GET', path }, signal))).rejects.toMatchObject({
          code: 'NotFound',
        });
        const heal = world.hang();
        const silent = world.server.request({ method: 'GET', path, timeoutMs: 500 }, signal);
        await expect(world.settled(silent)).rejects.toMatchObject({ code: 'Timeout' });
        heal();
        await expect(world.settled(world.server.request({ method: 'GET', path }, signal))).rejects.toMatchObject({
          code: 'NotFound',
        });
      });
    });

    test('a lease goes from one holder to the next, and neither can write over the other', async () => {
      const namespace = await world.namespace();
      const { clock } = world;
      const timings = { leaseDurationMs: 2_000, renewDeadlineMs: 1_500, retryPeriodMs: 300 };
      const elector = (identity: string) =>
        new LeaderElector({
          server: world.server,
          namespace,
          name: 'it',
          identity,
          timings,
          clock,
          random: seededRandom(1),
        });
      const [first, second] = [elector('first'), elector('second')];
      await world.settled(first.acquire(signal));
      const stop = new AbortController();
      const keeping = first.renew(stop.signal).catch(() => undefined);
      const waiting = second.acquire(signal);
      await world.until('the second knows the first', () => second.holder === 'first');
      expect([first.mayMutate(), second.mayMutate()]).toEqual([true, false]);
      stop.abort(new Error('leaving'));
      await world.settled(keeping);
      await world.settled(first.release(signal));
      await world.settled(waiting);
      expect([first.mayMutate(), second.mayMutate()]).toEqual([false, true]);
      expect(
        await world.direct.request(
          { method: 'GET', path: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/it` },
          signal,
        ),
      ).toMatchObject({ spec: { holderIdentity: 'second', leaseDurationSeconds: 2, leaseTransitions: 1 } });
    });
  });
}
