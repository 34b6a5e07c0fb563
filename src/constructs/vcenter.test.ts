import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import { errorOf } from '../../test/support/builders/group-chart';
import { EAST, vcenterManifestOf } from '../../test/support/builders/vcenter-chart';
import { NamespaceSelector, VCenter, VCenterAuth, VCenterCredentials, type VCenterProps, VCenterTrust } from '.';

const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
const PIN = Array.from({ length: 32 }, () => 'AB').join(':');

test('writes host and account, and nothing that was not given', () => {
  expect(vcenterManifestOf()).toEqual({
    apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1',
    kind: 'VCenter',
    metadata: { name: 'east' },
    spec: { endpoint: { host: 'vcenter.example.com' }, credentials: { secretRef: { name: 'vcenter-east' } } },
  });
});

test('writes every field', () => {
  const placement = {
    datacenter: 'dc',
    cluster: 'c',
    resourcePool: 'p',
    folder: '/dc/vm/f',
    datastore: 'd',
    storagePolicy: 'gold',
  };
  const allowed = {
    templates: ['/dc/vm/*'],
    resourcePools: ['**'],
    folders: ['/f'],
    datastores: ['/d'],
    networks: ['/n'],
    storagePolicies: ['gold'],
    tags: ['stage/*'],
    extraConfigKeys: ['disk.EnableUUID'],
  };
  const domain = { name: 'a', cluster: 'c1', resourcePool: 'p', datastore: 'd', hostGroup: 'h' };
  const manifest = vcenterManifestOf({
    metadata: { name: 'east', labels: { site: 'east' }, annotations: { note: 'hi' } },
    port: 8443,
    auth: VCenterAuth.TOKEN_BY_PASSWORD,
    trust: VCenterTrust.authority(PEM),
    namespaceSelector: NamespaceSelector.labels({ region: 'east' }),
    clusterName: 'blue',
    defaults: { placement },
    failureDomains: [domain],
    allowed,
    limits: {
      maxConcurrentTasks: 4,
      perVM: { cpu: 4, memory: Size.gibibytes(8) },
      perNamespace: { vms: 10, cpu: 20, memory: Size.mebibytes(2048) },
      total: { vms: 100, cpu: 200, memory: Size.tebibytes(1) },
    },
  });
  expect(manifest).toMatchObject({
    metadata: { name: 'east', labels: { site: 'east' }, annotations: { note: 'hi' } },
    spec: {
      endpoint: { host: 'vcenter.example.com', port: 8443 },
      credentials: { secretRef: { name: 'vcenter-east' }, method: 'TokenByPassword' },
      tls: { caBundle: PEM },
      namespaceSelector: { matchLabels: { region: 'east' } },
      clusterName: 'blue',
      defaults: { placement },
      failureDomains: [domain],
      allowed,
      limits: {
        maxConcurrentTasks: 4,
        perVM: { cpu: 4, memoryGiB: 8 },
        perNamespace: { vms: 10, cpu: 20, memoryGiB: 2 },
        total: { vms: 100, cpu: 200, memoryGiB: 1024 },
      },
    },
  });
});

describe('R15: what is empty means something, and is written', () => {
  test.for<[string, Partial<VCenterProps>, object]>([
    ['a selector of all namespaces', { namespaceSelector: NamespaceSelector.all() }, { namespaceSelector: {} }],
    ['a list that allows nothing', { allowed: { templates: [] } }, { allowed: { templates: [] } }],
    ['a quota of nothing', { limits: { total: { vms: 0 } } }, { limits: { total: { vms: 0 } } }],
  ])('%s', ([, props, spec]) => {
    expect(vcenterManifestOf(props)).toMatchObject({ spec });
  });
});

test.for<[string, VCenterTrust, object | undefined]>([
  ['the authorities of the system', VCenterTrust.systemRoots(), undefined],
  ['fingerprints, in any case', VCenterTrust.fingerprints(PIN.toLowerCase()), { sha256Fingerprints: [PIN] }],
  ['no verification', VCenterTrust.insecure(), { insecureSkipVerify: true }],
])('trusts %s', ([, trust, tls]) => {
  const { spec } = vcenterManifestOf({ trust }) as { readonly spec: { readonly tls?: object } };
  expect(spec.tls).toEqual(tls);
});

test('selects namespaces by names and by labels', () => {
  const selector = NamespaceSelector.names('shop', 'bank')
    .withLabelIn('stage', 'test', 'live')
    .withLabelNotIn('team', 'guests')
    .withLabel('vms')
    .withoutLabel('locked');
  expect(vcenterManifestOf({ namespaceSelector: selector })).toMatchObject({
    spec: {
      namespaceSelector: {
        matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'bank'] },
          { key: 'stage', operator: 'In', values: ['test', 'live'] },
          { key: 'team', operator: 'NotIn', values: ['guests'] },
          { key: 'vms', operator: 'Exists' },
          { key: 'locked', operator: 'DoesNotExist' },
        ],
      },
    },
  });
});

