import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { readableVCenter } from './readable-vcenter';
import type { VCenter, VCenterSpec } from './vcenter';

/** A VCenter as it was stored past the schema. */
const stored = (spec: unknown, rest: Partial<VCenter> = {}) => ({ ...aVCenter({}, rest), spec: spec as VCenterSpec });
const given = aVCenter().spec;

const NOTHING = {
  allowed: {
    ...{ templates: [], resourcePools: [], folders: [], datastores: [], networks: [] },
    ...{ extraConfigKeys: [], customizationSpecs: [], storagePolicies: [], tags: [], adoptableMachines: [] },
  },
  limits: { maxConcurrentTasks: 1, total: { vms: 0, cpu: 0, memoryGiB: 0 } },
};

test('a valid VCenter is as it is stored', () => {
  const vcenter = aVCenter({ namespaceSelector: {}, allowed: { templates: ['/dc/vm/**'] } });
  expect(readableVCenter(vcenter)).toEqual(vcenter);
});

test('R14: fields that have a default have it, also where the API server did not fill it in', () => {
  const vcenter = readableVCenter(
    stored({ endpoint: { host: 'vc' }, credentials: { secretRef: { name: 's' } }, tls: {} }),
  );
  expect(vcenter).not.toHaveProperty('specProblems');
  expect(vcenter.spec).toEqual({
    endpoint: { host: 'vc', port: 443 },
    credentials: { secretRef: { name: 's' }, method: 'Password' },
    tls: { insecureSkipVerify: false },
  });
});

test.each<[string, unknown, string]>([
  [
    'a number out of range',
    { ...given, endpoint: { host: 'vc', port: 0 } },
    'spec.endpoint.port is 0: give at least 1',
  ],
  ['a text for a list', { ...given, allowed: { networks: 'x' } }, 'spec.allowed.networks is "x": give a value of type'],
  ['a missing field', { ...given, credentials: undefined }, 'spec.credentials is missing: give it a value'],
  [
    'an unknown word',
    { ...given, credentials: { secretRef: { name: 's' }, method: 'No' } },
    'method is "No": give one of',
  ],
  ['no spec', undefined, 'spec is missing: give it a value'],
  ['a text for a spec', 'x', 'spec is "x": give a value of type object'],
])('a spec with %s names field, value and remedy', (_, spec, problem) => {
  expect(readableVCenter(stored(spec)).specProblems).toEqual([expect.stringContaining(problem)]);
});

describe('R15: a field that cannot be read allows the least', () => {
  test.each<[string, unknown, object]>([
    ['allowed', { templates: 'all' }, { allowed: NOTHING.allowed }],
    ['limits', { total: { vms: 'many' } }, { limits: NOTHING.limits }],
    ['endpoint', 'vc', { endpoint: { host: '', port: 443 } }],
    ['credentials', {}, { credentials: { secretRef: { name: '' }, method: 'Password' } }],
  ])('%s', (field, value, least) => {
    const { spec } = readableVCenter(stored({ ...given, namespaceSelector: {}, [field]: value }));
    expect(spec).toEqual({ ...given, namespaceSelector: {}, ...least });
  });

  test.each(['namespaceSelector', 'tls', 'defaults', 'failureDomains'])('%s is as if it were not given', (field) => {
    expect(readableVCenter(stored({ ...given, [field]: 7 })).spec).toEqual(given);
  });

  test('the whole spec', () => {
    const { spec } = readableVCenter(stored('x'));
    expect(spec).toMatchObject({ ...NOTHING, endpoint: { host: '' } });
    expect(spec).not.toHaveProperty('namespaceSelector');
  });

  test('a spec that holds too much', () => {
    const templates = Array.from({ length: 20_000 }, (_, index) => `/${index}`);
    const vcenter = readableVCenter(stored({ ...given, allowed: { templates } }));
    expect(vcenter.specProblems).toEqual([
      'spec.allowed holds more than 1000 values: kubectl explain vc.spec.allowed says what it takes',
    ]);
    expect(vcenter.spec).toEqual({ ...given, allowed: NOTHING.allowed });
  });
});

test.each<[string, object]>([
  ['a field that only a newer CRD has', { colour: 'blue' }],
  ['values that break a rule of the CRD', { tls: { insecureSkipVerify: true, caBundle: 'x' } }],
])('%s: no problem', (_, fields) => {
  const vcenter = stored({ ...given, ...fields });
  expect(readableVCenter(vcenter)).toEqual(vcenter);
});

describe('a status', () => {
  const status = { groups: 1, namespaces: [{ name: 'a', vms: 1, cpu: 1, memoryGiB: 1 }] };

  test('of the schema is kept, also with fields of another version', () => {
    const vcenter = aVCenter({}, { status: { ...status, colour: 'blue' } as never });
    expect(readableVCenter(vcenter)).toEqual(vcenter);
  });

  test.each<[string, unknown]>([
    ['a text', 'x'],
    ['a namespace without a name', { ...status, namespaces: [{ vms: 1, cpu: 1, memoryGiB: 1 }] }],
    ['a counter that is a text', { ...status, groups: '1' }],
    ['a time that is none', { ...status, certificate: { notAfter: 'soon' } }],
  ])('counts as absent: %s', (_, odd) => {
    const vcenter = readableVCenter(aVCenter({}, { status: odd as never }));
    expect(vcenter).not.toHaveProperty('status');
    expect(vcenter).not.toHaveProperty('specProblems');
  });
});

test('R14: finalizers of another shape are left out one by one', () => {
  const { metadata } = aVCenter();
  const odd = stored(given, { metadata: { ...metadata, finalizers: ['theirs', 7] } as never });
  expect(readableVCenter(odd).metadata.finalizers).toEqual(['theirs']);
});

test('what was made readable once stays as it is', () => {
  const once = readableVCenter(stored('x'));
  expect(readableVCenter(once)).toBe(once);
});

test('R14: any JSON at all makes a VCenter that code can read', () => {
  void fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (spec, status) => {
      expectReadable(readableVCenter(stored(spec, { status: status as never })).spec);
    }),
  );
});

test('R14: so does any one field of any value', () => {
  const fields = fc.constantFrom(
    ...['endpoint', 'credentials', 'tls', 'namespaceSelector', 'clusterName'],
    ...['defaults', 'failureDomains', 'allowed', 'limits'],
  );
  void fc.assert(
    fc.property(fields, fc.jsonValue(), (field, value) => {
      expectReadable(readableVCenter(stored({ ...given, [field]: value })).spec);
    }),
    { numRuns: 1_000 },
  );
});

function expectReadable({ endpoint, credentials, namespaceSelector, allowed = {}, limits = {} }: VCenterSpec): void {
  expect([typeof endpoint.host, typeof endpoint.port]).toEqual(['string', 'number']);
  expect(typeof credentials.secretRef.name).toBe('string');
  for (const { key } of namespaceSelector?.matchExpressions ?? []) expect(typeof key).toBe('string');
  // Unknown fields may be of a newer CRD.
  const { templates = [], resourcePools = [], folders = [], datastores = [], networks = [] } = allowed;
  for (const patterns of [templates, resourcePools, folders, datastores, networks])
    expect(Array.isArray(patterns)).toBe(true);
  const { vms = 0, cpu = 0, memoryGiB = 0 } = limits.total ?? {};
  expect([vms, cpu, memoryGiB].every(Number.isInteger)).toBe(true);
}
