/** Custom attributes and tags of machines, by the real manager on models of both servers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const MINUTES = 60_000;
let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

const count = (method: string) => world.vcenter.calls.filter((call) => call.method === method).length;

describe('R8: custom attributes', () => {
  test('with the longest name that the CRD takes, beyond the basic plane too, are given once', async () => {
    const name = '😀'.repeat(80);
    world.vcenter.customFields.define(name);
    world.start('first');
    await world.create('web', 'default', { customAttributes: [{ name, value: 'x' }] });
    await world.clock.advance(10 * MINUTES);
    expect(world.machinesOf('web').map((machine) => world.vcenter.customFields.valuesOf(machine).get(name))).toEqual([
      'x',
    ]);
    expect([count('SetField'), count('ReconfigVM_Task')]).toEqual([1, 0]);
  });
});
