/** A server of external.metrics.k8s.io with one metric, in the place of an adapter such as prometheus-adapter or KEDA. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../../src/operator/endpoints/self-signed-certificate';
import type { Installation, Span } from '../installation';
import { applyObject } from '../vcenter-manifests';

const GROUP = 'external.metrics.k8s.io';
const VERSION = 'v1beta1';
const NAMESPACE = 'default';
const SERVICE = 'external-metrics';
const DAY_MS = 86_400_000;

export interface ExternalMetric {
  value: number;
  /** What was asked for: path and query. */
  readonly asked: string[];
}

/**
 * Serves the metric under any name and selector, once the aggregator of the API server has it. The Service is of the type
 * ExternalName, since nothing here routes to the address of a Service. `span` has to be that of the API server: while an
 * APIService does not answer, no namespace ends.
 */
export async function serveExternalMetric(here: Installation, span: Span): Promise<ExternalMetric> {
  const metric: ExternalMetric = { value: 0, asked: [] };
  const nowMs = Date.now();
  const { cert, key } = selfSignedCertificate({
    names: [`${SERVICE}.${NAMESPACE}.svc`],
    notBeforeMs: nowMs - DAY_MS,
    notAfterMs: nowMs + DAY_MS,
  });
  const server = createServer({ cert, key }, ({ url = '' }, response) => {
    const answer = answerTo(url, metric);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  span.atEnd(async () => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  await applyObject(here, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: SERVICE, namespace: NAMESPACE },
    spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
  });
  await applyObject(here, {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `${VERSION}.${GROUP}` },
    spec: {
      ...{ group: GROUP, version: VERSION, groupPriorityMinimum: 100, versionPriority: 100 },
      service: { name: SERVICE, namespace: NAMESPACE, port },
      caBundle: Buffer.from(cert).toString('base64'),
    },
  });
  await here.run('wait', '--for=condition=Available', `apiservice/${VERSION}.${GROUP}`, '--timeout=30s');
  return metric;
}

function answerTo(url: string, metric: ExternalMetric): object | undefined {
  const root = `/apis/${GROUP}/${VERSION}`;
  if (url.split('?')[0] === root)
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${GROUP}/${VERSION}`, resources: [] };
  if (!url.startsWith(`${root}/namespaces/`)) return undefined;
  metric.asked.push(url);
  const metricName = /\/([^/?]+)(\?|$)/.exec(url)?.[1] ?? '';
  const timestamp = new Date().toISOString();
  const item = { metricName, metricLabels: {}, timestamp, value: String(metric.value) };
  return { kind: 'ExternalMetricValueList', apiVersion: `${GROUP}/${VERSION}`, metadata: {}, items: [item] };
}
