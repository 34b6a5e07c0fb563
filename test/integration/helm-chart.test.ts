/** The Helm chart is taken by a real API server, and makes what the constructs make. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { writeHelmChart } from '../../charts/helm-chart';
import { name, version } from '../../package.json';
import { VmOperator } from '../../src/constructs';
import { type Kubectl, kubectlFor } from '../demo/show/kubectl';
import { findHelm } from '../envtest/binaries/helm';
import { type ApiServer, startApiServer } from '../envtest/real-parts';
import { runToSuccess } from '../envtest/run-command';

const binaries = inject('binaries');
const forever = new AbortController().signal;

let server: ApiServer;
let kubectl: Kubectl;
let helm: string;

beforeAll(async () => {
  helm = await findHelm(process.env, forever);
  server = await startApiServer(binaries, {}, forever);
  kubectl = kubectlFor(server);
  await run('create', 'namespace', 'shop');
  return () => server.stop();
}, 900_000);

const run = (...args: string[]) => kubectl(args, forever);

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helm-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const asHelm = (folder: string, ...args: string[]) =>
  runToSuccess(
    helm,
    args,
    {
      environment: {
        ...process.env,
        KUBECONFIG: server.kubeconfig,
        HELM_CACHE_HOME: folder,
        HELM_CONFIG_HOME: folder,
        HELM_DATA_HOME: folder,
      },
    },
    forever,
  );

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
        containers: [{ image: `${name}:${version}`, resources: { limits: { memory: '256Mi' } } }],
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
  ).rejects.toThrow(/leave out vcenter.host and vcenter.folder/);
  await asHelm(folder, 'uninstall', 'vm-operator', '--namespace', 'vms');
  expect(await run('get', 'crd', '-o', 'name')).toMatch(/vcenters.*vmgroups/s);
  expect(await run('get', 'clusterrole', '-o', 'name')).not.toContain(name);
});

test('refuses values that it does not know', async () => {
  const folder = await aFolder();
  writeHelmChart(path.join(folder, 'chart'), { name, version });
  await expect(
    asHelm(folder, 'template', 'x', path.join(folder, 'chart'), '--kube-version', '1.36.0', '--set', 'replica=3'),
  ).rejects.toThrow(/additional properties 'replica' not allowed/);
});
