/** Everything that we ship as a manifest is taken by a real API server, as it is. helm-chart.test.ts has the Helm chart. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart, Duration, Size } from 'cdk8s';
import { beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { installApp } from '../../charts/install';
import { writeKustomizeBase } from '../../charts/kustomize-base';
import { samplesApp } from '../../charts/samples-chart';
import { name } from '../../package.json';
import {
  Amount,
  DeletionPolicy,
  GuestData,
  LogLevel,
  NamespaceSelector,
  PowerOff,
  Readiness,
  ResizePolicy,
  ScaleDownOrder,
  UpdateStrategy,
  VCenter,
  VCenterAuth,
  VCenterCredentials,
  VCenterReference,
  VCenterTrust,
  VmGroup,
  VmOperator,
} from '../../src/constructs';
import { DEFAULT_IMAGE } from '../../src/constructs/image-name';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { REPOSITORY } from '../demo/show/product';
import { type ApiServer, startApiServer } from '../envtest/real-parts';

const binaries = inject('binaries');
const forever = new AbortController().signal;
const NAMESPACE = 'codeconnect-vm-operator-system';
const EXAMPLES = path.join(REPOSITORY, 'examples');
const SECRET_ACCESS = path.join(EXAMPLES, 'cloud-init-from-secret', 'secret-access.yaml');

let server: ApiServer;
let kubectl: Kubectl;

beforeAll(async () => {
  server = await startApiServer(binaries, {}, forever);
  kubectl = kubectlFor(server);
  await run('create', 'namespace', 'shop');
  return () => server.stop();
});

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

const ACCOUNT = `system:serviceaccount:${NAMESPACE}:codeconnect-vm-operator`;

/** Whether the operator may do something in a namespace, in kubectl's words. */
function may(verb: string, resource: string, namespace: string): Promise<string> {
  return run('auth', 'can-i', verb, resource, '-n', namespace, '--as', ACCOUNT).catch((error: unknown) =>
    String(error),
  );
}

/** Whether the operator may read a Secret of namespace shop. */
function mayReadSecret(secret: string): Promise<string> {
  return may('get', `secret/${secret}`, 'shop');
}

/** The API server here has no controllers, so a namespace would stay in deletion for ever: the manifests keep it. */
describe('plain YAML', () => {
  test('CRDs, operator and samples are taken, first by a dry run', async () => {
    const install = await synthesized(installApp({}));
    await applied('-f', path.join(install, 'crds.k8s.yaml'));
    const kinds = ['vmgroups', 'vcenters'].map((plural) => `${plural}.vm.codeconnect.vmworld.com`);
    await waitUntilServed(kubectl, kinds, forever);
    await applied('-f', path.join(install, 'operator.k8s.yaml'));
    const samples = await synthesized(samplesApp());
    await run('apply', '--dry-run=server', '--validate=strict', '-f', samples);
    await applied('-f', samples);
    expect(await run('get', 'vg', '-A', '-o', 'name')).toContain('/vg-3');
  });

  test('the VmGroups and VCenters of the examples are taken, and the Role among them allows the Secret that its group names', async () => {
    const files = (await readdir(EXAMPLES, { recursive: true })).filter((file) => file.endsWith('.yaml'));
    for (const file of files.map((name) => path.join(EXAMPLES, name))) {
      if (!/^kind: (VmGroup|VCenter)$/m.test(await readFile(file, 'utf8'))) continue;
      await applied('-f', file);
      await removed('-f', file);
    }
    await applied('-f', SECRET_ACCESS);
    expect(await mayReadSecret('web-user-data')).toContain('yes');
    expect(await mayReadSecret('another')).toContain('no');
    await removed('-f', SECRET_ACCESS);
  });

  test('every prop of all constructs is taken', async () => {
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
    const memory = Size.gibibytes(64);
    const east = new VCenter(chart, 'east', {
      metadata: { name: 'east', labels: { a: 'b' }, annotations: { c: 'd' } },
      host: 'vc.example.com',
      port: 8443,
      credentials: VCenterCredentials.fromSecretName('vcenter-east'),
      auth: VCenterAuth.TOKEN_BY_PASSWORD,
      trust: VCenterTrust.fingerprints(Array.from({ length: 32 }, () => 'ab').join(':')),
      namespaceSelector: NamespaceSelector.names('shop').withLabelNotIn('stage', 'test').withLabel('vms'),
      clusterName: 'blue',
      defaults: { placement: { datacenter: 'dc', cluster: 'c', resourcePool: 'p', folder: 'f', datastore: 'd' } },
      failureDomains: [{ name: 'a', cluster: 'c1', resourcePool: 'p', datastore: 'd' }],
      allowed: { templates: ['/dc/vm/*'], resourcePools: [], folders: ['**'], datastores: ['/d'], networks: ['/n'] },
      limits: {
        maxConcurrentTasks: 4,
        perVM: { cpu: 8, memory },
        perNamespace: { vms: 10, cpu: 20, memory },
        total: { vms: 10, cpu: 20, memory },
      },
    });
    const group = new VmGroup(chart, 'web', {
      vcenter: VCenterReference.fromVCenter(east),
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
    expect(await may('get', 'secret/vcenter-east', NAMESPACE)).toContain('yes');
    expect(await may('list', 'secrets', NAMESPACE)).toContain('no');
  });

  test('events about VCenters are taken in namespace default only, and there the operator may write them', async () => {
    const folder = await aFolder();
    const attempt = async (namespace: string, ...as: string[]) => {
      const event = {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: 'east.1', namespace },
        regarding: { apiVersion: 'vm.codeconnect.vmworld.com/v1alpha1', kind: 'VCenter', name: 'east' },
        ...{ eventTime: '2026-01-01T00:00:00.000000Z', type: 'Normal', reason: 'Connected', action: 'Connect' },
        ...{ reportingController: 'vm-operator', reportingInstance: 'one', note: 'a' },
      };
      await writeFile(path.join(folder, 'event.json'), JSON.stringify(event));
      return run('create', '-f', path.join(folder, 'event.json'), ...as).catch((error: unknown) => String(error));
    };
    expect(await attempt(NAMESPACE)).toMatch(/does not match event.namespace/);
    expect(await attempt('default', '--as', ACCOUNT)).toContain('created');
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
        `images: [{ name: ${DEFAULT_IMAGE.replace(/:[^:]*$/, '')}, newName: registry.example.com/vm-operator, newTag: "7" }]`,
        `replicas: [{ name: ${name}, count: 2 }]`,
      ].join('\n'),
    );
    await applied('-k', overlay);
    const deployment = await run('get', 'deployment', name, '-n', NAMESPACE, '-o', 'json');
    expect(JSON.parse(deployment).spec).toMatchObject({
      replicas: 2,
      template: {
        spec: {
          // R6: two operators that did not elect would act on the same groups.
          containers: [
            { image: 'registry.example.com/vm-operator:7', args: expect.arrayContaining(['--leader-elect']) },
          ],
        },
      },
    });
    for (const verb of ['create', 'get', 'list', 'watch', 'update'])
      expect(await may(verb, 'leases.coordination.k8s.io', NAMESPACE), verb).toContain('yes');
    await removed('-f', path.join(folder, 'base', 'crds.yaml'));
  });
});
