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
  ['a folder', { vcenter: { folder: 'a/b' } }, 'vcenter.folder is "a/b": give the name of one folder'],
  [
    'a fingerprint',
    { vcenter: { trust: VCenterTrust.fingerprints('AB:CD') } },
    'vcenter.trust is "AB:CD": give SHA-256',
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
