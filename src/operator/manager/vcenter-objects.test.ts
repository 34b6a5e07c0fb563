import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { VCENTER_FINALIZER, type VCenter } from '../../api/vcenter';

const forever = new AbortController().signal;
const SELECTS_EAST = { namespaceSelector: { matchLabels: { site: 'east' } } };

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

function condition({ status }: VCenter, type: string) {
  const found = status?.conditions?.find((held) => held.type === type);
  return found && `${found.status} ${found.reason}: ${found.message}`;
}

describe('a group of a selected namespace', () => {
  test('is made on the vCenter that selects it, and on no other', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    const west = await world.addVCenter('west', { namespaceSelector: { matchLabels: { site: 'west' } } });
    await world.addNamespace('shop', { site: 'west' });
    await world.create('web', 'shop', { replicas: 2 });
    world.start('operator');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on west: Connected');
    expect(world.machinesOf('web', 'shop', west)).toHaveLength(2);
    expect(world.machinesOf('web', 'shop', east)).toEqual([]);
    expect(world.vcenter.sessionCount).toBe(0);
  });

  test('is told why, while no vCenter or more than one selects its namespace', async () => {
    await world.addVCenter('east', SELECTS_EAST);
    await world.addVCenter('all');
    await world.addNamespace('shop', { site: 'east' });
    await world.create('web', 'shop');
    await world.create('web', 'other');
    await world.create('picky', 'other', { vcenterRef: { name: 'east' } });
    world.start('operator');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web', 'shop')).toBe('ERROR on undefined: Ambiguous');
    expect((await world.group('web', 'shop')).status?.lastMessage).toBe(
      '2 VCenters select namespace shop: set spec.vcenterRef.name to one of all, east',
    );
    expect(await world.stateOf('picky', 'other')).toBe('ERROR on undefined: NotAllowed');
    expect(await world.stateOf('web', 'other')).toBe('RUNNING on all: Connected');
    await world.administrators.delete('', 'all', {}, forever);
    await world.clock.advance(120_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on east: Connected');
  });

  test('R15: is frozen when its namespace is selected no more, and can still be deleted', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    await world.addNamespace('shop', { site: 'east' });
    await world.create('web', 'shop');
    world.start('operator');
    await world.clock.advance(60_000);
    await world.label('shop', { site: 'west' });
    await world.users.mergePatch('shop', 'web', { spec: { replicas: 3 } }, forever);
    await world.clock.advance(60_000);
    expect(await world.stateOf('web', 'shop')).toBe('ERROR on east: NotAllowed');
    expect(world.machinesOf('web', 'shop', east)).toHaveLength(1);
    await world.users.delete('shop', 'web', {}, forever);
    await world.clock.advance(120_000);
    expect(world.machinesOf('web', 'shop', east)).toEqual([]);
    await expect(world.group('web', 'shop')).rejects.toThrow('not found');
  });
});

describe('the vCenter of the environment', () => {
  test('R6: is left before the first VCenter is admitted, and is used again when the last one is gone', async () => {
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('RUNNING on (env): Connected');
    expect(world.vcenter.sessionCount).toBe(1);
    await world.addVCenter('east', SELECTS_EAST);
    await world.clock.advance(10_000);
    expect(world.vcenter.sessionCount).toBe(0);
    expect((await world.vcenterObject('east')).metadata.finalizers).toEqual([VCENTER_FINALIZER]);
    expect(await world.stateOf('web')).toBe('ERROR on (env): NoVCenter');
    await world.administrators.delete('', 'east', {}, forever);
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('RUNNING on (env): Connected');
    expect(world.machinesOf('web')).toHaveLength(1);
  });

  test('R2: its groups go on under a VCenter for the same vCenter, and nothing is touched', async () => {
    world.vcenters.set('same', world.vcenter);
    await world.create('web', 'default', { replicas: 2 });
    world.start('operator');
    await world.clock.advance(60_000);
    const changes = () => world.vcenter.calls.filter(({ method }) => /_Task$|^CreateFolder$/.test(method)).length;
    const before = changes();
    await world.addVCenter('same');
    await world.clock.advance(120_000);
    expect(await world.stateOf('web')).toBe('RUNNING on same: Connected');
    expect(changes()).toBe(before);
  });

  test('R1: its groups are frozen where a VCenter stands for another vCenter, or for another cluster id', async () => {
    world.vcenters.set('named', world.vcenter);
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    await world.addVCenter('east');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('ERROR on (env): InstanceMismatch');
    await world.administrators.delete('', 'east', {}, forever);
    await world.addVCenter('named', { clusterName: 'blue' });
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('ERROR on (env): InstanceMismatch');
    expect(world.machinesOf('web')).toHaveLength(1);
  });
});

