/**
 * The endpoints of the operator, as a process of their own: run by fuzz.ts. It prints its addresses as one line of JSON, and
 * answers each message with what it uses. The API server behind it knows one token, `good`, and says how often it was asked.
 */

import { keepHeapSmall } from '../../../src/cli/memory';
import type { ApiRequest, ApiServer } from '../../../src/kubernetes';
import { serve } from '../../../src/operator/endpoints/http-endpoint';
import { MetricsAuthorizer } from '../../../src/operator/endpoints/metrics-authorizer';
import { metricsRoutes } from '../../../src/operator/endpoints/metrics-page';
import { probeRoutes } from '../../../src/operator/endpoints/probes';
import { selfSignedCertificate } from '../../../src/operator/endpoints/self-signed-certificate';
import { Metrics } from '../../../src/operator/telemetry/metrics';
import { systemClock } from '../../../src/time/clock';

export interface Usage {
  readonly residentBytes: number;
  /** Requests to the API server so far. */
  readonly reviews: number;
}

keepHeapSmall();
let reviews = 0;
const server: ApiServer = {
  server: 'https://model',
  close: () => {},
  stream: () => {
    throw new Error('nothing is watched');
  },
  request: async <T>({ body }: ApiRequest): Promise<T> => {
    reviews += 1;
    const { spec } = body as { readonly spec: { readonly token?: string } };
    const authenticated = spec.token === 'good';
    return { status: { authenticated, allowed: true, ...(authenticated && { user: {} }) } } as T;
  },
};
const clock = systemClock;
const log = { info: () => {}, warn: (message: string, fields?: unknown) => console.error(message, fields) };
const at = { host: '127.0.0.1', port: 0 };
const pair = selfSignedCertificate({
  names: ['127.0.0.1'],
  notBeforeMs: clock.wallMs() - 60_000,
  notAfterMs: clock.wallMs() + 86_400_000,
});
const authorizer = new MetricsAuthorizer(server, clock);
const protection = { certificate: () => pair, admit: authorizer.admit.bind(authorizer) };
const metrics = new Metrics();
const pages = () => metricsRoutes(() => metrics.text(), clock);
const shared = { at, clock, log };

async function start(): Promise<void> {
  const probes = await serve({ flag: 'probes', routes: probeRoutes({ vcenter: () => undefined }), ...shared });
  const plain = await serve({ flag: 'metrics', routes: pages(), ...shared });
  const secure = await serve({ flag: 'secure', routes: pages(), protection, ...shared });
  const addresses = {
    probes: probes.address,
    metrics: plain.address,
    secure: secure.address,
    handshake: secure.address,
  };
  console.log(JSON.stringify(addresses));
}

process.on('message', () => process.send?.({ residentBytes: process.memoryUsage.rss(), reviews } satisfies Usage));
process.on('disconnect', () => process.exit(0));
void start();
