import { describe, expect, test } from 'vitest';
import { aGroup, CLUSTER_ID, VCENTER_UUID } from '../../../test/support/builders/observation';
import { slotKey } from '../../api/identity';
import { marksFor } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import type { ManagedObjectReference } from '../../vsphere/port';
import type { Operation, Subject } from '../model/in-flight';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { GroupMemory } from './group-memory';
import { type ObserveInput, observe } from './observe';

const group = aGroup();
const entity = (store: InventoryStore, type: string, value: string, name: string, parent: ManagedObjectReference) => {
  const ref = { type, value };
  store.apply(ref, [
    { path: 'name', value: name },
    { path: 'parent', value: parent },
  ]);
  return ref;
};

/** A datacenter with its VM folder, and below it the folders of this path. */
function anInventory(...folders: readonly string[]): InventoryStore {
  const store = new InventoryStore();
  const datacenter = entity(store, 'Datacenter', 'dc', 'dc', { type: 'Folder', value: 'root' });
  let parent = entity(store, 'Folder', 'vm', 'vm', datacenter);
  for (const name of folders) parent = entity(store, 'Folder', name, name, parent);
  return store;
}

function inFlightAfter(inventory: InventoryStore, operation: Operation, subject: Subject, state: 'Sent' | 'Done') {
  const at = { wallMs: 0, monotonicMs: 0 };
  const memory = GroupMemory.from(group, at);
  memory.inFlight.sent('key', operation, subject, at);
  if (state === 'Done') memory.inFlight.ended('key', 'Done', 0);
  return look(inventory, memory).inFlight;
}

function look(inventory: InventoryStore, memory: GroupMemory, rest: Partial<ObserveInput> = {}) {
  return observe({
    group,
    now: { wallMs: 0, monotonicMs: 0 },
    clusterId: CLUSTER_ID,
    vcenter: { kind: 'Ready', name: '(env)', instanceUuid: VCENTER_UUID },
    inventory,
    defaultFolder: 'vm-operator',
    tenants: DEFAULT_TENANT_POLICY,
    isLiving: () => false,
    memory,
    unclaimedClones: () => false,
    uninstalling: false,
    ...rest,
  });
}

describe('a power-on is a repair only if the machine was seen on while we did nothing to it', () => {
  const slot = { ordinal: 0, revision: 'a1b2c3d4e5' };
  const machine = { type: 'VirtualMachine', value: 'vm-1' };
  const marks = marksFor({ cluster: CLUSTER_ID, group: 'shop/web', groupUid: group.metadata.uid, slot }, 'its-uuid');

  function repairsAfter(...underWay: readonly Operation[]): number {
    const inventory = anInventory('vm-operator', 'shop.web');
    inventory.apply(machine, [
      { path: 'runtime.powerState', value: 'poweredOn' },
      { path: 'config.instanceUuid', value: 'its-uuid' },
      ...Object.entries(marks).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
    ]);
    const at = { wallMs: 0, monotonicMs: 0 };
    const memory = GroupMemory.from(group, at);
    for (const operation of underWay) memory.inFlight.sent(operation, operation, { slot, machine }, at);
    memory.remember(look(inventory, memory));
    memory.history.poweredOn(slotKey(slot), 0);
    return memory.history.repairs.size;
  }

  test.each(['PowerOn', 'PowerOff', 'Shutdown'] as const)(
    'seen on while our %s is in flight: no repair',
    (operation) => {
      expect(repairsAfter(operation)).toBe(0);
    },
  );

  test('seen on while nothing is in flight: the next power-on is a repair', () => {
    expect(repairsAfter()).toBe(1);
  });
});

