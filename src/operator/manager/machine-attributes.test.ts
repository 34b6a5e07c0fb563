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

describe('a list that cannot be written', () => {
  const valuesSent = () =>
    world.vcenter.calls
      .filter(({ method }) => method === 'SetField')
      .map(({ parameters }) => (parameters as { readonly value: string }).value);

  test('does not hold up the other one: a change of customAttributes arrives while a tag is missing, after a restart too', async () => {
    const first = world.startProcess('first');
    await world.create('web', 'default', { tags: TAGS, customAttributes: [{ name: 'owner', value: 'one' }] });
    await world.clock.advance(10 * MINUTES);
    const { tags } = world.vcenter.tagging;
    tags.splice(
      tags.findIndex(({ name }) => name === 'web'),
      1,
    );
    await world.clock.advance(2 * MINUTES);
    first.kill();
    await world.clock.advance(MINUTES);
    world.startProcess('second');
    await world.clock.advance(MINUTES);
    await world.change('web', { customAttributes: [{ name: 'owner', value: 'two' }] });
    await world.clock.advance(10 * MINUTES);
    expect(valuesSent()).toEqual(['one', 'two']);
    expect((await world.group('web')).status?.replicas?.[0]?.fault?.reason).toBe('TagNotFound');
    await world.change('web', { customAttributes: [{ name: 'stage', value: 'live' }] });
    await world.clock.advance(60 * MINUTES);
    expect(world.machinesOf('web').map((machine) => [...world.vcenter.customFields.valuesOf(machine)])).toEqual([
      [['stage', 'live']],
    ]);
    // The record, before the change and after it.
    expect(count('ReconfigVM_Task')).toBe(2);
    expect((await world.group('web')).status?.replicas?.[0]?.fault?.reason).toBe('TagNotFound');
  });
  test('delays no power-on, after a restart too', async () => {
    const first = world.startProcess('first');
    await world.create('web', 'default', { tags: TAGS });
    await world.clock.advance(10 * MINUTES);
    await world.change('web', { tags: [{ category: 'team', name: 'nobody' }] });
    await world.clock.advance(40 * MINUTES);
    expect((await world.group('web')).status?.replicas?.[0]?.fault?.reason).toBe('TagNotFound');
    first.kill();
    await world.clock.advance(MINUTES);
    for (const { ref } of world.machinesOf('web')) world.vcenter.hand.power(ref, 'poweredOff');
    world.startProcess('second');
    await world.clock.advance(2 * MINUTES);
    expect(world.machinesOf('web').map(({ powerState }) => powerState)).toEqual(['poweredOn']);
  });
});
