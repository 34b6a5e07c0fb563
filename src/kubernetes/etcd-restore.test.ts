/** What a reader makes of an API server whose etcd was restored from a snapshot. */
import { describe, expect, test } from 'vitest';
import { aRunningWorld } from '../../test/contract/kubernetes/reflected-world';
import { KubernetesModel } from '../../test/fakes/kubernetes/kubernetes-model';
import { keyOfThing, THINGS, type Thing } from '../../test/fakes/kubernetes/thing-server';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { seededRandom } from '../time/random';
import { ApiError } from './api-error';
import { LeaderElector } from './leader-election';
import { Reflector } from './reflector';
import { ResourceClient } from './resource-client';

const forever = new AbortController().signal;

/** Things that were changed, deleted and created after a snapshot. The returned function restores it. */
async function aWorldWithSnapshot() {
  const world = await aRunningWorld();
  const { server } = world;
  for (const name of ['same', 'changed', 'deleted']) server.put(`a/${name}`, 1);
  const restore = server.snapshot();
  /** The connections stay as they are. */
  const restoreEtcd = server.objects.snapshot();
  server.put('a/late', 3);
  server.delete('a/deleted');
  server.put('a/changed', 2);
  await world.clock.advance(0);
  world.changes.length = 0;
  return { ...world, restore, restoreEtcd };
}

const DIFFERENCES = ['a/late 3 to none', 'a/changed 2 to 1', 'a/deleted none to 1'];

