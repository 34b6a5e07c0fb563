import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { expect, test } from 'vitest';
import { VmOperator, type VmOperatorProps } from '.';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
}

function manifestsOf(props?: VmOperatorProps): readonly Manifest[] {
  const chart = new Chart(new App(), 'platform');
  new VmOperator(chart, 'Operator', props);
  return chart.toJson();
}

function namesOf(manifests: readonly Manifest[]): readonly string[] {
  return manifests.map(({ kind, metadata }) =>
    [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(' '),
  );
}

test('comes in the order that kubectl needs: namespace, account and rights, then what runs', () => {
  expect(namesOf(manifestsOf())).toEqual([
    'Namespace codeconnect-vm-operator-system',
    'ServiceAccount codeconnect-vm-operator-system codeconnect-vm-operator',
    'ClusterRole codeconnect-vm-operator',
    'ClusterRoleBinding codeconnect-vm-operator',
    'Role codeconnect-vm-operator-system codeconnect-vm-operator',
    'RoleBinding codeconnect-vm-operator-system codeconnect-vm-operator',
    'ClusterRole codeconnect-vm-operator-view',
    'ClusterRole codeconnect-vm-operator-edit',
    'Service codeconnect-vm-operator-system codeconnect-vm-operator-metrics',
    'Deployment codeconnect-vm-operator-system codeconnect-vm-operator',
  ]);
});

test('goes into another namespace as a whole', () => {
  const manifests = manifestsOf({ namespace: 'vms' });
  expect(JSON.stringify(manifests)).not.toContain('codeconnect-vm-operator-system');
  expect(namesOf(manifests).filter((name) => name.includes(' vms'))).toEqual([
    'Namespace vms',
    'ServiceAccount vms codeconnect-vm-operator',
    'Role vms codeconnect-vm-operator',
    'RoleBinding vms codeconnect-vm-operator',
    'Service vms codeconnect-vm-operator-metrics',
    'Deployment vms codeconnect-vm-operator',
  ]);
});

test('takes image, Secret and further flags', () => {
  const deployment = manifestsOf({ image: 'here/op:7', credentialsSecret: 'vc', args: ['--insecure'] }).at(-1);
  expect(deployment?.spec).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            image: 'here/op:7',
            args: ['run', '--metrics-bind-address=:8080', '--health-probe-bind-address=:8081', '--insecure'],
          },
        ],
        volumes: [{ name: 'vc-creds', secret: { secretName: 'vc' } }],
      },
    },
  });
});

test('lets an app patch the Deployment', () => {
  const chart = new Chart(new App(), 'platform');
  const operator = new VmOperator(chart, 'Operator');
  ApiObject.of(operator.deployment).addJsonPatch(JsonPatch.replace('/spec/replicas', 0));
  expect(chart.toJson().at(-1)).toMatchObject({ kind: 'Deployment', spec: { replicas: 0 } });
});
