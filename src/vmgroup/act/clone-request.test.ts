import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { aGroup, CLUSTER_ID } from '../../../test/support/builders/observation';
import { instanceUuid, virtualMachineName } from '../../api/identity';
import { keptGroup } from '../../api/kept-group';
import { readOwnership } from '../../api/ownership';
import type { VmGroup, VmGroupSpec } from '../../api/vm-group';
import { systemClock } from '../../time/clock';
import type { CloneRequest } from '../../vsphere/port';
import type { ReadSecret, ReadSpec, SecretAnswer } from '../model/port';
import { classifyOwn } from './act-error';
import { cloneRequest } from './clone-request';
import { GuestDataMaker } from './guest-data';

const SECRET_TEXT = '#cloud-config\npassword: hunter2 $(vm.name)';
const slot = { ordinal: 2, revision: 'a1b2c3d4e5' };
const action = {
  kind: 'Clone',
  slot,
  template: { type: 'VirtualMachine', value: 'template' },
  folder: { type: 'Folder', value: 'group-folder' },
  resourcePool: { type: 'ResourcePool', value: 'pool' },
  again: false,
} as const;

const never: ReadSecret = async () => {
  throw new Error('no Secret is named');
};

function request(group: VmGroup, readSecret: ReadSecret = never, more: object = {}): Promise<CloneRequest> {
  const readSpec = async () => group.spec;
  const context = { group, clusterId: CLUSTER_ID, readSecret, readSpec, guestData: new GuestDataMaker(systemClock) };
  return cloneRequest({ ...action, ...more }, context, new AbortController().signal);
}

const withGuest = (cloudInit: NonNullable<VmGroupSpec['guest']>['cloudInit']): VmGroup =>
  aGroup({ guest: { ...(cloudInit && { cloudInit }) } });
const fromSecret = withGuest({ userData: { secretKeyRef: { name: 'boot', key: 'user-data' } } });
const textOf = (made: CloneRequest, key: string) =>
  gunzipSync(Buffer.from(made.extraConfig[`guestinfo.${key}`] ?? '', 'base64')).toString('utf8');

describe('what a machine is cloned with', () => {
  test('the hardware that the spec gives, and no word of what it leaves out', async () => {
    expect(await request(aGroup({ cpu: 4, hardware: { coresPerSocket: 2, cpuHotAdd: false } }))).toMatchObject({
      ...{ numCpu: 4, coresPerSocket: 2, cpuHotAdd: false },
    });
    expect(await request(aGroup({ hardware: {} }))).not.toHaveProperty('coresPerSocket');
  });

  test('its size, folder, name and identity, and marks that make it ours at once', async () => {
    const group = aGroup();
    const { uid, name } = group.metadata;
    const made = await request(group);
    expect(made).toEqual({
      template: action.template,
      folder: action.folder,
      resourcePool: action.resourcePool,
      name: virtualMachineName(name, uid, slot),
      instanceUuid: instanceUuid(uid, slot),
      numCpu: 2,
      memoryMiB: 4096,
      annotation: 'managed by VmGroup shop/web',
      extraConfig: made.extraConfig,
      diskCountKey: 'codeconnect.disks',
    });
    expect(readOwnership(made)).toEqual({ cluster: CLUSTER_ID, group: 'shop/web', groupUid: uid, slot });
  });

  test('datastore and networks where the plan has them', async () => {
    const datastore = { type: 'Datastore', value: 'ds' };
    const networks = [
      { type: 'Network', value: 'a' },
      { type: 'DistributedVirtualPortgroup', value: 'b' },
    ];
    expect(await request(aGroup(), never, { datastore, networks })).toMatchObject({ datastore, networks });
  });

  test("the template's vApp properties are removed only with guest data, over which they would take precedence", async () => {
    expect((await request(aGroup())).removeVAppConfig).toBeUndefined();
    expect((await request(withGuest({}))).removeVAppConfig).toBe(true);
  });

  test('without the answers that the group waits for: those of a template are no answers of its guest', async () => {
    const guestInfo = [{ key: 'ready', value: 'true' }];
    const { extraConfig } = await request(aGroup({ readiness: { type: 'PoweredOn', guestInfo } }));
    const plain = (await request(aGroup())).extraConfig;
    expect(extraConfig).toEqual({ ...plain, 'guestinfo.ready': '' });
    const given = {
      extraConfig: [{ key: 'guestinfo.ready', value: 'no' }],
      readiness: { type: 'PoweredOn' as const, guestInfo },
    };
    expect((await request(aGroup(given))).extraConfig['guestinfo.ready']).toBe('no');
  });

  test('guest data cannot take the marks away', async () => {
    const made = await request(withGuest({ userData: { value: 'codeconnect.uid: other' } }));
    expect(readOwnership(made)?.groupUid).toBe(aGroup().metadata.uid);
  });
});

