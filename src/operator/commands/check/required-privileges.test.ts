import { describe, expect, test } from 'vitest';
import { InventoryStore } from '../../../vsphere/inventory/inventory';
import { merged, missingPrivileges, privilegeNeeds } from './required-privileges';

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

describe('the privileges that are needed', () => {
  const placement = {
    parentFolder,
    resourcePool: ref('ResourcePool', 'p'),
    datastore: ref('Datastore', 'd'),
    networks: [ref('Network', 'n')],
    template: { ref: ref('VirtualMachine', 't'), path: '/dc/vm/t' },
    problems: [],
  };
  const spec = { networks: [{ name: 'a', network: 'n' }] };
  const on = (noun: string, isTemplate = true) =>
    privilegeNeeds(spec, placement, anInventory(isTemplate)).find((need) => need.noun === noun)?.privileges;

  test('are those of each object that a group uses', () => {
    expect(on('resource pool')).toEqual(['Resource.AssignVMToPool']);
    expect(on('datastore')).toEqual(['Datastore.AllocateSpace']);
    expect(on('network')).toEqual(['Network.Assign']);
    expect(on('folder')).toContain('VirtualMachine.Inventory.CreateFromExisting');
    expect(on('folder')).toContain('VirtualMachine.Config.EditDevice');
  });

  test('differ between a template and a machine to clone from', () => {
    expect(on('template')).toEqual(['VirtualMachine.Provisioning.DeployTemplate']);
    expect(on('machine to clone from', false)).toEqual(['VirtualMachine.Provisioning.Clone']);
  });

  test('do not include devices when no network is named', () => {
    const [folder] = privilegeNeeds({}, { parentFolder, problems: [] }, anInventory(true));
    expect(folder?.privileges).not.toContain('VirtualMachine.Config.EditDevice');
  });

  test('are those on the VM folder of the datacenter while the default folder does not exist', () => {
    const missing = { kind: 'Missing', within: ref('Folder', 'f'), name: 'vm-operator' } as const;
    expect(privilegeNeeds({}, { ...none, parentFolder: missing }, anInventory(true))).toMatchObject([
      { object: ref('Folder', 'f') },
    ]);
    expect(privilegeNeeds({}, none, anInventory(true))).toEqual([]);
  });

  test('of several groups are listed once per object', () => {
    const plain = privilegeNeeds({}, { ...none, parentFolder }, anInventory(true));
    const both = merged([...plain, ...privilegeNeeds(spec, { ...none, parentFolder }, anInventory(true))]);
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
