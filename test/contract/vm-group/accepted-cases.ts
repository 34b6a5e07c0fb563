import type { VmGroupSpec } from '../../../imports/vmgroup-construct';

/**
 * Specs that are accepted; refused-cases.ts has those that are refused. The real API server and the check at synth get the
 * same cases; where they differ, the check is wrong. Each spec is merged into a valid one.
 */

/** A spec as a person may write it. The type is loose because many cases are mistakes, such as unknown fields. */
export type WrittenSpec = { readonly [Field in keyof VmGroupSpec]?: unknown } & Readonly<Record<string, unknown>>;

/** Title, and a spec that is accepted. */
export const ACCEPTED: readonly (readonly [string, WrittenSpec])[] = [
  ['a manifest of the original operator', { cpu: 4, memory: 8, replicas: 3 }],
  ['no replicas', { replicas: 0 }],
  [
    'a list of networks',
    {
      networks: [
        { name: 'front', network: '/dc/network/a' },
        { name: 'back', network: 'b' },
      ],
    },
  ],
  [
    'static addresses of both families',
    {
      networks: [
        {
          ...{ name: 'front', network: 'a', addresses: ['10.0.0.10/24', '10.0.0.11/24'] },
          ...{ gateway: '10.0.0.1', nameservers: ['10.0.0.53', 'fd00::53'] },
        },
        { name: 'back', network: 'b', addresses: ['fd00::10/64', '2001:db8:0:0:0:0:0:1/128'], gateway: 'fe80::1' },
      ],
    },
  ],
  [
    'readiness by the address on one network',
    { readiness: { type: 'IPAddress', network: 'front' }, networks: [{ name: 'front', network: 'a' }] },
  ],
  [
    'patterns for names',
    {
      naming: {
        vmName: '$(group.namespace)_$(group.name).$(vm.ordinal)-$(vm.id)-$(vm.revision)',
        hostname: '$(group.name)-$(vm.ordinal)',
      },
    },
  ],
  ['the longest names', { naming: { vmName: `${'x'.repeat(71)}$(vm.id)`, hostname: `${'x'.repeat(55)}$(vm.id)` } }],
  [
    'user-data from a Secret',
    { guest: { cloudInit: { userData: { secretKeyRef: { name: 's', key: 'user-data' } } } } },
  ],
  [
    'user-data and metadata as text',
    { guest: { cloudInit: { userData: { value: '#cloud-config' }, metadata: { value: '' } } } },
  ],
  ['an Ignition config', { guest: { ignition: { config: { secretKeyRef: { name: 's', key: 'ignition' } } } } }],
  ['a datastore cluster', { placement: { datastoreCluster: '/dc/datastore/pod' } }],
  ['a storage policy', { placement: { storagePolicy: 'x'.repeat(255) } }],
  ['a storage policy with a datastore', { placement: { storagePolicy: 'Gold / fast', datastore: 'd' } }],
  ['user-data that is removed', { guest: { cloudInit: { userData: { value: '#cloud-config' }, cleanup: true } } }],
  ['a soft power-off with a timeout', { powerOff: { mode: 'Soft', timeoutSeconds: 60 } }],
  ['a timeout for the default power-off', { powerOff: { timeoutSeconds: 60 } }],
  ['a percentage', { updateStrategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '0%' } } }],
  ['a number', { updateStrategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } }],
  ['100%', { updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } } }],
  [
    'readiness, minReadySeconds and a scale-down order',
    { readiness: { type: 'IPAddress' }, minReadySeconds: 10, scaleDown: { order: 'Oldest' } },
  ],
  [
    'the limits of every number',
    { cpu: 960, memory: 24576, replicas: 500, minReadySeconds: 86400, progressDeadlineSeconds: 172800 },
  ],
  ['the longest timeout for a guest', { powerOff: { timeoutSeconds: 3600 } }],
  ['an empty update strategy', { updateStrategy: {} }],
  ['an empty rolling update', { updateStrategy: { rollingUpdate: {} } }],
  ['empty guest data', { guest: { cloudInit: {} } }],
  ['hardware', { cpu: 4, hardware: { coresPerSocket: 2, cpuHotAdd: true, memoryHotAdd: false } }],
  ['empty hardware', { hardware: {} }],
  ['linked clones', { clone: { mode: 'Linked' } }],
  ['linked clones from a snapshot', { clone: { mode: 'Linked', snapshot: 'golden' } }],
  ['full clones', { clone: {} }],
  ['a root disk', { disks: { rootSizeGiB: 63488 } }],
  [
    'data disks',
    {
      disks: {
        extra: [
          { name: 'data', sizeGiB: 100 },
          { name: 'logs', sizeGiB: 1, provisioning: 'Thin' },
        ],
      },
    },
  ],
  ['a restart token', { updateStrategy: { restartToken: '2026-11-22' } }],
  ['machines to take over, by name and path', { adopt: { machines: ['web-1', '/dc/vm/by-hand/web-2'] } }],
  ['a folder of machines to take over', { adopt: { folder: '/dc/vm/by-hand' } }],
  ['both, and no machine yet', { adopt: { machines: [], folder: 'by-hand' } }],
  ['retired machines', { retire: ['vm-7', 'vm-12'] }],
  ['a customization specification', { guest: { customizationSpec: { name: `Linux / ${'x'.repeat(247)}` } } }],
  [
    'values that guests set',
    {
      readiness: {
        guestInfo: [...Array(8).keys()].map((index) => ({
          key: `${'a.b_C-'.repeat(21)}${index}`,
          value: 'x'.repeat(1024),
        })),
      },
    },
  ],
  ['a value in words of guest data', { readiness: { guestInfo: [{ key: 'userdata-done', value: 'yes' }] } }],
  [
    'advanced settings',
    { extraConfig: [...Array(32).keys()].map((index) => ({ key: `a.b_C-${index}`, value: 'x'.repeat(1024) })) },
  ],
  [
    'failure domains and their spread',
    {
      placement: {
        ...{ datastore: 'd', failureDomains: ['a', 'b-1'] },
        spread: { maxSkew: 100, whenUnsatisfiable: 'DoNotSchedule' },
      },
    },
  ],
  ['replicas on different hosts', { placement: { cluster: 'c', hostAntiAffinity: 'Preferred' } }],
  ['replicas where DRS likes', { placement: { hostAntiAffinity: 'Disabled' } }],
  ['a spread by its defaults', { placement: { spread: {} } }],
  ['a spread beside a cluster', { placement: { cluster: 'c', spread: { maxSkew: 2 } } }],
  [
    'custom attributes',
    {
      customAttributes: [...Array(32).keys()].map((index) => ({
        name: `${index} ${'ä'.repeat(70)}`,
        value: 'x'.repeat(1024),
      })),
    },
  ],
  [
    'tags',
    {
      tags: [
        { category: 'stage', name: 'live' },
        { category: 'stage', name: 'a/b' },
        { category: 'x'.repeat(255), name: 'live' },
      ],
    },
  ],
  ['a VCenter', { vcenterRef: { name: 'east.example.com' } }],
];
