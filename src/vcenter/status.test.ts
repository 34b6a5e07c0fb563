import Ajv from 'ajv';
import { describe, expect, test } from 'vitest';
import { vCenterCrd } from '../../imports/vcenter-crd';
import { anInventory } from '../../test/support/builders/inventory';
import { CLUSTER_ID, VCENTER_UUID } from '../../test/support/builders/observation';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { printable } from '../api/printable';
import { readableVCenter } from '../api/readable-vcenter';
import type { VCenter, VCenterStatus } from '../api/vcenter';
import type { ConnectionStatus } from '../vsphere/port';
import type { Account } from './secret-account';
import { type VCenterSeen, vcenterStatus } from './status';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const NOW_TEXT = '2026-01-02T03:04:05Z';
const EARLIER = '2026-01-01T00:00:00Z';
const ABOUT = {
  fullName: 'VMware vCenter Server 8.0.3 build-1',
  version: '8.0.3',
  build: '1',
  apiVersion: '8.0.3.0',
  instanceUuid: VCENTER_UUID,
};
const READY: ConnectionStatus = { kind: 'Ready', about: ABOUT };
const CONNECTING: ConnectionStatus = { kind: 'Connecting', sinceMonotonicMs: 0 };
const INVENTORY = anInventory('Datacenter:dc1/ClusterComputeResource:one/ResourcePool:pool');
const ACCOUNT: Account = { kind: 'Found', credentials: { userName: 'operator', password: 'hunter2' } };
const NO_ACCOUNT: Account = { kind: 'None', reason: 'SecretNotFound', message: 'Secret operator/east does not exist' };

function failed(code: string, message: string): ConnectionStatus {
  return { kind: 'Failed', sinceMonotonicMs: 0, error: { code, message, outcome: 'Refused' }, retryAtWallMs: 0 };
}

function statusOf(rest: Partial<VCenterSeen> = {}, connection: ConnectionStatus | 'None' = READY): VCenterStatus {
  return vcenterStatus({
    vcenter: aVCenter(),
    account: ACCOUNT,
    connection: connection === 'None' ? undefined : { status: connection, inventory: INVENTORY },
    clusterId: CLUSTER_ID,
    groups: 2,
    groupsKnown: true,
    unserved: { kind: 'None' },
    selectsNone: false,
    leader: 'pod-1_uuid',
    nowWallMs: NOW,
    ...rest,
  });
}

/** Each condition as "Type Status Reason: message". */
const linesOf = ({ conditions = [] }: VCenterStatus) =>
  conditions.map(({ type, status, reason, message }) => `${type} ${status} ${reason}: ${message}`);
const lineOf = (status: VCenterStatus, type: string) => linesOf(status).find((line) => line.startsWith(`${type} `));

describe('a VCenter that serves', () => {
  test('has all conditions, what vCenter says of itself, and who leads it', () => {
    const status = statusOf();
    expect(linesOf(status)).toEqual([
      'Ready True Serving: groups are served',
      'Connected True Connected: connected to VMware vCenter Server 8.0.3 build-1',
      'CredentialsValid True LoggedIn: vCenter has accepted the account',
      'PlacementReady True Resolved: all objects that the spec names were found',
      'PrivilegesSufficient Unknown NotTried: vCenter has not been asked yet',
      'InUse True GroupsBound: 2 VmGroups use this vCenter',
    ]);
    const { fullName: _, ...about } = ABOUT;
    expect(status).toMatchObject({
      about,
      clusterID: CLUSTER_ID,
      groups: 2,
      leader: 'pod-1_uuid',
      observedGeneration: 1,
    });
    for (const condition of status.conditions ?? [])
      expect(condition).toMatchObject({ lastTransitionTime: NOW_TEXT, observedGeneration: 1 });
  });

  test('R1: names its cluster by the name that its spec gives', () => {
    expect(statusOf({ vcenter: aVCenter({ clusterName: 'blue' }) }).clusterID).toBe('blue');
  });

  test('R13: does not say that no group uses it while one may be out of sight', () => {
    expect(lineOf(statusOf({ groups: 0, groupsKnown: false }), 'InUse')).toMatch(/^InUse Unknown GroupsUnknown: /);
    expect(lineOf(statusOf({ groupsKnown: false }), 'InUse')).toBe(
      'InUse True GroupsBound: 2 VmGroups use this vCenter',
    );
  });

  test('R13: names few of the namespaces that are not served, and nothing of those that it cannot see', () => {
    const namespaces = ['bank', 'desk', 'mill', 'shop', 'yard'];
    const found = statusOf({ groups: 0, unserved: { kind: 'Machines', namespaces } });
    expect(lineOf(found, 'InUse')).toContain('machines here ("bank", "desk", "mill" and 2 more): ');
    expect(lineOf(statusOf({ unserved: { kind: 'Machines', namespaces } }), 'InUse')).toContain('GroupsBound');
    expect(lineOf(statusOf({ groups: 0, unserved: { kind: 'NotSeen' } }), 'InUse')).toContain('NotInUse');
  });

  test('says so when its selector catches no namespace, or is not there', () => {
    const named = aVCenter({ namespaceSelector: { matchLabels: { site: 'mars' } } });
    expect(lineOf(statusOf({ vcenter: named, groups: 0, selectsNone: true }), 'InUse')).toBe(
      'InUse False NoNamespace: spec.namespaceSelector selects no namespace: give the namespaces the labels that it asks for, or correct it',
    );
    const { namespaceSelector: _, ...spec } = aVCenter().spec;
    const without = aVCenter({}, { spec });
    expect(lineOf(statusOf({ vcenter: without, groups: 0, selectsNone: true }), 'InUse')).toMatch(
      /^InUse False NoNamespace: without spec\.namespaceSelector no namespace may use this vCenter: give it one/,
    );
  });

  test.each<[number, string]>([
    [0, 'InUse False NotInUse: no VmGroup uses this vCenter'],
    [1, 'InUse True GroupsBound: 1 VmGroup uses this vCenter'],
    [7, 'InUse True GroupsBound: 7 VmGroups use this vCenter'],
  ])('counts %d groups, and is Ready with or without them', (groups, line) => {
    const status = statusOf({ groups });
    expect(lineOf(status, 'InUse')).toBe(line);
    expect(lineOf(status, 'Ready')).toContain('True');
    expect(status.groups).toBe(groups);
  });
});