describe('guest data from a Secret', () => {
  test('is read by namespace, name and key, and gets its variables', async () => {
    const asked: string[][] = [];
    const made = await request(fromSecret, async (...[namespace, name, key]) => {
      asked.push([namespace, name, key]);
      return { kind: 'Found', value: SECRET_TEXT, resourceVersion: '7' };
    });
    expect(asked).toEqual([['shop', 'boot', 'user-data']]);
    expect(textOf(made, 'userdata')).toBe(SECRET_TEXT.replace('$(vm.name)', made.name));
  });

  test.each<[SecretAnswer, string, string]>([
    [
      { kind: 'NotFound' },
      'SecretNotFound',
      'Secret shop/boot was not found: create it, or correct spec.guest.cloudInit',
    ],
    [
      { kind: 'KeyMissing' },
      'SecretKeyMissing',
      'Secret shop/boot has no key user-data: add it, or correct spec.guest.cloudInit',
    ],
    [
      { kind: 'NotText' },
      'GuestDataInvalid',
      'key user-data of Secret shop/boot is not UTF-8 text: give the data of spec.guest.cloudInit as text',
    ],
    [
      { kind: 'Forbidden' },
      'SecretForbidden',
      "the operator may not read Secret shop/boot: make the Role vm-operator-guest-secrets in namespace shop with get on secrets, bound to the operator's service account",
    ],
  ])('%j is a fault for a person: %s', async (answer, code, message) => {
    const failure = await request(fromSecret, async () => answer).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, message, outcome: 'NotSent' });
    expect(classifyOwn({ code, message, outcome: 'NotSent' })?.apiClass).toBe('NeedsUser');
  });

  test('an API server that does not answer needs no person', async () => {
    const answer: SecretAnswer = { kind: 'Failed', message: 'connect ECONNREFUSED' };
    await expect(request(fromSecret, async () => answer)).rejects.toMatchObject({
      code: 'SecretUnreadable',
      message: 'Secret shop/boot could not be read: connect ECONNREFUSED',
    });
    expect(classifyOwn({ code: 'SecretUnreadable', message: '', outcome: 'NotSent' })?.apiClass).toBe('Retryable');
  });

  test.each([
    ['metadata that is no mapping', 'hunter2'],
    ['broken YAML', 'password: "hunter2\nother: ['],
    ['a text that is too large', `password: ${'hunter2'.repeat(100_000)}`],
  ])('R10: the message about %s contains nothing of its content', async (_what, value) => {
    const group = withGuest({ metadata: { secretKeyRef: { name: 'boot', key: 'meta' } } });
    const failure = await request(group, async () => ({ kind: 'Found', value, resourceVersion: '7' })).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: 'ActError', outcome: 'NotSent' });
    const message = failure instanceof Error ? `${failure.message} ${failure.stack} ${JSON.stringify(failure)}` : '';
    expect(message).toContain('spec.guest.cloudInit.metadata');
    expect(message).not.toContain('hunter2');
  });
});

describe('guest data that is too long to be kept in memory', () => {
  const stored = withGuest({
    userData: { value: `#cloud-config\n# $(vm.ordinal)${' '.repeat(60_000)}` },
    metadata: { value: 'a: b' },
  });
  const requestWith = (readSpec: ReadSpec) =>
    cloneRequest(
      action,
      {
        ...{ group: keptGroup(stored), clusterId: CLUSTER_ID, readSecret: never, readSpec },
        guestData: new GuestDataMaker(systemClock),
      },
      new AbortController().signal,
    );

  test('is read again for the clone', async () => {
    const made = await requestWith(async () => stored.spec);
    expect(textOf(made, 'userdata')).toMatch(/^#cloud-config\n# 2 /);
    expect(textOf(made, 'metadata')).toContain('a: b');
  });

  test.each<[string, ReadSpec]>([
    ['another text is stored by now', async () => withGuest({ userData: { value: ' '.repeat(60_000) } }).spec],
    [
      'another short text is stored by now',
      async () => ({
        ...stored.spec,
        guest: { cloudInit: { ...stored.spec.guest?.cloudInit, metadata: { value: 'a: c' } } },
      }),
    ],
    ['no text is stored any more', async () => aGroup().spec],
    ['the group is gone', async () => undefined],
    ['the API server does not answer', async () => Promise.reject(new Error('no answer'))],
  ])('R2: nothing is cloned for the planned revision when %s', async (_, readSpec) => {
    const failure = await requestWith(readSpec).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'GuestDataUnreadable' });
    expect(classifyOwn(failure as never)).toMatchObject({ class: 'soon', apiClass: 'Retryable' });
  });
});

