/** What becomes of groups, sessions and Leases when VCenters come, change and go. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VCenterModel } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { VCENTER_FINALIZER, type VCenter, type VCenterSpec } from '../../api/vcenter';
import { ApiError } from '../../kubernetes';

const forever = new AbortController().signal;
const SELECTS_EAST = { namespaceSelector: { matchLabels: { site: 'east' } } };

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

async function readyOf(name: string) {
  const { status } = await world.vcenterObject(name);
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return `${ready?.status} ${ready?.reason}`;
}

const patch = (name: string, change: object): Promise<VCenter> =>
  world.administrators.mergePatch('', name, change, forever);
const remove = (name: string) => world.administrators.delete('', name, {}, forever);
const changesAt = (vcenter: VCenterModel) =>
  vcenter.calls.filter(({ method }) => /_Task$|^CreateFolder$/.test(method)).length;
const methodsSince = (vcenter: VCenterModel, first: number) => vcenter.calls.slice(first).map(({ method }) => method);

describe('a finalizer that somebody takes away', () => {
  test('is given again, and groups go on as they are', async () => {
    const east = await world.addVCenter('east');
    await world.create('web', 'default', { replicas: 2 });
    world.start('operator');
    await world.clock.advance(60_000);
    const before = changesAt(east);
    await patch('east', { metadata: { finalizers: [] } });
    await world.clock.advance(30_000);
    expect((await world.vcenterObject('east')).metadata.finalizers).toEqual([VCENTER_FINALIZER]);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(changesAt(east)).toBe(before);
    expect(east.sessionCount).toBe(1);
  });

  test('of a VCenter that is being deleted lets it go; its groups wait until it is there again', async () => {
    const east = await world.addVCenter('east');
    const { spec } = await world.vcenterObject('east');
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    const before = changesAt(east);
    await remove('east');
    await patch('east', { metadata: { finalizers: [] } });
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('ERROR on east: NoVCenter');
    expect(east.sessionCount).toBe(0);
    // What is new goes to the vCenter of the environment meanwhile.
    await world.create('new');
    await world.clock.advance(60_000);
    expect(await world.stateOf('new')).toBe('RUNNING on (env): Connected');
    await world.administrators.create('', { metadata: { name: 'east' }, spec }, forever);
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(changesAt(east)).toBe(before);
  });
});

describe('another endpoint', () => {
  test('R1: freezes the groups where another vCenter answers, until the former one does', async () => {
    const east = await world.addVCenter('east');
    const west = await world.addVCenter('west', { namespaceSelector: { matchLabels: { site: 'none' } } });
    await world.create('web', 'default', { replicas: 2 });
    world.start('operator');
    await world.clock.advance(60_000);
    const [atEast, atWest] = [changesAt(east), changesAt(west)];
    await patch('east', { spec: { endpoint: { host: 'west', port: 443 } } });
    await world.change('web', { replicas: 4 });
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('ERROR on east: InstanceMismatch');
    expect([changesAt(east), changesAt(west)]).toEqual([atEast, atWest]);
    expect(east.sessionCount).toBe(0);
    await patch('east', { spec: { endpoint: { host: 'east', port: 443 } } });
    await world.clock.advance(120_000);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'default', east)).toHaveLength(4);
    expect(changesAt(west)).toBe(atWest);
  });

  test.each([500, 2_000, 5_000])('R2: in the middle of the work, after %d ms, makes nothing twice', async (ms) => {
    const east = await world.addVCenter('east');
    world.start('operator');
    await world.clock.advance(60_000);
    await world.create('web', 'default', { replicas: 5 });
    await world.clock.advance(ms);
    await patch('east', { spec: { tls: { insecureSkipVerify: true } } });
    await world.clock.advance(120_000);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'default', east)).toHaveLength(5);
    expect(east.sessionCount).toBe(1);
  });
});

describe('the first VCenter', () => {
  test.each([500, 2_000, 5_000])(
    'R2: takes over what (env) has begun %d ms ago, and makes nothing twice',
    async (ms) => {
      world.vcenters.set('same', world.vcenter);
      world.start('operator');
      await world.clock.advance(60_000);
      await world.create('web', 'default', { replicas: 5 });
      await world.clock.advance(ms);
      await world.addVCenter('same');
      await world.clock.advance(120_000);
      expect(await world.stateOf('web')).toBe('RUNNING on same: Connected');
      expect(world.machinesOf('web')).toHaveLength(5);
      expect(world.vcenter.sessionCount).toBe(1);
    },
  );

  test('R6: that goes at once brings (env) back only when the former connection has ended', async () => {
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    const annotations = { 'vm.codeconnect.vmworld.com/force-orphan': 'true' };
    await world.users.mergePatch('default', 'web', { metadata: { annotations } }, forever);
    world.vcenter.hang();
    const first = world.vcenter.calls.length;
    await world.addVCenter('east');
    await remove('east');
    // A group that leaves (env) makes the operator look at it again.
    await world.users.delete('default', 'web', {}, forever);
    await world.clock.advance(2_000);
    expect(methodsSince(world.vcenter, first)).not.toContain('RetrieveServiceContent');
    await world.clock.advance(20_000);
    expect(methodsSince(world.vcenter, first).slice(-2)).toEqual(['Logout', 'RetrieveServiceContent']);
  });
});

describe('many VCenters', () => {
  const names = Array.from({ length: 20 }, (_, number) => `vcenter-${number}`);

  test('that come at once are all served, with one session and one Lease each', async () => {
    const { leads } = world.start('operator');
    for (const name of names) await world.addVCenter(name);
    await world.clock.advance(60_000);
    for (const name of names) {
      expect(await readyOf(name)).toBe('True Serving');
      expect(world.vcenters.get(name)?.sessionCount).toBe(1);
    }
    expect(leads().sort()).toEqual(['(env)', ...names].sort());
  });

  test('R9: that come and go leave no session and no timer behind', async () => {
    const { leads } = world.start('operator');
    const timers: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (const name of names.slice(0, 5)) await world.addVCenter(name).catch(() => again(name));
      await world.clock.advance(60_000);
      for (const name of names.slice(0, 5)) await remove(name);
      await world.clock.advance(300_000);
      timers.push(world.clock.pending);
      expect([...world.vcenters.values()].map(({ sessionCount }) => sessionCount)).toEqual([0, 0, 0, 0, 0]);
      expect(leads()).toEqual(['(env)']);
    }
    expect(timers).toEqual([timers[0], timers[0], timers[0]]);
    expect(world.vcenter.sessionCount).toBe(1);
  });

  /** Its Secret is still there. */
  function again(name: string): Promise<VCenter> {
    const spec: VCenterSpec = {
      endpoint: { host: name, port: 443 },
      credentials: { secretRef: { name: `${name}-account` }, method: 'Password' },
    };
    return world.administrators.create('', { metadata: { name }, spec }, forever);
  }
});

