import { expect, test } from 'vitest';
import { aGroup } from '../../../test/support/builders/observation';
import { revisionOf } from '../../api/identity';
import { hostNameOf } from '../../api/naming';
import type { VmGroupSpec } from '../../api/vm-group';
import type { StoredCustomization } from '../../vsphere/port';
import { customizationFor } from './customization';

const call = { operationId: 'o', signal: new AbortController().signal };
const template = { type: 'VirtualMachine', value: 'vm-1' };
const network = { type: 'Network', value: 'n' };
const slot = { ordinal: 1, revision: 'a1b2c3d4e5' };
const guest = { customizationSpec: { name: 'linux' } };
const LINUX: StoredCustomization = { kind: 'LinuxPrep', adapters: 1 };
const networks = [{ name: 'lan', network: 'x', addresses: ['10.0.0.10/24', '10.0.0.11/24'], gateway: '10.0.0.1' }];

/** What is sent with a clone from a template with one adapter, if `stored` is in vCenter. */
function made(spec: Partial<VmGroupSpec>, stored: StoredCustomization | undefined = LINUX, adapters?: number) {
  const calls = {
    readCustomizationSpec: async () => stored,
    readCloneSource: async () => ({ datastores: [], adapters: 1 }),
  };
  const refs = adapters === undefined ? undefined : Array.from({ length: adapters }, () => network);
  return customizationFor({ slot, template, networks: refs }, { group: aGroup(spec), calls }, call);
}

test('a group without a specification reads nothing', async () => {
  const never = () => Promise.reject(new Error('it reads'));
  const calls = { readCustomizationSpec: never, readCloneSource: never };
  expect(await customizationFor({ slot, template }, { group: aGroup(), calls }, call)).toBeUndefined();
});

test('it has the host name and the own addresses of the replica', async () => {
  expect(await made({ guest, networks }, LINUX, 1)).toEqual({
    stored: LINUX,
    hostName: hostNameOf(aGroup({ guest }), slot),
    adapters: [{ network: 'lan', address: '10.0.0.11/24', gateway: '10.0.0.1' }],
  });
});

test('host names fit Windows too, since nobody knows the kind before it is read', () => {
  const name = (groupName: string) => {
    const { metadata, spec } = aGroup({ guest });
    return hostNameOf({ metadata: { ...metadata, name: groupName }, spec }, slot);
  };
  expect(name('web')).toMatch(/^web-[a-z]{8}$/);
  expect(name('my.long-name')).toMatch(/^mylong-[a-z]{8}$/);
});

test.each<[string, Partial<VmGroupSpec>, StoredCustomization | undefined, number | undefined, string, string]>([
  [
    'is missing',
    { guest },
    undefined,
    undefined,
    'CustomizationSpecNotFound',
    '"linux" was not found in vCenter: correct',
  ],
  [
    'has settings for more adapters than the template has',
    { guest },
    { kind: 'LinuxPrep', adapters: 2 },
    undefined,
    'CustomizationSpecUnfit',
    'has settings for 2 network adapters and the replica has 1: give both the same number',
  ],
  [
    'has settings for fewer adapters than there are networks',
    { guest, networks },
    LINUX,
    2,
    'CustomizationSpecUnfit',
    'has settings for 1 network adapters and the replica has 2',
  ],
  [
    'is for cloud-init and gets static addresses',
    { guest, networks },
    { kind: 'CloudinitPrep', adapters: 0 },
    1,
    'CustomizationSpecUnfit',
    'is for cloud-init, whose metadata has the network',
  ],
  [
    'has a part that is not known',
    { guest },
    { ...LINUX, unknown: 'spec.future' },
    undefined,
    'CustomizationSpecUnknown',
    'has spec.future, which this version of the operator does not know and would lose',
  ],
  [
    'is for Windows, and the host name is too long',
    { guest, naming: { hostname: 'a-long-host-name-$(vm.ordinal)' } },
    { kind: 'Sysprep', adapters: 1 },
    undefined,
    'NameInvalid',
    'Windows takes at most 15',
  ],
  [
    'would get a host name with a domain',
    { guest, naming: { hostname: 'web-$(vm.ordinal).shop.example.com' } },
    LINUX,
    undefined,
    'NameInvalid',
    'takes no domain in the name',
  ],
])('no clone is sent while the specification %s', async (_what, spec, stored, adapters, code, words) => {
  const calls = {
    readCustomizationSpec: async () => stored,
    readCloneSource: async () => ({ datastores: [], adapters: 1 }),
  };
  const refs = adapters === undefined ? undefined : Array.from({ length: adapters }, () => network);
  const asked = customizationFor({ slot, template, networks: refs }, { group: aGroup(spec), calls }, call);
  await expect(asked).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
});

test('one for cloud-init needs no settings of adapters', async () => {
  expect(await made({ guest }, { kind: 'CloudinitPrep', adapters: 0 })).toMatchObject({ adapters: [] });
});

test('another name is another revision, and a spec without one has the revision of before', () => {
  const revision = (name?: string) =>
    revisionOf(aGroup(name === undefined ? {} : { guest: { customizationSpec: { name } } }).spec);
  expect(new Set([revision(), revision('a'), revision('b')]).size).toBe(3);
});
