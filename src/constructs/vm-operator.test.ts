import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { expect, test } from 'vitest';
import { containerOf, manifestsOf, namesOf } from '../../test/support/builders/operator-chart';
import { LogLevel, VCenterCredentials, VmOperator, type VmOperatorProps } from '.';

test('is written in the order that kubectl needs: CRDs, namespace, account and rights, then what runs', () => {
  expect(namesOf(manifestsOf())).toEqual([
    'CustomResourceDefinition vmgroups.vm.codeconnect.vmworld.com',
    'CustomResourceDefinition vcenters.vm.codeconnect.vmworld.com',
    'Namespace codeconnect-vm-operator-system',
    'ServiceAccount codeconnect-vm-operator-system codeconnect-vm-operator',
    'ClusterRole codeconnect-vm-operator',
    'ClusterRoleBinding codeconnect-vm-operator',
    'Role codeconnect-vm-operator-system codeconnect-vm-operator',
    'RoleBinding codeconnect-vm-operator-system codeconnect-vm-operator',
    'ClusterRole codeconnect-vm-operator-view',
    'ClusterRole codeconnect-vm-operator-edit',
    'Service codeconnect-vm-operator-system codeconnect-vm-operator-metrics',
    'NetworkPolicy codeconnect-vm-operator-system codeconnect-vm-operator',
    'Deployment codeconnect-vm-operator-system codeconnect-vm-operator',
  ]);
});

test('can be put into another namespace completely', () => {
  const manifests = manifestsOf({ namespace: 'vms' });
  expect(JSON.stringify(manifests)).not.toContain('codeconnect-vm-operator-system');
  expect(namesOf(manifests).filter((name) => name.includes(' vms'))).toEqual([
    'Namespace vms',
    'ServiceAccount vms codeconnect-vm-operator',
    'Role vms codeconnect-vm-operator',
    'RoleBinding vms codeconnect-vm-operator',
    'Service vms codeconnect-vm-operator-metrics',
    'NetworkPolicy vms codeconnect-vm-operator',
    'Deployment vms codeconnect-vm-operator',
  ]);
});

test('takes an image, a Secret and more flags', () => {
  const deployment = manifestsOf({
    image: 'here/op:7',
    args: ['--log-format=text'],
    vcenter: { credentials: VCenterCredentials.fromSecretName('vc') },
  }).at(-1);
  expect(deployment?.spec).toMatchObject({
    template: {
      spec: {
        containers: [
          {
            image: 'here/op:7',
            args: [
              ...['run', '--metrics-bind-address=:8080', '--health-probe-bind-address=:8081', '--leader-elect'],
              '--log-format=text',
            ],
          },
        ],
        volumes: [{ name: 'vc-creds', secret: { secretName: 'vc' } }],
      },
    },
  });
});

test('with VCenter objects only there is no vCenter in its environment, and no Secret that its Pods wait for', () => {
  const { spec } = manifestsOf({ vcenterObjectsOnly: true }).at(-1) ?? {};
  const { template } = spec as { readonly template: { readonly spec: object } };
  expect(template.spec).not.toHaveProperty('volumes');
  const container = containerOf({ vcenterObjectsOnly: true });
  expect(container).not.toHaveProperty('volumeMounts');
  expect(container.args).toContain('--vcenter-objects-only');
  expect(container.env.map(({ name }: { readonly name: string }) => name)).toEqual(['POD_NAMESPACE']);
});

test('lets an app patch the Deployment', () => {
  const chart = new Chart(new App(), 'platform');
  const operator = new VmOperator(chart, 'Operator');
  ApiObject.of(operator.deployment).addJsonPatch(JsonPatch.replace('/spec/replicas', 0));
  expect(chart.toJson().at(-1)).toMatchObject({ kind: 'Deployment', spec: { replicas: 0 } });
});

test('leaves out CRDs and namespace if asked', () => {
  const kinds = manifestsOf({ crds: false, createNamespace: false }).map(({ kind }) => kind);
  expect(kinds[0]).toBe('ServiceAccount');
  expect(kinds).not.toContain('Namespace');
});

test('takes resources, pull secrets, namespaces and log level', () => {
  const props: VmOperatorProps = {
    resources: { cpuMillis: 100, memoryRequest: Size.mebibytes(200), memoryLimit: Size.gibibytes(1) },
    watchNamespaces: ['shop', 'bank'],
    logLevel: LogLevel.DEBUG,
    imagePullSecrets: ['registry'],
  };
  expect(containerOf(props)).toMatchObject({
    resources: { requests: { cpu: '100m', memory: '200Mi' }, limits: { memory: '1Gi' } },
    args: expect.arrayContaining(['--watch-namespaces=shop,bank', '--log-level=debug']),
  });
  expect(manifestsOf(props).at(-1)?.spec).toMatchObject({
    template: { spec: { imagePullSecrets: [{ name: 'registry' }] } },
  });
});

test('several Pods are spread over zones and nodes where that is possible, and evicted one at a time', () => {
  const labels = { 'app.kubernetes.io/name': 'codeconnect-vm-operator', 'app.kubernetes.io/component': 'operator' };
  expect(manifestsOf({ replicas: 2 }).at(-1)?.spec).toMatchObject({
    template: {
      spec: {
        topologySpreadConstraints: [
          { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
          {
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: labels },
          },
        ],
      },
    },
  });
  const budgetOf = (replicas: number) => manifestsOf({ replicas }).find(({ kind }) => kind === 'PodDisruptionBudget');
  expect(budgetOf(2)?.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: labels },
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
  });
  // Nobody needs a budget for one Pod, which may always be evicted.
  expect(budgetOf(1)).toBeUndefined();
});

test('by default it may be reached for metrics only, and may reach anything', () => {
  const policies = (props?: VmOperatorProps) => manifestsOf(props).filter(({ kind }) => kind === 'NetworkPolicy');
  expect(policies()[0]?.spec).toEqual({
    podSelector: {
      matchLabels: { 'app.kubernetes.io/name': 'codeconnect-vm-operator', 'app.kubernetes.io/component': 'operator' },
    },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ protocol: 'TCP', port: 'metrics' }] }],
  });
  expect(policies({ networkPolicy: { enabled: false } })).toEqual([]);
});

test('has a network policy for vCenter, API server, DNS and metrics', () => {
  const policy = manifestsOf({
    networkPolicy: { vcenterCidrs: ['10.0.0.5/32'], metricsFromNamespaces: ['monitoring'] },
  }).find(({ kind }) => kind === 'NetworkPolicy');
  expect(policy?.spec).toMatchObject({
    policyTypes: ['Ingress', 'Egress'],
    ingress: [
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
        ports: [{ port: 'metrics' }],
      },
    ],
    egress: [
      { ports: [{ port: 53 }, { port: 53 }] },
      { ports: [{ port: 443 }, { port: 6443 }] },
      { to: [{ ipBlock: { cidr: '10.0.0.5/32' } }], ports: [{ port: 443 }] },
    ],
  });
});
