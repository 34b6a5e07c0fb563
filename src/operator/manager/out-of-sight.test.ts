/** What the account may not see any more does not count as gone: the real manager on models of both servers. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Quirks } from '../../../test/fakes/vcenter';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const forever = new AbortController().signal;
const READS: readonly Quirks['hiddenRead'][] = ['NoPermission', 'MissingSet', 'LeftOut'];
let world: ManagedWorld;
afterEach(() => world.end());

/** A world with the running group web, in a vCenter that answers such a read about what is hidden. */
async function aWorld(hiddenRead: Quirks['hiddenRead']): Promise<ReturnType<ManagedWorld['start']>> {
  world = await ManagedWorld.with('web');
  Object.assign(world.vcenter.quirks, { hiddenRead });
  const process = world.start('first');
  await world.clock.advance(120_000);
  expect((await world.group('web')).status?.phase).toBe('RUNNING');
  return process;
}

const theMachine = () => world.machinesOf('web')[0] ?? expect.fail('the group has no machine');
const isThere = () =>
  world.group('web').then(
    () => true,
    () => false,
  );
const deleting = async () => (await world.group('web')).status?.conditions?.find(({ type }) => type === 'Deleting');

/** What the account loses sight of. */
const HIDDEN = {
  machine: () => theMachine().ref,
  folder: () => theMachine().parent,
  'default folder': () => LANDMARK.operatorFolder,
  datacenter: () => LANDMARK.datacenter,
};

describe.each(READS)('where a read of what is hidden is answered by %s', (hiddenRead) => {
  test.each(Object.entries(HIDDEN))('R1, R7: a deletion waits until the account sees the %s again', async (_, find) => {
    await aWorld(hiddenRead);
    const hidden = find();
    world.vcenter.permissions.hide(hidden);
    await world.clock.advance(1_000);
    await world.users.delete('default', 'web', {}, forever);
    await world.clock.advance(600_000);
    expect(world.machinesOf('web')).toHaveLength(1);
    const condition = await deleting();
    expect(condition).toMatchObject({ status: 'True', reason: 'NotVisible' });
    const named = hidden.type === 'VirtualMachine' ? theMachine().ref : theMachine().parent;
    expect(condition?.message).toContain(`(${named.value}) may still be there`);
    expect(condition?.message).toContain('grant System.View');
    expect(condition?.message).toContain('force-orphan=true');
    world.vcenter.permissions.show(hidden);
    await world.clock.advance(60_000);
    expect({ machines: world.machinesOf('web'), group: await isThere() }).toEqual({ machines: [], group: false });
  });
});

test('R7: a deletion waits also when the sight was lost long before, and the process is another one', async () => {
  const process = await aWorld('NoPermission');
  world.vcenter.permissions.hide(LANDMARK.datacenter);
  await world.clock.advance(600_000);
  process.stop();
  world.start('second');
  await world.clock.advance(60_000);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(600_000);
  expect({ machines: world.machinesOf('web').length, group: await isThere() }).toEqual({ machines: 1, group: true });
  world.vcenter.permissions.showAll();
  await world.clock.advance(60_000);
  expect({ machines: world.machinesOf('web').length, group: await isThere() }).toEqual({ machines: 0, group: false });
});

test('R13: a group of which nothing is recorded waits too while the account sees no datacenter', async () => {
  await aWorld('NoPermission');
  world.vcenter.permissions.hide(LANDMARK.datacenter);
  await world.clock.advance(1_000);
  await world.create('new');
  await world.clock.advance(10_000);
  await world.users.delete('default', 'new', {}, forever);
  await world.clock.advance(60_000);
  const { status } = await world.group('new');
  expect(status?.conditions?.find(({ type }) => type === 'Deleting')).toMatchObject({ reason: 'NotVisible' });
  expect(status?.lastMessage).toContain('does not see any datacenter');
  world.vcenter.permissions.showAll();
  await world.clock.advance(60_000);
  await expect(world.group('new')).rejects.toMatchObject({ code: 'NotFound' });
});

test.each(['before a restart', 'after a restart'])(
  'R2: a machine that is out of sight is not made a second time, %s',
  async (when) => {
    const process = await aWorld('NoPermission');
    const machine = theMachine();
    world.vcenter.permissions.hide(machine.ref);
    await world.clock.advance(60_000);
    if (when === 'after a restart') {
      process.stop();
      world.start('second');
    }
    await world.clock.advance(3_600_000);
    expect(world.machinesOf('web').map(({ ref }) => ref)).toEqual([machine.ref]);
    const { status } = await world.group('web');
    expect(status?.phase).toBe('ERROR');
    expect(status?.lastMessage).toContain(`${machine.name} (${machine.ref.value}) may still be there`);
    world.vcenter.permissions.showAll();
    await world.clock.advance(10_000);
    expect((await world.group('web')).status?.phase).toBe('RUNNING');
    expect(world.machinesOf('web')).toHaveLength(1);
  },
);

