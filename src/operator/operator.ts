/** The process: sockets, metrics and logs around the manager. Starts everything, and stops it in order. */
import { hostname } from 'node:os';
import { type ApiServer, connectApiServer, KubeConfigError } from '../kubernetes';
import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import { DecisionLog } from '../vmgroup/decisions/decision-log';
import { RefusedLogins } from '../vsphere';
import { decisionRoutes } from './endpoints/decisions-page';
import { type HttpEndpoint, type Protection, type Routes, serve } from './endpoints/http-endpoint';
import { metricsRoutes } from './endpoints/metrics-page';
import { metricsProtection } from './endpoints/metrics-protection';
import { describeStatuses, probeRoutes } from './endpoints/probes';
import { connectImplicitVCenter } from './manager/implicit-vcenter';
import { leaseNameOf } from './manager/leadership';
import { Manager, WORKERS } from './manager/manager';
import { connectVCenterObject } from './manager/vcenter-object';
import type { VCenterSettings } from './settings/environment';
import type { BindAddress, Flags } from './settings/flags';
import { SettingsError } from './settings/settings-error';
import type { Logger } from './telemetry/logger';
import { Metrics } from './telemetry/metrics';
import { watchStalls } from './telemetry/stall-watch';
import { VERSION } from './telemetry/version';
import { logVsphereCalls } from './telemetry/vsphere-call-log';

export interface OperatorOptions {
  readonly flags: Flags;
  /** The vCenter of the environment; undefined with --vcenter-objects-only. */
  readonly vcenter: VCenterSettings | undefined;
  /** For HTTPS_PROXY and NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Namespace of the operator itself, of its Leases and of the Secrets that VCenters name. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Is called once, with what gives the lines of a dump: the decisions that are kept. */
  readonly onDecisions?: (lines: () => Iterable<string>) => void;
}

/**
 * Runs until the signal is aborted, then shuts down: work, events, vCenter session, lease, servers. Rejects with
 * LeadershipLost as soon as another process may lead.
 */
export async function runOperator(options: OperatorOptions, stopped: AbortSignal): Promise<void> {
  const { flags, vcenter, clock, logger } = options;
  const metrics = new Metrics();
  const stopCallLog = logVsphereCalls(logger);
  const server = connectCluster(clock, metrics);
  const decisions = new DecisionLog({
    version: VERSION,
    onFailure: (error) => logger.error('a decision could not be kept, this is a bug', { error }),
  });
  options.onDecisions?.(() => decisions.lines());
  const connecting = { ...options, refusedLogins: new RefusedLogins(clock, options.random) };
  const manager = new Manager({
    ...options,
    server,
    connectImplicit: vcenter && (() => connectImplicitVCenter({ ...connecting, vcenter })),
    connectObject: (object, credentials) => connectVCenterObject(object, credentials, connecting),
    instance: hostname(),
    queueObserver: metrics.controller.queueObserver,
    measures: metrics.promises,
    decisions,
    onReconciled: (end) => metrics.reconciled(end),
  });
  observeManager(metrics, manager, clock);
  // Apart from the server of the reconciles: strangers may cause reviews.
  const reviews = connectCluster(clock, metrics, REVIEWS_AT_ONCE);
  const protection = metricsProtection(flags, { ...options, reviews });
  const endpoints = await startEndpoints(options, metrics, manager, { protection, decisions });
  for (const { address, what } of endpoints) logger.info(`serving ${what}`, { address });
  logger.info('starting', {
    version: VERSION,
    apiServer: server.server,
    ...(vcenter && { vcenter: `${vcenter.host}:${vcenter.port}` }),
  });
  const stopWatching = new AbortController();
  const watching = watchStalls(clock, logger, stopWatching.signal);
  try {
    await manager.run(stopped);
  } finally {
    stopWatching.abort(new Error('stopping'));
    await watching;
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    reviews.close();
    server.close();
    stopCallLog();
    metrics.stop();
    logger.info('stopped');
  }
}

function observeManager(metrics: Metrics, manager: Manager, clock: Clock): void {
  const nowMs = () => clock.monotonicMs();
  metrics.observe({
    groups: {
      known: () => manager.groupCount,
      led: () => manager.measured.led(),
      ledVCenters: () => [...manager.shards].filter(({ leads }) => leads).map(({ name }) => name),
      longestSpecMs: () => manager.measured.longestSpecMs,
    },
    vcenters: () => manager.shards,
    nowMs,
  });
  const leases = () =>
    [...manager.shards].map(({ name, leads, leadership: { renewedAtMs } }) => ({
      ...{ name: leaseNameOf(name), isLeader: leads },
      ...(renewedAtMs !== undefined && { renewedAgoMs: nowMs() - renewedAtMs }),
    }));
  metrics.controller.observe({ queue: manager.queue, workers: WORKERS, leases });
}

/** A kubeconfig that cannot be used is a wrong setting. */
function connectCluster(clock: Clock, metrics: Metrics, requestsAtOnce?: number): ApiServer {
  try {
    return connectApiServer({
      clock,
      ...(requestsAtOnce !== undefined && { requestsAtOnce }),
      userAgent: `codeconnect-vm-operator/${VERSION}`,
      onRequestEnd: (end) => metrics.controller.requestEnded(end),
    });
  } catch (error) {
    if (error instanceof KubeConfigError) throw new SettingsError(error.message);
    throw error;
  }
}

/** Reviews of unknown tokens. */
const REVIEWS_AT_ONCE = 8;

async function startEndpoints(
  { flags, clock, logger }: OperatorOptions,
  metrics: Metrics,
  manager: Manager,
  { protection, decisions }: { readonly protection: Protection | undefined; readonly decisions: DecisionLog },
): Promise<(HttpEndpoint & { readonly what: string })[]> {
  const endpoints: (HttpEndpoint & { readonly what: string })[] = [];
  const { healthProbeBindAddress, metricsBindAddress } = flags;
  const start = async (what: string, flag: string, at: BindAddress, routes: Routes, guard?: Protection) => {
    const endpoint = await serve({ flag, at, routes, protection: guard, clock, log: logger.named(what) });
    endpoints.push({ ...endpoint, what });
  };
  if (healthProbeBindAddress !== undefined) {
    const routes = probeRoutes({
      'api-server': () => manager.unlisted,
      vcenter: () => describeStatuses([...manager.shards].flatMap(({ connection }) => connection?.status ?? [])),
    });
    await start('probes', '--health-probe-bind-address', healthProbeBindAddress, routes);
  }
  if (metricsBindAddress !== undefined) {
    const routes = {
      ...metricsRoutes(() => metrics.text(), clock),
      ...decisionRoutes(decisions, protection === undefined ? 'Open' : 'Protected'),
    };
    await start('metrics', '--metrics-bind-address', metricsBindAddress, routes, protection);
  }
  return endpoints;
}