describe('a VCenter', () => {
  test('says that it serves, with what its vCenter tells of itself', async () => {
    await world.addVCenter('east');
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    const object = await world.vcenterObject('east');
    expect(condition(object, 'Ready')).toBe('True Serving: groups are served');
    expect(condition(object, 'InUse')).toBe('True GroupsBound: 1 VmGroup uses this vCenter');
    expect(object.status).toMatchObject({ groups: 1, about: { version: '8.0.3', instanceUuid: 'east' } });
  });

  test('names the privileges that its account lacks, with one call each half hour, and serves all the same', async () => {
    const east = await world.addVCenter('east');
    east.permissions.unlisted.add('Folder.Create');
    await world.create('web');
    world.start('operator');
    const asked = () => east.calls.filter(({ method }) => method === 'FetchUserPrivilegeOnEntities').length;
    await world.clock.advance(120_000);
    const object = await world.vcenterObject('east');
    expect(condition(object, 'PrivilegesSufficient')).toMatch(
      /^False MissingPrivileges: the account lacks Folder\.Create on folder \/\w+\/vm\/vm-operator: /,
    );
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    const before = asked();
    east.permissions.unlisted.clear();
    await world.clock.advance(32 * 60_000);
    expect(asked()).toBe(before + 1);
    expect(condition(await world.vcenterObject('east'), 'PrivilegesSufficient')).toContain('True');
  });

  test('R15: counts the machines of its own groups only, where another one names the same vCenter', async () => {
    const limits = { total: { vms: 2 } };
    const endpoint = { host: 'shared', port: 443 };
    for (const name of ['east', 'west']) {
      await world.addVCenter(name, { endpoint, limits, namespaceSelector: { matchLabels: { site: name } } });
      await world.addNamespace(`shop-${name}`, { site: name });
    }
    world.start('operator');
    await world.clock.advance(120_000);
    for (const name of ['east', 'west']) await world.create('web', `shop-${name}`, { replicas: 3 });
    await world.clock.advance(180_000);
    for (const name of ['east', 'west']) {
      expect(world.machinesOf('web', `shop-${name}`, world.vcenters.get('shared'))).toHaveLength(2);
      expect((await world.vcenterObject(name)).status).toMatchObject({
        usage: { vms: 2 },
        namespaces: [{ name: `shop-${name}`, vms: 2 }],
      });
    }
  });

  test('is kept while groups live on it, and goes with the last one', async () => {
    await world.addVCenter('east');
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    await world.administrators.delete('', 'east', {}, forever);
    await world.clock.advance(60_000);
    expect(condition(await world.vcenterObject('east'), 'InUse')).toContain('True');
    await world.users.delete('default', 'web', {}, forever);
    await world.clock.advance(180_000);
    await expect(world.vcenterObject('east')).rejects.toThrow('not found');
  });

  test('says what is wrong with its Secret, and connects within a minute of its being put right', async () => {
    await world.addVCenter('east', { credentials: { secretRef: { name: 'later' }, method: 'Password' } });
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    expect(condition(await world.vcenterObject('east'), 'CredentialsValid')).toBe(
      'False SecretNotFound: Secret operator/later does not exist: create it with the keys username and password',
    );
    expect(await world.stateOf('web')).toBe('ERROR on undefined: Unreachable');
    await world.addAccount('later');
    await world.clock.advance(90_000);
    expect(condition(await world.vcenterObject('east'), 'Ready')).toContain('True');
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
  });

  test('R9: that hangs holds up its own groups only', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    await world.addVCenter('west', { namespaceSelector: { matchLabels: { site: 'west' } } });
    await world.addNamespace('shop', { site: 'east' });
    await world.addNamespace('bank', { site: 'west' });
    world.start('operator');
    await world.clock.advance(60_000);
    east.hang();
    await world.create('web', 'shop');
    await world.create('web', 'bank');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web', 'bank')).toBe('RUNNING on west: Connected');
    expect(await world.stateOf('web', 'shop')).not.toContain('RUNNING');
  });
});

describe('two processes', () => {
  test('R6: share the VCenters, and each takes over what the other leaves', async () => {
    for (const name of ['a', 'b', 'c', 'd']) {
      await world.addVCenter(name, { namespaceSelector: { matchLabels: { site: name } } });
      await world.addNamespace(`shop-${name}`, { site: name });
      await world.create('web', `shop-${name}`);
    }
    const one = world.start('one');
    const two = world.start('other');
    await world.clock.advance(60_000);
    const led = ({ manager }: typeof one) => [...manager.shards].filter(({ leads }) => leads).map(({ name }) => name);
    expect([...led(one), ...led(two)].sort()).toEqual(['(env)', 'a', 'b', 'c', 'd']);
    expect(Math.min(led(one).length, led(two).length)).toBeGreaterThanOrEqual(2);
    one.stop();
    await world.clock.advance(20_000);
    expect(led(two).sort()).toEqual(['(env)', 'a', 'b', 'c', 'd']);
    for (const name of ['a', 'b', 'c', 'd']) {
      expect(await world.stateOf('web', `shop-${name}`)).toBe(`RUNNING on ${name}: Connected`);
      expect(world.machinesOf('web', `shop-${name}`, world.vcenters.get(name))).toHaveLength(1);
    }
  });
});
