/** R14: a group that was stored past the schema harms only itself. The model stores what it is given. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManagedWorld } from '../../../test/support/builders/managed-world';

const forever = new AbortController().signal;

let world: ManagedWorld;
beforeEach(async () => {
  world = await ManagedWorld.with('web', 'db');
  world.start('only');
  await world.clock.advance(120_000);
  expect((await world.group('web')).status?.phase).toBe('RUNNING');
});
afterEach(() => world.end());

/** Pulls the plug of a group's only machine, which a group that is cared for powers on again. */
function powerOffByHand(name: string): void {
  const [machine] = world.machinesOf(name);
  if (machine === undefined) throw new Error(`${name} has no machine`);
  machine.powerState = 'poweredOff';
  world.vcenter.truth.changed(machine.ref);
}

test.each<[string, object, RegExp]>([
  ['a number out of range', { replicas: 50_000_000 }, /^spec\.replicas is 50000000: give at most 500$/],
  ['a text for a list', { networks: 'x' }, /^spec\.networks is "x": give a value of type array$/],
  ['a text for a percentage', { updateStrategy: { rollingUpdate: { maxSurge: 'abc' } } }, /maxSurge is "abc"/],
  ['a missing template', { template: null }, /^spec\.template is missing: give it a value$/],
])('%s: the status says so, nothing is changed in vCenter, and other groups go on', async (_, spec, problem) => {
  await world.change('web', spec);
  powerOffByHand('web');
  await world.change('db', { replicas: 2 });
  await world.clock.advance(120_000);
  const { status, metadata } = await world.group('web');
  expect(status).toMatchObject({ phase: 'ERROR', currentReplicas: 1, observedGeneration: metadata.generation });
  expect(status?.lastMessage).toMatch(problem);
  const invalid = (type: string, state: string) =>
    expect.objectContaining({ type, status: state, reason: 'InvalidSpec', message: status?.lastMessage });
  expect(status?.conditions).toEqual(expect.arrayContaining([invalid('Stalled', 'True'), invalid('Ready', 'False')]));
  expect(world.machinesOf('web')).toMatchObject([{ powerState: 'poweredOff' }]);
  expect(world.machinesOf('db')).toHaveLength(2);
});

test('it is cared for again as soon as its spec is valid', async () => {
  await world.change('web', { networks: 'x' });
  await world.clock.advance(10_000);
  powerOffByHand('web');
  await world.change('web', { networks: null });
  await world.clock.advance(120_000);
  expect((await world.group('web')).status?.phase).toBe('RUNNING');
  expect(world.machinesOf('web')).toMatchObject([{ powerState: 'poweredOn' }]);
});

test('R4: its status is written once', async () => {
  await world.change('web', { replicas: 'three' });
  await world.clock.advance(60_000);
  const asked = world.model.requests.length;
  await world.clock.advance(600_000);
  expect(world.model.requests.slice(asked).filter((request) => request.startsWith('PATCH'))).toEqual([]);
});

test('its deletion removes its machines', async () => {
  await world.change('web', { replicas: 'three', networks: 'x' });
  await world.clock.advance(10_000);
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(120_000);
  await expect(world.group('web')).rejects.toMatchObject({ code: 'NotFound' });
  expect(world.machinesOf('web')).toEqual([]);
});

test('its deletion waits, and says so, where deletionPolicy cannot be read', async () => {
  await world.change('web', { deletionPolicy: 'orphan' });
  await world.users.delete('default', 'web', {}, forever);
  await world.clock.advance(120_000);
  const { status } = await world.group('web');
  expect(status).toMatchObject({ phase: 'ERROR' });
  expect(status?.conditions?.find(({ type }) => type === 'Deleting')?.message).toContain(
    'spec.deletionPolicy is "orphan": give one of Delete, Orphan',
  );
  expect(world.machinesOf('web')).toHaveLength(1);
  await world.change('web', { deletionPolicy: 'Orphan' });
  await world.clock.advance(120_000);
  await expect(world.group('web')).rejects.toMatchObject({ code: 'NotFound' });
  expect(world.vcenter.machines.filter(({ name }) => name.startsWith('web-'))).toHaveLength(1);
});

test('a group that is created invalid gets a status and no machine', async () => {
  const spec = { cpu: 'two', memory: 1, template: 'x', replicas: 1 };
  await world.users.create('default', { metadata: { name: 'odd' }, spec }, forever);
  await world.clock.advance(60_000);
  expect(await world.group('odd')).toMatchObject({
    status: { phase: 'ERROR', lastMessage: 'spec.cpu is "two": give a whole number', currentReplicas: 0 },
  });
  expect(world.machinesOf('odd')).toEqual([]);
});

test('a status of another shape is written anew', async () => {
  const { metadata } = await world.group('web');
  await world.users.replaceStatus(metadata, { replicas: 'x', conditions: 7, folder: [] }, 'somebody', forever);
  await world.clock.advance(60_000);
  expect((await world.group('web')).status).toMatchObject({ phase: 'RUNNING', readyReplicas: 1 });
});
