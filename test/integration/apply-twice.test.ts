/** What we ship is applied as people and their tools do it: by both kinds of apply, one after the other, and compared. */
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { type App, Chart, Size } from 'cdk8s';
import { beforeAll, expect, inject, test } from 'vitest';
import { installApp } from '../../charts/install';
import { ManifestApp } from '../../charts/manifest-app';
import { samplesApp } from '../../charts/samples-chart';
import {
  AllowedNames,
  GuestData,
  NamespaceSelector,
  PowerOff,
  Readiness,
  UpdateStrategy,
  VCenter,
  VCenterCredentials,
  VCenterTrust,
  VmGroup,
  VmGroupPolicy,
  VmOperator,
} from '../../src/constructs';
import { type Kubectl, kubectlFor, waitUntilServed } from '../demo/show/kubectl';
import { type ApiServer, startApiServer } from '../envtest/real-parts';

const forever = new AbortController().signal;
const KINDS = ['vmgroups', 'vcenters'].map((plural) => `${plural}.vm.codeconnect.vmworld.com`);

let server: ApiServer;
let kubectl: Kubectl;

beforeAll(async () => {
  server = await startApiServer(inject('binaries'), {}, forever);
  kubectl = kubectlFor(server);
  await run('create', 'namespace', 'shop');
  const folder = await synthesized(installApp({}));
  await run('apply', '-f', path.join(folder, 'crds.k8s.yaml'));
  await waitUntilServed(kubectl, KINDS, forever);
  return () => server.stop();
});

const run = (...args: string[]) => kubectl(args, forever);

async function synthesized(app: App): Promise<string> {
  // It goes with the server.
  const folder = await mkdtemp(path.join(server.folder, 'manifests-'));
  Object.defineProperty(app, 'outdir', { value: folder });
  app.synth();
  return folder;
}

/** All kinds that constructs write, with what has defaults at the API server. */
function everything(): App {
  const app = new ManifestApp();
  const chart = new Chart(app, 'platform');
  const operator = new VmOperator(chart, 'Operator', {
    crds: false,
    imagePullSecrets: ['registry'],
    replicas: 2,
    vcenter: { host: 'vc.example.com', trust: VCenterTrust.authority('-----BEGIN CERTIFICATE-----\n') },
    watchNamespaces: ['shop'],
    secureMetrics: true,
    networkPolicy: { vcenterCidrs: ['10.0.0.0/8'], metricsFromNamespaces: ['monitoring'] },
  });
  new VCenter(chart, 'east', {
    metadata: { name: 'east' },
    host: 'vc.example.com',
    credentials: VCenterCredentials.fromSecretName('vcenter-east'),
    namespaceSelector: NamespaceSelector.names('shop'),
    failureDomains: [{ name: 'a', cluster: 'c1' }],
    allowed: { templates: ['/dc/vm/*'] },
    limits: { perVM: { cpu: 8, memory: Size.gibibytes(64) } },
  });
  new VmGroupPolicy(chart, 'Small', {
    name: 'small',
    namespaces: ['shop'],
    maxCpu: 4,
    templates: AllowedNames.of('/dc/vm/templates/*'),
  });
  operator.allowGuestSecretsOf(
    new VmGroup(chart, 'web', {
      metadata: { name: 'web', namespace: 'shop' },
      template: '/dc/vm/templates/ubuntu',
      replicas: 3,
      cpu: 2,
      memory: Size.gibibytes(4),
      networks: [{ name: 'front', network: 'VM Network' }],
      disks: { extra: [{ name: 'data', size: Size.gibibytes(4) }] },
      cloudInit: { userData: GuestData.fromSecretName('web-user-data', 'user-data') },
      powerOff: PowerOff.trySoft(),
      readiness: Readiness.toolsRunning(),
      updateStrategy: UpdateStrategy.rollingUpdate(),
    }),
  );
  return app;
}

test.for<[string, () => App]>([
  ['the install manifests', () => installApp({})],
  ['the samples', samplesApp],
  ['all kinds that constructs write', everything],
])(
  '%s: kubectl diff after apply is empty, and server-side apply by another manager conflicts with nothing',
  async ([, app]) => {
    const folder = await synthesized(app());
    await run('apply', '-f', folder);
    // Exit code 1, which rejects, is a difference.
    expect(await run('diff', '-f', folder)).toBe('');
    expect(await run('diff', '--server-side', '--field-manager=flux', '-f', folder)).toBe('');
    // Without --force-conflicts: what it would change of what the first apply wrote would be refused.
    await run('apply', '--server-side', '--field-manager=flux', '-f', folder);
    await run('apply', '--server-side', '-f', folder);
    expect(await run('diff', '-f', folder)).toBe('');
    await run('apply', '-f', folder);
  },
);