describe('after a restore of etcd a reflector', () => {
  test('gives every difference as a change, and hears of what is new', async () => {
    const { restore, server, clock, story, seen, ...world } = await aWorldWithSnapshot();
    restore('Restarted');
    await clock.advance(2_000);
    expect(story()).toEqual(DIFFERENCES);
    server.put('a/changed', 4);
    server.put('a/new', 5);
    await clock.advance(0);
    expect(seen()).toEqual({ 'a/same': 1, 'a/changed': 4, 'a/deleted': 1, 'a/new': 5 });
    world.stop();
  });

  test('notices it where the watch has stayed open, in a quiet minute', async () => {
    const { restoreEtcd, clock, story, ...world } = await aWorldWithSnapshot();
    restoreEtcd();
    await clock.advance(80_000);
    expect(story()).toEqual(DIFFERENCES);
    world.stop();
  });

  test('notices it in a quiet minute by another object with the very version of what is known', async () => {
    const { restoreEtcd, server, clock, seen, reflector, ...world } = await aWorldWithSnapshot();
    const versionOf = ({ metadata }: { readonly metadata: { readonly resourceVersion: string } }) =>
      Number(metadata.resourceVersion);
    const [newest] = [...reflector.store.list()].sort((a, b) => versionOf(b) - versionOf(a));
    if (newest === undefined) throw new Error('not there');
    restoreEtcd();
    const others = versionOf(newest) - server.objects.version;
    for (let value = 1; value < others; value += 1) server.put('a/new', value);
    expect(versionOf(server.put(`a/${newest.metadata.name}`, 4))).toBe(versionOf(newest));
    await clock.advance(80_000);
    expect(seen()).toMatchObject({ [`a/${newest.metadata.name}`]: 4, 'a/same': 1, 'a/deleted': 1 });
    world.stop();
  });

  test('notices it by the answer to a write', async () => {
    const { restoreEtcd, server, clock, story, reflector, ...world } = await aWorldWithSnapshot();
    const base = reflector.store.get('a/changed');
    if (base === undefined) throw new Error('not there');
    restoreEtcd();
    reflector.accept(structuredClone(server.put('a/changed', 4)), base);
    await clock.advance(0);
    expect(story()).toEqual(['a/late 3 to none', 'a/changed 2 to 4', 'a/deleted none to 1']);
    world.stop();
  });

  test('notices it by the answer to a write that gets the very version of what is known', async () => {
    const { restoreEtcd, server, clock, seen, reflector, ...world } = await aWorldWithSnapshot();
    const base = reflector.store.get('a/changed');
    if (base === undefined) throw new Error('not there');
    restoreEtcd();
    const late = Number(base.metadata.resourceVersion) - server.objects.version;
    for (let value = 1; value < late; value += 1) server.put('a/new', value);
    const answer = structuredClone(server.put('a/changed', 4));
    expect(answer.metadata.resourceVersion).toBe(base.metadata.resourceVersion);
    reflector.accept(answer, base);
    await clock.advance(0);
    expect(seen()).toEqual({ 'a/same': 1, 'a/changed': 4, 'a/deleted': 1, 'a/new': 2 });
    world.stop();
  });

  test('takes the answer to a write that changes nothing for no sign of it', async () => {
    const { server, clock, logged, reflector, stop } = await aRunningWorld();
    server.put('a/same', 1);
    await clock.advance(0);
    const base = reflector.store.get('a/same');
    if (base === undefined) throw new Error('not there');
    reflector.accept(structuredClone(base), base);
    await clock.advance(0);
    expect(logged).toEqual([]);
    stop();
  });

  test('R13: notices it by a write to an object that is gone, whatever history has passed by now', async () => {
    const { restoreEtcd, server, clock, seen, reflector, ...world } = await aWorldWithSnapshot();
    const late = reflector.store.get('a/late');
    if (late === undefined) throw new Error('not there');
    restoreEtcd();
    for (let value = 10; value < 20; value += 1) server.put('a/new', value);
    await clock.advance(0);
    reflector.missed(late);
    expect(seen()).not.toHaveProperty('a/late');
    await clock.advance(12_000);
    expect(seen()).toEqual({ 'a/same': 1, 'a/changed': 1, 'a/deleted': 1, 'a/new': 19 });
    world.stop();
  });

  test('an answer that an object is gone is no sign of a restore if its event comes', async () => {
    const { server, clock, logged, reflector, stop } = await aRunningWorld();
    server.put('a/one', 1);
    await clock.advance(0);
    const one = reflector.store.get('a/one');
    if (one === undefined) throw new Error('not there');
    reflector.missed(one);
    server.delete('a/one');
    await clock.advance(60_000);
    expect(JSON.stringify(logged)).not.toContain('listing again');
    stop();
  });

  test('takes a list at its word although history has passed the held version by now', async () => {
    const { restore, server, clock, seen, reflector, ...world } = await aWorldWithSnapshot();
    server.down = true;
    restore('Restarted');
    for (let value = 10; value < 20; value += 1) server.put('a/new', value);
    server.down = false;
    await clock.advance(2_000);
    await reflector.listAgain(forever);
    expect(seen()).toEqual({ 'a/same': 1, 'a/changed': 1, 'a/deleted': 1, 'a/new': 19 });
    world.stop();
  });

  test('R13: hears of it from another reader, where it knows no object and new writes have passed its own version', async () => {
    const { server, clock, seen, logged, ...world } = await aRunningWorld({ namespaces: ['a', 'b'] });
    server.put('b/only', 1);
    await clock.advance(0);
    const restore = server.snapshot();
    server.delete('b/only');
    for (let value = 1; value <= 10; value += 1) server.put('a/busy', value);
    await clock.advance(0);
    expect(seen()).toEqual({ 'a/busy': 10 });
    restore('Restarted');
    for (let value = 20; value < 24; value += 1) server.put('a/busy', value);
    await clock.advance(2_000);
    expect(seen()).toEqual({ 'a/busy': 23, 'b/only': 1 });
    expect(logged.filter((message) => message.includes('went back in time'))).toHaveLength(1);
    server.asked.length = 0;
    await clock.advance(60_000);
    expect(server.asked.filter((request) => request === 'list' || request === 'get')).toEqual([]);
    world.stop();
  });

  test('an object that is gone before its event has come is no sign of a restore', async () => {
    const { server, clock, logged, seen, stop } = await aRunningWorld();
    server.put('a/one', 1);
    await clock.advance(70_000);
    server.faults.push(undefined, new ApiError('NotFound', 'gone'));
    await clock.advance(10_000);
    server.delete('a/one');
    await clock.advance(20_000);
    expect(seen()).toEqual({});
    expect(logged).toEqual([]);
    expect(server.asked.filter((request) => request === 'list')).toHaveLength(1);
    stop();
  });

  test('costs one small read for each watch that ends, and two for each quiet minute', async () => {
    const world = await aRunningWorld();
    await world.clock.advance(160_000);
    expect(world.server.asked).toEqual(['list', 'watch 100', 'check', 'check']);
    world.server.reset();
    await world.clock.advance(2_000);
    expect(world.server.asked.slice(4)).toEqual(['check', 'watch 100']);
    world.server.put('a/one', 1);
    await world.clock.advance(80_000);
    expect(world.server.asked.slice(6)).toEqual(['check', 'get']);
    world.stop();
  });
});

