import { describe, expect, test } from 'vitest';
import type { VCenterConnection } from '../../vsphere/port';
import { DEFAULT_TENANT_POLICY } from '../model/tenant-policy';
import { viewVCenter } from './vcenter-view';

function viewOf(code: string) {
  const error = { code, message: 'm', outcome: 'Refused' } as const;
  const connection = { status: { kind: 'Failed', sinceMonotonicMs: 0, retryAtWallMs: 0, error } } as VCenterConnection;
  const vcenter = {
    name: '(env)',
    host: 'vc.example.com',
    defaultFolder: '',
    tenants: DEFAULT_TENANT_POLICY,
    connection,
  };
  return viewVCenter({ kind: 'Selected', vcenter }, { wallMs: 0, monotonicMs: 0 }).view;
}

describe('a vCenter that does not let the operator in', () => {
  test.each(['InvalidLogin', 'FailedAuthentication', 'PasswordExpired', 'InvalidToken'])(
    'is told at once as invalid credentials, after %s by password or by token',
    (code) => {
      expect(viewOf(code)).toMatchObject({ reason: 'InvalidCredentials', needsUser: true });
    },
  );

  test.each(['CredentialsUnreadable', 'ClockSkew', 'StsCertificateInvalid', 'TLSUntrusted'])(
    'waits for a person after %s',
    (code) => {
      expect(viewOf(code)).toMatchObject({ reason: 'Unreachable', needsUser: true });
    },
  );

  test('is told with the host of the vCenter of the environment', () => {
    expect(viewOf('Timeout')).toMatchObject({ name: '(env)', message: 'vCenter vc.example.com (env): m' });
  });

  test('is waited for when the next try may work', () => {
    expect(viewOf('Timeout')).toMatchObject({ reason: 'Unreachable', needsUser: false, reconnecting: true });
  });
});
