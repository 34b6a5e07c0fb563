import { expect, test } from 'vitest';
import { anInventory } from '../../../../test/support/builders/inventory';
import {
  type AllowedPlaces,
  DEFAULT_TENANT_POLICY,
  type PlacementDefaults,
} from '../../../vmgroup/model/tenant-policy';
import { checkAllowed } from './allowed-places';

const INVENTORY = anInventory(
  'Datacenter:dc/Folder:vm/Folder:gold/VirtualMachine:ubuntu',
  'Datacenter:dc/Folder:vm/Machine:running',
  'Datacenter:dc/Folder:host/ClusterComputeResource:c1/ResourcePool:Resources/ResourcePool:shop',
  'Datacenter:dc/Folder:datastore/Datastore:fast',
  'Datacenter:dc/Folder:datastore/Datastore:slow',
  'Datacenter:dc/Folder:network/Network:net',
);

function check(allowed: AllowedPlaces, defaults: PlacementDefaults = {}) {
  const tenants = { ...DEFAULT_TENANT_POLICY, source: 'VCenter east', allowed, defaults };
  const found = checkAllowed(INVENTORY, { defaultFolder: 'vm-operator', tenants, clusterId: 'c' });
  return found.map(
    ({ status, message, remedy }) => `${status} ${message}${remedy === undefined ? '' : ` -> ${remedy}`}`,
  );
}

test('nothing is said of lists that are not there, and how much each of the others allows', () => {
  expect(check({})).toEqual([]);
  expect(
    check({ templates: ['/dc/vm/gold/*'], networks: ['/dc/network/**'], datastores: ['/dc/datastore/fast', '/dc/**'] }),
  ).toEqual([
    'ok spec.allowed.templates allows 1 of 1 template',
    'ok spec.allowed.datastores allows 2 of 2 datastores',
    'ok spec.allowed.networks allows 1 of 1 network',
  ]);
});

test('a pattern that fits nothing is told with its field, its value and a path to go by', () => {
  expect(check({ templates: ['/dc/vm/gold/*', '/dc/vm/silver/*'] })[0]).toBe(
    'warning spec.allowed.templates[1] is "/dc/vm/silver/*": no template has such a path -> correct the pattern, or take it out; a path is written as /dc/vm/gold/ubuntu',
  );
  // A running machine is no template.
  expect(check({ templates: ['/dc/vm/running'] })[0]).toMatch(/^warning spec\.allowed\.templates\[0\]/);
});

test('an empty list allows nothing, and says so', () => {
  expect(check({ networks: [] })).toEqual([
    'warning spec.allowed.networks is empty: no network may be used -> add a pattern, or leave the list out to allow any',
  ]);
});

test('the folder that is made with the first group counts, though it is not there yet', () => {
  expect(check({ folders: ['/dc/vm/vm-operator'] })).toEqual([
    expect.stringMatching(/^ok spec\.allowed\.folders allows 1 of/),
  ]);
});

test('R15: what groups leave out is judged too, so a default outside of the lists is told', () => {
  expect(check({ datastores: ['/dc/datastore/fast'] }, { datastore: 'slow' })[1]).toMatch(
    /^warning a group that names no place of its own is refused: datastore \/dc\/datastore\/slow .* is not allowed by VCenter east/,
  );
  expect(check({ folders: ['/dc/vm/gold'] })[1]).toMatch(/refused: folder \/dc\/vm\/vm-operator .* is not allowed/);
});

test('R15: which storage policies may be named', () => {
  const checked = (...storagePolicies: string[]) => {
    const tenants = { ...DEFAULT_TENANT_POLICY, storagePolicies };
    return checkAllowed(INVENTORY, { defaultFolder: 'vm-operator', tenants, clusterId: 'c' }).map(
      ({ message }) => message,
    );
  };
  expect(checked()).toEqual(['spec.allowed.storagePolicies allows no storage policy in spec.placement.storagePolicy']);
  expect(checked('Gold *')).toEqual([
    'spec.allowed.storagePolicies allows the storage policies "Gold *" in spec.placement.storagePolicy',
  ]);
});

test('R15: which tags may be given', () => {
  const checked = (...tags: string[]) => {
    const tenants = { ...DEFAULT_TENANT_POLICY, tags };
    return checkAllowed(INVENTORY, { defaultFolder: 'vm-operator', tenants, clusterId: 'c' }).map(
      ({ message }) => message,
    );
  };
  expect(checked()).toEqual(['spec.allowed.tags allows no tag in spec.tags']);
  expect(checked('stage/*')).toEqual(['spec.allowed.tags allows the tags "stage/*" in spec.tags']);
});

test('R15: which advanced settings may be set, and patterns for those that nobody may', () => {
  const checked = (...extraConfigKeys: string[]) => {
    const tenants = { ...DEFAULT_TENANT_POLICY, extraConfigKeys };
    return checkAllowed(INVENTORY, { defaultFolder: 'vm-operator', tenants, clusterId: 'c' }).map(
      ({ message }) => message,
    );
  };
  expect(checked()).toEqual(['spec.allowed.extraConfigKeys allows no key in spec.extraConfig']);
  expect(checked('disk.*', 'guestinfo.*')).toEqual([
    'spec.allowed.extraConfigKeys[1] is "guestinfo.*": no group may set such a key',
    'spec.allowed.extraConfigKeys allows the keys "disk.*", "guestinfo.*" in spec.extraConfig',
  ]);
});

test('R15: which customization specifications may be used', () => {
  const tenants = { ...DEFAULT_TENANT_POLICY, customizationSpecs: ['windows-*'] };
  const found = checkAllowed(INVENTORY, { defaultFolder: 'vm-operator', tenants, clusterId: 'c' });
  expect(found.map(({ message }) => message)).toEqual([
    'spec.allowed.customizationSpecs allows "windows-*" in spec.guest.customizationSpec.name',
  ]);
});
