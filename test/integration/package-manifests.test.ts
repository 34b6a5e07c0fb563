/** Everything that we ship as a manifest is taken by a real API server, as it is. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart, Duration, Size } from 'cdk8s';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { writeHelmChart } from '../../charts/helm-chart';
import { installApp } from '../../charts/install';
import { writeKustomizeBase } from '../../charts/kustomize-base';
import { samplesApp } from '../../charts/samples-chart';
import { name, version } from '../../package.json';
import {
  Amount,
  DeletionPolicy,
  GuestData,
  LogLevel,
  PowerOff,
  Readiness,
  ResizePolicy,
  ScaleDownOrder,
  UpdateStrategy,
  VCenterTrust,
  VmGroup,
  VmOperator,
} from '../../src/constructs';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { REPOSITORY } from '../demo/show/product';
import { findHelm } from '../envtest/binaries/helm';
import { type ApiServer, startApiServer } from '../envtest/real-parts';
import { runToSuccess } from '../envtest/run-command';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const NAMESPACE = 'codeconnect-vm-operator-system';
const EXAMPLES = path.join(REPOSITORY, 'examples');
const SECRET_ACCESS = path.join(EXAMPLES, 'cloud-init-from-secret', 'secret-access.yaml');

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
  const folder = await mkdtemp(path.join(tmpdir(), 'manifests-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function synthesized(app: App): Promise<string> {
  const folder = await aFolder();
  Object.defineProperty(app, 'outdir', { value: folder });
  app.synth();
  return folder;
}

/** Applies for real, twice; then asks the server what it would change, which must be nothing. */
async function applied(...files: string[]): Promise<void> {
  await run('apply', '--server-side', '--validate=strict', ...files);
  await run('apply', '--server-side', '--validate=strict', '--dry-run=server', ...files);
  expect(await run('apply', '--server-side', ...files)).not.toContain('created');
}

async function removed(...files: string[]): Promise<void> {
  await run('delete', '--ignore-not-found', ...files);
}

/** Whether the operator may read a Secret of namespace shop, in kubectl's words. */
function mayReadSecret(secret: string): Promise<string> {
  const account = `system:serviceaccount:${NAMESPACE}:codeconnect-vm-operator`;
  return run('auth', 'can-i', 'get', `secret/${secret}`, '-n', 'shop', '--as', account).catch((error: unknown) =>
    String(error),
  );
}

/** The API server here has no controllers, so a namespace would stay in deletion for ever: the manifests keep it. */
describe('plain YAML', () => {
  test('CRDs, operator and samples are taken, first by a dry run', async () => {
    const install = await synthesized(installApp({}));
    await applied('-f', path.join(install, 'crds.k8s.yaml'));
    await waitUntilServed(kubectl, ['vmgroups.vm.codeconnect.vmworld.com'], forever);
    await applied('-f', path.join(install, 'operator.k8s.yaml'));
    const samples = await synthesized(samplesApp());
    await run('apply', '--dry-run=server', '--validate=strict', '-f', samples);
    await applied('-f', samples);
    expect(await run('get', 'vg', '-A', '-o', 'name')).toContain('/vg-3');
  });

  test('the VmGroups of the examples are taken, and the Role among them allows the Secret that its group names', async () => {
    const files = (await readdir(EXAMPLES, { recursive: true })).filter((file) => file.endsWith('.yaml'));
    for (const file of files.map((name) => path.join(EXAMPLES, name))) {
      if (!/^kind: VmGroup$/m.test(await readFile(file, 'utf8'))) continue;
      await applied('-f', file);
      await removed('-f', file);
    }
    await applied('-f', SECRET_ACCESS);
    expect(await mayReadSecret('web-user-data')).toContain('yes');
    expect(await mayReadSecret('another')).toContain('no');
    await removed('-f', SECRET_ACCESS);
  });

  test('every prop of both constructs is taken', async () => {
    const app = new App();
    const chart = new Chart(app, 'platform');
    const operator = new VmOperator(chart, 'Operator', {
      createNamespace: false,
      crds: false,
      image: 'registry.example.com/vm-operator:1',
      imagePullSecrets: ['registry'],
      replicas: 2,
      resources: { cpuMillis: 100, memoryRequest: Size.mebibytes(200), memoryLimit: Size.gibibytes(1) },
      vcenter: { host: 'vc.example.com', trust: VCenterTrust.authority('-----BEGIN CERTIFICATE-----\n') },
      watchNamespaces: ['shop'],
      logLevel: LogLevel.DEBUG,
      secureMetrics: true,
      networkPolicy: { vcenterCidrs: ['10.0.0.0/8'], metricsFromNamespaces: ['monitoring'] },
    });
    const group = new VmGroup(chart, 'web', {
      metadata: { name: 'web', namespace: 'shop', labels: { a: 'b' }, annotations: { c: 'd' } },
      template: 'ubuntu',
      replicas: 3,
      cpu: 2,
      memory: Size.gibibytes(4),
      placement: { datacenter: 'dc', folder: 'f', cluster: 'c', resourcePool: 'p', datastore: 'd' },
      networks: [{ name: 'front', network: 'VM Network' }],
      cloudInit: {
        userData: GuestData.fromSecretName('web-user-data', 'user-data'),
        metadata: GuestData.fromText('a: b'),
      },
      powerOff: PowerOff.trySoft({ timeout: Duration.minutes(1) }),
      readiness: Readiness.toolsRunning(),
      minReady: Duration.seconds(10),
      progressDeadline: Duration.minutes(10),
      updateStrategy: UpdateStrategy.rollingUpdate({
        maxSurge: Amount.percent(25),
        maxUnavailable: Amount.absolute(0),
        resizePolicy: ResizePolicy.REPLACE,
      }),
      scaleDownOrder: ScaleDownOrder.HIGHEST_ORDINAL,
      deletionPolicy: DeletionPolicy.ORPHAN,
      paused: true,
    });
    operator.allowGuestSecretsOf(group);
    await applied('-f', await synthesized(app));
    const role = await run('get', 'role', 'vm-operator-guest-secrets', '-n', 'shop', '-o', 'jsonpath={.rules}');
    expect(JSON.parse(role)).toEqual([
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['web-user-data'], verbs: ['get'] },
    ]);
    expect(await mayReadSecret('web-user-data')).toContain('yes');
    expect(await mayReadSecret('another')).toContain('no');
  });
});