test('the certificate of a server that is refused is told, and one that ends soon with the condition Connected', () => {
  const certificate = { subject: 'a', issuer: 'b', notBeforeMs: 0, notAfterMs: NOW + 86_400_000, fingerprint: 'AB:CD' };
  const seen = (status: ConnectionStatus) => statusOf({ connection: { status, inventory: INVENTORY, certificate } });
  expect(seen(failed('TLSUntrusted', 'no')).certificate).toEqual({
    sha256: 'AB:CD',
    notAfter: '2026-01-03T03:04:05.678Z',
  });
  expect(lineOf(seen(READY), 'Connected')).toMatch(
    /^Connected True Connected: connected to VMware .*; the certificate of the server ends on 2026-01-03, which is within 30 days: renew it/,
  );
});

test('Ready does not depend on privileges, which inform', () => {
  const objects = [{ noun: 'folder', path: '/dc/vm', missing: ['Folder.Create'] }];
  const status = statusOf({ privileges: { kind: 'Read', objects } });
  expect(lineOf(status, 'PrivilegesSufficient')).toContain('False MissingPrivileges: the account lacks Folder.Create');
  expect(lineOf(status, 'Ready')).toContain('True');
});

describe('Ready repeats the first that is not True, and a False one before an Unknown one', () => {
  test.each<[string, Partial<VCenterSeen>, ConnectionStatus | 'None', string[]]>([
    [
      'no account',
      { account: NO_ACCOUNT },
      failed('CredentialsUnreadable', 'x'),
      [
        'Ready False SecretNotFound: Secret operator/east does not exist',
        'Connected False SecretNotFound: Secret operator/east does not exist',
        'CredentialsValid False SecretNotFound: Secret operator/east does not exist',
        'PlacementReady Unknown NotConnected: names are resolved once vCenter is connected',
      ],
    ],
    [
      'no connection yet',
      {},
      'None',
      [
        'Ready Unknown Connecting: the operator is logging in or reading the inventory',
        'Connected Unknown Connecting: the operator is logging in or reading the inventory',
        'CredentialsValid Unknown NotTried: vCenter has not been asked yet',
        'PlacementReady Unknown NotConnected: names are resolved once vCenter is connected',
      ],
    ],
    [
      'a failure',
      {},
      failed('TLSUntrusted', 'the certificate is not trusted'),
      [
        'Ready False TLSUntrusted: the certificate is not trusted',
        'Connected False TLSUntrusted: the certificate is not trusted',
        'CredentialsValid Unknown NotTried: vCenter has not been asked yet',
        'PlacementReady Unknown NotConnected: names are resolved once vCenter is connected',
      ],
    ],
    [
      'a name that is not found',
      { vcenter: aVCenter({ defaults: { placement: { cluster: 'two' } } }) },
      READY,
      [
        'Ready False NotFound: cluster "two" was not found: correct spec.defaults.placement.cluster, or create it',
        'Connected True Connected: connected to VMware vCenter Server 8.0.3 build-1',
        'CredentialsValid True LoggedIn: vCenter has accepted the account',
        'PlacementReady False NotFound: cluster "two" was not found: correct spec.defaults.placement.cluster, or create it',
      ],
    ],
  ])('%s', (_, seen, connection, lines) => {
    expect(linesOf(statusOf(seen, connection)).slice(0, 4)).toEqual(lines);
  });

  test.each(['InvalidLogin', 'FailedAuthentication', 'PasswordExpired', 'InvalidToken'])(
    'a login that is refused with %s',
    (code) => {
      const status = statusOf({}, failed(code, 'vCenter refuses the login of operator'));
      expect(lineOf(status, 'Ready')).toBe(`Ready False ${code}: vCenter refuses the login of operator`);
      expect(lineOf(status, 'CredentialsValid')).toBe(
        'CredentialsValid False InvalidLogin: vCenter refuses the login of operator',
      );
    },
  );

  test('R14: a spec that cannot be read, before anything else', () => {
    const vcenter = readableVCenter(aVCenter({ endpoint: { host: 'https://east/sdk', port: 443 } }));
    const status = statusOf({ vcenter, account: NO_ACCOUNT }, 'None');
    expect(lineOf(status, 'Ready')).toMatch(/^Ready False InvalidSpec: .*spec\.endpoint\.host/);
    expect(lineOf(status, 'Connected')).toMatch(/^Connected False InvalidSpec: /);
  });
});

