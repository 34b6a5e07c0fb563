/** A server that does not know the resource, since its CRD is not installed. */
import { beforeEach, describe, expect, test } from 'vitest';
import { aRunningWorld } from '../../test/contract/kubernetes/reflected-world';
import { ApiError } from './api-error';

const never = new AbortController().signal;
const absent = new ApiError('NotFound', 'the server could not find the requested resource', { status: 404 });

/** Whether a promise has ended by now. */
function ended(promise: Promise<unknown>): () => boolean {
  let done = false;
  promise.then(
    () => {
      done = true;
    },
    () => {},
  );
  return () => done;
}

describe('a reflector of a resource that may be absent', () => {
  let world: Awaited<ReturnType<typeof aRunningWorld>>;
  const install = (installed: boolean) => {
    world.server.faultFor = ({ path }) =>
      installed || path === '/readyz' ? undefined : { kind: 'Fail', error: absent };
  };
  beforeEach(async () => {
    world = await aRunningWorld({ mayBeAbsent: true, absent });
  });

  test('takes it for one without objects', async () => {
    expect(world.reflector.synced).toBe(true);
    await world.reflector.whenSynced(never);
    expect(world.seen()).toEqual({});
    expect(world.reflector.readError).toBe(absent);
  });

  test('R13: lists again as if it had listed nothing, so that who waits for it goes on', async () => {
    const listed = ended(world.reflector.listAgain(never));
    await world.clock.advance(60_000);
    expect(listed()).toBe(true);
  });

  test('sees the objects once it is installed, within half a minute', async () => {
    install(true);
    world.server.put('a/one', 1);
    await world.clock.advance(30_000);
    expect(world.story()).toEqual(['a/one none to 1']);
    expect(world.reflector.readError).toBeUndefined();
  });

  test('R13: keeps what it knows while the server forgets the resource, until somebody has to know', async () => {
    install(true);
    world.server.put('a/one', 1);
    await world.clock.advance(30_000);
    install(false);
    world.server.reset();
    await world.clock.advance(30_000);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    const listed = ended(world.reflector.listAgain(never));
    await world.clock.advance(60_000);
    expect(listed()).toBe(true);
    expect(world.seen()).toEqual({});
  });

  test('leaves nothing behind when it stops', async () => {
    world.stop();
    await world.running;
    expect(world.clock.pending).toBe(0);
  });
});

test('R13: a reflector of a resource that must be there waits for it', async () => {
  const world = await aRunningWorld({ absent });
  const listed = ended(world.reflector.listAgain(never));
  await world.clock.advance(60_000);
  expect(world.reflector.synced).toBe(false);
  expect(listed()).toBe(false);
  world.stop();
});
