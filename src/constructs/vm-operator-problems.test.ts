import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { manifestsOf } from '../../test/support/builders/operator-chart';
import { MetricsMonitor, VCenterTrust, type VmOperatorProps } from '.';

test.for<[string, VmOperatorProps, string]>([
  ['a namespace', { namespace: 'Vms' }, 'namespace is "Vms": give at most 63 lower-case letters'],
  ['a served namespace', { watchNamespaces: ['a', 'b.c'] }, 'watchNamespaces is "b.c": give at most 63'],
  ['no served namespace', { watchNamespaces: [] }, 'watchNamespaces is []: give the namespaces to serve'],
  ['replicas', { replicas: -1 }, 'replicas is -1: give a whole number from 0 to 1000'],
  ['clones', { vcenter: { maxConcurrentTasks: 501 } }, 'vcenter.maxConcurrentTasks is 501: give a whole number from 0'],
  [
    'a vCenter beside VCenter objects only',
    { vcenterObjectsOnly: true, vcenter: { host: 'vc' } },
    'vcenterObjectsOnly is true: leave out vcenter, or set vcenterObjectsOnly to false',
  ],
  [
    'a PodMonitor that would need a token',
    { secureMetrics: true, monitoring: { monitor: MetricsMonitor.POD_MONITOR } },
    'monitoring.monitor is PodMonitor, and secureMetrics is true: a PodMonitor cannot name the token of Prometheus',
  ],
  [
    'an absolute folder',
    { vcenter: { folder: '/a/b' } },
    'vcenter.folder is "/a/b": give the path below the VM folder',
  ],
  [
    'a folder',
    { vcenter: { folder: 'a/$(namespace)' } },
    'vcenter.folder is "a/$(namespace)": give the path below the VM folder',
  ],
  [
    'a folder that all namespaces share',
    { namespaceLimits: { folder: 'tenants' } },
    'namespaceLimits.folder is "tenants": put $(namespace) into it, or all namespaces share it',
  ],
  [
    'a pool that leads upwards',
    { namespaceLimits: { resourcePools: ['$(namespace)/..'] } },
    'namespaceLimits.resourcePools is "$(namespace)/..": give names of at most 79 characters',
  ],
  [
    'the id of a cluster',
    { namespaceLimits: { adoptFromClusters: ['a,b'] } },
    'namespaceLimits.adoptFromClusters is "a,b": give the UID of that cluster\'s namespace kube-system',
  ],
  [
    'a fingerprint',
    { vcenter: { trust: VCenterTrust.fingerprints('AB:CD') } },
    'vcenter.trust is "AB:CD": give SHA-256',
  ],
  [
    'no port of the API server, which would open all egress,',
    { networkPolicy: { apiServerPorts: [] } },
    'networkPolicy.apiServerPorts is []: give the ports of the API server, or leave it out for 443 and 6443',
  ],
  [
    'no namespace that reads metrics, which would admit all,',
    { networkPolicy: { metricsFromNamespaces: [] } },
    'networkPolicy.metricsFromNamespaces is []: give the namespaces that read metrics, or leave it out',
  ],
  [
    'no address of vCenter, which would open all,',
    { networkPolicy: { vcenterCidrs: [] } },
    'networkPolicy.vcenterCidrs is []: give the blocks of addresses of vCenter, or leave it out',
  ],
  ['an authority', { vcenter: { trust: VCenterTrust.authority('MII') } }, 'vcenter.trust holds no certificate'],
  ['an empty image', { image: '' }, 'image is "": give the name of a container image, such as registry.example.com'],
  ['an image', { image: 'Here/Op: 7' }, 'image is "Here/Op: 7": give the name of a container image'],
  [
    'a host',
    { vcenter: { host: 'bad host' } },
    'vcenter.host is "bad host": give a host name, host:port or URL, such as https://vcenter.example.com/sdk',
  ],
  ['an empty host', { vcenter: { host: '' } }, 'vcenter.host is "": give a host name'],
  ['a path of a host', { vcenter: { host: 'https://vc/ui' } }, 'vcenter.host is "https://vc/ui": give a host name'],
  ['plain HTTP', { vcenter: { host: 'http://vc' } }, 'vcenter.host is "http://vc": give a host name'],
  ['a port', { vcenter: { host: 'vc:65536' } }, 'vcenter.host is "vc:65536": give a host name'],
  ...['10.0.0.5', '10.0.0.0/33', '10.0.0.0/08', '10.0.0/8', 'fe80::1', 'fe80::/129', 'fe80::%eth0/64', 'vc/32', ''].map(
    (block): [string, VmOperatorProps, string] => [
      `the block ${block}`,
      { networkPolicy: { vcenterCidrs: ['10.0.0.0/8', block] } },
      `networkPolicy.vcenterCidrs is "${block}": give an address and the length of its prefix, such as 10.0.0.5/32`,
    ],
  ),
  [
    'a flag',
    { args: ['--insecure', '--colour'] },
    'args is "--colour": give flags of vm-operator run, see vm-operator',
  ],
  ...[
    ['--max-concurrent-tasks=abc', 'give a whole number from 0 to 500'],
    ['--max-concurrent-tasks=501', 'give a whole number from 0 to 500'],
    ['--log-level=loud', 'give debug, info, warn or error'],
    ['--log-format=xml', 'give json or text'],
    ['-vsphere-transport=carrier', 'give https or soap'],
    ['--leader-elect-retry-period=2', 'give a time such as 15s or 1m30s'],
    ['--leader-elect-lease-duration=5s', 'the lease duration must be longer than the renew deadline'],
    ['--watch-namespaces=a,B', 'give names of namespaces, separated by commas'],
    ['--namespace-folder=tenants', 'put $(namespace) into it, or all namespaces share it'],
    ['--namespace-pools=$(namespace),..', 'give names of at most 79 characters with "/" between them'],
    ['--adopt-from-clusters=a b', "give the UID of that cluster's namespace kube-system"],
    ['--adoptable-machines=web', 'begin it with "/", and give names'],
    ['--health-probe-bind-address=:9999', 'leave it out, because ports and probes go with'],
    ['-metrics-addr=:1', 'leave it out, because ports and probes go with'],
    ['--leader-elect', 'leave it out, because manifests always elect a leader'],
  ].map(([argument = '', remedy]): [string, VmOperatorProps, string] => [
    argument,
    { args: [argument] },
    `args is "${argument}": ${remedy}`,
  ]),
  [
    'a value apart from its flag',
    { args: ['--log-level', 'loud'] },
    'args is "--log-level=loud": give debug, info, warn or error',
  ],
  [
    'verified and unverified certificates',
    { args: ['-insecure'], vcenter: { trust: VCenterTrust.fingerprints(Array(32).fill('AB').join(':')) } },
    'args has --insecure, which contradicts vcenter.trust: leave one of them out',
  ],
  ['no flag', { args: ['extra'] }, 'args is "extra": give flags of vm-operator run'],
  [
    'two flags in one',
    { args: ['--insecure --log-level=debug'] },
    'args is "--insecure --log-level=debug": give flags',
  ],
  ['help', { args: ['--help'] }, 'args is "--help": give flags of vm-operator run'],
  ['a name of objects', { args: ['--to-string=a'] }, 'args is "--to-string=a": give flags of vm-operator run'],
  ['a flag without its value', { args: ['--log-level'] }, 'args is "--log-level": give a value, as in --log-level=…'],
  ['a value of a switch', { args: ['--insecure=yes'] }, 'args is "--insecure=yes": give --insecure without a value'],
  [
    'no election',
    { args: ['-enable-leader-election=false'] },
    'args is "-enable-leader-election=false": leave it out, because manifests always elect a leader',
  ],
  [
    'memory',
    { resources: { memoryRequest: Size.gibibytes(1) } },
    'resources.memoryRequest is 1024 MiB: give at most the limit, 256 MiB, or raise resources.memoryLimit',
  ],
])('synth refuses %s that cannot work, with path, value and remedy', ([, props, message]) => {
  expect(() => manifestsOf(props)).toThrow(`[platform/Operator] ${message}`);
});

