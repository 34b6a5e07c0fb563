/** VCenters between several processes that die, stop for a while, or hear of changes late. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VCenterModel } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import { VCENTER_FINALIZER } from '../../api/vcenter';
import { FINALIZER } from '../../api/vm-group';

const forever = new AbortController().signal;
const SELECTS_EAST = { namespaceSelector: { matchLabels: { site: 'east' } } };

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with();
});
afterEach(() => world.end());

type Process = ReturnType<ManagedWorld['startProcess']>;

/** Two processes: the one that leads this shard, and the other. */
async function two(shard: string): Promise<{ readonly leader: Process; readonly other: Process }> {
  const [one, another] = [world.startProcess('one'), world.startProcess('other')];
  await world.clock.advance(60_000);
  expect([...one.leads(), ...another.leads()]).toContain(shard);
  return one.leads().includes(shard) ? { leader: one, other: another } : { leader: another, other: one };
}

const changesAt = (vcenter: VCenterModel) =>
  vcenter.calls.filter(({ method }) => /_Task$|^CreateFolder$/.test(method)).length;

describe('R7: a process that dies', () => {
  test('leaves its VCenter to another, which makes nothing twice', async () => {
    const east = await world.addVCenter('east');
    const { leader, other } = await two('east');
    await world.create('web', 'default', { replicas: 4 });
    await world.clock.advance(1_500);
    leader.kill();
    await world.clock.advance(120_000);
    expect(other.leads().sort()).toEqual(['(env)', 'east']);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'default', east)).toHaveLength(4);
  });

  test('does not keep a VCenter that is deleted meanwhile', async () => {
    await world.addVCenter('east');
    const { leader, other } = await two('east');
    leader.kill();
    await world.administrators.delete('', 'east', {}, forever);
    await world.clock.advance(5_000);
    // Its Lease has not ended: the dead process may be about to act.
    expect((await world.vcenterObject('east')).metadata.finalizers).toEqual([VCENTER_FINALIZER]);
    await world.clock.advance(60_000);
    await expect(world.vcenterObject('east')).rejects.toThrow('not found');
    expect(other.leads()).toEqual(['(env)']);
    expect(world.vcenter.sessionCount).toBe(1);
  });

  test('while all are down a VCenter may go and another may come with its name', async () => {
    const east = await world.addVCenter('east');
    const { spec } = await world.vcenterObject('east');
    await world.create('web');
    const { leader, other } = await two('east');
    const before = changesAt(east);
    leader.kill();
    other.kill();
    await world.administrators.delete('', 'east', {}, forever);
    await world.administrators.mergePatch('', 'east', { metadata: { finalizers: [] } }, forever);
    await world.administrators.create('', { metadata: { name: 'east' }, spec }, forever);
    world.startProcess('third');
    await world.clock.advance(60_000);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(changesAt(east)).toBe(before);
  });
});

test('R7: a process that ends in order leaves its VCenters to another within a second', async () => {
  await world.addVCenter('east');
  await world.addVCenter('west');
  for (let round = 0; round < 5; round += 1) {
    const { leader, other } = await two('east');
    leader.stop();
    await world.clock.advance(1_000);
    expect(other.leads().sort()).toEqual(['(env)', 'east', 'west']);
    other.stop();
    await world.clock.advance(60_000 + round * 333);
  }
});

describe('R6: a process that is stopped for longer than its Lease', () => {
  test('and that leads (env), sends nothing when it wakes, since the first VCenter is served by then', async () => {
    world.vcenters.set('same', world.vcenter);
    await world.create('web');
    const { leader, other } = await two('(env)');
    leader.pause();
    await world.addVCenter('same');
    await world.change('web', { replicas: 4 });
    await world.clock.advance(60_000);
    expect(other.leads().sort()).toEqual(['(env)', 'same']);
    expect(await world.stateOf('web')).toBe('RUNNING on same: Connected');
    const before = changesAt(world.vcenter);
    leader.resume();
    await world.clock.advance(60_000);
    expect(leader.ended.error).toMatchObject({ code: 'LeadershipLost' });
    expect(changesAt(world.vcenter)).toBe(before);
    expect(world.machinesOf('web')).toHaveLength(4);
  });

  test('and that leads a VCenter, makes nothing twice when it wakes in the middle of its work', async () => {
    const east = await world.addVCenter('east');
    const { leader, other } = await two('east');
    await world.create('web', 'default', { replicas: 6 });
    await world.clock.advance(1_000);
    leader.pause();
    await world.clock.advance(30_000);
    leader.resume();
    await world.clock.advance(60_000);
    expect(leader.ended.error).toMatchObject({ code: 'LeadershipLost' });
    expect(other.leads().sort()).toEqual(['(env)', 'east']);
    expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'default', east)).toHaveLength(6);
  });
});

