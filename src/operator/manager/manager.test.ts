import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { ApiError } from '../../kubernetes';

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with('web', 'db');
});
afterEach(() => world.end());

test('a process that waits for the lease has an empty queue, and reconciles every group once it leads', async () => {
  const leader = world.start('leader');
  await world.clock.advance(5_000);
  const standby = world.start('standby');
  await world.clock.advance(5_000);
  await world.create('late');
  await world.change('db', { replicas: 2 });
  await world.clock.advance(60_000);
  expect(leader.isLeader()).toBe(true);
  expect(standby.manager.groupCount).toBe(3);
  expect(standby.manager.queue.length).toBe(0);
  expect(standby.reconciled).toEqual([]);
  leader.stop();
  await world.clock.advance(20_000);
  expect(standby.isLeader()).toBe(true);
  expect([...new Set(standby.reconciled)].sort()).toEqual(['default/db', 'default/late', 'default/web']);
});

test('R13: a process that begins to lead lists the groups again before it reconciles any', async () => {
  const leader = world.start('leader');
  await world.clock.advance(5_000);
  const standby = world.start('standby');
  await world.clock.advance(5_000);
  leader.stop();
  const before = world.model.requests.length;
  // The list is refused for a while. The lease is held meanwhile.
  const busy = new ApiError('TooManyRequests', 'busy', { status: 429, retryAfterMs: 5_000 });
  world.model.faultFor = ({ path, query }) =>
    path.endsWith('/vmgroups') && query?.watch !== true ? { kind: 'Fail', error: busy } : undefined;
  await world.clock.advance(10_000);
  expect(standby.isLeader()).toBe(true);
  expect(world.model.requests.slice(before).filter((request) => /^GET .*\/vmgroups$/.test(request))).not.toEqual([]);
  expect(standby.reconciled).toEqual([]);
  world.model.faultFor = () => undefined;
  await world.clock.advance(20_000);
  expect([...new Set(standby.reconciled)].sort()).toEqual(['default/db', 'default/web']);
});