describe('an operation is in flight until its effect is seen', () => {
  test('the default folder and the group folder are two operations', () => {
    const parent = { folderName: 'vm-operator' };
    const own = { folderName: 'shop.web' };
    expect(inFlightAfter(anInventory(), 'CreateFolder', parent, 'Done')).toHaveLength(1);
    expect(inFlightAfter(anInventory('vm-operator'), 'CreateFolder', parent, 'Done')).toEqual([]);
    expect(inFlightAfter(anInventory('vm-operator'), 'CreateFolder', own, 'Done')).toHaveLength(1);
    expect(inFlightAfter(anInventory('vm-operator', 'shop.web'), 'CreateFolder', own, 'Done')).toEqual([]);
  });

  test('of two levels of the default folder that have one name, each is an operation of its own', () => {
    const at = { wallMs: 0, monotonicMs: 0 };
    const folderParent = { type: 'Folder', value: 'vm' };
    const leftAfter = (inventory: InventoryStore, parent: ManagedObjectReference) => {
      const memory = GroupMemory.from(group, at);
      memory.inFlight.sent('key', 'CreateFolder', { folderName: 'deep', folderParent: parent }, at);
      return look(inventory, memory, { defaultFolder: 'deep/deep' }).inFlight.length;
    };
    expect(leftAfter(anInventory(), folderParent)).toBe(1);
    const half = anInventory('deep');
    expect(leftAfter(half, folderParent)).toBe(0);
    expect(leftAfter(half, { type: 'Folder', value: 'deep' })).toBe(1);
  });

  test('a PowerOn stays in flight until its task has ended, though the machine is seen powered on', () => {
    const inventory = anInventory('vm-operator', 'shop.web');
    const machine = { type: 'VirtualMachine', value: 'vm-1' };
    inventory.apply(machine, [{ path: 'runtime.powerState', value: 'poweredOn' }]);
    expect(inFlightAfter(inventory, 'PowerOn', { machine }, 'Sent')).toHaveLength(1);
    expect(inFlightAfter(inventory, 'PowerOn', { machine }, 'Done')).toEqual([]);
  });

  test('an effect that was seen while the task ran need not come again: a person may have undone it', () => {
    const inventory = anInventory('vm-operator', 'shop.web');
    const machine = { type: 'VirtualMachine', value: 'vm-1' };
    const at = { wallMs: 0, monotonicMs: 0 };
    const memory = GroupMemory.from(group, at);
    const shows = (value: string) => {
      inventory.apply(machine, [{ path: 'runtime.powerState', value }]);
      const observed = look(inventory, memory);
      memory.remember(observed);
      return observed.inFlight.map(({ operation }) => operation);
    };
    memory.inFlight.sent('key', 'PowerOn', { machine }, at);
    expect([shows('poweredOff'), shows('poweredOn'), shows('poweredOff')]).toEqual([
      ['PowerOn'],
      ['PowerOn'],
      ['PowerOn'],
    ]);
    memory.inFlight.ended('key', 'Done', 0);
    expect(shows('poweredOff')).toEqual([]);
  });

  test('a Reconfigure ends with the size that it was sent for, also if the spec asks for another size by then', () => {
    const inventory = anInventory('vm-operator', 'shop.web');
    const machine = { type: 'VirtualMachine', value: 'vm-1' };
    inventory.apply(machine, [
      { path: 'config.hardware.numCPU', value: 1 },
      { path: 'config.hardware.memoryMB', value: 1024 },
    ]);
    const small = { numCpu: 1, memoryMiB: 1024 };
    expect(inFlightAfter(inventory, 'Reconfigure', { machine, size: small }, 'Sent')).toHaveLength(1);
    expect(inFlightAfter(inventory, 'Reconfigure', { machine, size: small }, 'Done')).toEqual([]);
    const large = { numCpu: 8, memoryMiB: 1024 };
    expect(inFlightAfter(inventory, 'Reconfigure', { machine, size: large }, 'Done')).toHaveLength(1);
  });

  test('R8: a guest that was asked to shut down holds its slot only while its machine is in the group', () => {
    const inventory = anInventory('vm-operator', 'shop.web');
    const machine = { type: 'VirtualMachine', value: 'vm-1' };
    const slot = { ordinal: 0, revision: 'a1b2c3d4e5' };
    const marks = marksFor({ cluster: CLUSTER_ID, group: 'shop/web', groupUid: group.metadata.uid, slot }, 'its-uuid');
    const asked = (state: 'Sent' | 'Done') =>
      inFlightAfter(inventory, 'Shutdown', { machine, slot }, state).map(({ operation }) => operation);
    const shows = (told: Readonly<Record<string, string | undefined>>) =>
      inventory.apply(
        machine,
        Object.entries(told).map(([path, value]) => ({ path, value })),
      );
    shows({ 'runtime.powerState': 'poweredOn', 'runtime.connectionState': 'inaccessible' });
    // Nobody knows yet whose it is: a restart asks for machines of which vCenter tells no configuration.
    expect(asked('Done')).toEqual(['Shutdown']);
    shows({ 'runtime.connectionState': 'connected', 'config.changeVersion': '1', 'config.instanceUuid': 'its-uuid' });
    shows(
      Object.fromEntries(Object.entries(marks).map(([key, value]) => [`config.extraConfig["${key}"].value`, value])),
    );
    expect(asked('Done')).toEqual(['Shutdown']);
    shows(Object.fromEntries(Object.keys(marks).map((key) => [`config.extraConfig["${key}"].value`, undefined])));
    expect(asked('Sent')).toEqual(['Shutdown']);
    expect(asked('Done')).toEqual([]);
  });

  test('no operation on a machine that is gone stays in flight', () => {
    const machine = { type: 'VirtualMachine', value: 'vm-1' };
    expect(inFlightAfter(anInventory(), 'Destroy', { machine }, 'Sent')).toEqual([]);
    expect(inFlightAfter(anInventory(), 'Reconfigure', { machine }, 'Done')).toEqual([]);
  });
});

