import type { VCenterSpec } from '../../../imports/vcenter';

/**
 * Specs of VCenters that are accepted and specs that are refused. The real API server and the check at synth get the same
 * cases; where they differ, the check is wrong. Each spec is merged into a valid one.
 */

/** A spec as a person may write it. The type is loose because many cases are mistakes, such as unknown fields. */
export type WrittenVCenterSpec = { readonly [Field in keyof VCenterSpec]?: unknown } & Readonly<
  Record<string, unknown>
>;

/** A spec that is accepted, which the others are merged into. */
export const PLAIN_VCENTER = {
  endpoint: { host: 'vcenter.example.com' },
  credentials: { secretRef: { name: 'vcenter-account' } },
};

const PEM = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const PIN = Array.from({ length: 32 }, () => 'A0').join(':');
const OTHER_PINS = ['B1', 'C2', 'D3', 'E4'].map((pair) => PIN.replace('A0', pair));
const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

/** Title, and a spec that is accepted. */
export const ACCEPTED_VCENTERS: readonly (readonly [string, WrittenVCenterSpec])[] = [
  ['host and Secret only', {}],
  ['an IPv4 address', { endpoint: { host: '10.0.0.5', port: 8443 } }],
  ['an IPv6 address', { endpoint: { host: '2001:db8::5', port: 1 } }],
  ['a host name of one label', { endpoint: { host: 'VC1', port: 65535 } }],
  ['a login by token', { credentials: { secretRef: { name: 'a.b' }, method: 'TokenByPassword' } }],
  ['authorities', { tls: { caBundle: PEM } }],
  ['four fingerprints', { tls: { sha256Fingerprints: OTHER_PINS } }],
  ['authorities and a fingerprint', { tls: { caBundle: PEM, sha256Fingerprints: [PIN] } }],
  ['no verification', { tls: { insecureSkipVerify: true } }],
  ['empty tls', { tls: {} }],
  ['all namespaces', { namespaceSelector: {} }],
  [
    'namespaces by labels',
    {
      namespaceSelector: {
        matchLabels: { 'example.com/team': 'shop', tier: '' },
        matchExpressions: [
          { key: 'stage', operator: 'In', values: ['test', 'live'] },
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] },
          { key: 'vms', operator: 'Exists' },
          { key: 'no-vms', operator: 'DoesNotExist', values: [] },
        ],
      },
    },
  ],
  [
    'the most labels and requirements',
    {
      namespaceSelector: {
        matchLabels: Object.fromEntries(names(16).map((name) => [name, 'x'])),
        matchExpressions: names(16).map((key) => ({ key, operator: 'In', values: names(32) })),
      },
    },
  ],
  ['a cluster name', { clusterName: 'c'.repeat(40) }],
  [
    'defaults of all fields',
    {
      defaults: {
        placement: { datacenter: 'dc', cluster: 'c', resourcePool: 'p', folder: '/dc/vm/f', datastore: 'd' },
      },
    },
  ],
  ['empty defaults', { defaults: {} }],
  [
    'failure domains',
    {
      failureDomains: [
        { name: 'a', cluster: 'c1', datastore: 'd1' },
        { name: 'b', resourcePool: '/dc/host/c2/Resources' },
      ],
    },
  ],
  [
    'failure domains that share a cluster',
    { failureDomains: names(2).map((name) => ({ name, cluster: 'c', hostGroup: 'Rack 1 / left' })) },
  ],
  ['nothing allowed', { allowed: { templates: [], networks: [] } }],
  [
    'patterns of paths',
    { allowed: { templates: ['/dc/vm/templates/*', '**/ubuntu-*'], folders: ['/dc/vm/shop/**'], datastores: ['**'] } },
  ],
  ['patterns of customization specifications', { allowed: { customizationSpecs: ['Linux *', 'a%2fb', '*'] } }],
  ['patterns of tags', { allowed: { tags: ['stage/*', '**', 'a b/c%2fd'] } }],
  ['patterns of machines', { allowed: { adoptableMachines: ['/dc/vm/tenants/$(namespace)/**', '**/old-*'] } }],
  ['patterns of keys', { allowed: { extraConfigKeys: ['disk.EnableUUID', 'svga.*', '*'] } }],
  [
    'storage policies',
    { allowed: { storagePolicies: ['Gold *', '*'] }, defaults: { placement: { storagePolicy: 'Gold / fast' } } },
  ],
  ['no storage policy', { allowed: { storagePolicies: [] } }],
  ['64 patterns', { allowed: { networks: names(64).map((name) => `/${name}`) } }],
  [
    'limits of all kinds',
    {
      limits: {
        maxConcurrentTasks: 500,
        perVM: { cpu: 960, memoryGiB: 24576 },
        perNamespace: { vms: 0, cpu: 0, memoryGiB: 0 },
        total: { vms: 1_000_000, cpu: 1_000_000_000, memoryGiB: 1_000_000_000 },
      },
    },
  ],
];

