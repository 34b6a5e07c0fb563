import { beforeEach, describe, expect, test } from 'vitest';
import type { InventoryChange, ManagedObjectReference } from '../port';
import type { AnyValue } from '../vim25/describe';
import { InventoryStore } from './inventory';

let store: InventoryStore;

const ref = (type: string, value: string): ManagedObjectReference => ({ type, value });
const DC = ref('Datacenter', 'dc');
const VM_FOLDER = ref('Folder', 'vm');
const GROUP = ref('Folder', 'group');

function put(object: ManagedObjectReference, properties: Readonly<Record<string, AnyValue | undefined>>) {
  return store.apply(
    object,
    Object.entries(properties).map(([path, value]) => ({ path, value })),
  );
}

function putMachine(value: string, name: string, parent: ManagedObjectReference, more: Record<string, AnyValue> = {}) {
  return put(ref('VirtualMachine', value), {
    ...{ name, parent, 'runtime.powerState': 'poweredOff', 'config.changeVersion': '1' },
    ...more,
  });
}

beforeEach(() => {
  store = new InventoryStore();
  put(DC, { name: 'dc1', parent: ref('Folder', 'root') });
  put(VM_FOLDER, { name: 'vm', parent: DC });
  put(GROUP, { name: 'a%2fb', parent: VM_FOLDER });
});

describe('changes', () => {
  test('have the object before and after, and there is none if nothing differs', () => {
    const enter = putMachine('1', 'web', GROUP, { 'config.hardware.numCPU': 2 });
    expect(enter).toMatchObject({ kind: 'VirtualMachine', after: { name: 'web', numCpu: 2 } });
    expect(enter).not.toHaveProperty('before');
    expect(putMachine('1', 'web', GROUP, { 'config.hardware.numCPU': 2 })).toBeUndefined();
    const change = put(ref('VirtualMachine', '1'), { 'runtime.powerState': 'poweredOn' });
    expect(change).toMatchObject({
      before: { powerState: 'poweredOff' },
      after: { powerState: 'poweredOn', numCpu: 2 },
    });
    expect(put(GROUP, { name: 'a%2fb', parent: VM_FOLDER })).toBeUndefined();
  });

  test('of datastores are told, but not of their order; equal ones share a list, and none is unset', () => {
    const [a, b] = [ref('Datastore', 'a'), ref('Datastore', 'b')];
    putMachine('1', 'one', GROUP, { datastore: [b] as unknown as AnyValue });
    putMachine('2', 'two', GROUP, { datastore: [ref('Datastore', 'b')] as unknown as AnyValue });
    const of = (value: string) => store.virtualMachine(ref('VirtualMachine', value))?.datastores;
    expect(of('1')).toEqual([b]);
    expect(of('1')).toBe(of('2'));
    expect(put(ref('VirtualMachine', '1'), { datastore: [b, a] as unknown as AnyValue })).toBeDefined();
    expect(put(ref('VirtualMachine', '1'), { datastore: [a, b] as unknown as AnyValue })).toBeUndefined();
    put(ref('VirtualMachine', '1'), { datastore: [] as unknown as AnyValue });
    expect(store.virtualMachine(ref('VirtualMachine', '1'))).not.toHaveProperty('datastores');
  });

  test('of datastores that cannot be read leave a machine readable: no decision about it depends on them', () => {
    const properties = [
      { path: 'name', value: 'one' },
      { path: 'config.changeVersion', value: '1' },
      { path: 'datastore', value: undefined, unread: true as const },
    ];
    store.apply(ref('VirtualMachine', '1'), properties, 'Whole');
    expect(store.virtualMachine(ref('VirtualMachine', '1'))?.unreadable).toBeUndefined();
  });

  test('of an unset property remove the field, and of an unset or empty extraConfig value the key', () => {
    const key = 'config.extraConfig["codeconnect.uid"].value';
    putMachine('1', 'web', GROUP, { [key]: 'U', resourcePool: ref('ResourcePool', 'p') });
    expect(store.virtualMachinesByExtraConfig('codeconnect.uid', 'U')).toHaveLength(1);
    put(ref('VirtualMachine', '1'), { [key]: undefined, resourcePool: undefined });
    expect(store.virtualMachinesByExtraConfig('codeconnect.uid', 'U')).toEqual([]);
    const machine = store.virtualMachine(ref('VirtualMachine', '1'));
    expect(machine).not.toHaveProperty('resourcePool');
    expect(machine?.extraConfig).toEqual({});
    put(ref('VirtualMachine', '1'), { [key]: '' });
    expect(store.virtualMachine(ref('VirtualMachine', '1'))?.extraConfig).toEqual({});
  });

  test('are not made for a new change version alone', () => {
    putMachine('1', 'web', GROUP, { 'config.changeVersion': '1' });
    expect(put(ref('VirtualMachine', '1'), { 'config.changeVersion': '2' })).toBeUndefined();
    expect(store.changeVersionOf(ref('VirtualMachine', '1'))).toBe('2');
  });

  test('of the parent move a machine from one folder to another', () => {
    putMachine('1', 'web', GROUP);
    put(ref('VirtualMachine', '1'), { parent: VM_FOLDER });
    expect(store.virtualMachinesIn(GROUP)).toEqual([]);
    expect(store.virtualMachinesIn(VM_FOLDER)).toHaveLength(1);
  });
});

