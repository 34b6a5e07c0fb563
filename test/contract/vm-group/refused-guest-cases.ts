/** What is refused of customization specifications, and of values that guests set. */
import type { WrittenSpec } from './accepted-cases';

/** Title, a spec that is refused, and what the refusal names. */
export const REFUSED_GUESTS: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  ...['guestinfo.ready', 'GuestInfo.ready'].map((key): readonly [string, WrittenSpec, RegExp] => [
    `readiness by ${key}`,
    { readiness: { guestInfo: [{ key, value: 'x' }] } },
    /spec\.readiness\.guestInfo\[0\]\.key.*give the key without guestinfo\./,
  ]),
  ...['userdata', 'UserData', 'metadata.encoding', 'vendordata', 'ignition.config.data'].map(
    (key): readonly [string, WrittenSpec, RegExp] => [
      `readiness by ${key}, which the operator gives`,
      { readiness: { guestInfo: [{ key, value: 'x' }] } },
      /spec\.readiness\.guestInfo\[0\]\.key.*data that the guest is given is not its answer/,
    ],
  ),
  [
    'readiness by an empty value',
    { readiness: { guestInfo: [{ key: 'ready', value: '' }] } },
    /spec\.readiness\.guestInfo\[0\]\.value/,
  ],
  ...[{ cloudInit: {} }, { ignition: { config: { value: '{}' } } }].map(
    (other): readonly [string, WrittenSpec, RegExp] => [
      `a customization specification beside ${Object.keys(other).join()}`,
      { guest: { customizationSpec: { name: 'linux' }, ...other } },
      /spec\.guest\.customizationSpec.*give one of cloudInit, ignition and customizationSpec/,
    ],
  ),
  [
    'a customization specification without a name',
    { guest: { customizationSpec: { name: '' } } },
    /spec\.guest\.customizationSpec\.name/,
  ],
];
