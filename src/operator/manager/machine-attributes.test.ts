/** Custom attributes and tags of machines, by the real manager on models of both servers. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { DEFAULT_TENANT_POLICY } from '../../vmgroup/model/tenant-policy';

const MINUTES = 60_000;
let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

const TAGS = [{ category: 'team', name: 'web' }];
const conditionOf = async (wanted: string) =>
  (await world.group('web')).status?.conditions?.find(({ type }) => type === wanted);
const tagsOf = () => world.machinesOf('web').flatMap(({ ref }) => world.vcenter.tagging.of(ref.value));
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

test('tags that are taken out of the spec under a login by a token remain, as the status says, until the login is by password', async () => {
  const first = world.startProcess('first');
  await world.create('web', 'default', { tags: TAGS });
  await world.clock.advance(10 * MINUTES);
  first.kill();
  world.tenants = { ...DEFAULT_TENANT_POLICY, tagsNeedPassword: true };
  const second = world.startProcess('second');
  await world.clock.advance(MINUTES);
  await world.change('web', { tags: [] });
  const before = world.vcenter.calls.length;
  await world.clock.advance(60 * MINUTES);
  expect(world.vcenter.calls.slice(before).map(({ method }) => method)).not.toContain('ReconfigVM_Task');
  expect(tagsOf()).toEqual(['team/web']);
  expect((await world.group('web')).status).toMatchObject({ phase: 'RUNNING', tagsGiven: true });
  expect((await conditionOf('PlacementReady'))?.message).toContain('tags that machines were given before may remain');
  second.kill();
  world.tenants = DEFAULT_TENANT_POLICY;
  world.startProcess('third');
  await world.clock.advance(10 * MINUTES);
  expect(tagsOf()).toEqual([]);
  expect((await conditionOf('PlacementReady'))?.message).toBe('every name of the spec was found in vCenter');
});
