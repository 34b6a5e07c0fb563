import type { VmGroupSpec } from '../../../imports/vmgroup-construct';

/**
 * Specs that are accepted and specs that are refused. The real API server and the check at synth get the same cases; where
 * they differ, the check is wrong. Each spec is merged into a valid one.
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
    'user-data from a Secret',
    { guest: { cloudInit: { userData: { secretKeyRef: { name: 's', key: 'user-data' } } } } },
  ],
  [
    'user-data and metadata as text',
    { guest: { cloudInit: { userData: { value: '#cloud-config' }, metadata: { value: '' } } } },
  ],
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
  ['a restart token', { updateStrategy: { restartToken: '2026-11-22' } }],
  ['retired machines', { retire: ['vm-7', 'vm-12'] }],
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
  ['a VCenter', { vcenterRef: { name: 'east.example.com' } }],
];

/** Title, a spec that is refused, and what the refusal names. */
export const REFUSED: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'a progress deadline shorter than minReadySeconds',
    { minReadySeconds: 1800 },
    /spec\.progressDeadlineSeconds.*must be greater than minReadySeconds/,
  ],
  [
    'a timeout for a hard power-off',
    { powerOff: { mode: 'Hard', timeoutSeconds: 5 } },
    /spec\.powerOff\.timeoutSeconds.*leave it out/,
  ],
  [
    'maxSurge and maxUnavailable of 0',
    { updateStrategy: { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } } },
    /maxUnavailable.*cannot both be 0/,
  ],
  [
    'the default maxSurge with maxUnavailable 0',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
    /maxUnavailable.*cannot both be 0/,
  ],
  ['a percentage over 100', { updateStrategy: { rollingUpdate: { maxSurge: '101%' } } }, /maxSurge/],
  ['a negative surge', { updateStrategy: { rollingUpdate: { maxSurge: -1 } } }, /maxSurge/],
  ['a text without %', { updateStrategy: { rollingUpdate: { maxSurge: '5' } } }, /maxSurge/],
  [
    'user-data as text and from a Secret',
    { guest: { cloudInit: { userData: { value: 'a', secretKeyRef: { name: 's', key: 'k' } } } } },
    /userData.*either secretKeyRef or value/,
  ],
  [
    'user-data without text or Secret',
    { guest: { cloudInit: { userData: {} } } },
    /userData.*either secretKeyRef or value/,
  ],
  [
    'metadata without text or Secret',
    { guest: { cloudInit: { metadata: {} } } },
    /metadata.*either secretKeyRef or value/,
  ],
  ['a text instead of a list of networks', { networks: 'front' }, /spec\.networks/],
  [
    'two networks with one name',
    {
      networks: [
        { name: 'a', network: 'x' },
        { name: 'a', network: 'y' },
      ],
    },
    /networks\[1\].*Duplicate value/,
  ],
  ['a network entry without a network', { networks: [{ name: 'a' }] }, /networks\[0\]\.network/],
  ['a network entry with an invalid name', { networks: [{ name: 'A b', network: 'x' }] }, /networks\[0\]\.name/],
  ['an unknown field', { replica: 3 }, /unknown field "spec\.replica"|spec\.replica is no field/],
  ['half a surge', { updateStrategy: { rollingUpdate: { maxSurge: 1.5 } } }, /maxSurge/],
  [
    'a surge that is neither a number nor a percentage',
    { updateStrategy: { rollingUpdate: { maxSurge: true } } },
    /maxSurge/,
  ],
  ['a progress deadline that is too long', { progressDeadlineSeconds: 172801 }, /spec\.progressDeadlineSeconds/],
  ['a negative minReadySeconds', { minReadySeconds: -1 }, /spec\.minReadySeconds/],
  ['a timeout of 0 for the guest', { powerOff: { timeoutSeconds: 0 } }, /spec\.powerOff\.timeoutSeconds/],
  [
    'a key with a slash',
    { guest: { cloudInit: { userData: { secretKeyRef: { name: 's', key: 'a/b' } } } } },
    /userData\.secretKeyRef\.key/,
  ],
  [
    'a Secret without a key',
    { guest: { cloudInit: { userData: { secretKeyRef: { name: 's' } } } } },
    /userData\.secretKeyRef\.key/,
  ],
  [
    'user-data that is too long',
    { guest: { cloudInit: { userData: { value: 'x'.repeat(65537) } } } },
    /userData\.value/,
  ],
  [
    'an eleventh network',
    { networks: Array.from({ length: 11 }, (_, index) => ({ name: `n${index}`, network: 'x' })) },
    /spec\.networks/,
  ],
  ['an unknown scale-down order', { scaleDown: { order: 'Random' } }, /spec\.scaleDown\.order/],
  ['an unknown readiness type', { readiness: { type: 'Ping' } }, /spec\.readiness\.type/],
  [
    'CPUs that do not fill the sockets',
    { cpu: 3, hardware: { coresPerSocket: 2 } },
    /spec\.hardware\.coresPerSocket.*cpu must be a multiple of hardware\.coresPerSocket/,
  ],
  ['sockets without a core', { hardware: { coresPerSocket: 0 } }, /spec\.hardware\.coresPerSocket/],
  ['too many cores', { cpu: 512, hardware: { coresPerSocket: 512 } }, /spec\.hardware\.coresPerSocket/],
  ['hot-add that is no flag', { hardware: { cpuHotAdd: 'yes' } }, /spec\.hardware\.cpuHotAdd/],
  ['an empty restart token', { updateStrategy: { restartToken: '' } }, /spec\.updateStrategy\.restartToken/],
  ['a retired machine by name', { retire: ['web-replica-abcdefgh'] }, /spec\.retire\[0\]/],
  ['a machine retired twice', { retire: ['vm-7', 'vm-7'] }, /retire\[1\].*Duplicate value/],
  ['a root disk of no size', { disks: { rootSizeGiB: 0 } }, /spec\.disks\.rootSizeGiB/],
  ['a data disk without a size', { disks: { extra: [{ name: 'data' }] } }, /spec\.disks\.extra\[0\]\.sizeGiB/],
  [
    'a data disk with the name of the root disk',
    { disks: { extra: [{ name: 'root', sizeGiB: 1 }] } },
    /disks\.extra\[0\]\.name.*cannot be root/,
  ],
  [
    'two data disks with one name',
    {
      disks: {
        extra: [
          { name: 'a', sizeGiB: 1 },
          { name: 'a', sizeGiB: 2 },
        ],
      },
    },
    /extra\[1\].*Duplicate value/,
  ],
  [
    'a fifteenth data disk',
    { disks: { extra: Array.from({ length: 15 }, (_, index) => ({ name: `d${index}`, sizeGiB: 1 })) } },
    /spec\.disks\.extra/,
  ],
  ['no CPU', { cpu: 0 }, /spec\.cpu/],
  ['a VCenter without a name', { vcenterRef: {} }, /spec\.vcenterRef\.name/],
  ['the vCenter of the environment by name', { vcenterRef: { name: '(env)' } }, /spec\.vcenterRef\.name/],
];
