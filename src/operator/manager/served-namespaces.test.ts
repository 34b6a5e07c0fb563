import { expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const forever = new AbortController().signal;

test('R13: a deleted VCenter stays while a group lives on it in a namespace that is not served, and goes after it', async () => {
  const world = await ManagedWorld.with();
  const east = await world.addVCenter('east');
  await world.create('web', 'bank');
  const all = world.start('all');
  await world.clock.advance(60_000);
  expect((await world.group('web', 'bank')).status?.phase).toBe('RUNNING');
  all.stop();
  await world.clock.advance(30_000);
  const some = world.start('some', ['default']);
  await world.clock.advance(60_000);
  await world.administrators.delete('', 'east', {}, forever);
  await world.clock.advance(120_000);
  const { status } = await world.vcenterObject('east');
  expect(status?.conditions?.find(({ type }) => type === 'InUse')?.message).toContain('("bank")');
  east.goDown();
  await world.clock.advance(120_000);
  expect((await world.vcenterObject('east')).metadata.deletionTimestamp).toBeDefined();
  east.goUp();
  some.stop();
  await world.clock.advance(30_000);
  world.start('both', ['default', 'bank']);
  await world.users.delete('bank', 'web', {}, forever);
  await world.clock.advance(300_000);
  await expect(world.vcenterObject('east')).rejects.toThrow('not found');
  expect(world.machinesOf('web', 'bank', east)).toEqual([]);
  await world.end();
});
