import { describe, expect, test } from 'vitest';
import { aRunningWorld } from '../../test/contract/kubernetes/reflected-world';
import { THINGS_PATH, type Thing } from '../../test/fakes/kubernetes/thing-server';

describe('a reflector, by the answer to a write that takes the last finalizer off a deleted object', () => {
  /** What is known of it, and the answer. */
  async function ended() {
    const world = await aRunningWorld();
    const { objects } = world.server;
    world.server.put('a/other', 1);
    objects.create(THINGS_PATH, 'a', { metadata: { name: 'one', finalizers: ['test/a'] }, value: 1 });
    world.server.delete('a/one');
    await world.clock.advance(0);
    const base = world.reflector.store.get('a/one');
    if (base === undefined) throw new Error('not there');
    const answer: Thing = structuredClone(
      objects.update(
        THINGS_PATH,
        'a/one',
        ({ metadata, ...rest }) => ({ ...rest, metadata: { ...metadata, finalizers: [] } }),
        'Object',
      ),
    );
    world.server.asked.length = 0;
    return { ...world, base, answer };
  }

  test.each(['before', 'after'])('that comes %s the event forgets it, and doubts no list', async (when) => {
    const world = await ended();
    if (when === 'after') await world.clock.advance(0);
    world.reflector.accept(world.answer, world.base);
    expect(world.seen()).toEqual({ 'a/other': 1 });
    await world.clock.advance(60_000);
    expect(world.seen()).toEqual({ 'a/other': 1 });
    expect([world.logged, world.server.asked]).toEqual([[], []]);
    world.stop();
  });

  test('notices that etcd had another object with that version', async () => {
    const world = await ended();
    world.reflector.accept({ ...world.answer, value: 2 }, world.base);
    expect(world.logged).toEqual([expect.stringContaining('may have gone back in time')]);
    world.stop();
  });
});