test.each(Object.entries(HIDDEN))(
  'R8: everything is read again where vCenter does not tell that the account sees the %s again',
  async (_, find) => {
    await aWorld('NoPermission');
    Object.assign(world.vcenter.quirks, { sightRegained: 'Untold' });
    const hidden = find();
    world.vcenter.permissions.hide(hidden);
    await world.clock.advance(1_800_000);
    world.vcenter.permissions.show(hidden);
    await world.clock.advance(1_800_000);
    expect((await world.group('web')).status?.phase).toBe('RUNNING');
    expect(world.machinesOf('web')).toHaveLength(1);
  },
);

test('R8: everything is read again where a folder cannot be made because one is there that vCenter does not tell of', async () => {
  await aWorld('NoPermission');
  Object.assign(world.vcenter.quirks, { sightRegained: 'Untold' });
  const taken = world.vcenter.hand.createFolder(LANDMARK.operatorFolder, 'default.late');
  world.vcenter.permissions.hide(taken);
  await world.clock.advance(1_000);
  await world.create('late');
  await world.clock.advance(60_000);
  expect((await world.group('late')).status?.lastMessage).toContain('is taken');
  world.vcenter.permissions.show(taken);
  await world.clock.advance(3_600_000);
  expect((await world.group('late')).status?.phase).toBe('RUNNING');
});

test('R8: a name that is not found is looked for again after an hour, for the account may see it by now', async () => {
  await aWorld('NoPermission');
  Object.assign(world.vcenter.quirks, { sightRegained: 'Untold' });
  const template = world.vcenter.machines.find(({ name }) => name === 'vm-operator-template') ?? expect.fail();
  world.vcenter.permissions.hide(template.ref);
  await world.clock.advance(1_000);
  await world.create('late');
  await world.clock.advance(60_000);
  expect((await world.group('late')).status?.lastMessage).toContain('was not found');
  world.vcenter.permissions.show(template.ref);
  await world.clock.advance(3_700_000);
  expect((await world.group('late')).status?.phase).toBe('RUNNING');
});

test('R2: a machine of another revision that is out of sight keeps its number', async () => {
  await aWorld('NoPermission');
  const machine = theMachine();
  world.vcenter.permissions.hide(machine.ref);
  await world.clock.advance(1_000);
  await world.change('web', { template: 'vm-operator-template', placement: { cluster: 'C0' } });
  await world.clock.advance(600_000);
  expect(world.machinesOf('web').map(({ ref }) => ref)).toEqual([machine.ref]);
});

test('a machine that a person has destroyed holds no deletion back, and an event names it', async () => {
  await aWorld('NoPermission');
  const { ref, name } = theMachine();
  await world.users.mergePatch('default', 'web', { spec: { paused: true } }, forever);
  await world.clock.advance(5_000);
  world.vcenter.hand.destroy(ref);
  await world.clock.advance(5_000);
  await world.users.mergePatch('default', 'web', { spec: { paused: false, replicas: 0 } }, forever);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(3_000);
  expect(await isThere()).toBe(false);
  const told = await world.events();
  expect(told.filter(({ reason }) => reason === 'ReplicaGone').map(({ note }) => note)).toEqual([
    expect.stringContaining(name),
  ]);
});

test('R2: a VCenter object takes (env) over while etcd has gone back: the unseen machine is still expected', async () => {
  world = await ManagedWorld.with();
  world.vcenters.set('same', world.vcenter);
  world.start('operator');
  await world.clock.advance(60_000);
  await world.create('web');
  await world.clock.advance(300);
  expect((await world.group('web')).status?.replicas).toMatchObject([{ ready: false }]);
  expect((await world.group('web')).status?.replicas?.[0]?.moRef).toBeUndefined();
  const restore = world.model.snapshot();
  // So long that vCenter tells of its clone no more.
  await world.clock.advance(1_800_000);
  expect(await world.stateOf('web')).toBe('RUNNING on (env): Connected');
  // Its name in the group's folder is free then, so vCenter would make a second one.
  world.vcenter.hand.move(theMachine().ref, LANDMARK.machineFolder);
  await world.clock.advance(1_000);
  world.vcenter.permissions.hide(theMachine().ref);
  await world.clock.advance(1_000);
  restore('Restarted');
  await world.addVCenter('same');
  await world.clock.advance(300_000);
  expect(world.machinesOf('web')).toHaveLength(1);
  world.vcenter.permissions.showAll();
  await world.clock.advance(7_200_000);
  expect(world.machinesOf('web')).toHaveLength(1);
  expect(await world.stateOf('web')).toBe('RUNNING on same: Connected');
});
