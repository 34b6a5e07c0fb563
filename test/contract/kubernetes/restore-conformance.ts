/** What an API server does after its etcd was restored from a snapshot, and how a reflector follows it. */
import { describe, expect, test } from 'vitest';
import {
  compareResourceVersions,
  type KubernetesObject,
  LeaderElector,
  Reflector,
  ResourceClient,
  type WatchEvent,
} from '../../../src/kubernetes';
import { seededRandom } from '../../../src/time/random';
import { type ConformanceStage, forever, GROUPS, type Group } from './conformance-stage';

/** Within so long a process has to know. */
const KNOWN_MS = 30_000;

export function restoreConformance(stage: ConformanceStage): void {
  const make = (namespace: string, name: string) =>
    stage.groups.create(
      namespace,
      { metadata: { name }, spec: { replicas: 1, cpu: 1, memory: 1, template: 'ubuntu' } },
      forever,
    );
  const scale = (namespace: string, name: string, replicas: number) =>
    stage.groups.mergePatch(namespace, name, { spec: { replicas } }, forever);
  const replicasOf = (groups: Iterable<Group>) =>
    Object.fromEntries([...groups].map(({ metadata, spec }) => [metadata.name, spec.replicas]).sort());
  const listed = async (namespace: string) => replicasOf((await stage.groups.list({ namespace }, forever)).items);

  /** Two groups at the time of the snapshot. Since then one was scaled, one deleted and one created. */
  async function aHistory() {
    const namespace = await stage.world.namespace();
    await make(namespace, 'scaled');
    await make(namespace, 'deleted');
    const restore = await stage.world.snapshot();
    await make(namespace, 'late');
    await stage.groups.delete(namespace, 'deleted', {}, forever);
    for (let replicas = 2; replicas <= 40; replicas += 1) await scale(namespace, 'scaled', replicas);
    const { metadata } = await stage.groups.list({ namespace }, forever);
    return { namespace, restore, heldVersion: metadata.resourceVersion };
  }

  /** Reflectors of two processes, of which one leads and the other waits. They end with the callback. */
  async function reflecting(
    namespace: string,
    work: (seen: () => readonly Record<string, number>[]) => Promise<void>,
  ): Promise<void> {
    const { clock, server } = stage.world;
    const stop = new AbortController();
    const running: Promise<unknown>[] = [];
    const electors: LeaderElector[] = [];
    const reflectors = ['one', 'other'].map((identity, index) => {
      const random = seededRandom(index);
      const client = new ResourceClient<Group>(server, GROUPS);
      const reflector = new Reflector({ client, namespaces: [namespace], clock, random });
      const elector = new LeaderElector({ server, namespace: 'default', name: namespace, identity, clock, random });
      electors.push(elector);
      const election = elector.acquire(stop.signal).then(() => elector.renew(stop.signal));
      running.push(
        reflector.run(stop.signal),
        election.catch(() => undefined),
      );
      return reflector;
    });
    try {
      for (const reflector of reflectors) await stage.world.ended(reflector.whenSynced(forever));
      await stage.world.until('both know who leads', () => electors.every(({ holder }) => holder !== ''));
      await work(() => reflectors.map(({ store }) => replicasOf(store.list())));
    } finally {
      stop.abort(new Error('the test is over'));
      await stage.world.ended(Promise.all(running));
    }
  }

  /** Resolves when both processes see that, and checks that it took no longer than promised. */
  async function bothSee(seen: () => readonly Record<string, number>[], groups: Record<string, number>): Promise<void> {
    const startMs = stage.world.clock.monotonicMs();
    await stage.world.until(`both see ${JSON.stringify(groups)}`, () => {
      expect(seen()).toEqual([groups, groups]);
      return true;
    });
    expect(stage.world.clock.monotonicMs() - startMs).toBeLessThan(KNOWN_MS);
  }

  describe('after a restore of etcd', () => {
    test('a watch from a version in the future is accepted, and sends nothing before history has passed it', async () => {
      const { namespace, restore, heldVersion } = await aHistory();
      await restore('Restarted');
      let open = false;
      const watch = stage.groups.watch(
        {
          namespace,
          resourceVersion: heldVersion,
          timeoutSeconds: 60,
          onOpen: () => {
            open = true;
          },
        },
        forever,
      );
      const first = nextChange(watch);
      await stage.world.until('the watch is open', () => open);
      expect(await listed(namespace)).toEqual({ scaled: 1, deleted: 1 });
      const versions: string[] = [];
      for (let replicas = 100; replicas < 200; replicas += 1)
        versions.push((await scale(namespace, 'scaled', replicas)).metadata.resourceVersion);
      const { object } = await stage.world.ended(first);
      const unsent = versions.filter((version) => (compareResourceVersions(version, heldVersion) ?? 0) <= 0);
      expect(unsent.length).toBeGreaterThan(0);
      expect(object.metadata.resourceVersion).toBe(versions[unsent.length]);
      await watch.return(undefined);
    });

    test('a server that kept running lists what was before, but a read of one object tells the truth', async () => {
      const { namespace, restore, heldVersion } = await aHistory();
      await restore('Kept');
      const list = await stage.groups.list({ namespace }, forever);
      expect(replicasOf(list.items)).toEqual({ scaled: 40, late: 1 });
      expect(list.metadata.resourceVersion).toBe(heldVersion);
      const scaled = await stage.groups.get(namespace, 'scaled', forever);
      expect(scaled.spec.replicas).toBe(1);
      await expect(stage.groups.get(namespace, 'late', forever)).rejects.toMatchObject({ code: 'NotFound' });
      await stage.world.restart();
      expect(await listed(namespace)).toEqual({ scaled: 1, deleted: 1 });
    });

    test('a reflector follows a server that is restarted with it', async () => {
      const { namespace, restore } = await aHistory();
      await reflecting(namespace, async (seen) => {
        await restore('Restarted');
        await make(namespace, 'new');
        await scale(namespace, 'scaled', 7);
        await bothSee(seen, { scaled: 7, deleted: 1, new: 1 });
        await scale(namespace, 'deleted', 2);
        await stage.groups.delete(namespace, 'new', {}, forever);
        await bothSee(seen, { scaled: 7, deleted: 2 });
      });
    });

    test('a reflector of a server that kept running knows what is listed as it is stored, and the rest after a restart', async () => {
      const { namespace, restore } = await aHistory();
      await reflecting(namespace, async (seen) => {
        await restore('Kept');
        await make(namespace, 'new');
        await bothSee(seen, { scaled: 1 });
        await scale(namespace, 'scaled', 7);
        await bothSee(seen, { scaled: 7 });
        await stage.world.restart();
        await bothSee(seen, { scaled: 7, deleted: 1, new: 1 });
      });
    });
  });
}

async function nextChange<T extends KubernetesObject>(watch: AsyncIterator<WatchEvent<T>>): Promise<WatchEvent<T>> {
  for (;;) {
    const { value, done } = await watch.next();
    if (done === true) throw new Error('the watch ended');
    if (value.type !== 'BOOKMARK') return value;
  }
}
