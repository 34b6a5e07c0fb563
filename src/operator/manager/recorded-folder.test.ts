/** After a restore of vCenter a recorded reference may be another folder's: the real manager on models of both servers. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refKey } from '../../../src/vsphere/port';
import { LANDMARK } from '../../../test/fakes/vcenter';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const forever = new AbortController().signal;
let world: ManagedWorld;
let first: ReturnType<ManagedWorld['start']>;
beforeEach(async () => {
  world = await ManagedWorld.with('web');
  first = world.start('first');
  await world.clock.advance(120_000);
});
afterEach(() => world.end());

const theMachine = () => world.machinesOf('web')[0] ?? expect.fail('the group has no machine');
const nameOf = (ref: { readonly type: string; readonly value: string }) =>
  world.vcenter.truth.entities.get(refKey(ref))?.name;

test("R1: a recorded folder that is somebody else's by now is neither filled nor removed", async () => {
  first.stop();
  const recorded = theMachine().parent;
  world.vcenter.hand.destroy(theMachine().ref);
  world.vcenter.hand.rename(recorded, 'payroll');
  world.start('second');
  await world.clock.advance(120_000);
  const { status } = await world.group('web');
  expect(nameOf(theMachine().parent)).toBe('default.web');
  expect(status?.folder?.moRef).toBe(theMachine().parent.value);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(120_000);
  expect(nameOf(recorded)).toBe('payroll');
  await expect(world.group('web')).rejects.toMatchObject({ code: 'NotFound' });
});

test('a folder that was renamed while no process ran is still the one of the machines in it, and goes with them', async () => {
  first.stop();
  const recorded = theMachine().parent;
  world.vcenter.hand.rename(recorded, 'mine');
  world.start('second');
  await world.clock.advance(60_000);
  await world.change('web', { replicas: 2 });
  await world.clock.advance(60_000);
  expect(world.machinesOf('web').map(({ parent }) => parent)).toEqual([recorded, recorded]);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(120_000);
  expect(nameOf(recorded)).toBeUndefined();
});

test('an empty folder that was renamed while the process ran is used, and is never removed', async () => {
  await world.create('empty');
  await world.change('empty', { replicas: 0 });
  await world.clock.advance(10_000);
  const moRef = (await world.group('empty')).status?.folder?.moRef ?? expect.fail('the group has no folder');
  const folder = { type: 'Folder', value: moRef };
  world.vcenter.hand.rename(folder, 'mine');
  await world.clock.advance(10_000);
  expect((await world.group('empty')).status?.folder?.path).toContain('/mine');
  expect(world.vcenter.truth.holderOfName(LANDMARK.operatorFolder, 'default.empty')).toBeUndefined();
  await world.users.delete('default', 'empty', {}, forever);
  await world.clock.advance(60_000);
  await expect(world.group('empty')).rejects.toMatchObject({ code: 'NotFound' });
  expect(nameOf(folder)).toBe('mine');
});

test('R2: while a clone of an earlier process runs into a renamed folder, its slot gets no second machine elsewhere', async () => {
  world.vcenter.hand.destroy(theMachine().ref);
  Object.assign(world.vcenter.quirks, { cloneMs: { from: 60_000, to: 60_001 } });
  await world.clock.advance(1_000);
  const recorded = { type: 'Folder', value: (await world.group('web')).status?.folder?.moRef ?? '' };
  first.stop();
  world.vcenter.hand.rename(recorded, 'mine');
  world.start('second');
  await world.clock.advance(300_000);
  expect(world.machinesOf('web').map(({ parent }) => parent)).toEqual([recorded]);
});
