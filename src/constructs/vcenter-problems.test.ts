import { describe, expect, test } from 'vitest';
import {
  ACCEPTED_VCENTERS,
  PLAIN_VCENTER,
  REFUSED_VCENTERS,
  type WrittenVCenterSpec,
} from '../../test/contract/vcenter-object/cases';
import { problemsOfStoredVCenter, problemsOfVCenter } from './vcenter-problems';

const manifestOf = (spec: WrittenVCenterSpec, metadata: object = {}) => ({
  apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
  kind: 'VCenter',
  metadata: { name: 'east', ...metadata },
  spec: { ...PLAIN_VCENTER, ...spec },
});

// test/integration/contract.test.ts gives the same cases to the real API server.
describe('accepts, as the API server does,', () => {
  test.for(ACCEPTED_VCENTERS)('%s', ([, spec]) => {
    expect(problemsOfVCenter(manifestOf(spec))).toEqual([]);
  });
});

describe('refuses, as the API server does, and names the field of', () => {
  test.for(REFUSED_VCENTERS)('%s', ([, spec, naming]) => {
    const problems = problemsOfVCenter(manifestOf(spec));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(naming);
  });
});

test.for<[string, WrittenVCenterSpec, string]>([
  [
    'a URL as host',
    { endpoint: { host: 'https://vc' } },
    'spec.endpoint.host is "https://vc": give a DNS name or an IP address, without https://, port or path',
  ],
  [
    'a fingerprint in lower case',
    { tls: { sha256Fingerprints: ['aa:bb'] } },
    'spec.tls.sha256Fingerprints[0] is "aa:bb": give a SHA-256 fingerprint, 32 pairs of the digits 0-9 and A-F with ' +
      'colons between them',
  ],
  [
    'an empty list of fingerprints',
    { tls: { sha256Fingerprints: [] } },
    'spec.tls.sha256Fingerprints has 0 items: give at least 1, or leave it out',
  ],
  [
    'a pattern that is there twice',
    { allowed: { templates: ['/a', '/a'] } },
    'spec.allowed.templates[1] is "/a": Duplicate value: it must be unique in the list',
  ],
  [
    'too many labels',
    {
      namespaceSelector: {
        matchLabels: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`l${index}`, 'x'])),
      },
    },
    'spec.namespaceSelector.matchLabels has 17 entries: give at most 16',
  ],
  [
    'an unknown field',
    { limits: { total: { memory: 1 } } },
    'spec.limits.total.memory is no field of VCenter: correct its name or leave it out ' +
      '(kubectl explain vc.spec.limits.total lists the names)',
  ],
])('says in words what is wrong with %s', ([, spec, problem]) => {
  expect(problemsOfVCenter(manifestOf(spec))).toEqual([problem]);
});

test.for<[string, object, string]>([
  ['no name', { name: undefined }, 'metadata.name is missing: give lower-case letters'],
  ['a name that is too long', { name: 'n'.repeat(254) }, '(254 characters): give at most 253'],
  [
    'a namespace',
    { namespace: 'shop' },
    'metadata.namespace is "shop": leave it out, because a VCenter is for the whole',
  ],
])('refuses %s', ([, metadata, problem]) => {
  expect(problemsOfVCenter(manifestOf({}, metadata))).toEqual([expect.stringContaining(problem)]);
});

test('leaves rules that compare with the stored VCenter to the API server', () => {
  expect(problemsOfVCenter(manifestOf({ clusterName: 'east' }))).toEqual([]);
});

test.for<[string, WrittenVCenterSpec]>([
  ['a password in the place of the account', { credentials: 'hunter2' }],
  ['a password in the place of the Secret', { credentials: { secretRef: 'hunter2' } }],
  ['an account in the host', { endpoint: { host: 'https://admin:hunter2@vc' } }],
  ['an account in the endpoint', { endpoint: 'https://admin:hunter2\uff20vc' }],
  ['a private key among the authorities', { tls: { caBundle: '-----BEGIN PRIVATE KEY-----\nhunter2' } }],
  ['a private key as tls', { tls: 'hunter2' }],
])('R10: does not show %s', ([, spec]) => {
  const manifest = manifestOf(spec);
  const told = [...problemsOfVCenter(manifest), ...problemsOfStoredVCenter(manifest).map(({ message }) => message)];
  expect(told.join()).toMatch(/^spec\.(credentials|endpoint|tls)\S* is not valid: /);
  expect(told.join()).not.toContain('hunter2');
});
