import { expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { DEFAULT_TENANT_POLICY } from '../vmgroup/model/tenant-policy';
import { registrationOf } from './registry';

const registered = (...spec: Parameters<typeof aVCenter>) => registrationOf(aVCenter(...spec), DEFAULT_TENANT_POLICY);
const inFolder = (folder: string) => ({ defaults: { placement: { folder } } });

test('a VCenter puts group folders into vm-operator, or into the folder that it names', () => {
  expect(registered()).toMatchObject({
    name: 'east',
    defaultFolder: 'vm-operator',
    tenants: { source: 'VCenter east' },
  });
  expect(registered(inFolder('teams/shop')).defaultFolder).toBe('teams/shop');
});

test('R1: with a cluster name its groups have marks and a folder of that cluster', () => {
  expect(registered({ clusterName: 'blue' })).toMatchObject({
    clusterId: 'blue',
    defaultFolder: 'vm-operator/$(cluster)',
  });
  expect(registered({ clusterName: 'blue', ...inFolder('teams') }).defaultFolder).toBe('teams/$(cluster)');
});
