/** Groups whose readiness.guestInfo keys come and go: the real manager on models of both servers. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const GROUPS = 20;
const MINUTE_MS = 60_000;
const names = Array.from({ length: GROUPS }, (_, index) => `web-${index}`);
const asking = (key: string) => ({ readiness: { guestInfo: [{ key, value: 'x' }] } });
let world: ManagedWorld;

beforeEach(async () => {
  world = await ManagedWorld.with();
  world.start('first');
  for (const name of names) await world.create(name, 'default', asking(name));
  await world.clock.advance(10 * MINUTE_MS);
});
afterEach(() => world.end());

/** Calls of the next hour that edit a view. */
async function editsAtRest(): Promise<number> {
  await world.clock.advance(10 * MINUTE_MS);
  const before = world.vcenter.calls.length;
  await world.clock.advance(60 * MINUTE_MS);
  return world.vcenter.calls.slice(before).filter(({ method }) => method === 'ModifyListView').length;
}

test('R4, R8: once the keys have changed a few times, and views of former keys are gone, no call is made', async () => {
  for (let change = 0; change < 3; change += 1) {
    for (const name of names) await world.change(name, asking(`${name}-${change}`));
    await world.clock.advance(1_000);
  }
  expect(await editsAtRest()).toBe(0);
});

test('R4, R8: nor once all the groups are deleted', async () => {
  for (const name of names) await world.users.delete('default', name, {}, new AbortController().signal);
  expect(await editsAtRest()).toBe(0);
});

test('R9: keys that change each second cost vCenter little: they are looked at now and then', async () => {
  const before = world.vcenter.calls.length;
  for (let second = 0; second < 60; second += 1) {
    for (const name of names.slice(0, 10)) await world.change(name, asking(`${name}-${second}`));
    await world.clock.advance(1_000);
  }
  expect(world.vcenter.calls.length - before).toBeLessThan(2_500);
});
