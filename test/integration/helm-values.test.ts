/** Values of the Helm chart that cannot work are refused, before anything is sent to a cluster. */
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeHelmChart } from '../../charts/helm-chart';
import { name, version } from '../../package.json';
import { findHelm } from '../envtest/binaries/helm';
import { aFolder, helmIn } from './helm';

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

beforeAll(async () => {
  await findHelm(process.env, new AbortController().signal);
}, 900_000);

test.for([
  ['replica=3', /additional properties 'replica' not allowed/],
  ['logLevel=loud', /logLevel/],
  ['image=', /image is "": give the name of a container image/],
  ['vcenter.host=bad host', /vcenter.host is not usable: give a host name, host:port or URL/],
  ['vcenter.trust.caBundle=abc', /caBundle holds no certificate: give PEM text/],
  ['vcenter.trust.fingerprints={AB:CD}', /fingerprints is "AB:CD": give SHA-256 fingerprints, 32 pairs/],
  [`vcenter.trust.fingerprints={${FINGERPRINT}},args={--insecure}`, /insecure contradicts caBundle and fingerprints/],
  ['vcenterObjectsOnly=true,vcenter.trust.insecure=true', /leave out vcenter.host, vcenter.folder and vcenter.trust/],
  ['args={--watch-namespace=shop}', /args is "--watch-namespace=shop": give flags of vm-operator run as --flag or/],
  ['args={--leader-elect=false}', /args is "--leader-elect=false": give flags/],
  ['args={-leader-elect}', /args is "-leader-elect": give flags .* without those that the chart sets itself/],
  ['args={--health-probe-bind-address=:9999}', /address=:9999": give flags .* the addresses of metrics and probes/],
  ['args={--max-concurrent-tasks=abc}', /args is "--max-concurrent-tasks=abc": give a whole number from 0 to 500/],
  ['args={--log-level=loud}', /args is "--log-level=loud": give debug, info, warn or error/],
  ['args={--leader-elect-retry-period=2}', /retry-period=2": give a time such as 15s or 1m30s/],
  ['args={--leader-elect-lease-duration=5s}', /the lease duration must be longer than the renew deadline/],
  ['args={--leader-elect-lease-duration=15500ms}', /the lease duration must be whole seconds, at least 1 s/],
  ['args={-leader-elect-retry-period=9s}', /the renew deadline must be longer than 1.2 times the retry period/],
  ['args={--leader-elect-retry-period=0s}', /the retry period must be more than 0/],
  ['args={--namespace-pools=$(namespac)}', /pools=\$\(namespac\)": give names of at most 79 characters/],
  ['args={--watch-namespaces=B}', /args is "--watch-namespaces=B": give names of namespaces/],
  [`vcenter.trust.fingerprints={${FINGERPRINT}},args={-insecure=true}`, /insecure contradicts caBundle and/],
  ['vcenter.folder=/a/b', /vcenter.folder is "\/a\/b": give the path below the VM folder/],
  ['namespaceLimits.folder=tenants', /namespaceLimits.folder is "tenants": put \$\(namespace\) into it, or all/],
  ['namespaceLimits.folder=tenants/$(namespac)', /folder is "tenants\/\$\(namespac\)": put \$\(namespace\) into it/],
  ['namespaceLimits.folder=$(namespace)/$(team)', /folder is .*: put \$\(namespace\) into it, .* other variable is/],
  ['namespaceLimits.adoptableMachines={x}', /namespaceLimits.adoptableMachines is "x": begin it with "\/"/],
  ['namespaceLimits.resourcePools={a/../b}', /namespaceLimits.resourcePools is "a\/..\/b": give names of at most 79/],
  ['namespaceLimits.resourcePools={a\\,b}', /namespaceLimits.resourcePools is "a,b": .* without a comma/],
  ['namespaceLimits.adoptFromClusters={a b}', /adoptFromClusters is "a b": give the UID of that cluster's namespace/],
  ['networkPolicy.egress.vcenterCidrs={fe80:::/64}', /vcenterCidrs is "fe80:::\/64": give an address and the length/],
  ['networkPolicy.egress.vcenterCidrs={10.0.0.5}', /vcenterCidrs is "10.0.0.5": give an address and the length/],
  ['env[0].name=VC_USER,env[0].value=a', /env has VC_USER: the values vcenter and credentialsSecret say/],
  ['monitoring.monitor=Both', /monitoring.monitor/],
  [
    'secureMetrics=true,monitoring.enabled=true,monitoring.monitor=PodMonitor',
    /monitoring.monitor is PodMonitor, and secureMetrics is true: a PodMonitor cannot name the token/,
  ],
  ['proxy.url=http://p,env[0].name=no_proxy,env[0].value=a', /env has no_proxy, and proxy.url is set/],
  ['guestSecrets[0].namespace=a,guestSecrets[1].namespace=a', /namespace "a" twice: put all secretNames into one/],
  ['guestSecrets[0].namespace=a,guestSecrets[0].secretNames=null,guestSecrets[0].names={b}', /additional properties/],
  // Helm takes null as a value that is not there.
  ...['logLevel', 'credentialsSecret', 'vcenter', 'proxy', 'monitoring', 'networkPolicy', 'watchNamespaces'].map(
    (value) => [`${value}=null`, new RegExp(`missing property '${value}'`)] as const,
  ),
  ['namespaceLimits=null', /missing property 'namespaceLimits'/],
  ['networkPolicy.egress=null', /at '\/networkPolicy': missing property 'egress'/],
  ['credentialsSecret=Bad Name', /at '\/credentialsSecret': 'Bad Name' does not match pattern/],
  ['env[0].name=a b', /at '\/env\/0\/name': 'a b' does not match pattern/],
] as const)('refuses --set %s in one sentence', async ([set, sentence]) => {
  await expect(rendered('--set', set)).rejects.toThrow(sentence);
});

test('refuses an empty list of Secrets, which would mean all of them', async () => {
  const empty = 'guestSecrets=[{"namespace":"a","secretNames":[]}]';
  await expect(rendered('--set-json', empty)).rejects.toThrow(/secretNames': minItems/);
});

test.for([
  ...['u:hunter2@vc', 'https://u:hunter2@vc/sdk', 'u:hunter2'].map((host) => ['vcenter.host', host] as const),
  ['proxy.url', 'http://u:hunter2@proxy:3128'],
] as const)('R10: %s with an account in it is refused, and not shown: %s', async ([value, given]) => {
  const said = await rendered('--set-string', `${value}=${given}`).catch((error: unknown) => String(error));
  // Before that is the command, which is ours.
  const [, sentence = ''] = said.split(' ended with ');
  expect(sentence).toMatch(value === 'proxy.url' ? /proxy.url has an account/ : /vcenter.host is not usable/);
  expect(sentence).not.toContain('hunter2');
});

test.for([
  ['vcenter.host=https://vc.example.com:8443/sdk', 'https://vc.example.com:8443/sdk'],
  ['vcenter.host=[fe80::1]:443', '[fe80::1]:443'],
  ['args={-insecure,--namespace-pools=a b,--metrics-secure=true}', '--namespace-pools=a b'],
  [
    'args={--leader-elect-lease-duration=1m,--leader-elect-renew-deadline=40.5s}',
    '--leader-elect-renew-deadline=40.5s',
  ],
  ['namespaceLimits.folder=tenants/$(namespace)', '--namespace-folder=tenants/$(namespace)'],
  ['namespaceLimits.adoptableMachines={/dc/vm/$(namespace)/**,**/old-*}', '/dc/vm/$(namespace)/**,**/old-*'],
  ['namespaceLimits.adoptFromClusters={0d5e}', '--adopt-from-clusters=0d5e'],
  ['vcenter.folder=vm-operator/$(cluster)', 'vm-operator/$(cluster)'],
  ['networkPolicy.egress.vcenterCidrs={10.0.0.0/8,fd00::/8}', 'fd00::/8'],
])('takes --set %s', async ([set = '', shown = '']) => {
  expect(await rendered('--set', set)).toContain(shown);
});

async function rendered(...args: string[]): Promise<string> {
  const folder = await aFolder();
  writeHelmChart(path.join(folder, 'chart'), { name, version });
  return helmIn(folder, ['template', 'x', path.join(folder, 'chart'), '--kube-version', '1.36.0', ...args]);
}
