/** The Helm chart is taken by a real API server, and makes what the constructs make. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { App, Chart, Duration } from 'cdk8s';
import { beforeAll, expect, inject, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { writeHelmChart } from '../../charts/helm-chart';
import { name, version } from '../../package.json';
import { LogLevel, VCenterAuth, VCenterTrust, VmOperator } from '../../src/constructs';
import { DEFAULT_IMAGE } from '../../src/constructs/image-name';
import { type Kubectl, kubectlFor } from '../demo/show/kubectl';
import { findHelm } from '../envtest/binaries/helm';
import { type ApiServer, startApiServer } from '../envtest/real-parts';
import { aFolder, helmIn } from './helm';

const binaries = inject('binaries');
const forever = new AbortController().signal;

let server: ApiServer;
let kubectl: Kubectl;

beforeAll(async () => {
  await findHelm(process.env, forever);
  server = await startApiServer(binaries, {}, forever);
  kubectl = kubectlFor(server);
  await run('create', 'namespace', 'shop');
  return () => server.stop();
}, 900_000);

const run = (...args: string[]) => kubectl(args, forever);

/** Helm with the cluster. */
const asHelm = (folder: string, ...args: string[]) => helmIn(folder, args, { KUBECONFIG: server.kubeconfig });

test('is installed, upgraded with other values, and uninstalled without its CRDs', async () => {
  const folder = await aFolder();
  const chart = path.join(folder, 'chart');
  writeHelmChart(chart, { name, version });
  await asHelm(folder, 'lint', '--strict', chart);
  const release = ['vm-operator', chart, '--namespace', 'vms'];
  await asHelm(folder, 'install', ...release, '--create-namespace');
  const deployment = async () => JSON.parse(await run('get', 'deployment', name, '-n', 'vms', '-o', 'json'));
  const policy = JSON.parse(await run('get', 'networkpolicy', name, '-n', 'vms', '-o', 'json'));
  expect(policy.spec).toMatchObject({ policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 'metrics' }] }] });
  expect(await run('get', 'poddisruptionbudget', '-n', 'vms', '-o', 'name')).toBe('');
  expect((await deployment()).spec).toMatchObject({
    replicas: 1,
    strategy: { type: 'Recreate' },
    template: {
      spec: {
        containers: [
          {
            image: DEFAULT_IMAGE,
            args: expect.arrayContaining(['--leader-elect']),
            resources: { limits: { memory: '256Mi' } },
          },
        ],
        volumes: [{ secret: { secretName: 'vc-creds' } }],
      },
    },
  });
  await asHelm(
    folder,
    ...['upgrade', ...release, '--set', 'replicas=2,image=here/op:7,vcenter.host=vc.example.com'],
    ...['--set', 'watchNamespaces={shop,vms},networkPolicy.metricsFromNamespaces={monitoring}'],
    ...['--set', 'networkPolicy.egress.enabled=true,networkPolicy.egress.vcenterCidrs={10.0.0.0/8}'],
    ...['--set', 'vcenter.folder=vm-operator/$(cluster),namespaceLimits.allowMachineSources=true'],
    ...['--set', 'namespaceLimits.folder=tenants/$(namespace),namespaceLimits.resourcePools={a/$(namespace),b}'],
    ...['--set', 'args={--log-level=debug},credentialsSecret=account,imagePullSecrets[0].name=registry'],
  );
  const { spec } = await deployment();
  expect(spec).toMatchObject({ replicas: 2, strategy: { type: 'RollingUpdate' } });
  expect(spec.template.spec).toMatchObject({
    imagePullSecrets: [{ name: 'registry' }],
    volumes: [{ secret: { secretName: 'account' } }],
  });
  const [container] = spec.template.spec.containers;
  expect(container.image).toBe('here/op:7');
  expect(container.args).toEqual(
    expect.arrayContaining(['--leader-elect', '--watch-namespaces=shop,vms', '--log-level=debug']),
  );
  expect(container.args).toEqual(
    expect.arrayContaining([
      ...['--allow-machine-sources', '--namespace-folder=tenants/$(namespace)'],
      '--namespace-pools=a/$(namespace),b',
    ]),
  );
  expect(container.env).toContainEqual({ name: 'VC_FOLDER', value: 'vm-operator/$(cluster)' });
  expect(container.env).toContainEqual({ name: 'VC_HOST', value: 'vc.example.com' });
  // The rest is what the constructs make of the same settings.
  const constructed = new Chart(new App(), 'same');
  new VmOperator(constructed, 'Operator', {
    ...{ namespace: 'vms', crds: false, createNamespace: false, replicas: 2, watchNamespaces: ['shop', 'vms'] },
    networkPolicy: { vcenterCidrs: ['10.0.0.0/8'], metricsFromNamespaces: ['monitoring'] },
  });
  const same = constructed
    .toJson()
    .filter(({ kind }) => /^(ClusterRole|Role|RoleBinding|NetworkPolicy|PodDisruptionBudget)$/.test(kind));
  expect(same).toHaveLength(13);
  for (const { kind, metadata, rules, spec, roleRef, subjects } of same) {
    const placed = metadata.namespace === undefined ? [] : ['-n', metadata.namespace];
    const made = JSON.parse(await run('get', kind, metadata.name, ...placed, '-o', 'json'));
    const wanted = JSON.parse(JSON.stringify({ rules, spec, roleRef, subjects }));
    expect(made, `${kind} ${metadata.name}`).toMatchObject(wanted);
  }
  await asHelm(folder, 'upgrade', ...release, '--set', 'vcenterObjectsOnly=true');
  const alone = (await deployment()).spec.template.spec;
  expect(alone).not.toHaveProperty('volumes');
  expect(alone.containers[0]).not.toHaveProperty('volumeMounts');
  expect(alone.containers[0].args).toContain('--vcenter-objects-only');
  expect(alone.containers[0].env.map((variable: { readonly name: string }) => variable.name)).toEqual([
    'POD_NAMESPACE',
  ]);
  await expect(
    asHelm(folder, 'upgrade', ...release, '--set', 'vcenterObjectsOnly=true,vcenter.host=vc.example.com'),
  ).rejects.toThrow(/leave out vcenter.host, vcenter.folder and vcenter.trust/);
  await asHelm(folder, 'uninstall', 'vm-operator', '--namespace', 'vms');
  expect(await run('get', 'crd', '-o', 'name')).toMatch(/vcenters.*vmgroups/s);
  expect(await run('get', 'clusterrole', '-o', 'name')).not.toContain(name);
});