describe('an Ignition config', () => {
  const value = '{"ignition": {"version": "3.4.0"}, "x": "$(vm.ordinal)"}';
  const from = (config: NonNullable<NonNullable<VmGroupSpec['guest']>['ignition']>['config'], rest: object = {}) =>
    aGroup({ ...rest, guest: { ignition: { config } } });
  const configOf = (made: CloneRequest) => JSON.parse(textOf(made, 'ignition.config.data'));

  test('takes the place of all that cloud-init would read, also with static addresses', async () => {
    const networks = [{ name: 'lan', network: 'a', addresses: ['a', 'b', '10.0.0.12/24'] }];
    for (const rest of [{}, { networks }]) {
      const made = await request(from({ value }, rest));
      expect(configOf(made)).toMatchObject({ x: '2' });
      expect(made.extraConfig).not.toHaveProperty(['guestinfo.metadata']);
      expect(made.removeVAppConfig).toBe(true);
    }
  });

  test('may be in a Secret, and messages name its field', async () => {
    const config = { secretKeyRef: { name: 'boot', key: 'ign' } };
    const made = await request(from(config), async () => ({ kind: 'Found', value, resourceVersion: '7' }));
    expect(configOf(made)).toMatchObject({ x: '2' });
    await expect(request(from(config), async () => ({ kind: 'NotFound' }))).rejects.toMatchObject({
      code: 'SecretNotFound',
      message: expect.stringContaining('or correct spec.guest.ignition'),
    });
  });

  test('that is long is read again for the clone, and counts only while it is the planned one', async () => {
    const long = from({ value: value.padEnd(60_000) });
    const context = { group: keptGroup(long), clusterId: CLUSTER_ID, readSecret: never };
    const requestWith = (readSpec: ReadSpec) =>
      cloneRequest(
        action,
        { ...context, readSpec, guestData: new GuestDataMaker(systemClock) },
        new AbortController().signal,
      );
    expect(configOf(await requestWith(async () => long.spec))).toMatchObject({ x: '2' });
    for (const other of [from({ value: value.padEnd(60_001) }), withGuest({ userData: { value: long.metadata.name } })])
      await expect(requestWith(async () => other.spec)).rejects.toMatchObject({ code: 'GuestDataUnreadable' });
  });
});

describe('R9: texts that were refused for one replica', () => {
  const refused = 'x'.repeat(17 * 1024);
  const reads: string[] = [];
  const context = (group: VmGroup, readSecret: ReadSecret, guestData: GuestDataMaker) => ({
    ...{ group: keptGroup(group), clusterId: CLUSTER_ID, readSecret, guestData },
    readSpec: async () => {
      reads.push('spec');
      return group.spec;
    },
  });
  const refusal = (group: VmGroup, guestData: GuestDataMaker, readSecret: ReadSecret = never) =>
    cloneRequest(action, context(group, readSecret, guestData), new AbortController().signal).then(
      () => 'cloned',
      (error: unknown) => (error as { code: string }).code,
    );

  test('are not read again for the next one, but for a changed spec', async () => {
    reads.length = 0;
    const guestData = new GuestDataMaker(systemClock);
    const group = withGuest({ metadata: { value: refused } });
    expect([await refusal(group, guestData), await refusal(group, guestData)]).toEqual(
      Array(2).fill('GuestDataTooLarge'),
    );
    expect(reads).toEqual(['spec']);
    expect(await refusal(withGuest({ metadata: { value: 'a: b\n'.padEnd(9_000, '#') } }), guestData)).toBe('cloned');
    expect(reads).toEqual(['spec', 'spec']);
  });

  test('are read again from a Secret, which may have changed', async () => {
    const guestData = new GuestDataMaker(systemClock);
    let value = refused;
    const readSecret: ReadSecret = async () => ({ kind: 'Found', value, resourceVersion: '1' });
    const group = withGuest({ metadata: { secretKeyRef: { name: 'boot', key: 'meta' } } });
    expect(await refusal(group, guestData, readSecret)).toBe('GuestDataTooLarge');
    value = 'a: b';
    expect(await refusal(group, guestData, readSecret)).toBe('cloned');
  });
});
