import type { WrittenSpec } from './accepted-cases';
import { REFUSED_ATTRIBUTES } from './refused-attribute-cases';
import { REFUSED_DISKS } from './refused-disk-cases';
import { REFUSED_DOMAINS } from './refused-domain-cases';
import { REFUSED_GUESTS } from './refused-guest-cases';

/** Title, a spec that is refused, and what the refusal names. */
export const REFUSED: readonly (readonly [string, WrittenSpec, RegExp])[] = [
  [
    'a progress deadline shorter than minReadySeconds',
    { minReadySeconds: 1800 },
    /spec\.progressDeadlineSeconds.*must be greater than minReadySeconds/,
  ],
  [
    'a datastore beside a datastore cluster',
    { placement: { datastore: 'd', datastoreCluster: 'p' } },
    /spec\.placement\.datastoreCluster.*give either datastore or datastoreCluster, not both/,
  ],
  ['a storage policy without a name', { placement: { storagePolicy: '' } }, /spec\.placement\.storagePolicy/],
  [
    'a storage policy of 256 characters',
    { placement: { storagePolicy: 'x'.repeat(256) } },
    /spec\.placement\.storagePolicy/,
  ],
  [
    'readiness by a network that there is not',
    { readiness: { type: 'IPAddress', network: 'back' }, networks: [{ name: 'front', network: 'a' }] },
    /spec\.readiness\.network.*must be the name of an entry of networks/,
  ],
  [
    'readiness by a network without networks',
    { readiness: { type: 'IPAddress', network: 'back' } },
    /spec\.readiness\.network.*must be the name of an entry of networks/,
  ],
  [
    'a network of a readiness for which no address counts',
    { readiness: { type: 'ToolsRunning', network: 'front' }, networks: [{ name: 'front', network: 'a' }] },
    /spec\.readiness\.network.*network needs the type IPAddress/,
  ],
  ...['guestinfo.userdata', 'GuestInfo.metadata', 'codeconnect.uid', 'CODECONNECT.uid'].map(
    (key): readonly [string, WrittenSpec, RegExp] => [
      `the advanced setting ${key}`,
      { extraConfig: [{ key, value: 'x' }] },
      /spec\.extraConfig\[0\]\.key.*may not begin with guestinfo\. or codeconnect\./,
    ],
  ),
  ...REFUSED_GUESTS,
  [
    'an Ignition config beside cloud-init data',
    { guest: { ignition: { config: { value: '{}' } }, cloudInit: {} } },
    /spec\.guest\.ignition.*give either cloudInit or ignition, not both/,
  ],
  ['Ignition without a config', { guest: { ignition: {} } }, /spec\.guest\.ignition\.config/],
  ['an Ignition config without text', { guest: { ignition: { config: {} } } }, /config.*either secretKeyRef or value/],
  ['an advanced setting without a value', { extraConfig: [{ key: 'a', value: '' }] }, /spec\.extraConfig\[0\]\.value/],
  [
    'an advanced setting with a quote in its key',
    { extraConfig: [{ key: 'a"]', value: 'x' }] },
    /spec\.extraConfig\[0\]\.key/,
  ],
  [
    'an advanced setting that is there twice',
    {
      extraConfig: [
        { key: 'a', value: 'x' },
        { key: 'a', value: 'y' },
      ],
    },
    /spec\.extraConfig\[1\].*Duplicate value/,
  ],
  ...REFUSED_ATTRIBUTES,
  [
    'a machine name without id',
    { naming: { vmName: 'a-$(vm.ordinal)' } },
    /spec\.naming\.vmName.*must contain \$\(vm\.id\)/,
  ],
  ['a host name of all', { naming: { hostname: 'web' } }, /spec\.naming\.hostname.*must contain \$\(vm\.id\) or/],
  [
    'a variable that names do not have',
    { naming: { vmName: '$(vm.id)-$(vm.name)' } },
    /spec\.naming\.vmName.*may contain no variables but/,
  ],
  [
    'a host name with a variable that it does not have',
    { naming: { hostname: '$(vm.id)-$(vm.hostname)' } },
    /spec\.naming\.hostname.*may contain no variables but/,
  ],
  [
    'a machine name that is too long for any group',
    { naming: { vmName: `${'x'.repeat(72)}$(vm.id)` } },
    /spec\.naming\.vmName.*at most 79 characters/,
  ],
  [
    'a host name that is too long for any group',
    { naming: { hostname: `${'x'.repeat(56)}$(vm.id)` } },
    /spec\.naming\.hostname.*at most 63 characters/,
  ],
  ['a machine name with a slash', { naming: { vmName: 'a/$(vm.id)' } }, /spec\.naming\.vmName/],
  ['a host name with a capital', { naming: { hostname: 'A-$(vm.id)' } }, /spec\.naming\.hostname/],
  [
    'the address 10.0.0.10',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.10'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address 10.0.0.10/33',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.10/33'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address 10.0.0.10/',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.10/'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address 10.0.0.010/24',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.010/24'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address ::ffff:10.0.0.1/120',
    { networks: [{ name: 'a', network: 'x', addresses: ['::ffff:10.0.0.1/120'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address fe80::1%eth0/64',
    { networks: [{ name: 'a', network: 'x', addresses: ['fe80::1%eth0/64'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address web/24',
    { networks: [{ name: 'a', network: 'x', addresses: ['web/24'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the address 10.0.0.1/024',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.1/024'] }] },
    /spec\.networks\[0\]\.addresses\[0\].*must be IP addresses with their prefix length/,
  ],
  [
    'the gateway 10.0.0.1/24',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], gateway: '10.0.0.1/24' }] },
    /spec\.networks\[0\]\.gateway.*must be an IP address, such as/,
  ],
  [
    'the gateway gateway',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], gateway: 'gateway' }] },
    /spec\.networks\[0\]\.gateway.*must be an IP address, such as/,
  ],
  [
    'the gateway fe80::1%eth0',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], gateway: 'fe80::1%eth0' }] },
    /spec\.networks\[0\]\.gateway.*must be an IP address, such as/,
  ],
  [
    'the gateway ::ffff:a00:1',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], gateway: '::ffff:a00:1' }] },
    /spec\.networks\[0\]\.gateway.*must be an IP address, such as/,
  ],
  [
    'the gateway 1.2.3',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], gateway: '1.2.3' }] },
    /spec\.networks\[0\]\.gateway.*must be an IP address, such as/,
  ],
  [
    'a name server that is a name',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24'], nameservers: ['dns'] }] },
    /spec\.networks\[0\]\.nameservers\[0\].*must be IP addresses, such as/,
  ],
  [
    'a gateway without addresses',
    { networks: [{ name: 'a', network: 'x', gateway: '10.0.0.1' }] },
    /spec\.networks\[0\]\.gateway.*gateway needs addresses/,
  ],
  [
    'name servers without addresses',
    { networks: [{ name: 'a', network: 'x', nameservers: ['10.0.0.53'] }] },
    /spec\.networks\[0\]\.nameservers.*nameservers need addresses/,
  ],
  [
    'an address twice',
    { networks: [{ name: 'a', network: 'x', addresses: ['10.0.0.2/24', '10.0.0.2/24'] }] },
    /spec\.networks\[0\]\.addresses\[1\].*[Dd]uplicate value/,
  ],
  [
    'an empty list of addresses',
    { networks: [{ name: 'a', network: 'x', addresses: [] }] },
    /spec\.networks\[0\]\.addresses/,
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
  ['an adoption of nothing', { adopt: {} }, /spec\.adopt.*spec\.adopt must have machines or folder/],
  ['an adoption of a machine without a name', { adopt: { machines: [''] } }, /spec\.adopt\.machines\[0\]/],
  ['an adoption from no folder', { adopt: { folder: '' } }, /spec\.adopt\.folder/],
  [
    'an adoption of 501 machines',
    { adopt: { machines: Array.from({ length: 501 }, (_, index) => `web-${index}`) } },
    /spec\.adopt\.machines/,
  ],
  ['a retired machine by name', { retire: ['web-replica-abcdefgh'] }, /spec\.retire\[0\]/],
  ['a machine retired twice', { retire: ['vm-7', 'vm-7'] }, /retire\[1\].*Duplicate value/],
  ['no CPU', { cpu: 0 }, /spec\.cpu/],
  ['a VCenter without a name', { vcenterRef: {} }, /spec\.vcenterRef\.name/],
  ['the vCenter of the environment by name', { vcenterRef: { name: '(env)' } }, /spec\.vcenterRef\.name/],
  ...REFUSED_DISKS,
  ...REFUSED_DOMAINS,
];
