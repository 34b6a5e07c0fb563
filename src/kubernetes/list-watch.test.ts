import { describe, expect, test } from 'vitest';
import { aRunningWorld, aWorld } from '../../test/contract/kubernetes/reflected-world';
import { ApiError } from './api-error';

describe('list and watch', () => {
  test('lists in pages that grow to 500', async () => {
    const world = aWorld();
    for (let number = 0; number < 1_200; number += 1) world.server.put(`a/thing-${number}`, number);
    void world.start();
    await world.reflector.whenSynced(new AbortController().signal);
    expect(world.reflector.store.size).toBe(1_200);
    expect(world.server.asked.slice(0, 4)).toEqual(['list', 'page', 'page', 'page']);
    world.stop();
  });

  test('asks for the whole list at once when a continue token has expired', async () => {
    const world = aWorld();
    for (let number = 0; number < 1_200; number += 1) world.server.put(`a/thing-${number}`, number);
    world.server.faults.push(undefined, new ApiError('Expired', 'too old', { status: 410 }));
    void world.start();
    await world.clock.advance(0);
    expect(world.reflector.store.size).toBe(1_200);
    expect(world.server.asked).toEqual(['list', 'page', 'list', 'watch 1300']);
    world.stop();
  });

  test('watches again from the last bookmark when the server ends the watch', async () => {
    const world = await aRunningWorld({ namespaces: ['a'] });
    world.server.put('b/other', 1);
    world.server.bookmark();
    await world.clock.advance(60_000);
    world.server.end();
    await world.clock.advance(0);
    expect(world.server.asked).toEqual(['list', 'watch 100', 'check', 'watch 101']);
    expect(world.reflector.readError).toBeUndefined();
    world.stop();
  });

  test('backs off from a server that answers each watch with 410', async () => {
    const world = aWorld();
    for (let number = 0; number < 100; number += 1)
      world.server.faults.push(undefined, new ApiError('Expired', 'too old', { status: 410 }));
    void world.start();
    await world.clock.advance(60_000);
    expect(world.server.asked.length).toBeLessThan(40);
    world.stop();
  });

  test('asks a server that was just away once per second, and ignores its Retry-After while it starts', async () => {
    const world = await aRunningWorld();
    world.server.down = true;
    world.server.reset();
    await world.clock.advance(10_000);
    world.server.put('a/one', 1);
    world.server.down = false;
    const starting = new ApiError('TooManyRequests', 'storage is (re)initializing', {
      status: 429,
      retryAfterMs: 20_000,
    });
    world.server.faults.push(starting, starting);
    await world.clock.advance(3_500);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    world.stop();
  });

  test('waits for the Retry-After of a server that was not away', async () => {
    const world = await aRunningWorld();
    const busy = new ApiError('TooManyRequests', 'busy', { status: 429, retryAfterMs: 20_000 });
    await world.clock.advance(60_000);
    world.server.faults.push(busy);
    world.server.end();
    await world.clock.advance(0);
    world.server.put('a/one', 1);
    await world.clock.advance(1_000);
    const asked = world.server.asked.filter((request) => request !== 'probe').length;
    await world.clock.advance(18_000);
    expect(world.server.asked.filter((request) => request !== 'probe')).toHaveLength(asked);
    await world.clock.advance(2_000);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    world.stop();
  });

  test('reads again soon after a long outage although the first watches expire, as on a server that has just started', async () => {
    const world = await aRunningWorld();
    world.server.down = true;
    world.server.reset();
    await world.clock.advance(300_000);
    world.server.put('a/one', 1);
    world.server.down = false;
    const expired = new ApiError('Expired', 'too old', { status: 410 });
    world.server.faults.push(expired, undefined, expired, undefined, expired);
    await world.clock.advance(1_700);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    expect(world.reflector.readError).toBeUndefined();
    world.stop();
  });

  test('backs off from a server that ends each watch at once', async () => {
    const world = await aRunningWorld();
    for (let second = 0; second < 600; second += 1) {
      world.server.end();
      await world.clock.advance(100);
    }
    expect(world.server.asked.filter((request) => request !== 'probe').length).toBeLessThan(70);
    world.stop();
  });

  test('reads again within 2 s when a server comes back after 10 minutes', async () => {
    const world = await aRunningWorld();
    world.server.down = true;
    world.server.reset();
    await world.clock.advance(600_000);
    const attempts = world.server.asked.filter((request) => request !== 'probe').length;
    expect(attempts).toBeLessThan(80);
    world.server.put('a/one', 1);
    world.server.down = false;
    await world.clock.advance(2_000);
    expect(world.seen()).toEqual({ 'a/one': 1 });
    expect(world.reflector.readError).toBeUndefined();
    world.stop();
  });

  test('probes once per second in total while several watches are broken, and not at all otherwise', async () => {
    const world = await aRunningWorld({ namespaces: ['a', 'b', 'c'] });
    await world.clock.advance(10_000);
    expect(world.server.asked).not.toContain('probe');
    world.server.down = true;
    world.server.reset();
    await world.clock.advance(20_500);
    expect(world.server.asked.filter((request) => request === 'probe').length).toBeLessThanOrEqual(20);
    world.stop();
  });

  test('waits for the Retry-After of the first list', async () => {
    const world = aWorld();
    world.server.faults.push(new ApiError('TooManyRequests', 'slow down', { status: 429, retryAfterMs: 7_000 }));
    void world.start();
    await world.clock.advance(6_900);
    expect(world.server.asked).toEqual(['list']);
    await world.clock.advance(200);
    expect(world.reflector.synced).toBe(true);
    world.stop();
  });

  test('logs each kind of failure once, and when reading works again', async () => {
    const world = aWorld();
    for (let number = 0; number < 5; number += 1)
      world.server.faults.push(new ApiError('Forbidden', 'may not list', { status: 403 }));
    void world.start();
    await world.clock.advance(1);
    expect(world.reflector.readError).toMatchObject({ code: 'Forbidden' });
    await world.clock.advance(120_000);
    expect(world.logged).toEqual([
      'cannot read from the API server, trying again',
      'reading from the API server again',
    ]);
    world.stop();
  });

  test('ends a watch itself when the server does not end it in time', async () => {
    const world = await aRunningWorld();
    await world.clock.advance(11 * 60_000);
    expect(world.server.asked.filter((request) => request.startsWith('watch')).length).toBe(2);
    expect(world.server.watches).toBe(1);
    world.stop();
  });
});
