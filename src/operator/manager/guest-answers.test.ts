/** spec.readiness.guestInfo, by the real manager on models of both servers. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const MINUTES = 60_000;
let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

test('a replica is not ready by a value that its template has and its guest never set', async () => {
  world.start('first');
  const [template] = world.vcenter.machines;
  expect(template?.extraConfig.get('guestinfo.made')).toBe('by hand');
  await world.create('web', 'default', { readiness: { guestInfo: [{ key: 'made', value: 'by hand' }] } });
  await world.clock.advance(10 * MINUTES);
  const [machine] = world.machinesOf('web');
  expect(machine?.powerState).toBe('poweredOn');
  expect((await world.group('web')).status?.readyReplicas).toBe(0);
});