/** Two processes of one operator on a server: each watches, one leads and the other waits. */
async function aPair() {
  const clock = new VirtualClock();
  const model = new KubernetesModel(clock);
  const users = new ResourceClient<Thing>(model.direct, THINGS);
  const put = (name: string, value: number) =>
    users
      .create('a', { metadata: { name }, value }, forever)
      .catch(() => users.mergePatch('a', name, { value }, forever));
  const logged: string[] = [];
  const log = { info: () => {}, warn: (message: string) => void logged.push(message) };
  const processes = ['leader', 'standby'].map((identity, index) => {
    // Each has a connection of its own.
    const server = Object.create(model) as KubernetesModel;
    server.request = (request, signal) => model.request(request, signal);
    server.stream = (request, signal) => model.stream(request, signal);
    const random = seededRandom(index);
    const client = new ResourceClient<Thing>(server, THINGS);
    const reflector = new Reflector<Thing>({ client, clock, random, log });
    void reflector.run(forever);
    const elector = new LeaderElector({ server, namespace: 'operator', name: 'it', identity, clock, random });
    elector
      .acquire(forever)
      .then(() => elector.renew(forever))
      .catch(() => undefined);
    const seen = () => Object.fromEntries([...reflector.store.list()].map((it) => [keyOfThing(it), it.value]).sort());
    return { seen, elector };
  });
  await put('changed', 1);
  await put('deleted', 1);
  await clock.advance(5_000);
  const restore = model.snapshot();
  await put('changed', 2);
  await users.delete('a', 'deleted', {}, forever);
  await put('late', 3);
  await clock.advance(5_000);
  const seen = () => processes.map((process) => process.seen());
  return { clock, model, put, users, restore, seen, logged, leads: () => processes.map((it) => it.elector.isLeader) };
}

describe('an API server that kept running while etcd was restored lists what was before, but', () => {
  const twice = <T>(value: T) => [value, value];

  test('leader and standby hear of it from the lease, and read each listed object by itself', async () => {
    const { clock, model, put, restore, seen, logged, leads } = await aPair();
    expect(seen()).toEqual(twice({ 'a/changed': 2, 'a/late': 3 }));
    restore('Kept');
    await put('changed', 4);
    await clock.advance(10_000);
    expect(model.watches).toBe(2);
    expect(seen()).toEqual(twice({ 'a/changed': 4 }));
    expect(leads()).toEqual([true, false]);
    expect(logged).toContain('the API server lists objects that it does not store');
    await put('changed', 5);
    await clock.advance(30_000);
    expect(seen()).toEqual(twice({ 'a/changed': 5 }));
  });

  test('a process alone on its server hears of it in a quiet minute', async () => {
    const world = await aWorldWithSnapshot();
    world.server.put('a/later', 4);
    world.restore('Kept');
    await world.clock.advance(90_000);
    expect(world.seen()).toEqual({ 'a/same': 1, 'a/changed': 1 });
    world.stop();
  });

  test('nothing is believed again before that server was restarted, also when history has passed its version', async () => {
    const { clock, model, put, restore, seen } = await aPair();
    restore('Kept');
    await put('new', 1);
    await clock.advance(10_000);
    for (let value = 10; value < 60; value += 1) await put('changed', value);
    await clock.advance(600_000);
    expect(seen()).toEqual(twice({ 'a/changed': 59 }));
    model.restart();
    await clock.advance(30_000);
    expect(seen()).toEqual(twice({ 'a/changed': 59, 'a/deleted': 1, 'a/new': 1 }));
    const asked = model.requests.length;
    await clock.advance(60_000);
    expect(model.requests.slice(asked).filter((request) => request.includes('/things/'))).toEqual([]);
  });
});