test('R7: an adoption whose machine goes out of sight is over, and vCenter is asked for that machine', () => {
  const at = { wallMs: 0, monotonicMs: 0 };
  const memory = GroupMemory.from(group, at);
  const subject = { slot: { ordinal: 0, revision: 'a1b2c3d4e5' }, machine: { type: 'VirtualMachine', value: 'vm-1' } };
  memory.inFlight.sent('key', 'Adopt', { ...subject, machineName: 'web-replica-a' }, at);
  memory.inFlight.ended('key', 'Unknown', 0);
  memory.remember(look(anInventory('vm-operator'), memory));
  const { inFlight, known } = look(anInventory('vm-operator'), memory);
  expect(inFlight).toEqual([]);
  expect(known.machines).toMatchObject([{ name: 'web-replica-a', ref: { value: 'vm-1' }, isShown: false }]);
});

describe('R1: whether the folder of a group may be removed with it', () => {
  const at = { wallMs: 0, monotonicMs: 0 };
  const naming = (folder: string | undefined, status: VmGroup['status'] = {}) =>
    aGroup(folder === undefined ? {} : { placement: { folder } }, { status });
  const found = (of: VmGroup, inventory: InventoryStore, rest: Partial<ObserveInput> = {}, created?: string) => {
    const memory = GroupMemory.from(of, at);
    memory.createdFolder = created;
    const { folder } = look(inventory, memory, { group: of, ...rest });
    return folder.kind === 'Missing' ? 'Missing' : { isOurs: folder.isOurs, recorded: folder.createdByOperator };
  };

  test('below the default folder or that of the namespace it is ours, by its place and name', () => {
    const usual = anInventory('vm-operator', 'shop.web');
    expect(found(naming(undefined), usual)).toEqual({ isOurs: true, recorded: false });
    expect(found(naming('vm-operator'), usual)).toEqual({ isOurs: true, recorded: false });
    const tenants = { ...DEFAULT_TENANT_POLICY, namespaceFolder: 'tenants/$(namespace)' };
    const confined = anInventory('tenants', 'shop', 'shop.web');
    expect(found(naming(undefined), confined, { tenants })).toEqual({ isOurs: true, recorded: false });
    expect(found(naming('shop'), confined, { tenants })).toEqual({ isOurs: true, recorded: false });
  });

  test('below a folder that the spec names it may be that of anybody, unless this operator made it', () => {
    const inventory = anInventory('team', 'shop.web');
    expect(found(naming('team'), inventory)).toEqual({ isOurs: false, recorded: false });
    expect(found(naming('team'), inventory, {}, 'shop.web')).toEqual({ isOurs: true, recorded: true });
    const recorded = { folder: { moRef: 'shop.web', path: '', createdByOperator: true } };
    expect(found(naming('team', recorded), inventory)).toEqual({ isOurs: true, recorded: true });
    const used = { folder: { moRef: 'shop.web', path: '' } };
    expect(found(naming('team', used), inventory)).toEqual({ isOurs: false, recorded: false });
  });

  test('R7: the record is of one folder: another of that name is not ours', () => {
    const recorded = { folder: { moRef: 'gone', path: '', createdByOperator: true } };
    expect(found(naming('team', recorded), anInventory('team', 'shop.web'))).toEqual({
      isOurs: false,
      recorded: false,
    });
  });

  test('a recorded folder in the old place stays that of the group when VC_FOLDER changes', () => {
    const recorded = { folder: { moRef: 'shop.web', path: '/dc/vm/vm-operator/shop.web' } };
    const inventory = anInventory('vm-operator', 'shop.web');
    const moved = { defaultFolder: 'vm-operator/$(cluster)' };
    expect(found(naming(undefined, recorded), inventory, moved)).toEqual({ isOurs: true, recorded: false });
    expect(found(naming(undefined), inventory, moved)).toBe('Missing');
  });
});
