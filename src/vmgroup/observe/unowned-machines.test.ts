import { expect, test } from 'vitest';
import { CLUSTER_ID, GROUP_UID } from '../../../test/support/builders/observation';
import { marksFor } from '../../api/ownership';
import { InventoryStore } from '../../vsphere/inventory/inventory';
import { unownedMachines } from './unowned-machines';

const everywhere = () => true;

/** Machines by name, with the marks of a group. */
function anInventory(
  ...machines: readonly { name: string; cluster?: string; group?: string; uid?: string; copied?: boolean }[]
): InventoryStore {
  const store = new InventoryStore();
  for (const { name, cluster = CLUSTER_ID, group = 'shop/web', uid = GROUP_UID, copied = false } of machines) {
    const slot = { ordinal: 0, revision: 'a1b2' };
    const marks = marksFor({ cluster, group, groupUid: uid, slot }, copied ? 'another' : `uuid-${name}`);
    store.apply({ type: 'VirtualMachine', value: name }, [
      { path: 'name', value: name },
      { path: 'config.instanceUuid', value: `uuid-${name}` },
      ...Object.entries(marks).map(([key, value]) => ({ path: `config.extraConfig["${key}"].value`, value })),
    ]);
  }
  return store;
}

const names = (...args: Parameters<typeof unownedMachines>): string[] =>
  unownedMachines(...args).map(({ machine }) => machine.name);

test('a machine of a group that exists is owned', () => {
  expect(names(anInventory({ name: 'one' }), CLUSTER_ID, (uid) => uid === GROUP_UID, everywhere)).toEqual([]);
});

test('machines of groups that do not exist are listed by name, with their former owner', () => {
  const inventory = anInventory({ name: 'two', uid: 'gone' }, { name: 'one', uid: 'gone' }, { name: 'three' });
  const unowned = unownedMachines(inventory, CLUSTER_ID, (uid) => uid === GROUP_UID, everywhere);
  expect(unowned).toMatchObject([
    { machine: { name: 'one' }, owner: { group: 'shop/web', groupUid: 'gone' } },
    { machine: { name: 'two' }, owner: { group: 'shop/web', groupUid: 'gone' } },
  ]);
});

test('they are in the order of their names, in whatever order vCenter told of them', () => {
  const inventory = anInventory({ name: 'a', uid: 'gone' }, { name: 'c', uid: 'gone' }, { name: 'b', uid: 'gone' });
  expect(names(inventory, CLUSTER_ID, () => false, everywhere)).toEqual(['a', 'b', 'c']);
});

test("another cluster's machines are not listed", () => {
  expect(names(anInventory({ name: 'theirs', cluster: 'another' }), CLUSTER_ID, () => false, everywhere)).toEqual([]);
});

test('a machine with marks that a person copied by cloning is foreign, not unowned', () => {
  expect(names(anInventory({ name: 'copy', copied: true }), CLUSTER_ID, () => false, everywhere)).toEqual([]);
});

test('a machine of a group in a namespace that is not watched is not listed', () => {
  const inventory = anInventory({ name: 'here', group: 'shop/web' }, { name: 'there', group: 'bank/web' });
  expect(
    names(
      inventory,
      CLUSTER_ID,
      () => false,
      (namespace) => namespace === 'shop',
    ),
  ).toEqual(['here']);
});
