/** R13: what a group is told of its vCenter, and until when. */
import { describe, expect, test } from 'vitest';
import type { ConnectionStatus } from '../../vsphere/port';
import { CONNECTION_GRACE_MS, viewVCenter } from './vcenter-view';

const SINCE_MS = 1_000;
const viewed = (status: ConnectionStatus, atMs = SINCE_MS, named: object = { host: 'vc.example.com' }) =>
  viewVCenter(
    { kind: 'Selected', vcenter: { name: '(env)', ...named, connection: { status } } },
    { wallMs: 0, monotonicMs: atMs },
  );
const failed = (code: string): ConnectionStatus => ({
  ...{ kind: 'Failed', sinceMonotonicMs: SINCE_MS, retryAtWallMs: 0 },
  error: { code, message: 'm', outcome: 'Refused' },
});
const connecting: ConnectionStatus = { kind: 'Connecting', sinceMonotonicMs: SINCE_MS };
const unavailable = { kind: 'Unavailable', name: '(env)', reason: 'Unreachable' } as const;

describe('a vCenter that does not let the operator in', () => {
  test.each([
    ...['InvalidLogin', 'FailedAuthentication', 'PasswordExpired', 'InvalidToken', 'CredentialsMissing'].map(
      (code) => [code, 'InvalidCredentials'] as const,
    ),
    ...[
      ...['CredentialsUnreadable', 'ClockSkew', 'StsCertificateInvalid', 'TLSUntrusted', 'FingerprintMismatch'],
      ...['CertificateChanged', 'NotVCenter', 'Forbidden', 'NoPermission', 'VersionUnsupported'],
    ].map((code) => [code, 'Unreachable'] as const),
  ])('waits for a person after %s, which is told at once as %s', (code, reason) =>
    expect(viewed(failed(code))).toEqual({
      view: {
        ...{ ...unavailable, reason, message: 'vCenter vc.example.com (env): m' },
        ...{ needsUser: true, reconnecting: false },
      },
    }),
  );
});

describe('a connection that may come back by itself', () => {
  const ENDS_MS = SINCE_MS + CONNECTION_GRACE_MS;
  test.each<[string, ConnectionStatus, object, string]>([
    ['that was lost', failed('Timeout'), { host: 'vc' }, 'vCenter vc (env): m'],
    ['that reads the inventory', connecting, {}, 'vCenter (env) has not been read completely yet'],
  ])('%s is told as such after half a minute', (_, status, named, message) => {
    const view = { ...unavailable, message, needsUser: false };
    expect(viewed(status, ENDS_MS - 1, named)).toEqual({
      ...{ view: { ...view, reconnecting: true }, requeueAtMs: ENDS_MS },
    });
    expect(viewed(status, ENDS_MS, named)).toEqual({ view: { ...view, reconnecting: false } });
  });
});

test('a connection that is ready is told with the identity of its vCenter', () => {
  const about = { fullName: 'vCenter', version: '8', apiVersion: '8', instanceUuid: 'its' };
  const view = { kind: 'Ready', name: '(env)', instanceUuid: 'its' };
  expect(viewed({ kind: 'Ready', about })).toEqual({ view: { ...view, host: 'vc.example.com' } });
  expect(viewed({ kind: 'Ready', about }, 0, {})).toEqual({ view });
});

test.each([
  ['waits for a person', {}, { needsUser: true, reconnecting: false }],
  ['is about to have one', { isPassing: true as const }, { needsUser: false, reconnecting: true }],
])('a group without a vCenter %s', (_, rest, expected) =>
  expect(
    viewVCenter({ kind: 'None', reason: 'Ambiguous', message: 'm', ...rest }, { wallMs: 0, monotonicMs: 0 }),
  ).toEqual({
    view: { kind: 'Unavailable', name: '', reason: 'Ambiguous', message: 'm', ...expected },
  }),
);