const PEM = '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n';
const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

test('has values for a real vCenter, which make what the props of the constructs make', async () => {
  const folder = await aFolder();
  const chart = path.join(folder, 'chart');
  writeHelmChart(chart, { name, version });
  const values = path.join(folder, 'values.json');
  await writeFile(
    values,
    JSON.stringify({
      vcenter: {
        ...{ host: 'vc.example.com', auth: 'TokenByPassword', maxConcurrentTasks: 8 },
        trust: { caBundle: PEM, fingerprints: [FINGERPRINT] },
      },
      proxy: { url: 'http://proxy.example.com:3128', noProxy: ['vc-2.example.com'] },
      env: [{ name: 'TZ', value: 'UTC' }],
      guestSecrets: [{ namespace: 'shop', secretNames: ['web-user-data'] }, { namespace: 'default' }],
      ...{ logLevel: 'debug', secureMetrics: true, annotations: { a: 'b' }, podAnnotations: { c: 'd' } },
      monitoring: { enabled: true, interval: '60s', labels: { release: 'prom' } },
      nodeSelector: { role: 'infra' },
      tolerations: [{ key: 'infra', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      priorityClassName: 'system-cluster-critical',
    }),
  );
  const constructed = new Chart(new App(), 'same');
  new VmOperator(constructed, 'Operator', {
    ...{ namespace: 'vms', crds: false, createNamespace: false },
    vcenter: {
      ...{ host: 'vc.example.com', auth: VCenterAuth.TOKEN_BY_PASSWORD, maxConcurrentTasks: 8 },
      trust: VCenterTrust.authority(PEM),
    },
    guestSecrets: [{ namespace: 'shop', secretNames: ['web-user-data'] }, { namespace: 'default' }],
    ...{ logLevel: LogLevel.DEBUG, secureMetrics: true },
    monitoring: { interval: Duration.minutes(1), labels: { release: 'prom' } },
  });
  const same: readonly Manifest[] = constructed.toJson();
  const template = ['template', 'vm-operator', chart, '--kube-version', '1.36.0', '-n', 'vms', '-f', values];
  const rendered = parseAllDocuments(await asHelm(folder, ...template)).map((document): Manifest => document.toJS());
  const inNoCluster = (kind: string) => ['ServiceMonitor', 'PrometheusRule'].includes(kind);
  const monitoring = (all: readonly Manifest[]) =>
    all
      .filter(({ kind }) => inNoCluster(kind))
      .map(({ kind, spec, metadata }) => [kind, spec, metadata.labels?.release]);
  expect(new Map(monitoring(rendered).map(([kind, ...of]) => [kind, of]))).toEqual(
    new Map(monitoring(same).map(([kind, ...of]) => [kind, of])),
  );

  const release = ['vm-operator', chart, '--namespace', 'vms', '-f', values];
  await asHelm(folder, 'install', ...release, '--create-namespace', '--set', 'monitoring.enabled=false');
  for (const { kind, metadata, rules, roleRef, subjects, data } of same.filter(
    ({ kind }) => kind !== 'Deployment' && !inNoCluster(kind),
  )) {
    const placed = metadata.namespace === undefined ? [] : ['-n', metadata.namespace];
    const made = JSON.parse(await run('get', kind, metadata.name, ...placed, '-o', 'json'));
    const wanted = JSON.parse(JSON.stringify({ rules, roleRef, subjects, data }));
    expect(made, `${kind} ${metadata.name}`).toMatchObject(wanted);
  }
  const made = JSON.parse(await run('get', 'deployment', name, '-n', 'vms', '-o', 'json'));
  const { template: pod } = JSON.parse(JSON.stringify(same.find(({ kind }) => kind === 'Deployment')?.spec));
  const [container, wanted] = [made.spec.template.spec.containers[0], pod.spec.containers[0]];
  expect(new Set(container.args)).toEqual(new Set(wanted.args));
  expect(container.volumeMounts).toEqual(wanted.volumeMounts);
  expect(container.env).toEqual(expect.arrayContaining(wanted.env));
  expect(container.env.slice(wanted.env.length)).toEqual([
    { name: 'VC_FINGERPRINTS', value: FINGERPRINT },
    { name: 'HTTPS_PROXY', value: 'http://proxy.example.com:3128' },
    { name: 'NO_PROXY', value: '$(KUBERNETES_SERVICE_HOST),vc-2.example.com' },
    { name: 'TZ', value: 'UTC' },
  ]);
  expect(made.metadata.annotations).toMatchObject({ a: 'b' });
  expect(made.spec.template.metadata.annotations).toMatchObject({ c: 'd', ...pod.metadata.annotations });
  expect(made.spec.template.spec).toMatchObject({
    nodeSelector: { 'kubernetes.io/os': 'linux', role: 'infra' },
    tolerations: [{ key: 'infra', operator: 'Exists' }],
    affinity: { nodeAffinity: {} },
    priorityClassName: 'system-cluster-critical',
  });
  await asHelm(folder, 'uninstall', 'vm-operator', '--namespace', 'vms');
});

test('after an uninstall it is installed under another name, once that takes the CRDs over or leaves them', async () => {
  const folder = await aFolder();
  const chart = path.join(folder, 'chart');
  writeHelmChart(chart, { name, version });
  const install = (release: string, ...args: string[]) =>
    asHelm(folder, 'install', release, chart, '--namespace', 'vms', '--create-namespace', ...args);
  // The notes say what is left to do with these values.
  const notes = await install('first', '--take-ownership');
  expect(notes).toMatch(/The image localhost\/\S+ is in no registry.*--from-literal=VC_HOST=.*--take-ownership/s);
  await asHelm(folder, 'uninstall', 'first', '--namespace', 'vms');
  await expect(install('second')).rejects.toThrow(/CustomResourceDefinition.*cannot be imported/s);
  const known = await install('second', '--set', 'crds=false,vcenter.host=vc.example.com,image=here/op:7');
  expect(known).toContain('secret generic vc-creds');
  expect(known).not.toMatch(/VC_HOST|in no registry|--take-ownership/);
  await asHelm(folder, 'uninstall', 'second', '--namespace', 'vms');
  await install('third', '--take-ownership');
  await asHelm(folder, 'uninstall', 'third', '--namespace', 'vms');
});

interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}
