import { describe, expect, test } from 'vitest';
import { aWorld } from '../../test/contract/kubernetes/reflected-world';
import { ApiError } from './api-error';

describe('a namespace that may not be read', () => {
  /** Reads of namespace b are refused as long as `refused`. */
  function aWorldWithout(namespaces: readonly string[]) {
    const world = aWorld({ namespaces });
    const rights = { refused: true };
    world.server.faultFor = ({ path }) =>
      rights.refused && path.includes('/namespaces/b/')
        ? { kind: 'Fail', error: new ApiError('Forbidden', 'no Role', { status: 403 }) }
        : undefined;
    return { ...world, rights };
  }

  test('holds up no other, and is read as soon as it may be (R14)', async () => {
    const world = aWorldWithout(['a', 'b']);
    world.server.put('a/one', 1);
    world.server.put('b/two', 2);
    void world.start();
    await world.reflector.whenSynced(new AbortController().signal);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    expect(world.reflector.complete).toBe(false);
    expect(world.reflector.readError).toMatchObject({ code: 'Forbidden' });
    const again = world.reflector.listAgain(new AbortController().signal);
    await world.clock.advance(0);
    await again;
    world.rights.refused = false;
    await world.clock.advance(60_000);
    expect(world.seen()).toEqual({ 'a/one': 1, 'b/two': 2 });
    expect(world.reflector.complete).toBe(true);
    expect(world.reflector.readError).toBeUndefined();
    world.stop();
  });

  test('is no sign of a sync as long as no other could be listed', async () => {
    const world = aWorldWithout(['b']);
    void world.start();
    await world.clock.advance(60_000);
    expect(world.reflector.synced).toBe(false);
    world.stop();
  });

  test('keeps its objects, until all is listed again: then they are forgotten (R13), and come back with the right', async () => {
    const world = aWorldWithout(['a', 'b']);
    world.rights.refused = false;
    world.server.put('a/one', 1);
    world.server.put('b/two', 2);
    void world.start();
    await world.clock.advance(0);
    world.rights.refused = true;
    world.server.reset();
    await world.clock.advance(60_000);
    expect(world.reflector.readError).toMatchObject({ code: 'Forbidden' });
    expect(world.seen()).toEqual({ 'a/one': 1, 'b/two': 2 });
    const again = world.reflector.listAgain(new AbortController().signal);
    await world.clock.advance(60_000);
    await again;
    expect(world.seen()).toEqual({ 'a/one': 1 });
    expect([world.reflector.synced, world.reflector.complete]).toEqual([true, false]);
    world.rights.refused = false;
    await world.clock.advance(60_000);
    expect(world.seen()).toEqual({ 'a/one': 1, 'b/two': 2 });
    world.stop();
  });

  test('is waited for while no other may be read either: an API server that has just started refuses all', async () => {
    const world = aWorldWithout(['b']);
    world.rights.refused = false;
    world.server.put('b/two', 2);
    void world.start();
    await world.clock.advance(0);
    world.rights.refused = true;
    let listed = false;
    const again = world.reflector.listAgain(new AbortController().signal).then(() => {
      listed = true;
    });
    await world.clock.advance(60_000);
    expect(listed).toBe(false);
    expect(world.seen()).toEqual({ 'b/two': 2 });
    world.rights.refused = false;
    await world.clock.advance(60_000);
    await again;
    world.stop();
  });
});
