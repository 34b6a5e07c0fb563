import { beforeEach, describe, expect, test } from 'vitest';
import { InventoryStreamWorld, update, VM1, VM2, VM3 } from '../../../test/support/inventory-stream-world';
import { settle } from '../../../test/support/time/virtual-clock';
import { VsphereError } from '../vim25/vsphere-error';

let world: InventoryStreamWorld;

beforeEach(() => {
  world = new InventoryStreamWorld();
});

describe('a sync', () => {
  test('makes its four filters before the first wait, and is complete with the last page', async () => {
    void world.start();
    await settle();
    expect(world.callsOf('CreateFilter')).toHaveLength(4);
    expect(world.calls.at(-1)?.method).toBe('WaitForUpdatesEx');
    await world.answer([update('enter', VM1, { name: 'one' })], true);
    expect([world.names, world.synced]).toEqual([['one'], 0]);
    await world.answer([update('enter', VM2, { name: 'two' })]);
    expect([world.names, world.synced]).toEqual([['one', 'two'], 1]);
  });

  test('after a lost wait removes only what is gone, and emits no change twice', async () => {
    const first = world.start();
    await world.answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
    expect(await first).toMatchObject({ code: 'ConnectionLost' });
    await world.cleanup;
    expect(world.callsOf('DestroyPropertyCollector')).toHaveLength(1);
    world.changes.length = 0;
    void world.start();
    await world.answer([update('enter', VM1, { name: 'one' })]);
    expect(world.changes).toMatchObject([{ before: { name: 'two' } }]);
    expect(world.synced).toBe(2);
  });

  test('ends when the session was replaced, and does not remove what ended with that session', async () => {
    const run = world.start();
    await world.answer([update('enter', VM1, { name: 'one' })]);
    world.replaceSession();
    await world.failWait(new VsphereError('Aborted', '', 'Unknown'));
    expect(await run).toMatchObject({ code: 'ConnectionLost' });
    expect(world.callsOf('DestroyPropertyCollector')).toHaveLength(0);
  });
});

describe('after the sync the stream', () => {
  beforeEach(async () => {
    void world.start();
    await world.answer([
      update('enter', VM1, { name: 'one', 'config.changeVersion': '1', 'config.hardware.numCPU': 1 }),
    ]);
    world.changes.length = 0;
  });

  test('emits a repeated enter only if it differs, and a leave once', async () => {
    await world.answer([
      update('enter', VM1, { name: 'one', 'config.changeVersion': '1', 'config.hardware.numCPU': 1 }),
    ]);
    expect(world.changes).toEqual([]);
    await world.answer([update('leave', VM1)]);
    await world.answer([update('leave', VM1)]);
    expect(world.changes).toHaveLength(1);
  });

  test('reads a machine again when its change version has changed, once per update', async () => {
    world.objects.set('vm-1', { xsiType: '', name: 'one', 'config.changeVersion': '2', 'config.hardware.numCPU': 4 });
    await world.answer([
      update('modify', VM1, { 'config.changeVersion': '2' }),
      update('modify', VM1, { 'config.changeVersion': '3' }),
    ]);
    await world.clock.advance(50);
    expect(world.callsOf('RetrievePropertiesEx')).toHaveLength(1);
    expect(world.changes).toMatchObject([{ before: { numCpu: 1 }, after: { numCpu: 4 } }]);
  });

  test('does not bring a machine back that left while it was read', async () => {
    world.objects.set('vm-1', { xsiType: '', name: 'one' });
    const { promise, resolve } = Promise.withResolvers<void>();
    world.beforeReadAnswer = () => promise;
    await world.answer([update('modify', VM1, { 'config.changeVersion': '2' })]);
    await world.clock.advance(50);
    expect(world.callsOf('RetrievePropertiesEx')).toHaveLength(1);
    world.objects.delete('vm-1');
    await world.answer([update('leave', VM1)]);
    resolve();
    await world.clock.advance(50);
    expect(world.names).toEqual([]);
  });

  test('reads live what an answer with repeated enters does not show: vcsim forgets who left in it', async () => {
    await world.answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    world.objects.set('vm-1', { xsiType: '', name: 'one' });
    await world.answer([update('enter', VM1, { name: 'one' }), update('enter', VM3, { name: 'three' })]);
    await world.clock.advance(100);
    expect(world.names).toEqual(['one', 'three']);
    expect(world.changes.at(-1)).toMatchObject({ kind: 'VirtualMachine', before: { name: 'two' } });
  });

  test('keeps a member that such an answer left out, if vCenter still knows it', async () => {
    await world.answer([update('enter', VM1, { name: 'one' }), update('enter', VM2, { name: 'two' })]);
    world.objects.set('vm-2', { xsiType: '', name: 'two' });
    await world.answer([update('enter', VM1, { name: 'one' })], true);
    expect(world.callsOf('RetrievePropertiesEx')).toEqual([]);
    await world.answer([update('enter', VM3, { name: 'three' })]);
    await world.clock.advance(100);
    expect(world.callsOf('RetrievePropertiesEx')).toHaveLength(1);
    expect(world.names).toEqual(['one', 'two', 'three']);
  });

  test('reads nothing if only the new member enters, as vCenter does it', async () => {
    await world.answer([update('enter', VM1, { name: 'one' })]);
    await world.answer([update('enter', VM2, { name: 'two' })]);
    await world.clock.advance(100);
    expect(world.callsOf('RetrievePropertiesEx')).toEqual([]);
  });

  test('pauses when the server answers at once with nothing', async () => {
    const before = world.callsOf('WaitForUpdatesEx').length;
    for (let turn = 0; turn < 5; turn += 1) await world.answerNothing();
    expect(world.callsOf('WaitForUpdatesEx')).toHaveLength(before);
    await world.clock.advance(1_000);
    expect(world.callsOf('WaitForUpdatesEx')).toHaveLength(before + 1);
  });
});

test('a filter that is not ours, because the answer to its making was lost, is not heard, and is destroyed once', async () => {
  const key = 'config.extraConfig["k"].value';
  void world.start();
  await world.answer([update('enter', VM1, { name: 'ours', 'config.changeVersion': '1', [key]: 'v' })]);
  const known = world.store.virtualMachine(VM1);
  world.calls.length = 0;
  for (const version of ['2', '3'])
    await world.answer([update('enter', VM1, { 'config.changeVersion': version })], false, 'stray');
  await world.answer([update('leave', VM1)], false, 'stray');
  await world.clock.advance(1_000);
  expect(world.store.virtualMachine(VM1)).toBe(known);
  expect(world.callsOf('DestroyPropertyFilter')).toHaveLength(1);
  expect(world.callsOf('RetrievePropertiesEx')).toEqual([]);
});
