import type { VmGroupSpec } from '../../../imports/vmgroup-construct';

/**
 * What a VmGroup may say, and what not. The real API server judges these cases, and so does what runs at synth: a case
 * on which they differ is a mistake of the latter. Each spec is laid over one that is otherwise fine.
 */

/** What a person may write, typed loosely: half of the cases are mistakes, unknown fields among them. */
export type WrittenSpec = { readonly [Field in keyof VmGroupSpec]?: unknown } & Readonly<Record<string, unknown>>;

/** Title, and what is taken. */
export const ACCEPTED: readonly (readonly [string, WrittenSpec])[] = [
  ['a manifest of the original', { cpu: 4, memory: 8, replicas: 3 }],
  ['no replicas', { replicas: 0 }],
  [
    'networks in an order',
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
  ['a soft power-off with a time', { powerOff: { mode: 'Soft', timeoutSeconds: 60 } }],
  ['a time for the default power-off', { powerOff: { timeoutSeconds: 60 } }],
  ['a percentage', { updateStrategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '0%' } } }],
  ['a number', { updateStrategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } } }],
  ['100%', { updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } } }],
  ['all the rest', { readiness: { type: 'IPAddress' }, minReadySeconds: 10, scaleDown: { order: 'Oldest' } }],
  [
    'the limits of every number',
    { cpu: 960, memory: 24576, replicas: 500, minReadySeconds: 86400, progressDeadlineSeconds: 172800 },
  ],
  ['the longest time for a guest', { powerOff: { timeoutSeconds: 3600 } }],
  ['an empty update strategy', { updateStrategy: {} }],
  ['an empty rolling update', { updateStrategy: { rollingUpdate: {} } }],
  ['empty guest data', { guest: { cloudInit: {} } }],
];

/** Title, what is refused, and what a refusal names. */
export const REFUSED: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'a deadline within the time to be ready',
    { minReadySeconds: 1800 },
    /spec\.progressDeadlineSeconds.*must be greater than minReadySeconds/,
  ],
  [
    'a time for a hard power-off',
    { powerOff: { mode: 'Hard', timeoutSeconds: 5 } },
    /spec\.powerOff\.timeoutSeconds.*leave it out/,
  ],
  [
    'neither surge nor absence',
    { updateStrategy: { rollingUpdate: { maxSurge: '0%', maxUnavailable: 0 } } },
    /maxUnavailable.*cannot both be 0/,
  ],
  [
    'the default surge without absence',
    { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } },
    /maxUnavailable.*cannot both be 0/,
  ],
  ['a percentage beyond 100', { updateStrategy: { rollingUpdate: { maxSurge: '101%' } } }, /maxSurge/],
  ['a negative surge', { updateStrategy: { rollingUpdate: { maxSurge: -1 } } }, /maxSurge/],
  ['a text without %', { updateStrategy: { rollingUpdate: { maxSurge: '5' } } }, /maxSurge/],
  [
    'user-data of both kinds',
    { guest: { cloudInit: { userData: { value: 'a', secretKeyRef: { name: 's', key: 'k' } } } } },
    /userData.*either secretKeyRef or value/,
  ],
  ['user-data of no kind', { guest: { cloudInit: { userData: {} } } }, /userData.*either secretKeyRef or value/],
  ['metadata of no kind', { guest: { cloudInit: { metadata: {} } } }, /metadata.*either secretKeyRef or value/],
  [
    'a network twice',
    {
      networks: [
        { name: 'a', network: 'x' },
        { name: 'a', network: 'y' },
      ],
    },
    /networks\[1\].*Duplicate value/,
  ],
  ['a network without a place', { networks: [{ name: 'a' }] }, /networks\[0\]\.network/],
  ['a network with a strange name', { networks: [{ name: 'A b', network: 'x' }] }, /networks\[0\]\.name/],
  ['an unknown field', { replica: 3 }, /unknown field "spec\.replica"|spec\.replica is no field/],
  ['half a surge', { updateStrategy: { rollingUpdate: { maxSurge: 1.5 } } }, /maxSurge/],
  ['a surge that is no amount', { updateStrategy: { rollingUpdate: { maxSurge: true } } }, /maxSurge/],
  ['a time without end', { progressDeadlineSeconds: 172801 }, /spec\.progressDeadlineSeconds/],
  ['a negative time', { minReadySeconds: -1 }, /spec\.minReadySeconds/],
  ['no time for the guest', { powerOff: { timeoutSeconds: 0 } }, /spec\.powerOff\.timeoutSeconds/],
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
  ['user-data without end', { guest: { cloudInit: { userData: { value: 'x'.repeat(65537) } } } }, /userData\.value/],
  [
    'an eleventh network',
    { networks: Array.from({ length: 11 }, (_, index) => ({ name: `n${index}`, network: 'x' })) },
    /spec\.networks/,
  ],
  ['a strange order', { scaleDown: { order: 'Random' } }, /spec\.scaleDown\.order/],
  ['a strange readiness', { readiness: { type: 'Ping' } }, /spec\.readiness\.type/],
  ['no CPU', { cpu: 0 }, /spec\.cpu/],
];
