/** R15: what is allowed is decided again as a call is sent. */
import { describe, expect, test } from 'vitest';
import { anInventory, drawn } from '../../../test/support/builders/inventory';
import { aGroup } from '../../../test/support/builders/observation';
import type { InventoryStore } from '../../vsphere/inventory/inventory';
import type { VCenterAction } from './action';
import { isStillAllowed } from './allowed-places';
import type { AllowedPlaces } from './tenant-policy';

const group = aGroup();
const VM = 'Datacenter:dc/Folder:vm';
const TEMPLATE = `${VM}/VirtualMachine:ubuntu`;
const HOME = `${VM}/Folder:vm-operator/Folder:shop.web`;
const POOL = 'Datacenter:dc/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources';
const SSD = 'Datacenter:dc/Folder:datastore/Datastore:ssd';
const HDD = 'Datacenter:dc/Folder:datastore/Datastore:hdd';
const FRONT = 'Datacenter:dc/Folder:network/Network:front';

function anInventoryOfAll(): InventoryStore {
  const store = anInventory(TEMPLATE, HOME, POOL, SSD, HDD, FRONT);
  store.apply(drawn(TEMPLATE), [{ path: 'datastore', value: [drawn(SSD)] }]);
  return store;
}

const clone = {
  kind: 'Clone',
  slot: { ordinal: 0, revision: 'r' },
  template: drawn(TEMPLATE),
  folder: drawn(HOME),
  resourcePool: drawn(POOL),
  again: false,
} as const;
const ALL: AllowedPlaces = {
  templates: ['/dc/vm/ubuntu'],
  resourcePools: ['/dc/host/c1/Resources'],
  folders: ['/dc/vm/vm-operator'],
  datastores: ['/dc/datastore/ssd'],
  networks: ['/dc/network/front'],
};
const allowed = (action: VCenterAction, places: AllowedPlaces, store = anInventoryOfAll()) =>
  isStillAllowed(action, group, places, store);

describe('R15: a clone that was planned', () => {
  test('is sent while all of it is allowed, and always without allow-lists', () => {
    expect(allowed(clone, ALL)).toBe(true);
    expect(allowed({ ...clone, networks: [drawn(FRONT)] }, ALL)).toBe(true);
    expect(allowed(clone, {}, anInventory())).toBe(true);
  });

  test.each(['templates', 'resourcePools', 'folders', 'datastores'] as const)(
    'is not sent once an administrator has changed %s',
    (kind) => {
      expect(allowed(clone, { ...ALL, [kind]: ['/dc/another'] })).toBe(false);
      expect(allowed(clone, { ...ALL, [kind]: [] })).toBe(false);
    },
  );

  test('is not sent with a network or datastore that is not allowed', () => {
    expect(allowed({ ...clone, networks: [drawn(FRONT)] }, { ...ALL, networks: ['/dc/network/back'] })).toBe(false);
    expect(allowed({ ...clone, datastore: drawn(HDD) }, ALL)).toBe(false);
    // The datastore that is named counts, wherever the template is.
    expect(allowed({ ...clone, datastore: drawn(SSD) }, ALL)).toBe(true);
  });

  test('is not sent once a person has moved, renamed or hidden what it needs', () => {
    const store = anInventoryOfAll();
    store.apply(drawn(TEMPLATE), [{ path: 'name', value: 'renamed' }]);
    expect(allowed(clone, ALL, store)).toBe(false);
    const migrated = anInventoryOfAll();
    migrated.apply(drawn(TEMPLATE), [{ path: 'datastore', value: [drawn(SSD), drawn(HDD)] }]);
    expect(allowed(clone, ALL, migrated)).toBe(false);
    const moved = anInventoryOfAll();
    moved.apply(drawn(HOME), [{ path: 'parent', value: drawn(VM) }]);
    expect(allowed(clone, ALL, moved)).toBe(false);
    const hidden = anInventoryOfAll();
    hidden.remove(drawn(TEMPLATE));
    expect(allowed(clone, ALL, hidden)).toBe(false);
  });
});

test('R15: the folder of a group is made only where it is allowed; levels above that are made on the way', () => {
  const parent = drawn(`${VM}/Folder:vm-operator`);
  const make = { kind: 'CreateFolder', parent, name: 'shop.web' } as const;
  expect(allowed(make, ALL)).toBe(true);
  expect(allowed(make, { folders: ['/dc/vm/tenants'] })).toBe(false);
  expect(allowed({ ...make, name: 'deeper' }, { folders: ['/dc/vm/vm-operator/deeper'] })).toBe(true);
});

test('machines that exist are looked after, whatever is allowed', () => {
  const none = { templates: [], resourcePools: [], folders: [], datastores: [], networks: [] };
  const replica = { slot: clone.slot, machine: { ref: drawn(TEMPLATE) } } as never;
  for (const kind of ['PowerOn', 'PowerOff', 'Destroy'] as const) expect(allowed({ kind, replica }, none)).toBe(true);
});