describe('from one status to the next', () => {
  const stored = (status: VCenterStatus): VCenter =>
    aVCenter({}, { status: { ...status, conditions: earlier(status) } });
  const earlier = ({ conditions = [] }: VCenterStatus) =>
    conditions.map((condition) => ({ ...condition, lastTransitionTime: EARLIER }));
  const timesOf = ({ conditions = [] }: VCenterStatus) =>
    Object.fromEntries(conditions.map(({ type, lastTransitionTime }) => [type, lastTransitionTime]));

  test('lastTransitionTime changes with the status of a condition only, not with its reason or message', () => {
    const next = statusOf({ vcenter: stored(statusOf()), groups: 9 }, failed('Timeout', 'no answer'));
    expect(timesOf(next)).toEqual({
      Ready: NOW_TEXT,
      Connected: NOW_TEXT,
      CredentialsValid: NOW_TEXT,
      PlacementReady: NOW_TEXT,
      PrivilegesSufficient: EARLIER,
      InUse: EARLIER,
    });
    const other = statusOf({ vcenter: stored(next) }, failed('Refused', 'refused'));
    expect(lineOf(other, 'Connected')).toContain('Refused');
    expect(timesOf(other).Connected).toBe(EARLIER);
  });

  test('R4: the same state gives the same status at any later time, so nothing is written', () => {
    for (const connection of [READY, CONNECTING, 'None', failed('Timeout', 'no answer')] as const) {
      const status = statusOf({}, connection);
      const vcenter = aVCenter({}, { status });
      expect(statusOf({ vcenter, nowWallMs: NOW + 3_600_000 }, connection)).toEqual(status);
    }
  });

  test('what vCenter said of itself stays while it is not connected', () => {
    const { about } = statusOf();
    expect(statusOf({ vcenter: stored(statusOf()) }, CONNECTING).about).toEqual(about);
    expect(statusOf({}, CONNECTING)).not.toHaveProperty('about');
  });
});

describe('R14: whatever vCenter says', () => {
  const [version] = vCenterCrd.spec.versions as { schema: { openAPIV3Schema: { properties: { status: object } } } }[];
  const valid = new Ajv({ strict: false, validateFormats: false }).compile(
    version?.schema.openAPIV3Schema.properties.status ?? false,
  );
  const long = 'x'.repeat(40_000);

  test('R14: what is stored longer than the CRD allows is cut, else the API server would refuse the whole status', () => {
    const about = { version: '8'.repeat(100), instanceUuid: 'u'.repeat(100) };
    const status = statusOf({ vcenter: aVCenter({}, { status: { about } }) }, CONNECTING);
    expect(Object.keys(status.about ?? {})).toEqual(['version']);
    expect(status.about?.version?.length).toBeLessThanOrEqual(64);
  });

  test('the API server takes the status', () => {
    const about = { fullName: long, version: long, build: long, apiVersion: long, instanceUuid: long };
    for (const connection of [READY, CONNECTING, failed(long, long), { kind: 'Ready', about } as const]) {
      const status = statusOf({}, connection);
      expect(valid(status) ? [] : valid.errors).toEqual([]);
    }
    const name = 'x'.repeat(2_000);
    const failureDomains = [...'abcdefghijklmnop'].map((domain) => ({ name: domain, cluster: name, datastore: name }));
    const status = statusOf({ vcenter: aVCenter({ failureDomains }) });
    expect(valid(status) ? [] : valid.errors).toEqual([]);
  });

  test('nothing in it controls the terminal of who reads it', () => {
    const about = { ...ABOUT, fullName: 'vCenter\u001b[2J', version: '8\u001b[2J' };
    const texts = [statusOf({}, { kind: 'Ready', about }), statusOf({}, failed('Timeout', 'a\u001b[2Jb\nc'))];
    for (const status of texts)
      for (const { message } of status.conditions ?? []) expect(message).toBe(printable(message));
    expect(texts[0]?.about?.version).toBe('8\\u001b[2J');
    expect(lineOf(statusOf({}, failed('Timeout', 'a\nb')), 'Connected')).toBe('Connected False Timeout: a\\nb');
  });
});

test('R10: a status has nothing of the account', () => {
  for (const connection of [READY, CONNECTING, 'None'] as const)
    expect(JSON.stringify(statusOf({}, connection))).not.toContain('hunter2');
});
