import { Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { manifestsOf } from '../../test/support/builders/operator-chart';
import { VCenterTrust, type VmOperatorProps } from '.';

test.for<[string, VmOperatorProps, string]>([
  ['a namespace', { namespace: 'Vms' }, 'namespace is "Vms": give at most 63 lower-case letters'],
  ['a served namespace', { watchNamespaces: ['a', 'b.c'] }, 'watchNamespaces is "b.c": give at most 63'],
  ['no served namespace', { watchNamespaces: [] }, 'watchNamespaces is []: give the namespaces to serve'],
  ['replicas', { replicas: -1 }, 'replicas is -1: give a whole number from 0 to 1000'],
  ['clones', { vcenter: { maxConcurrentTasks: 501 } }, 'vcenter.maxConcurrentTasks is 501: give a whole number from 1'],
  [
    'a vCenter beside VCenter objects only',
    { vcenterObjectsOnly: true, vcenter: { host: 'vc' } },
    'vcenterObjectsOnly is true: leave out vcenter, or set vcenterObjectsOnly to false',
  ],
  [
    'an absolute folder',
    { vcenter: { folder: '/a/b' } },
    'vcenter.folder is "/a/b": give the path below the VM folder',
  ],
  [
    'a folder',
    { vcenter: { folder: 'a/$(namespace)' } },
    'vcenter.folder is "a/$(namespace)": give names of at most 79',
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
  [
    'memory',
    { resources: { memoryRequest: Size.gibibytes(1) } },
    'resources.memoryRequest is 1024 MiB: give at most the limit, 256 MiB, or raise resources.memoryLimit',
  ],
])('synth refuses %s that cannot work, with path, value and remedy', ([, props, message]) => {
  expect(() => manifestsOf(props)).toThrow(`[platform/Operator] ${message}`);
});

test.each(['u:hunter2@vc', 'https://u@d:hunter2@vc', 'https://u:hun/ter2@vc', 'u:hunter2\uff20vc'])(
  'R10: synth refuses a host with an account in it, and does not show it: %s',
  (host) => {
    const synth = () => manifestsOf({ vcenter: { host } });
    expect(synth).toThrow('[platform/Operator] vcenter.host has an account in it: give the host alone');
    expect(synth).not.toThrow('ter2');
  },
);