describe('a process that hears of changes late', () => {
  test('R6: and that leads (env), holds up the first VCenter until it has heard of it', async () => {
    world.vcenters.set('same', world.vcenter);
    await world.create('web');
    const { leader, other } = await two('(env)');
    leader.hearAfter(10_000);
    await world.clock.advance(10);
    await world.addVCenter('same');
    await world.clock.advance(9_000);
    expect((await world.vcenterObject('same')).metadata.finalizers ?? []).toEqual([]);
    expect(other.leads()).toEqual([]);
    await world.clock.advance(30_000);
    expect([...leader.leads(), ...other.leads()].sort()).toEqual(['(env)', 'same']);
    expect(await world.stateOf('web')).toBe('RUNNING on same: Connected');
  });

  test('R2: does not write over the record of the vCenter that another process has begun to work on', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    await world.addNamespace('shop');
    const { leader, other } = await two('east');
    expect(other.leads()).toEqual(['(env)']);
    await world.create('web', 'shop');
    await world.clock.advance(10_000);
    expect(await world.stateOf('web', 'shop')).toBe('ERROR on undefined: NoVCenter');
    // The other hears of the new spec before it hears of the label, and after the leader of east has acted on both.
    other.hearAfter(8_000);
    await world.users.mergePatch('shop', 'web', { spec: { replicas: 2 } }, forever);
    await world.clock.advance(1_000);
    await world.label('shop', { site: 'east' });
    await world.clock.advance(6_900);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on east: Connected');
    leader.kill();
    await world.clock.advance(300);
    const west = await world.addVCenter('west', SELECTS_EAST);
    await world.clock.advance(90_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on east: Connected');
    expect(world.machinesOf('web', 'shop', east)).toHaveLength(2);
    expect(world.machinesOf('web', 'shop', west)).toEqual([]);
  });

  test('R2: two that lead different VCenters do not both record theirs, though each has heard of its own only', async () => {
    const east = await world.addVCenter('east', SELECTS_EAST);
    await world.addNamespace('shop');
    await world.create('web', 'shop', { replicas: 2 });
    await world.users.mergePatch('shop', 'web', { metadata: { finalizers: [FINALIZER] } }, forever);
    const one = world.startProcess('one');
    await world.clock.advance(10_000);
    const another = world.startProcess('other');
    await world.clock.advance(10_000);
    const west = await world.addVCenter('west', { namespaceSelector: { matchLabels: { site: 'west' } } });
    await world.clock.advance(10_000);
    expect([one.leads(), another.leads()]).toEqual([['(env)', 'east'], ['west']]);
    one.hearAfter(5_000);
    await world.label('shop', { site: 'east' });
    await world.clock.advance(100);
    await world.label('shop', { site: 'west' });
    await world.clock.advance(120_000);
    expect(await world.stateOf('web', 'shop')).toBe('RUNNING on west: Connected');
    expect(world.machinesOf('web', 'shop', west)).toHaveLength(2);
    expect(world.machinesOf('web', 'shop', east)).toEqual([]);
  });
});

test('processes that are replaced one after the other leave no session and no machine twice', async () => {
  const east = await world.addVCenter('east');
  await world.create('web', 'default', { replicas: 3 });
  const { leader, other } = await two('east');
  const [third, fourth] = [world.startProcess('third'), world.startProcess('the fourth')];
  await world.clock.advance(10_000);
  leader.stop();
  await world.clock.advance(30_000);
  other.stop();
  await world.clock.advance(30_000);
  expect([...third.leads(), ...fourth.leads()].sort()).toEqual(['(env)', 'east']);
  expect(await world.stateOf('web')).toBe('RUNNING on east: Connected');
  expect(world.machinesOf('web', 'default', east)).toHaveLength(3);
  expect(east.sessionCount).toBe(2);
});