describe('two VCenters for one vCenter', () => {
  test('R1: are two tenants, each in a folder of its own', async () => {
    const endpoint = { host: 'shared', port: 443 };
    const ofTeam = (team: string): Partial<VCenterSpec> => ({
      endpoint,
      namespaceSelector: { matchLabels: { team } },
      defaults: { placement: { folder: `teams-${team}` } },
    });
    const shared = await world.addVCenter('shop', ofTeam('shop'));
    await world.addVCenter('bank', ofTeam('bank'));
    for (const team of ['shop', 'bank']) {
      await world.addNamespace(team, { team });
      await world.create('web', team);
    }
    world.start('operator');
    await world.clock.advance(60_000);
    for (const team of ['shop', 'bank']) {
      expect(await world.stateOf('web', team)).toBe(`RUNNING on ${team}: Connected`);
      expect((await world.group('web', team)).status?.folder?.path).toContain(`/teams-${team}/`);
    }
    expect(shared.sessionCount).toBe(2);
    // The account of one may go without the other.
    await remove('bank');
    await world.users.delete('bank', 'web', {}, forever);
    await world.clock.advance(180_000);
    await expect(world.vcenterObject('bank')).rejects.toThrow('not found');
    expect(world.machinesOf('web', 'bank', shared)).toEqual([]);
    expect(world.machinesOf('web', 'shop', shared)).toHaveLength(1);
    expect(shared.sessionCount).toBe(1);
  });
});

