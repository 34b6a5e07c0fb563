import { describe, expect, test } from 'vitest';
import { anActContext } from '../../../test/support/builders/acts';
import type { CallContext, ManagedObjectReference, PolicyFit, VimClient } from '../../vsphere/port';
import type { VCenterAction } from '../model/action';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import type { ActContext } from './act-context';
import { areStillAllowed, storagePolicyFor } from './clone-storage';

const ref = (type: string, value: string) => ({ type, value });
const [A, B] = [ref('Datastore', 'a'), ref('Datastore', 'b')];
const call: CallContext = { operationId: 'o', signal: new AbortController().signal };

const aClone = (datastore?: ManagedObjectReference, name: string | undefined = 'gold') =>
  ({
    kind: 'Clone',
    slot: { ordinal: 0, revision: 'r' },
    template: ref('VirtualMachine', 't'),
    folder: ref('Folder', 'f'),
    resourcePool: ref('ResourcePool', 'p'),
    ...(datastore !== undefined && { datastore }),
    ...(name !== '' && { storagePolicy: { name, field: 'spec.placement.storagePolicy' } }),
    again: false,
  }) satisfies Extract<VCenterAction, { kind: 'Clone' }>;

/** A vCenter with one policy of the name, a template of one disk, and a pool whose hosts see a and b. */
const calls = (given: Partial<VimClient> = {}): Partial<VimClient> => ({
  findStoragePolicies: async () => ['gold-id'],
  readCloneSource: async () => ({ datastores: [A], disks: [{ key: 2_000, label: '' }] }),
  readPoolDatastores: async () => [A, B],
  checkStoragePolicy: async (_policy, datastores) => datastores.map((datastore): PolicyFit => ({ datastore })),
  ...given,
});
const policyOf = (action: ReturnType<typeof aClone>, given?: Partial<VimClient>, rest?: Partial<ActContext>) =>
  storagePolicyFor(action, anActContext(calls(given), rest), call);
const noneFits: Partial<VimClient> = {
  checkStoragePolicy: async (_policy, all) => all.map((datastore) => ({ datastore, objection: 'no tag' })),
};

test('a clone without a policy costs no call', async () => {
  expect(await storagePolicyFor(aClone(A, ''), anActContext({}), call)).toBeUndefined();
});

test('one with a policy gets its id, the datastores that fit it, and the disks of the template', async () => {
  expect(await policyOf(aClone())).toEqual({ id: 'gold-id', datastores: [A, B], disks: [2_000] });
  const onlyB: Partial<VimClient> = {
    checkStoragePolicy: async () => [{ datastore: A, objection: 'no tag' }, { datastore: B }],
  };
  expect((await policyOf(aClone(), onlyB))?.datastores).toEqual([B]);
  expect((await policyOf(aClone(A)))?.datastores).toEqual([A]);
});

test('of a datastore cluster its members are asked about', async () => {
  const inventory = { pathOf: () => '/pod', entitiesIn: () => [{ ref: B, type: 'Datastore', name: 'b' }] as const };
  expect((await policyOf(aClone(ref('StoragePod', 'pod')), {}, { inventory }))?.datastores).toEqual([B]);
});

describe('nothing is sent', () => {
  test.each([
    [aClone(), { findStoragePolicies: async () => [] }, 'StoragePolicyNotFound', /"gold" was not found/],
    [aClone(), { findStoragePolicies: async () => ['1', '2'] }, 'StoragePolicyAmbiguous', /2 policies have that name/],
    [
      aClone(),
      { readCloneSource: async () => undefined },
      'DisksUnreadable',
      /the disks of template \/t cannot be read/,
    ],
    [
      aClone(),
      noneFits,
      'NoDatastoreForPolicy',
      /resource pool \/p see and that is allowed fits .*\(\/a: no tag; \/b: no tag\)/,
    ],
    [aClone(A), noneFits, 'DatastoreNotForPolicy', /datastore \/a does not fit storage policy "gold" \(\/a: no tag\)/],
    [
      aClone(),
      { readPoolDatastores: async () => [] },
      'NoDatastoreForPolicy',
      /fits storage policy "gold": make one fit/,
    ],
  ] as const)('and the fault says why: %#', async (action, given, code, message) => {
    await expect(policyOf(action, given)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test('R15: a datastore that nobody names must be allowed, when it is offered and when the clone is sent', async () => {
  const tenants = { ...DEFAULT_TENANT_POLICY, allowed: { datastores: ['/b'] } };
  const offered = await policyOf(aClone(), {}, { tenants });
  expect(offered?.datastores).toEqual([B]);
  const later = anActContext({}, { tenants: { ...tenants, allowed: { datastores: ['/a'] } } });
  expect(areStillAllowed(aClone(), offered, later)).toBe(false);
  expect(areStillAllowed(aClone(B), offered, later)).toBe(true);
});
