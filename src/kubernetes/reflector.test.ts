import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aRunningWorld, aWorld } from '../../test/contract/kubernetes/reflected-world';
import { keyOfThing, type Thing, type ThingServer } from '../../test/fakes/kubernetes/thing-server';
import { ApiError } from './api-error';
import { LATEST_EVENT_MS } from './missed-objects';

describe('a reflector', () => {
  test('lists, watches from the version of the list, and reports each change in order', async () => {
    const world = aWorld();
    world.server.put('a/one', 1);
    const running = world.start();
    await world.reflector.whenSynced(new AbortController().signal);
    await world.clock.advance(0);
    world.server.put('a/one', 2);
    world.server.put('a/two', 3);
    world.server.delete('a/one');
    await world.clock.advance(0);
    expect(world.story()).toEqual(['a/one none to 1', 'a/one 1 to 2', 'a/two none to 3', 'a/one 2 to none']);
    expect(world.server.asked).toEqual(['list', 'watch 101']);
    expect(world.reflector.store.byIndex('value', '3').map(keyOfThing)).toEqual(['a/two']);
    expect(world.reflector.store.byIndex('value', '2')).toEqual([]);
    world.stop();
    await running;
    expect(world.clock.pending).toBe(0);
    expect(world.server.watches).toBe(0);
  });

  test('fills in apiVersion and kind, and drops managedFields', async () => {
    const world = await aRunningWorld();
    world.server.put('a/one', 1);
    await world.clock.advance(0);
    const thing = world.reflector.store.get('a/one');
    expect(thing).toMatchObject({ apiVersion: 'test/v1', kind: 'Thing' });
    expect(thing?.metadata).not.toHaveProperty('managedFields');
    world.stop();
  });

  test.each([
    ['a 410 answer', (server: ThingServer) => server.reset()],
    ['an ERROR event', (server: ThingServer) => server.sendError({ code: 410, reason: 'Expired', message: 'too old' })],
  ])('lists again after %s and reports only the differences', async (_, breakIt) => {
    const world = await aRunningWorld();
    for (const name of ['same', 'changed', 'gone', 'again']) world.server.put(`a/${name}`, 1);
    await world.clock.advance(5_000);
    world.changes.length = 0;
    world.server.down = true;
    breakIt(world.server);
    await world.clock.advance(0);
    world.server.put('a/changed', 2);
    world.server.delete('a/gone');
    world.server.delete('a/again');
    world.server.put('a/again', 3);
    world.server.put('a/new', 4);
    world.server.objects.compact();
    world.server.down = false;
    await world.clock.advance(5_000);
    expect(world.story()).toEqual([
      'a/gone 1 to none',
      'a/again 1 to none',
      'a/again none to 3',
      'a/changed 1 to 2',
      'a/new none to 4',
    ]);
    world.stop();
  });

  test('stores the answer to a write, and does not go back when the watch brings older versions', async () => {
    const world = await aRunningWorld();
    const base = world.server.put('a/one', 1);
    await world.clock.advance(0);
    world.server.put('a/one', 2);
    const answer = structuredClone(world.server.put('a/one', 3));
    world.reflector.accept(answer, base);
    expect(world.seen()).toEqual({ 'a/one': 3 });
    await world.clock.advance(0);
    expect(world.story()).toEqual(['a/one none to 1', 'a/one 1 to 3']);
    world.server.delete('a/one');
    await world.clock.advance(0);
    world.reflector.accept(answer, base);
    expect(world.seen()).toEqual({});
    world.stop();
  });

  test('R13: an object that is gone, as a write was told, is not brought back by late events of its life', async () => {
    const world = await aRunningWorld();
    const one = world.server.put('a/one', 1);
    await world.clock.advance(0);
    world.server.put('a/one', 2);
    world.reflector.missed(one);
    await world.clock.advance(0);
    expect(world.seen()).toEqual({});
    world.server.delete('a/one');
    world.server.put('a/one', 3);
    await world.clock.advance(0);
    expect(world.story()).toEqual(['a/one none to 1', 'a/one 1 to none', 'a/one none to 3']);
    world.stop();
  });

  test('an object that a write called gone is stored again when a later list has it', async () => {
    const world = await aRunningWorld();
    const one = world.server.put('a/one', 1);
    await world.clock.advance(0);
    world.reflector.missed(one);
    await world.clock.advance(0);
    expect(world.seen()).toEqual({});
    await world.clock.advance(LATEST_EVENT_MS + 1_000);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    world.stop();
  });

  test('survives a listener and an index function that throw', async () => {
    const world = await aRunningWorld();
    world.reflector.onChange(() => {
      throw new Error('oops');
    });
    const heard: string[] = [];
    const unsubscribe = world.reflector.onChange((change) => heard.push(change.key));
    world.server.put('a/one', 1);
    world.server.put('a/two', 2);
    await world.clock.advance(0);
    unsubscribe();
    world.server.put('a/three', 3);
    await world.clock.advance(0);
    expect(heard).toEqual(['a/one', 'a/two']);
    expect(world.logged).toContain('a listener failed');
    world.stop();
  });

  test('R14: leaves an object out that cannot be read, as if it were gone, and goes on with all others', async () => {
    const world = aWorld({
      transform: (thing) => {
        if (thing.value === 13) throw new RangeError('too deep');
        return thing;
      },
    });
    world.server.put('a/odd', 13);
    world.server.put('a/one', 1);
    void world.start();
    await world.clock.advance(0);
    expect(world.reflector.synced).toBe(true);
    world.server.put('a/one', 13);
    world.server.put('a/odd', 2);
    world.server.put('a/two', 2);
    await world.clock.advance(0);
    expect(world.seen()).toEqual({ 'a/odd': 2, 'a/two': 2 });
    expect(world.logged).toContain('an object cannot be read and is left out');
    world.stop();
  });

  test('watches only the namespaces that it is given, and is synced when all were listed', async () => {
    const world = aWorld({ namespaces: ['a', 'b'] });
    world.server.put('a/one', 1);
    world.server.put('c/two', 2);
    world.server.faults.push(undefined, new ApiError('TooManyRequests', 'no', { status: 429 }));
    void world.start();
    await world.clock.advance(0);
    expect(world.reflector.synced).toBe(false);
    await world.clock.advance(2_000);
    expect(world.reflector.synced).toBe(true);
    world.server.put('b/three', 3);
    await world.clock.advance(0);
    expect(world.seen()).toEqual({ 'a/one': 1, 'b/three': 3 });
    world.stop();
  });

  test('whenSynced rejects with the reason of its signal', async () => {
    const world = aWorld();
    const leaving = new AbortController();
    const waiting = world.reflector.whenSynced(leaving.signal);
    leaving.abort(new Error('no time'));
    await expect(waiting).rejects.toThrow('no time');
  });

  test('ends up equal to the server after any failures, and its changes add up to that', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), name: fc.integer({ min: 0, max: 4 }) }) },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('delete' as const), name: fc.integer({ min: 0, max: 4 }) }),
      },
      ...(['break', 'end', 'compact', 'bookmark', 'down', 'up', 'fault', 'wait', 'error'] as const).map((kind) => ({
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant(kind), name: fc.constant(0) }),
      })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.nat(), async (steps, seed) => {
        const world = await aRunningWorld({ seed });
        const { server, clock } = world;
        let value = 0;
        for (const { kind, name } of steps) {
          if (kind === 'put') server.put(`a/${name}`, ++value);
          else if (kind === 'delete') server.delete(`a/${name}`);
          else if (kind === 'break') server.reset();
          else if (kind === 'end') server.end();
          else if (kind === 'compact') server.objects.compact();
          else if (kind === 'bookmark') server.bookmark();
          else if (kind === 'error') server.sendError({ code: 410, reason: 'Expired' });
          else if (kind === 'up') server.down = false;
          else if (kind === 'fault') server.faults.push(new ApiError('InternalError', 'broken', { status: 500 }));
          else if (kind === 'wait') await clock.advance(1_500);
          else {
            server.down = true;
            server.reset();
          }
        }
        server.down = false;
        await clock.advance(120_000);
        expect(world.seen()).toEqual(server.truth());
        const summed = new Map<string, Thing>();
        for (const { key, before, after } of world.changes) {
          expect(summed.get(key)).toBe(before);
          if (after === undefined) summed.delete(key);
          else summed.set(key, after);
        }
        expect([...summed.keys()].sort()).toEqual(Object.keys(server.truth()));
        world.stop();
        await world.running;
        expect(clock.pending).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
