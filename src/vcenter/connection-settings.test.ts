import { expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import type { VCenterSpec } from '../api/vcenter';
import { connectionSettingsOf } from './connection-settings';

const same = (change: Partial<VCenterSpec>) =>
  connectionSettingsOf(aVCenter(change)) === connectionSettingsOf(aVCenter());
const credentials = { secretRef: { name: 'vcenter-account' }, method: 'Password' } as const;

test.each<[string, Partial<VCenterSpec>]>([
  ['the host', { endpoint: { host: 'other.example.com', port: 443 } }],
  ['the port', { endpoint: { host: 'vcenter.example.com', port: 8443 } }],
  ['the trust', { tls: { insecureSkipVerify: true } }],
  ['a fingerprint', { tls: { insecureSkipVerify: false, sha256Fingerprints: ['AA'] } }],
  ['the way to log in', { credentials: { ...credentials, method: 'TokenByPassword' } }],
  ['the cluster name', { clusterName: 'blue' }],
  ['the limit of clones in flight', { limits: { maxConcurrentTasks: 4 } }],
])('a change of %s needs a new connection', (_, change) => {
  expect(same(change)).toBe(false);
});

test.each<[string, Partial<VCenterSpec>]>([
  [
    'the Secret, whose account gets a session of its own',
    { credentials: { ...credentials, secretRef: { name: 'new' } } },
  ],
  ['the namespaces', { namespaceSelector: {} }],
  ['the defaults', { defaults: { placement: { folder: 'teams/shop' } } }],
  ['the failure domains', { failureDomains: [{ name: 'a', cluster: 'one' }] }],
  ['what is allowed', { allowed: { templates: ['**'] } }],
  ['another limit', { limits: { perVM: { cpu: 4 } } }],
])('a change of %s needs none', (_, change) => {
  expect(same(change)).toBe(true);
});

test('a change of metadata or status needs none', () => {
  const before = aVCenter();
  const after = aVCenter(
    {},
    { metadata: { ...before.metadata, generation: 9, labels: { a: 'b' } }, status: { groups: 3 } },
  );
  expect(connectionSettingsOf(after)).toBe(connectionSettingsOf(before));
});
