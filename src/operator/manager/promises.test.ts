/** What is measured of a running operator: the real manager on models of both servers, under one virtual clock. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';
import type { Measures, OperationEnd } from '../../vmgroup/model/measures';

const forever = new AbortController().signal;
let world: ManagedWorld;
/** Each wait that was measured, such as: Created 12.5 s. */
let told: string[];
let waitedMs: number[];
let operations: OperationEnd[];

beforeEach(async () => {
  world = await ManagedWorld.with();
  Object.assign(world.vcenter.quirks, { cloneMs: { from: 10_000, to: 10_000 } });
  [told, waitedMs, operations] = [[], [], []];
  world.measures = measures();
});
afterEach(() => world.end());

function measures(process = ''): Measures {
  const tell = (what: string, afterMs: number) => {
    told.push(`${process}${what}`);
    waitedMs.push(afterMs);
  };
  return { specReady: tell, driftRepaired: tell, operationEnded: (end) => operations.push(end) };
}

function powerOff(name: string): void {
  const [machine] = world.machinesOf(name);
  if (machine === undefined) throw new Error(`${name} has no machine`);
  machine.powerState = 'poweredOff';
  world.vcenter.truth.changed(machine.ref);
}

function remove(name: string): void {
  const [machine] = world.machinesOf(name);
  if (machine !== undefined) world.vcenter.truth.remove(machine.ref);
}

test('a new group and a change of its spec are measured until Ready, and the operations in between with their time', async () => {
  const { manager } = world.start('first');
  await world.clock.advance(5_000);
  await world.create('web');
  await world.clock.advance(9_000);
  expect(told).toEqual([]);
  expect(manager.measured.longestSpecMs).toBe(9_000);
  await world.clock.advance(60_000);
  expect(told).toEqual(['Created']);
  expect(waitedMs[0]).toBeGreaterThan(10_000);
  expect(waitedMs[0]).toBeLessThan(30_000);
  expect(manager.measured.longestSpecMs).toBe(0);
  await world.change('web', { replicas: 2 });
  await world.clock.advance(60_000);
  expect(told).toEqual(['Created', 'Changed']);
  const clones = operations.filter(({ operation }) => operation === 'Clone');
  expect(clones.map(({ outcome, faultClass }) => [outcome, faultClass])).toEqual([
    ['Succeeded', undefined],
    ['Succeeded', undefined],
  ]);
  for (const { tookMs } of clones) expect(tookMs).toBeGreaterThanOrEqual(10_000);
});

test('a machine that was powered off or deleted is measured until it is ready again', async () => {
  world.start('first');
  await world.create('web');
  await world.clock.advance(60_000);
  [told, waitedMs] = [[], []];
  powerOff('web');
  await world.clock.advance(60_000);
  remove('web');
  await world.clock.advance(120_000);
  expect((await world.group('web')).status?.phase).toBe('RUNNING');
  expect(told).toEqual(['PoweredOff', 'Gone']);
  const [powered = 0, gone = 0] = waitedMs;
  expect(powered).toBeGreaterThan(0);
  expect(powered).toBeLessThan(10_000);
  expect(gone).toBeGreaterThan(10_000);
});

test('a machine that the operator takes down by itself has not drifted', async () => {
  world.start('first');
  await world.create('web', 'default', { replicas: 2 });
  await world.clock.advance(60_000);
  await world.change('web', { cpu: 2 });
  await world.clock.advance(300_000);
  await world.change('web', { replicas: 1 });
  await world.clock.advance(300_000);
  await world.change('web', { powerState: 'PoweredOff' });
  await world.clock.advance(300_000);
  expect((await world.group('web')).status?.phase).toBe('STOPPED');
  expect(told).toEqual(['Created', 'Changed', 'Changed', 'Changed']);
});

test('a process that starts in the middle measures neither the spec nor the drift that it finds', async () => {
  const first = world.startProcess('first');
  await world.create('idle');
  await world.clock.advance(60_000);
  await world.create('web');
  await world.clock.advance(5_000);
  powerOff('idle');
  first.kill();
  told = [];
  world.start('second');
  await world.clock.advance(120_000);
  for (const name of ['idle', 'web']) expect((await world.group(name)).status?.phase).toBe('RUNNING');
  expect(told).toEqual([]);
});

test('of several processes the one that leads measures, once; who takes over knows what it saw begin', async () => {
  world.measures = measures('first ');
  const first = world.start('first');
  await world.clock.advance(5_000);
  world.measures = measures('second ');
  const second = world.start('second');
  await world.clock.advance(5_000);
  await world.create('web');
  await world.clock.advance(60_000);
  expect(told).toEqual(['first Created']);
  await world.create('late');
  await world.clock.advance(3_000);
  expect(first.manager.measured.longestSpecMs).toBe(3_000);
  expect(second.manager.measured.longestSpecMs).toBe(0);
  first.stop();
  await world.clock.advance(120_000);
  expect(told).toEqual(['first Created', 'second Created']);
  expect(waitedMs[1]).toBeGreaterThan(10_000);
});

test('a group that never gets ready is told by the longest wait, until it is deleted', async () => {
  const { manager } = world.start('first');
  await world.clock.advance(5_000);
  await world.create('web', 'default', { template: 'no-such-template' });
  await world.clock.advance(3_600_000);
  expect(told).toEqual([]);
  expect(manager.measured.longestSpecMs).toBe(3_600_000);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(60_000);
  expect(manager.measured.longestSpecMs).toBe(0);
  expect(told).toEqual([]);
});

test('an operation that vCenter refuses is measured with the class of its fault', async () => {
  world.start('first');
  world.vcenter.deny(['CloneVM_Task']);
  await world.create('web');
  await world.clock.advance(30_000);
  const [clone] = operations.filter(({ operation }) => operation === 'Clone');
  expect(clone).toMatchObject({ outcome: 'Failed', faultClass: 'NeedsUser' });
});