test.each<VmOperatorProps>([
  ...['op', 'here/op:7', 'localhost:5000/a/b_c:v1', `ghcr.io/a/b@sha256:${'0a'.repeat(32)}`].map((image) => ({
    image,
  })),
  ...['vc', 'vc.example.com.', 'vc:8443', 'https://vc.example.com/sdk', '10.0.0.1', '[fe80::1]:8443/sdk/'].map(
    (host) => ({
      vcenter: { host },
    }),
  ),
  { networkPolicy: { vcenterCidrs: ['10.0.0.0/8', '10.0.0.5/32', '0.0.0.0/0', 'fd00::/8', '::1/128'] } },
  {
    args: [
      '-insecure',
      '--log-level',
      'debug',
      '--metrics-secure=true',
      '--namespace-pools=a b',
      '--watch-namespaces=a, b',
    ],
  },
  { args: ['--leader-elect-lease-duration=1m', '--leader-elect-renew-deadline=40s', '--max-concurrent-tasks=500'] },
])('synth takes %j', (props) => {
  expect(() => manifestsOf(props)).not.toThrow();
});

test.each([
  'u:hunter2@vc',
  'u:hunter2',
  'https://u:hunter2/sdk',
  'u:hunter2%40vc',
  'https://u@d:hunter2@vc',
  'https://u:hun/ter2@vc',
  'u:hunter2\uff20vc',
])('R10: synth refuses a host with an account in it, and does not show it: %s', (host) => {
  const synth = () => manifestsOf({ vcenter: { host } });
  expect(synth).toThrow('[platform/Operator] vcenter.host has an account in it: give the host alone');
  expect(synth).not.toThrow('ter2');
});
