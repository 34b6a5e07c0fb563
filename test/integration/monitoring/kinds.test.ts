/** An API server with the CRDs of the Prometheus operator takes what the constructs and the Helm chart make for it. */
import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { writeHelmChart } from '../../../charts/helm-chart';
import { name, version } from '../../../package.json';
import { MetricsMonitor, VmOperator, type VmOperatorMonitoring } from '../../../src/constructs';
import { type Kubectl, kubectlFor, waitUntilServed } from '../../demo/show/kubectl';
import { findHelm } from '../../envtest/binaries/helm';
import { prometheusOperatorCrds } from '../../envtest/binaries/prometheus';
import { type ApiServer, startApiServer } from '../../envtest/real-parts';
import { aFolder, helmIn } from '../helm';

const forever = new AbortController().signal;
const NAMESPACE = 'codeconnect-vm-operator-system';
const KINDS = ['servicemonitors', 'podmonitors', 'prometheusrules'];

let server: ApiServer;
let kubectl: Kubectl;

beforeAll(async () => {
  await findHelm(process.env, forever);
  const crds = await prometheusOperatorCrds(process.env, forever);
  server = await startApiServer(inject('binaries'), {}, forever);
  kubectl = kubectlFor(server);
  const files = KINDS.map((kind) => path.join(crds, `monitoring.coreos.com_${kind}.yaml`));
  await kubectl(['apply', '--server-side', ...files.flatMap((file) => ['-f', file])], forever);
  await waitUntilServed(
    kubectl,
    KINDS.map((kind) => `${kind}.monitoring.coreos.com`),
    forever,
  );
  await kubectl(['create', 'namespace', NAMESPACE], forever);
  return () => server.stop();
}, 900_000);

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const isMonitoring = ({ kind, metadata }: Manifest) =>
  /^(?:ServiceMonitor|PodMonitor|PrometheusRule)$/.test(kind) || metadata.name.endsWith('-dashboard');

/** Creates them, with every unknown or invalid field refused. Resolves with KIND/NAME of each. */
async function created(manifests: readonly Manifest[]): Promise<readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'vm-operator-kinds-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'manifests.json');
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests.filter(isMonitoring) }));
  const answer = await kubectl(['create', '--validate=strict', '-n', NAMESPACE, '-f', file, '-o', 'name'], forever);
  await kubectl(['delete', '-n', NAMESPACE, '-f', file], forever);
  return answer.trim().split('\n').toSorted();
}

function ofConstruct(monitoring: VmOperatorMonitoring, secureMetrics = false): readonly Manifest[] {
  const chart = new Chart(new App(), 'platform');
  new VmOperator(chart, 'Operator', { monitoring, secureMetrics });
  return chart.toJson();
}

const RULE = `prometheusrule.monitoring.coreos.com/${name}`;
const DASHBOARD = `configmap/${name}-dashboard`;

test.for([
  [MetricsMonitor.SERVICE_MONITOR, false],
  [MetricsMonitor.SERVICE_MONITOR, true],
  [MetricsMonitor.POD_MONITOR, false],
] as const)('the construct makes a %s that is accepted; secure metrics: %s', async ([monitor, secureMetrics]) => {
  expect(
    await created(ofConstruct({ monitor, labels: { release: 'prometheus' }, dashboard: {} }, secureMetrics)),
  ).toEqual([DASHBOARD, RULE, `${monitor.toLowerCase()}.monitoring.coreos.com/${name}`].toSorted());
});

test('the Helm chart makes the same', async () => {
  const folder = await aFolder();
  const chart = path.join(folder, 'chart');
  writeHelmChart(chart, { name, version });
  const rendered = async (...set: readonly string[]): Promise<readonly Manifest[]> => {
    const args = [
      'template',
      'x',
      chart,
      '-n',
      NAMESPACE,
      '--kube-version',
      '1.36.0',
      ...set.flatMap((value) => ['--set', value]),
    ];
    return parseAllDocuments(await helmIn(folder, args)).flatMap((document) => document.toJSON() ?? []);
  };
  const labels = 'monitoring.labels.release=prometheus';
  for (const monitor of [MetricsMonitor.SERVICE_MONITOR, MetricsMonitor.POD_MONITOR]) {
    const all = await rendered(
      'monitoring.enabled=true',
      `monitoring.monitor=${monitor}`,
      labels,
      'monitoring.dashboard.enabled=true',
    );
    expect(await created(all)).toEqual(
      [DASHBOARD, RULE, `${monitor.toLowerCase()}.monitoring.coreos.com/${name}`].toSorted(),
    );
    // Double braces of rules and legends are for Prometheus and Grafana, not for Helm.
    const asMade = ofConstruct({ monitor, labels: { release: 'prometheus' }, dashboard: {} });
    for (const kind of ['PrometheusRule', 'ConfigMap']) expect(contentOf(all, kind)).toEqual(contentOf(asMade, kind));
  }
  expect((await rendered()).filter(isMonitoring)).toEqual([]);
});

function contentOf(manifests: readonly Manifest[], kind: string): unknown {
  const found = manifests.filter(isMonitoring).find((manifest) => manifest.kind === kind);
  const { spec, data } = (found ?? {}) as { readonly spec?: unknown; readonly data?: unknown };
  return spec ?? data;
}
