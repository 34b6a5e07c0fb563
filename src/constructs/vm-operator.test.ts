import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { describe, expect, test } from 'vitest';
import {
  GuestData,
  GuestSecretAccess,
  LogLevel,
  VCenterAuth,
  VCenterCredentials,
  VCenterTrust,
  VmGroup,
  VmOperator,
  type VmOperatorProps,
} from '.';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: unknown;
  readonly data?: unknown;
  readonly rules?: unknown;
  readonly subjects?: unknown;
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

test('comes in the order that kubectl needs: CRDs, namespace, account and rights, then what runs', () => {
  expect(namesOf(manifestsOf())).toEqual([
    'CustomResourceDefinition vmgroups.vm.codeconnect.vmworld.com',
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
            args: ['run', '--metrics-bind-address=:8080', '--health-probe-bind-address=:8081', '--log-format=text'],
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

test('leaves out what the cluster has already', () => {
  const kinds = manifestsOf({ crds: false, createNamespace: false }).map(({ kind }) => kind);
  expect(kinds[0]).toBe('ServiceAccount');
  expect(kinds).not.toContain('Namespace');
});

/** The only container of the Deployment. */
function containerOf(props: VmOperatorProps) {
  const chart = new Chart(new App(), 'platform');
  return new VmOperator(chart, 'Operator', props).deployment.toJson().spec.template.spec.containers[0];
}

const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

describe('the vCenter', () => {
  test('is told by host, login, folder and limits', () => {
    const { env, args } = containerOf({
      vcenter: {
        host: 'vcenter.example.com',
        auth: VCenterAuth.TOKEN_BY_PASSWORD,
        folder: 'fleet',
        maxConcurrentTasks: 4,
      },
    });
    expect(env).toEqual([
      { name: 'VC_CREDENTIALS_DIR', value: '/etc/vc-creds' },
      { name: 'VC_HOST', value: 'vcenter.example.com' },
      { name: 'VC_AUTH', value: 'TokenByPassword' },
      { name: 'VC_FOLDER', value: 'fleet' },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    ]);
    expect(args).toContain('--max-concurrent-tasks=4');
  });

  test('is trusted by an authority in a ConfigMap', () => {
    const manifests = manifestsOf({ vcenter: { trust: VCenterTrust.authority(PEM) } });
    expect(manifests.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
      metadata: { name: 'codeconnect-vm-operator-vcenter-ca', namespace: 'codeconnect-vm-operator-system' },
      data: { 'ca.crt': PEM },
    });
    expect(manifests.at(-1)?.spec).toMatchObject({
      template: {
        spec: {
          containers: [
            {
              env: expect.arrayContaining([{ name: 'VC_CA_FILE', value: '/etc/vc-ca/ca.crt' }]),
              volumeMounts: expect.arrayContaining([{ name: 'vc-ca', mountPath: '/etc/vc-ca', readOnly: true }]),
            },
          ],
          volumes: expect.arrayContaining([
            { name: 'vc-ca', configMap: { name: 'codeconnect-vm-operator-vcenter-ca' } },
          ]),
        },
      },
    });
  });

  test('is trusted by fingerprint', () => {
    const trust = VCenterTrust.fingerprints(FINGERPRINT, FINGERPRINT.replaceAll('A', '0'));
    expect(containerOf({ vcenter: { trust } }).env).toContainEqual({
      name: 'VC_FINGERPRINTS',
      value: `${FINGERPRINT},${FINGERPRINT.replaceAll('A', '0')}`,
    });
  });

  test('is trusted blindly only if asked', () => {
    expect(containerOf({}).args).not.toContain('--insecure');
    expect(containerOf({ vcenter: { trust: VCenterTrust.systemRoots() } }).args).not.toContain('--insecure');
    expect(containerOf({ vcenter: { trust: VCenterTrust.insecure() } }).args).toContain('--insecure');
  });

  test('has its account in a Secret of the app', () => {
    const chart = new Chart(new App(), 'platform');
    const secret = new ApiObject(chart, 'account', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'account' } });
    const operator = new VmOperator(chart, 'Operator', {
      vcenter: { credentials: VCenterCredentials.fromSecret(secret) },
    });
    expect(operator.deployment.toJson().spec.template.spec.volumes[0].secret.secretName).toBe('account');
  });
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

describe('Secrets of guests', () => {
  const rolesOf = (manifests: readonly Manifest[]) =>
    manifests.filter(({ metadata }) => metadata.name === 'vm-operator-guest-secrets');

  test('may be read in the namespaces that are named, and by the operator only', () => {
    const [role, binding, ...others] = rolesOf(
      manifestsOf({ guestSecrets: [{ namespace: 'shop', secretNames: ['b', 'a'] }] }),
    );
    expect(role).toMatchObject({
      kind: 'Role',
      metadata: { namespace: 'shop' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['a', 'b'], verbs: ['get'] }],
    });
    expect(binding).toMatchObject({
      kind: 'RoleBinding',
      metadata: { namespace: 'shop' },
      subjects: [
        { kind: 'ServiceAccount', name: 'codeconnect-vm-operator', namespace: 'codeconnect-vm-operator-system' },
      ],
    });
    expect(others).toEqual([]);
  });

  test('may be read all where none is named', () => {
    const [role] = rolesOf(manifestsOf({ guestSecrets: [{ namespace: 'shop' }] }));
    expect(role?.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]);
  });

  test.for([
    ['before', [undefined, ['a']]],
    ['after', [['a'], undefined]],
  ] as const)('may be read all when that is asked for %s some are named', ([, calls]) => {
    const chart = new Chart(new App(), 'platform');
    const operator = new VmOperator(chart, 'Operator');
    for (const names of calls) {
      operator.allowGuestSecrets({ namespace: 'shop', ...(names === undefined ? {} : { secretNames: [...names] }) });
    }
    expect(rolesOf(chart.toJson())[0]?.rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }]);
  });

  test('may be read as far as groups name them, in one Role a namespace', () => {
    const chart = new Chart(new App(), 'platform');
    const operator = new VmOperator(chart, 'Operator', { namespace: 'vms' });
    for (const [name, secret] of [
      ['web', 'web-data'],
      ['db', 'db-data'],
      ['cache', undefined],
    ] as const) {
      const group = new VmGroup(chart, name, {
        metadata: { name, namespace: 'shop' },
        template: 't',
        replicas: 1,
        cpu: 1,
        memory: Size.gibibytes(1),
        cloudInit: secret === undefined ? {} : { userData: GuestData.fromSecretName(secret, 'user-data') },
      });
      operator.allowGuestSecretsOf(group);
    }
    const roles = rolesOf(chart.toJson());
    expect(roles).toHaveLength(2);
    expect(roles[0]?.rules).toMatchObject([{ resourceNames: ['db-data', 'web-data'] }]);
    expect(roles[1]?.subjects).toMatchObject([{ namespace: 'vms' }]);
  });

  test('can be allowed by the team that owns the namespace', () => {
    const chart = new Chart(new App(), 'shop');
    new GuestSecretAccess(chart, 'Access', { namespace: 'shop', secretNames: ['web-data'] });
    expect(namesOf(chart.toJson())).toEqual([
      'Role shop vm-operator-guest-secrets',
      'RoleBinding shop vm-operator-guest-secrets',
    ]);
  });

  test('are never all allowed by an empty list', () => {
    expect(() => manifestsOf({ guestSecrets: [{ namespace: 'shop', secretNames: [] }] })).toThrow(
      '[platform/Operator/GuestSecrets-shop] secretNames is []: give the names of Secrets',
    );
  });

  test('of a group without a namespace cannot be allowed', () => {
    const chart = new Chart(new App(), 'platform');
    const group = new VmGroup(chart, 'web', {
      metadata: { name: 'web' },
      template: 't',
      replicas: 1,
      cpu: 1,
      memory: Size.gibibytes(1),
      cloudInit: { userData: GuestData.fromSecretName('s', 'k') },
    });
    expect(() => new VmOperator(chart, 'Operator').allowGuestSecretsOf(group)).toThrow(
      '[platform/Operator] VmGroup platform/web has no namespace',
    );
  });
});