describe('a vApp', () => {
  const APP = ref('VirtualApp', 'app');
  const POOL = ref('ResourcePool', 'pool');

  test('is seen in its folder and in its resource pool, which is its parent', () => {
    put(APP, { name: 'app', parent: POOL, parentFolder: GROUP });
    expect(store.entity(APP)).toMatchObject({ parent: POOL, folder: GROUP });
    expect(store.entitiesIn(GROUP).map(({ name }) => name)).toEqual(['app']);
    expect(store.entitiesIn(POOL).map(({ name }) => name)).toEqual(['app']);
    const change = put(APP, { parentFolder: VM_FOLDER });
    expect(change).toMatchObject({ before: { folder: GROUP }, after: { folder: VM_FOLDER } });
    expect(store.entitiesIn(GROUP)).toEqual([]);
    store.remove(APP);
    expect([...store.entitiesIn(VM_FOLDER), ...store.entitiesIn(POOL)].map(({ name }) => name)).not.toContain('app');
  });
});

describe('a resync', () => {
  test('keeps the objects that it shows, and removes the others at its end', () => {
    putMachine('1', 'stays', GROUP);
    putMachine('2', 'goes', GROUP);
    store.beginSync();
    for (const object of [DC, VM_FOLDER, GROUP]) expect(put(object, {})).toBeUndefined();
    expect(putMachine('1', 'stays', GROUP)).toBeUndefined();
    expect(store.virtualMachine(ref('VirtualMachine', '2'))).toBeDefined();
    const changes: readonly InventoryChange[] = store.endSync();
    expect(changes).toMatchObject([{ kind: 'VirtualMachine', before: { name: 'goes' } }]);
    expect(changes[0]).not.toHaveProperty('after');
    expect(store.endSync()).toEqual([]);
  });
});

