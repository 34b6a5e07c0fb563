import { beforeEach, expect, test } from 'vitest';
import { InventoryStreamWorld, ref, update, VM1, VM2 } from '../../../test/support/inventory-stream-world';
import { VsphereError } from '../vim25/vsphere-error';

const FOLDER = ref('Folder', 'group');
const READABLE = { name: 'one', parent: FOLDER, 'config.changeVersion': '1' };
const UNREADABLE = { name: 'one', parent: FOLDER, 'runtime.connectionState': 'connected' };
let world: InventoryStreamWorld;

beforeEach(() => {
  world = new InventoryStreamWorld();
});

const reads = () => world.callsOf('RetrievePropertiesEx').length;

test('R8: a placeholder of a clone that left without a word is gone within 20 s, and its groups hear of it', async () => {
  void world.start();
  await world.answer([update('enter', VM1, READABLE)]);
  await world.answer([update('enter', VM2, UNREADABLE)]);
  world.changes.length = 0;
  await world.clock.advance(20_100);
  expect(world.names).toEqual(['one']);
  expect(world.changes).toMatchObject([{ kind: 'VirtualMachine', before: { ref: VM2, parent: FOLDER } }]);
  expect(world.changes[0]).not.toHaveProperty('after');
  const made = reads();
  await world.clock.advance(3_600_000);
  expect(reads()).toBe(made);
});

test('so is one that was there before a resync, which shows it as it was', async () => {
  void world.start();
  await world.answer([update('enter', VM1, UNREADABLE)]);
  await world.failWait(new VsphereError('ConnectionLost', 'cut', 'Unknown'));
  void world.start();
  await world.answer([update('enter', VM1, UNREADABLE)]);
  await world.clock.advance(20_100);
  expect(world.names).toEqual([]);
});

test('R4: machines that stay unreadable are read together, soon and then every ten minutes', async () => {
  const machines = Array.from({ length: 50 }, (_, number) => ref('VirtualMachine', `vm-${number}`));
  for (const { value } of machines) world.objects.set(value, { xsiType: '', ...UNREADABLE });
  void world.start();
  await world.answer(machines.slice(0, 25).map((machine) => update('enter', machine, UNREADABLE)));
  await world.clock.advance(5_000);
  await world.answer(machines.slice(25).map((machine) => update('enter', machine, UNREADABLE)));
  await world.clock.advance(150_000);
  expect(reads()).toBeLessThanOrEqual(4);
  const made = reads();
  await world.clock.advance(6 * 3_600_000);
  expect(reads() - made).toBeGreaterThan(30);
  expect(reads() - made).toBeLessThanOrEqual(36);
  expect(world.names).toHaveLength(50);
});

test('a placeholder that lasts as long as a long clone is gone soon after the end of the task', async () => {
  void world.start();
  world.objects.set('vm-2', { xsiType: '', ...UNREADABLE });
  await world.answer([update('enter', VM1, READABLE), update('enter', VM2, UNREADABLE)]);
  await world.clock.advance(1_000_000);
  world.objects.delete('vm-2');
  const info = { xsiType: 'TaskInfo', key: 't', state: 'success' };
  await world.answer([update('modify', ref('Task', 't'), { info })]);
  await world.clock.advance(20_100);
  expect(world.names).toEqual(['one']);
});

test('a machine that can be read again is read no more', async () => {
  void world.start();
  await world.answer([update('enter', VM1, UNREADABLE)]);
  world.objects.set('vm-1', { xsiType: '', ...READABLE });
  await world.clock.advance(20_100);
  expect(world.store.virtualMachine(VM1)?.unreadable).toBeUndefined();
  await world.clock.advance(3_600_000);
  expect(reads()).toBe(1);
});

test('more than a page of them takes several calls', async () => {
  const machines = Array.from({ length: 1_001 }, (_, number) => ref('VirtualMachine', `vm-${number}`));
  for (const { value } of machines) world.objects.set(value, { xsiType: '', ...UNREADABLE });
  void world.start();
  await world.answer(machines.map((machine) => update('enter', machine, UNREADABLE)));
  const asked = () =>
    world.callsOf('RetrievePropertiesEx').map(({ parameters }) => {
      const [spec] = parameters.specSet as [{ objectSet: readonly unknown[] }];
      return spec.objectSet.length;
    });
  await world.clock.advance(40_000);
  expect(asked()).toEqual([1_000, 1]);
});