describe('monitoring', () => {
  const monitored = (props: VmOperatorProps) =>
    manifestsOf(props).filter(({ kind }) => kind === 'ServiceMonitor' || kind === 'PrometheusRule');

  test('is a ServiceMonitor of the metrics Service, and alerts', () => {
    const [monitor, rules] = monitored({ monitoring: { interval: Duration.minutes(1), labels: { release: 'prom' } } });
    expect(monitor).toMatchObject({
      metadata: { labels: { release: 'prom' } },
      spec: { endpoints: [{ port: 'metrics', interval: '60s' }] },
    });
    expect(rules?.kind).toBe('PrometheusRule');
  });

  test('reads secure metrics as the account of Prometheus', () => {
    expect(monitored({ monitoring: { alerts: false }, secureMetrics: true })).toMatchObject([
      { spec: { endpoints: [{ scheme: 'https', bearerTokenFile: expect.stringContaining('serviceaccount/token') }] } },
    ]);
  });

  test('is left out unless asked for, since it needs CRDs', () => {
    expect(monitored({})).toEqual([]);
  });
});

test('has a network policy for vCenter, API server, DNS and metrics', () => {
  const policy = manifestsOf({
    networkPolicy: { vcenterCidrs: ['10.0.0.5/32'], metricsFromNamespaces: ['monitoring'] },
  }).find(({ kind }) => kind === 'NetworkPolicy');
  expect(policy?.spec).toMatchObject({
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

test.for<[string, VmOperatorProps, string]>([
  ['a namespace', { namespace: 'Vms' }, 'namespace is "Vms": give at most 63 lower-case letters'],
  ['a served namespace', { watchNamespaces: ['a', 'b.c'] }, 'watchNamespaces is "b.c": give at most 63'],
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
])('refuses at synth, with path, value and remedy, %s', ([, props, message]) => {
  expect(() => manifestsOf(props)).toThrow(`[platform/Operator] ${message}`);
});