test('takes its account from a Secret of the app', () => {
  const chart = new Chart(new App(), 'store');
  const secret = new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'account' } });
  new VCenter(chart, 'east', { ...EAST, credentials: VCenterCredentials.fromSecret(secret) });
  expect(chart.toJson()[1]).toMatchObject({ spec: { credentials: { secretRef: { name: 'account' } } } });
});

test('is in no namespace, whatever namespace its chart has', () => {
  const chart = new Chart(new App(), 'store', { namespace: 'shop' });
  const vcenter = new VCenter(chart, 'east', EAST);
  expect(chart.toJson()[0].metadata).toEqual({ name: 'east' });
  ApiObject.of(vcenter).addJsonPatch(JsonPatch.replace('/spec/endpoint/host', 'vc'));
  expect(chart.toJson()[0]).toMatchObject({ metadata: { name: 'east' }, spec: { endpoint: { host: 'vc' } } });
});

const atOnce: readonly (readonly [string, Record<string, unknown>, string])[] = [
  [
    'no name',
    { metadata: {} },
    'metadata.name is missing: give the VCenter a name, because a name made from the construct path would change with ' +
      'the path, and groups cannot be moved to another VCenter',
  ],
  [
    'memory as a bare number',
    { limits: { total: { memory: 4 } } },
    'spec.limits.total.memoryGiB is 4: give a Size of cdk8s, such as Size.gibibytes(4)',
  ],
  [
    'memory of 1.5 GiB',
    { limits: { perVM: { memory: Size.gibibytes(1.5) } } },
    'spec.limits.perVM.memoryGiB is 1.5Gi, that is 1.5 GiB: give a whole number of GiB, such as Size.gibibytes(4)',
  ],
];

test.for(atOnce)('refuses %s in the constructor', ([, props, message]) => {
  // As a caller without types does.
  const untyped: VCenterProps = Object.assign({}, EAST, props);
  expect(errorOf(() => new VCenter(new Chart(new App(), 'store'), 'east', untyped))).toBe(
    `Error: [store/east] ${message}`,
  );
});

const noField = (path: string, parent: string) =>
  `spec.${path} is no field of VCenter: correct its name or leave it out (kubectl explain vc.${parent} lists the names)`;

const atSynth: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['no host', { host: undefined }, 'spec.endpoint.host is missing: give it a value'],
  ['no account', { credentials: undefined }, 'spec.credentials.secretRef is missing: give it a value'],
  ['no port', { port: 0 }, 'spec.endpoint.port is 0: give at least 1'],
  ['a misspelt prop', { limit: {} }, noField('limit', 'spec')],
  ['a misspelt default', { defaults: { placements: {} } }, noField('defaults.placements', 'spec.defaults')],
  ['a misspelt list', { allowed: { template: [] } }, noField('allowed.template', 'spec.allowed')],
  ['a misspelt limit', { limits: { perVm: {} } }, noField('limits.perVm', 'spec.limits')],
  ['a misspelt quota', { limits: { total: { vm: 1 } } }, noField('limits.total.vm', 'spec.limits.total')],
  [
    'a misspelt failure domain',
    { failureDomains: [{ name: 'a', cluster: 'c', host: 'h' }] },
    noField('failureDomains[0].host', 'spec.failureDomains'),
  ],
  [
    'authorities without a certificate',
    { trust: VCenterTrust.authority('x') },
    'spec.tls.caBundle is not valid: caBundle holds no certificate; give PEM text, with -----BEGIN CERTIFICATE-----',
  ],
  [
    'a requirement without values',
    { namespaceSelector: NamespaceSelector.all().withLabelIn('team') },
    'spec.namespaceSelector.matchExpressions[0].values is []: give values with the operators In and NotIn, and none ' +
      'with Exists and DoesNotExist',
  ],
  [
    'a failure domain without a place',
    { failureDomains: [{ name: 'a' }] },
    'spec.failureDomains[0].cluster is missing: give cluster or resourcePool, which say where machines of the failure ' +
      'domain run',
  ],
  [
    'a namespace',
    { metadata: { name: 'east', namespace: 'shop' } },
    'metadata.namespace is "shop": leave it out, because a VCenter is for the whole cluster; namespaceSelector says ' +
      'which namespaces may use it',
  ],
];

test.for(atSynth)('refuses %s at synth', ([, props, message]) => {
  const untyped: VCenterProps = Object.assign({}, EAST, props);
  expect(errorOf(() => vcenterManifestOf(untyped))).toBe(
    `Error: Validation failed with the following errors:\n  [store/east] ${message}`,
  );
});

test('checks the VCenter after its patches', () => {
  expect(errorOf(() => vcenterManifestOf({}, JsonPatch.replace('/spec/endpoint/host', 'https://vc')))).toContain(
    '[store/east] spec.endpoint.host is "https://vc": give a DNS name or an IP address',
  );
});

test('a selector by no label, which would select every namespace, is refused', () => {
  expect(() => NamespaceSelector.labels({})).toThrow('use NamespaceSelector.all()');
});
