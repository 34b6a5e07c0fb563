import { expect, test } from 'vitest';
import { manifestsOf } from '../../test/support/builders/operator-chart';
import type { VmOperatorProps } from '.';

const NAMESPACE = 'codeconnect-vm-operator-system';

function find(kind: string, name: string, props?: VmOperatorProps) {
  return manifestsOf(props).filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
}

test('with named namespaces it has rights to groups and events in these only, by a Role in each', () => {
  const props = { watchNamespaces: ['shop', NAMESPACE, 'shop'] };
  const [everywhere] = find('ClusterRole', 'codeconnect-vm-operator');
  const rules = (everywhere?.rules ?? []) as readonly object[];
  const [few] = find('ClusterRole', 'codeconnect-vm-operator', props);
  expect(few?.rules).toEqual([
    { apiGroups: ['vm.codeconnect.vmworld.com'], resources: ['vmgroups'], verbs: ['patch'] },
    ...rules.slice(3),
  ]);
  expect(few?.rules).toMatchObject([
    {},
    { resources: ['vcenters'], verbs: ['get', 'list', 'watch', 'patch'] },
    { resources: ['vcenters/status'], verbs: ['patch'] },
    { resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
    { resources: ['customresourcedefinitions'], verbs: ['get'] },
  ]);
  const roles = find('Role', 'codeconnect-vm-operator-groups', props);
  expect(roles.map(({ metadata }) => metadata.namespace)).toEqual(['shop', NAMESPACE]);
  for (const role of roles) expect(role.rules).toEqual(rules.slice(0, 3));
  const bindings = find('RoleBinding', 'codeconnect-vm-operator-groups', props);
  expect(bindings.map(({ metadata }) => metadata.namespace)).toEqual(['shop', NAMESPACE]);
  for (const binding of bindings) {
    expect(binding).toMatchObject({ roleRef: { kind: 'Role', name: 'codeconnect-vm-operator-groups' } });
    expect(binding.subjects).toEqual([
      { kind: 'ServiceAccount', name: 'codeconnect-vm-operator', namespace: NAMESPACE },
    ]);
  }
  // The Role for Leases and Secrets in its own namespace is another.
  expect(find('Role', 'codeconnect-vm-operator', props)).toHaveLength(1);
});

test('with named namespaces it may write events about VCenters, which the API server takes in default only', () => {
  const name = 'codeconnect-vm-operator-vcenter-events';
  const props = { watchNamespaces: ['shop', 'default'] };
  expect(find('Role', name, props)).toMatchObject([
    {
      metadata: { namespace: 'default' },
      rules: [{ apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] }],
    },
  ]);
  expect(find('RoleBinding', name, props)).toMatchObject([{ roleRef: { kind: 'Role', name } }]);
  expect(find('Role', name)).toEqual([]);
});

test('in its own namespace it reads Secrets by name and keeps Leases, and deletes nothing', () => {
  const [role] = find('Role', 'codeconnect-vm-operator', { namespace: 'vms' });
  expect(role?.metadata.namespace).toBe('vms');
  expect(role?.rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], verbs: ['get'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'list', 'update', 'watch'] },
  ]);
});

test('R15: VCenters are read by viewers of all namespaces, and written by no role for users', () => {
  const rulesOf = (name: string) =>
    (find('ClusterRole', `codeconnect-vm-operator-${name}`)[0]?.rules ?? []) as readonly {
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }[];
  const ofVCenters = ({ resources }: { readonly resources: readonly string[] }) => resources.includes('vcenters');
  expect(rulesOf('view').filter(ofVCenters)).toMatchObject([{ verbs: ['get', 'list', 'watch'] }]);
  expect(rulesOf('edit').filter(ofVCenters)).toEqual([]);
});
