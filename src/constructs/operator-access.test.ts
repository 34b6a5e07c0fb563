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
    { resources: ['namespaces'], resourceNames: ['kube-system'] },
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
  // The Role for the Lease in its own namespace is another.
  expect(find('Role', 'codeconnect-vm-operator', props)).toHaveLength(1);
});