describe('a group', () => {
  test('R15: gets no more machines from the moment on at which its namespace is selected no more', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    await world.addNamespace('shop', { site: 'east' });
    world.start('operator');
    await world.clock.advance(60_000);
    await world.create('web', 'shop', { replicas: 60 });
    await world.clock.advance(1_000);
    await world.label('shop', { site: 'west' });
    await world.clock.advance(0);
    const sent = changesAt(east);
    expect(sent).toBeLessThan(60);
    await world.clock.advance(120_000);
    expect(changesAt(east)).toBe(sent);
    expect(await world.stateOf('web', 'shop')).toBe('ERROR on east: NotAllowed');
  });

  test('that names a VCenter that is being deleted is not taken in, so that this can go', async () => {
    await world.addVCenter('east');
    await world.create('old');
    world.start('operator');
    await world.clock.advance(60_000);
    await remove('east');
    await world.create('new', 'default', { vcenterRef: { name: 'east' } });
    await world.clock.advance(60_000);
    expect(await world.stateOf('new')).toBe('ERROR on undefined: NoVCenter');
    expect(await world.stateOf('old')).toBe('RUNNING on east: Connected');
    await world.users.delete('default', 'old', {}, forever);
    await world.clock.advance(180_000);
    await expect(world.vcenterObject('east')).rejects.toThrow('not found');
  });

  test('that lives nowhere can be deleted while no vCenter is selected for it', async () => {
    await world.addVCenter('east');
    await world.addVCenter('west');
    await world.create('web');
    world.start('operator');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('ERROR on undefined: Ambiguous');
    await world.users.delete('default', 'web', {}, forever);
    await world.clock.advance(10_000);
    await expect(world.group('web')).rejects.toThrow('not found');
  });

  test('R13: in a namespace that may not be read keeps its VCenter', async () => {
    await world.addVCenter('east');
    await world.create('web', 'closed');
    world.model.faultFor = ({ path }) =>
      path.includes('/namespaces/closed/') ? { kind: 'Fail', error: new ApiError('Forbidden', 'closed') } : undefined;
    world.start('operator', ['open', 'closed']);
    await world.clock.advance(60_000);
    expect(await readyOf('east')).toBe('True Serving');
    await remove('east');
    await world.clock.advance(180_000);
    expect((await world.vcenterObject('east')).metadata.finalizers).toEqual([VCENTER_FINALIZER]);
    world.model.faultFor = () => undefined;
    await world.users.delete('closed', 'web', {}, forever);
    await world.clock.advance(300_000);
    await expect(world.vcenterObject('east')).rejects.toThrow('not found');
  });
});

test('a VCenter whose account is refused says so, and connects within a minute of a new password', async () => {
  const east = await world.addVCenter('east');
  await world.changeAccount('east-account', { userName: 'operator@vsphere.local', password: 'wrong' });
  world.start('operator');
  await world.clock.advance(60_000);
  expect(await readyOf('east')).toBe('False InvalidLogin');
  const logins = () => east.calls.filter(({ method }) => method === 'Login').length;
  const before = logins();
  await world.clock.advance(600_000);
  expect(logins()).toBe(before);
  await world.changeAccount('east-account');
  await world.clock.advance(60_000);
  expect(await readyOf('east')).toBe('True Serving');
});