/** Title, a spec that is refused, and what the refusal names. */
export const REFUSED_VCENTERS: readonly (readonly [string, WrittenVCenterSpec, RegExp])[] = [
  ['a URL as host', { endpoint: { host: 'https://vc.example.com/sdk' } }, /spec\.endpoint\.host/],
  ['a host with a port', { endpoint: { host: 'vc.example.com:443' } }, /spec\.endpoint\.host/],
  ['a host of hexadecimal letters with a port', { endpoint: { host: 'abc:443' } }, /spec\.endpoint\.host/],
  ['a host with an account', { endpoint: { host: 'admin@vc.example.com' } }, /spec\.endpoint\.host/],
  ['an empty host', { endpoint: { host: '' } }, /spec\.endpoint\.host/],
  ['a host that is too long', { endpoint: { host: 'h'.repeat(254) } }, /spec\.endpoint\.host/],
  ['no host', { endpoint: { port: 443 } }, /spec\.endpoint\.host/],
  ['port 0', { endpoint: { host: 'vc', port: 0 } }, /spec\.endpoint\.port/],
  ['no Secret', { credentials: {} }, /spec\.credentials\.secretRef/],
  ['a Secret without a name', { credentials: { secretRef: {} } }, /spec\.credentials\.secretRef\.name/],
  ['a Secret of another namespace', { credentials: { secretRef: { name: 'shop/vc' } } }, /secretRef\.name/],
  [
    'a namespace of the Secret',
    { credentials: { secretRef: { name: 'vc', namespace: 'shop' } } },
    /unknown field "spec\.credentials\.secretRef\.namespace"|secretRef\.namespace is no field/,
  ],
  [
    'a password instead of a Secret',
    { credentials: { secretRef: { name: 'vc' }, password: 'x' } },
    /unknown field "spec\.credentials\.password"|spec\.credentials\.password is no field/,
  ],
  [
    'an unknown way to log in',
    { credentials: { secretRef: { name: 'vc' }, method: 'TokenByCertificate' } },
    /spec\.credentials\.method/,
  ],
  [
    'no verification, and authorities',
    { tls: { insecureSkipVerify: true, caBundle: PEM } },
    /spec\.tls\.insecureSkipVerify.*leave it out, or leave out caBundle/,
  ],
  [
    'no verification, and a fingerprint',
    { tls: { insecureSkipVerify: true, sha256Fingerprints: [PIN] } },
    /spec\.tls\.insecureSkipVerify.*leave it out, or leave out caBundle/,
  ],
  ['authorities without a certificate', { tls: { caBundle: 'MIIB' } }, /spec\.tls\.caBundle.*give PEM text/],
  ['empty authorities', { tls: { caBundle: '' } }, /spec\.tls\.caBundle/],
  ['no fingerprint in the list', { tls: { sha256Fingerprints: [] } }, /spec\.tls\.sha256Fingerprints/],
  ['a fifth fingerprint', { tls: { sha256Fingerprints: [PIN, ...OTHER_PINS] } }, /spec\.tls\.sha256Fingerprints/],
  [
    'a fingerprint in lower case',
    { tls: { sha256Fingerprints: [PIN.toLowerCase()] } },
    /spec\.tls\.sha256Fingerprints\[0\]/,
  ],
  [
    'a fingerprint that is there twice',
    { tls: { sha256Fingerprints: [PIN, PIN] } },
    /spec\.tls\.sha256Fingerprints\[1\].*Duplicate value/,
  ],
  [
    'operator In without values',
    { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } },
    /matchExpressions\[0\].*give values with the operators In and NotIn/,
  ],
  [
    'operator NotIn with an empty list',
    { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: [] }] } },
    /matchExpressions\[0\].*give values with the operators In and NotIn/,
  ],
  [
    'operator Exists with values',
    { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
    /matchExpressions\[0\].*none with Exists and DoesNotExist/,
  ],
  [
    'an unknown operator',
    { namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } },
    /matchExpressions\[0\]\.operator/,
  ],
  [
    'a requirement without a label',
    { namespaceSelector: { matchExpressions: [{ operator: 'Exists' }] } },
    /matchExpressions\[0\]\.key/,
  ],
  [
    'a label with a space',
    { namespaceSelector: { matchExpressions: [{ key: 'a b', operator: 'Exists' }] } },
    /matchExpressions\[0\]\.key/,
  ],
  ['a value that no label has', { namespaceSelector: { matchLabels: { team: 'a b' } } }, /matchLabels\.team/],
  ['a label that is a number', { namespaceSelector: { matchLabels: { team: 7 } } }, /matchLabels\.team/],
  [
    'a seventeenth label',
    { namespaceSelector: { matchLabels: Object.fromEntries(names(17).map((name) => [name, 'x'])) } },
    /spec\.namespaceSelector\.matchLabels/,
  ],
  ['a cluster name with capitals', { clusterName: 'East' }, /spec\.clusterName/],
  ['a cluster name of 41 letters', { clusterName: 'c'.repeat(41) }, /spec\.clusterName/],
  ['an empty default', { defaults: { placement: { datastore: '' } } }, /spec\.defaults\.placement\.datastore/],
  [
    'a default datastore beside a default datastore cluster',
    { defaults: { placement: { datastore: 'd', datastoreCluster: 'p' } } },
    /spec\.defaults\.placement\.datastoreCluster.*give either datastore or datastoreCluster, not both/,
  ],
  [
    'a failure domain with a datastore and a datastore cluster',
    { failureDomains: [{ name: 'a', cluster: 'c', datastore: 'd', datastoreCluster: 'p' }] },
    /failureDomains\[0\]\.datastoreCluster.*give either datastore or datastoreCluster, not both/,
  ],
  [
    'a host group without its cluster',
    { failureDomains: [{ name: 'a', resourcePool: 'p', hostGroup: 'rack' }] },
    /failureDomains\[0\]\.hostGroup.*give cluster with hostGroup/,
  ],
  [
    'a host group with a name that is too long',
    { failureDomains: [{ name: 'a', cluster: 'c', hostGroup: 'h'.repeat(81) }] },
    /failureDomains\[0\]\.hostGroup/,
  ],
  [
    'a failure domain without a place',
    { failureDomains: [{ name: 'a', datastore: 'd' }] },
    /failureDomains\[0\].*give cluster or resourcePool/,
  ],
  [
    'two failure domains of one name',
    { failureDomains: ['c1', 'c2'].map((cluster) => ({ name: 'a', cluster })) },
    /failureDomains\[1\].*Duplicate value/,
  ],
  [
    'a seventeenth failure domain',
    { failureDomains: names(17).map((name) => ({ name, cluster: name })) },
    /spec\.failureDomains/,
  ],
  ['a pattern that is no path', { allowed: { templates: ['ubuntu-*'] } }, /spec\.allowed\.templates\[0\]/],
  [
    'a pattern that is there twice',
    { allowed: { templates: ['/a', '/a'] } },
    /spec\.allowed\.templates\[1\].*Duplicate value/,
  ],
  ['an empty pattern of policies', { allowed: { storagePolicies: [''] } }, /spec\.allowed\.storagePolicies\[0\]/],
  [
    'an empty default policy',
    { defaults: { placement: { storagePolicy: '' } } },
    /spec\.defaults\.placement\.storagePolicy/,
  ],
  ['an empty pattern', { allowed: { customizationSpecs: [''] } }, /spec\.allowed\.customizationSpecs\[0\]/],
  ['a machine without a path', { allowed: { adoptableMachines: ['web-1'] } }, /spec\.allowed\.adoptableMachines\[0\]/],
  ['a key with a slash', { allowed: { extraConfigKeys: ['/a'] } }, /spec\.allowed\.extraConfigKeys\[0\]/],
  ['an empty pattern of tags', { allowed: { tags: [''] } }, /spec\.allowed\.tags\[0\]/],
  ['a 65th pattern', { allowed: { folders: names(65).map((name) => `/${name}`) } }, /spec\.allowed\.folders/],
  ['a text instead of patterns', { allowed: { networks: '/dc/network/*' } }, /spec\.allowed\.networks/],
  ['less than no task at once', { limits: { maxConcurrentTasks: -1 } }, /spec\.limits\.maxConcurrentTasks/],
  ['a machine without CPU', { limits: { perVM: { cpu: 0 } } }, /spec\.limits\.perVM\.cpu/],
  ['a negative quota', { limits: { perNamespace: { vms: -1 } } }, /spec\.limits\.perNamespace\.vms/],
  ['a quota as text', { limits: { total: { memoryGiB: '10' } } }, /spec\.limits\.total\.memoryGiB/],
  ['an unknown limit', { limits: { total: { memory: 1 } } }, /unknown field "spec\.limits\.total\.memory"|is no field/],
];