describe('the kustomize base', () => {
  test('is taken as it is, and an overlay changes image and number', async () => {
    const folder = await aFolder();
    writeKustomizeBase(path.join(folder, 'base'));
    await run('apply', '--dry-run=server', '--validate=strict', '-k', path.join(folder, 'base'));
    const overlay = path.join(folder, 'overlay');
    await mkdir(overlay);
    await writeFile(
      path.join(overlay, 'kustomization.yaml'),
      [
        'resources: [../base]',
        `images: [{ name: ${name}, newName: registry.example.com/vm-operator, newTag: "7" }]`,
        `replicas: [{ name: ${name}, count: 0 }]`,
      ].join('\n'),
    );
    await applied('-k', overlay);
    const deployment = await run('get', 'deployment', name, '-n', NAMESPACE, '-o', 'json');
    expect(JSON.parse(deployment).spec).toMatchObject({
      replicas: 0,
      template: { spec: { containers: [{ image: 'registry.example.com/vm-operator:7' }] } },
    });
    await removed('-f', path.join(folder, 'base', 'crds.yaml'));
  });
});

describe('the Helm chart', () => {
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
    for (const kind of ['clusterrole', 'clusterrolebinding'])
      await run('delete', kind, '-l', `app.kubernetes.io/part-of=${name}`);
    await run('delete', 'role,rolebinding', '-n', 'shop', '-l', `app.kubernetes.io/part-of=${name}`);
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
    expect(same).toHaveLength(11);
    for (const { kind, metadata, rules, spec, roleRef, subjects } of same) {
      const placed = metadata.namespace === undefined ? [] : ['-n', metadata.namespace];
      const made = JSON.parse(await run('get', kind, metadata.name, ...placed, '-o', 'json'));
      const wanted = JSON.parse(JSON.stringify({ rules, spec, roleRef, subjects }));
      expect(made, `${kind} ${metadata.name}`).toMatchObject(wanted);
    }
    await asHelm(folder, 'uninstall', 'vm-operator', '--namespace', 'vms');
    expect(await run('get', 'crd', '-o', 'name')).toContain('vmgroups');
    expect(await run('get', 'clusterrole', '-o', 'name')).not.toContain(name);
  });

  test('refuses values that it does not know', async () => {
    const folder = await aFolder();
    writeHelmChart(path.join(folder, 'chart'), { name, version });
    await expect(
      asHelm(folder, 'template', 'x', path.join(folder, 'chart'), '--kube-version', '1.36.0', '--set', 'replica=3'),
    ).rejects.toThrow(/additional properties 'replica' not allowed/);
  });
});