describe('paths and look-ups', () => {
  beforeEach(() => {
    putMachine('1', 'web', GROUP);
    putMachine('2', 'web', VM_FOLDER);
    putMachine('3', 'with%2fslash', VM_FOLDER);
    const otherDc = ref('Datacenter', 'dc2');
    put(otherDc, { name: 'dc2', parent: ref('Folder', 'root') });
    put(ref('Folder', 'vm2'), { name: 'vm', parent: otherDc });
    putMachine('4', 'web', ref('Folder', 'vm2'));
  });

  test('a path escapes slashes in names, and does not have the root folder', () => {
    expect(store.pathOf(ref('VirtualMachine', '1'))).toBe('/dc1/vm/a%2fb/web');
  });

  test('a name of several machines is ambiguous, with all their paths; an absolute path is not', () => {
    expect(store.findVirtualMachine('web', DC)).toEqual({
      kind: 'Ambiguous',
      candidatePaths: ['/dc1/vm/a%2fb/web', '/dc1/vm/web'],
    });
    expect(store.findVirtualMachine('/dc1/vm/web', DC)).toMatchObject({ kind: 'Found', path: '/dc1/vm/web' });
    expect(store.findVirtualMachine('/dc1/vm/a%2Fb/web', DC)).toMatchObject({ path: '/dc1/vm/a%2fb/web' });
    expect(store.findVirtualMachine('/dc2/vm/web', DC)).toEqual({ kind: 'NotFound' });
    expect(store.findVirtualMachine('web', ref('Datacenter', 'dc2'))).toMatchObject({ path: '/dc2/vm/web' });
  });

  test('a name with a slash is found', () => {
    expect(store.findVirtualMachine('with/slash', DC)).toMatchObject({ kind: 'Found' });
    expect(store.findVirtualMachine('nothing', DC)).toEqual({ kind: 'NotFound' });
    expect(store.findVirtualMachine('', DC)).toEqual({ kind: 'NotFound' });
  });

  test('managed entities are found by name, path or end of a path, also below another object only', () => {
    expect(store.findEntity(['Folder'], 'vm')).toEqual({ kind: 'Ambiguous', candidatePaths: ['/dc1/vm', '/dc2/vm'] });
    expect(store.findEntity(['Folder'], 'vm', DC)).toMatchObject({ kind: 'Found', path: '/dc1/vm' });
    expect(store.findEntity(['Folder'], 'vm/a%2fb')).toMatchObject({ kind: 'Found', path: '/dc1/vm/a%2fb' });
    expect(store.findEntity(['Folder'], 'a/b')).toMatchObject({ kind: 'Found', path: '/dc1/vm/a%2fb' });
    expect(store.findEntity(['Datacenter'], 'vm')).toEqual({ kind: 'NotFound' });
    expect(store.entitiesOfType(['Folder'], VM_FOLDER).map(({ name }) => name)).toEqual(['a/b']);
  });

  test.each(['vm/', '/dc1/vm/', '/dc1//vm', '//dc1/vm', '/dc1/vm//', '/', '//', ''])(
    'R15: "%s" has an empty name in it and finds nothing, least of all what is above',
    (path) => {
      expect(store.findEntity(['Datacenter', 'Folder'], path)).toEqual({ kind: 'NotFound' });
      expect(store.findVirtualMachine(path, DC)).toEqual({ kind: 'NotFound' });
      expect(store.findVirtualMachine(`${path}/web/`, DC)).toEqual({ kind: 'NotFound' });
    },
  );

  test('port groups of one name and one path are told apart by their switches', () => {
    const types = ['Network', 'DistributedVirtualPortgroup'] as const;
    const folder = ref('Folder', 'network');
    put(folder, { name: 'network', parent: DC });
    for (const name of ['blue', 'green']) {
      const itsSwitch = ref('VmwareDistributedVirtualSwitch', name);
      put(itsSwitch, { name, parent: folder });
      const portgroup = { name: 'servers', parent: folder, 'config.distributedVirtualSwitch': itsSwitch };
      put(ref('DistributedVirtualPortgroup', `of-${name}`), portgroup);
    }
    const candidatePaths = ['blue/servers', 'green/servers'];
    expect(store.findEntity(types, 'servers', DC)).toEqual({ kind: 'Ambiguous', candidatePaths });
    expect(store.findEntity(types, '/dc1/network/servers', DC)).toEqual({ kind: 'Ambiguous', candidatePaths });
    expect(store.findEntity(types, 'green/servers', DC)).toMatchObject({ object: { ref: { value: 'of-green' } } });
    expect(store.findEntity(types, '/green/servers', DC)).toEqual({ kind: 'NotFound' });
    expect(store.findEntity(types, 'red/servers', DC)).toEqual({ kind: 'NotFound' });
  });
});
