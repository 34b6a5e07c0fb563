import { describe, expect, test } from 'vitest';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import { privilegesAt } from './features';
import { merged, missingPrivileges, type PrivilegeQuestion, privilegeNeeds } from './required-privileges';

const ref = (type: string, value: string) => ({ type, value });
const parentFolder = { kind: 'Found', ref: ref('Folder', 'f'), path: '/dc/vm/f' } as const;
const none = { problems: [] };

function anInventory(isTemplate: boolean): InventoryStore {
  const store = new InventoryStore();
  for (const [type, name] of [
    ['Folder', 'f'],
    ['ResourcePool', 'p'],
    ['Datastore', 'd'],
    ['Network', 'n'],
  ] as const)
    store.apply(ref(type, name), [{ path: 'name', value: name }]);
  store.apply(ref('VirtualMachine', 't'), [
    { path: 'name', value: 't' },
    { path: 'config.template', value: isTemplate },
  ]);
  return store;
}

type Spec = PrivilegeQuestion['spec'];

describe('the privileges that are needed', () => {
  const placement = {
    parentFolder,
    resourcePool: ref('ResourcePool', 'p'),
    datastore: ref('Datastore', 'd'),
    networks: [ref('Network', 'n')],
    template: { ref: ref('VirtualMachine', 't'), path: '/dc/vm/t' },
    problems: [],
  };
  const powered: Spec = { powerState: 'PoweredOn' };
  const connected: Spec = { ...powered, networks: [{ name: 'a', network: 'n' }] };
  const source = { datastores: [ref('Datastore', 'd')], networks: [ref('Network', 'n')], adapters: 1 };
  const needs = (given: Partial<PrivilegeQuestion>, isTemplate = true) =>
    privilegeNeeds({ spec: connected, placement, source, ...given }, anInventory(isTemplate));
  const on = (noun: string, given: Partial<PrivilegeQuestion> = {}, isTemplate = true) =>
    needs(given, isTemplate).find((need) => need.noun === noun)?.privileges;
  const onFolder = (given: Partial<PrivilegeQuestion> = {}) => on('folder', given) ?? [];

  test('are those of each object that a group uses', () => {
    expect(on('resource pool')).toEqual(['Resource.AssignVMToPool']);
    expect(on('datastore')).toEqual(['Datastore.AllocateSpace']);
    expect(on('network')).toEqual(['Network.Assign']);
    expect(onFolder()).toContain('VirtualMachine.Inventory.CreateFromExisting');
  });

  test('are asked for on the cluster of a group that keeps its replicas apart, and of no other', () => {
    const store = anInventory(true);
    for (const [child, name, parent] of [
      [ref('ClusterComputeResource', 'c'), 'c', ref('Folder', 'host')],
      [ref('ResourcePool', 'root'), 'Resources', ref('ClusterComputeResource', 'c')],
      [ref('ResourcePool', 'p'), 'p', ref('ResourcePool', 'root')],
    ] as const)
      store.apply(child, [
        { path: 'name', value: name },
        { path: 'parent', value: parent },
      ]);
    const onCluster = (hostAntiAffinity: 'Disabled' | 'Preferred') =>
      privilegeNeeds({ spec: { ...powered, placement: { hostAntiAffinity } }, placement, source }, store)
        .filter(({ noun }) => noun === 'cluster')
        .map(({ object, privileges }) => [object.value, ...privileges]);
    expect(onCluster('Preferred')).toEqual([['c', 'Host.Inventory.EditCluster']]);
    expect(onCluster('Disabled')).toEqual([]);
  });

  test('are asked for on each datastore of a datastore cluster', () => {
    const pod = ref('StoragePod', 'pod');
    const store = anInventory(true);
    for (const [ref, parent] of [
      [pod, 'group-s1'],
      [{ type: 'Datastore', value: 'd1' }, pod.value],
      [{ type: 'Datastore', value: 'd2' }, pod.value],
    ] as const)
      store.apply(ref, [
        { path: 'name', value: ref.value },
        { path: 'parent', value: { type: parent === pod.value ? 'StoragePod' : 'Folder', value: parent } },
      ]);
    const question = { spec: connected, placement: { ...placement, datastore: pod }, source };
    const datastores = privilegeNeeds(question, store).filter(({ noun }) => noun === 'datastore');
    expect(datastores.map(({ object, privileges }) => [object.value, ...privileges])).toEqual([
      ['d1', 'Datastore.AllocateSpace'],
      ['d2', 'Datastore.AllocateSpace'],
    ]);
  });

  test("are asked for on the template's datastores and networks where the spec names none", () => {
    const { datastore, networks, ...unnamed } = placement;
    const objects = needs({ spec: powered, placement: unnamed }).map(({ object, privileges }) => [
      object,
      ...privileges,
    ]);
    expect(objects).toContainEqual([datastore, 'Datastore.AllocateSpace']);
    expect(objects).toContainEqual([networks[0], 'Network.Assign']);
  });

  test('are asked for on the root of the vCenter with a storage policy, and on no datastore that it may not choose', () => {
    const store = anInventory(true);
    store.apply(ref('Folder', 'dcs'), [
      { path: 'name', value: 'dcs' },
      { path: 'parent', value: ref('Folder', 'root') },
    ]);
    const datacenter = {
      ref: ref('Datacenter', 'dc'),
      type: 'Datacenter',
      name: 'dc',
      parent: ref('Folder', 'dcs'),
    } as const;
    const storagePolicy = { name: 'gold', field: 'f' };
    const { datastore, ...unnamed } = placement;
    const needed = (given: object) =>
      privilegeNeeds({ spec: powered, placement: { ...unnamed, datacenter, ...given }, source }, store);
    expect(needed({ storagePolicy }).find(({ noun }) => noun === 'root of the vCenter')).toMatchObject({
      object: ref('Folder', 'root'),
      privileges: ['StorageProfile.View'],
    });
    expect(needed({ storagePolicy }).filter(({ noun }) => noun === 'datastore')).toEqual([]);
    expect(needed({ storagePolicy, datastore }).filter(({ noun }) => noun === 'datastore')).toHaveLength(1);
    expect(needed({}).flatMap(({ privileges }) => privileges)).not.toContain('StorageProfile.View');
  });

  test('differ between a template and a machine to clone from', () => {
    expect(on('template')).toEqual(['VirtualMachine.Provisioning.DeployTemplate']);
    expect(on('machine to clone from', {}, false)).toEqual(['VirtualMachine.Provisioning.Clone']);
  });

  const edit = ['VirtualMachine.Config.EditDevice', 'VirtualMachine.Interact.DeviceConnection'];
  const addOrRemove = 'VirtualMachine.Config.AddRemoveDevice';
  test.each([
    ['as many adapters as networks', 1, edit],
    ['too few adapters', 0, [edit[1], addOrRemove]],
    ['too many adapters', 2, [...edit, addOrRemove]],
    ['adapters that cannot be read', undefined, [...edit, addOrRemove]],
  ])('for a template with %s', (_what, adapters, wanted) => {
    const { datastores, networks } = source;
    const given = { source: { datastores, networks, ...(adapters !== undefined && { adapters }) } };
    expect(onFolder(given).filter((privilege) => /Device/.test(privilege))).toEqual(wanted);
  });

  test('do not include devices when no network is named', () => {
    expect(onFolder({ spec: powered }).filter((privilege) => /Device/.test(privilege))).toEqual([]);
  });

  test('include the vApp properties with guest data only, and power-on only for machines that shall run', () => {
    expect(onFolder()).not.toContain('VApp.ApplicationConfig');
    expect(onFolder({ spec: { ...powered, guest: { cloudInit: {} } } })).toContain('VApp.ApplicationConfig');
    const customizationSpec = { name: 'linux' };
    expect(onFolder({ spec: { ...powered, guest: { customizationSpec } } })).not.toContain('VApp.ApplicationConfig');
    const ignition = { config: { value: '{}' } };
    expect(onFolder({ spec: { ...powered, guest: { ignition } } })).toContain('VApp.ApplicationConfig');
    expect(onFolder()).toContain('VirtualMachine.Interact.PowerOn');
    expect(onFolder({ spec: { powerState: 'PoweredOff' } })).not.toContain('VirtualMachine.Interact.PowerOn');
  });

  test('include the right to rename the folder of the original operator that is taken over', () => {
    const legacyFolder = ref('Folder', 'legacy');
    const renamed = needs({ legacyFolder }).filter(({ privileges }) => privileges.includes('Folder.Rename'));
    expect(renamed.map(({ object }) => object)).toEqual([legacyFolder]);
  });

  test('are asked for on machines to take over, and on their folder, as far as the spec changes them', () => {
    const adopted = [ref('VirtualMachine', 'by-hand-1'), ref('Folder', 'by-hand')];
    const asked = (spec: Spec) =>
      needs({ spec, adopted })
        .filter(({ object }) => adopted.includes(object))
        .map(({ noun, privileges }) => [noun, ...privileges]);
    const least = privilegesAt('adopted', ['adoption']);
    const off: Spec = { powerState: 'PoweredOff' };
    expect(asked(off)).toEqual([
      ['machine', ...least],
      ['folder', ...least],
    ]);
    const more: Spec = { ...powered, disks: { rootSizeGiB: 20 }, customAttributes: [{ name: 'owner', value: 'web' }] };
    expect(asked(more)[0]?.slice(1)).toEqual(
      privilegesAt('adopted', ['adoption', 'power-on', 'disks', 'custom-attributes']),
    );
    expect(needs({}).map(({ noun }) => noun)).not.toContain('machine');
  });

  test('are those on the VM folder of the datacenter while the default folder does not exist', () => {
    const missing = {
      kind: 'Missing',
      within: ref('Folder', 'f'),
      name: 'vm-operator',
      path: '/dc/vm/vm-operator',
    } as const;
    const nothing = { spec: powered, source: undefined };
    expect(needs({ ...nothing, placement: { ...none, parentFolder: missing } })).toMatchObject([
      { object: ref('Folder', 'f') },
    ]);
    expect(needs({ ...nothing, placement: none })).toEqual([]);
  });

  test('of several groups are listed once per object', () => {
    const given = { placement: { ...none, parentFolder }, source: undefined };
    const both = merged([...needs({ ...given, spec: powered }), ...needs({ ...given, spec: connected })]);
    expect(both).toHaveLength(1);
    expect(both[0]?.privileges).toContain('VirtualMachine.Config.EditDevice');
    expect(new Set(both[0]?.privileges).size).toBe(both[0]?.privileges.length);
  });
});

test('a privilege is missing when it was not granted on that object itself', () => {
  const need = { object: ref('Datastore', 'd'), noun: 'datastore', path: '/d', privileges: ['A', 'B'] };
  const granted = (value: string, ...privileges: string[]) => [{ object: ref('Datastore', value), privileges }];
  expect(missingPrivileges(need, granted('d', 'B', 'C'))).toEqual(['A']);
  expect(missingPrivileges(need, granted('d', 'A', 'B'))).toEqual([]);
  expect(missingPrivileges(need, granted('other', 'A', 'B'))).toBeUndefined();
});
