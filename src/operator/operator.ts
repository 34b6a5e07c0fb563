/** The process: wires the rooms together, starts everything, and stops it in order. */
import { hostname } from 'node:os';
import { API_GROUP, groupKey, VM_GROUP_RESOURCE, type VmGroup } from '../api/vm-group';
import {
  type ApiServer,
  connectApiServer,
  EventRecorder,
  KubeConfigError,
  LeadershipLost,
  type ReconcileResult,
  Reflector,
  ResourceClient,
  runReconcileLoop,
  WorkQueue,
} from '../kubernetes';
import { type Clock, deadline } from '../time/clock';
import type { Random } from '../time/random';
import { VCenterRegistry } from '../vcenter/registry';
import { VmGroupReconciler } from '../vmgroup/reconciler';
import { UnclaimedClones } from '../vmgroup/unclaimed-clones';
import { WakeIndex } from '../vmgroup/wake-index';
import { classifyFailure, type VCenterConnection } from '../vsphere';
import { isCrdDeleted, readClusterId } from './cluster';
import { FencedConnection } from './fenced-connection';
import type { Flags } from './flags';
import { GroupApi, groupStore, TEMPLATE_INDEX, templateIndex } from './group-api';
import { type HttpEndpoint, type Protection, serve } from './http-endpoint';
import { connectImplicitVCenter } from './implicit-vcenter';
import { LEASE_NAME, leadershipOf } from './leadership';
import type { Logger } from './logger';
import { Metrics } from './metrics';
import { metricsProtection } from './metrics-protection';
import { probeRoutes } from './probes';
import { secretReader } from './secret-reader';
import { SettingsError } from './settings-error';
import { watchStalls } from './stall-watch';
import type { VCenterSettings } from './vcenter-settings';
import { VERSION } from './version';
import { logVsphereCalls } from './vsphere-call-log';

/** Reconciles wait for writes to the API server only, so a few workers keep one connection pool busy. */
const WORKERS = 8;
const RECONCILE_DEADLINE_MS = 60_000;
/** For the last events and the log-out of vCenter; below the Deployment's grace period of 30 s. */
const SHUTDOWN_MS = 20_000;
/** After the lease was lost there is nothing to finish: another process works already. */
const LOST_SHUTDOWN_MS = 1_000;

export interface OperatorOptions {
  readonly flags: Flags;
  readonly vcenter: VCenterSettings;
  /** Of the operator itself, for its Lease. */
  readonly namespace: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/**
 * Runs until the signal is aborted, then shuts down: work, events, vCenter session, lease, servers. Rejects with
 * LeadershipLost as soon as another process may lead.
 */
export async function runOperator(options: OperatorOptions, stopped: AbortSignal): Promise<void> {
  const { flags, clock, random, logger } = options;
  const metrics = new Metrics();
  const stopCallLog = logVsphereCalls(logger);
  const server = connectCluster(clock, metrics);
  const client = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
  const reflector = new Reflector<VmGroup>({
    client,
    namespaces: flags.watchNamespaces,
    indexes: { [TEMPLATE_INDEX]: templateIndex },
    clock,
    random,
    log: logger.named('kubernetes'),
  });
  const recorder = new EventRecorder({
    server,
    clock,
    reportingController: `${API_GROUP}/vm-operator`,
    reportingInstance: hostname(),
    log: logger.named('events'),
  });
  // Ends when the process is told to stop, and when it must not lead any more.
  const work = new AbortController();
  const { signal } = work;
  const onStop = () => work.abort(stopped.reason);
  if (stopped.aborted) onStop();
  stopped.addEventListener('abort', onStop, { once: true });
  const wakeAll = () => {
    for (const group of reflector.store.list()) queue.add(groupKey(group));
  };
  const leadership = leadershipOf({ ...options, server, onResumed: wakeAll });
  const mayMutate = () => !signal.aborted && leadership.mayMutate();
  const implicit = connectImplicitVCenter(options);
  const vcenter = { ...implicit, connection: new FencedConnection(implicit.connection, mayMutate) };
  const registry = new VCenterRegistry(vcenter);
  const queue = new WorkQueue({ clock, name: 'vmgroup', observer: metrics.controller.queueObserver });
  metrics.observe(() => reflector.store.size, registry);
  const isLeader = () => leadership.isLeader;
  metrics.controller.observe({ queue, workers: WORKERS, isLeader, leaseName: LEASE_NAME });

  const protection = metricsProtection(flags, { ...options, server });
  const endpoints = await startEndpoints(flags, metrics, reflector, vcenter.connection, protection);
  for (const { address, what } of endpoints) logger.info(`serving ${what}`, { address });
  logger.info('starting', {
    version: VERSION,
    apiServer: server.server,
    vcenter: `${options.vcenter.host}:${options.vcenter.port}`,
  });

  const stop = new AbortController();
  const background: Promise<void>[] = [reflector.run(stop.signal), watchStalls(clock, logger, stop.signal)];
  try {
    const clusterId = await readClusterId(server, options, signal);
    const groups = groupStore(reflector);
    const wakeIndex = new WakeIndex(groups);
    const unclaimed = new UnclaimedClones(vcenter.connection, clock, wakeAll);
    const api = new GroupApi(client, reflector, recorder);
    const reconciler = new VmGroupReconciler({
      groups,
      writer: api,
      events: api,
      queue,
      wakeIndex,
      clusterId,
      clock,
      random,
      select: (group) => registry.select(group),
      isUninstalling: (requestSignal) => isCrdDeleted(server, requestSignal),
      readSecret: secretReader(server),
      unclaimed: () => unclaimed,
      classify: classifyFailure,
      mayMutate,
      dropWork: (uid) => {
        for (const { connection } of registry.all()) connection.dispatcher.replaceWaiting(uid, []);
      },
    });
    reflector.onChange((change) => {
      if (api.isNews(change)) queue.add(change.key);
    });
    wakeAll();
    vcenter.connection.onStatus((status) => {
      logConnection(logger, status);
      wakeAll();
    });
    vcenter.connection.onInventoryChange((change) => {
      for (const key of wakeIndex.concernedBy(change)) queue.add(key);
    });
    background.push(vcenter.connection.run(stop.signal));
    await reflector.whenSynced(signal);
    await leadership.acquire(signal);
    leadership.keep(signal).catch((error: unknown) => work.abort(error));
    // Only now: what another process has started is known by a read after its last call.
    background.push(unclaimed.run(stop.signal));
    await runReconcileLoop(
      {
        queue,
        clock,
        workers: WORKERS,
        deadlineMs: RECONCILE_DEADLINE_MS,
        reconcile: (key, reconcileSignal) => reconciler.reconcile(key, reconcileSignal),
        onResult: (result) => {
          metrics.reconciled(result);
          logResult(logger, result);
        },
      },
      signal,
    );
    if (signal.reason instanceof LeadershipLost) throw signal.reason;
  } catch (error) {
    if (!stopped.aborted) throw error;
  } finally {
    const lost = signal.reason instanceof LeadershipLost;
    if (lost) logger.error('another process may lead now: exiting', { error: signal.reason });
    else logger.info('shutting down');
    stopped.removeEventListener('abort', onStop);
    work.abort(new Error('stopping'));
    queue.shutDown();
    const shutdownMs = lost ? LOST_SHUTDOWN_MS : SHUTDOWN_MS;
    const limit = deadline(clock, shutdownMs, new AbortController().signal, () => new Error('shutdown took too long'));
    await recorder.flush(limit.signal).catch((error: unknown) => logger.warn('events were lost', { error }));
    recorder.close();
    stop.abort(signal.reason ?? new Error('stopping'));
    // Released only when nothing of ours is on its way to vCenter any more; else the lease ends by itself.
    const ended = Promise.all(background).then(() => leadership.release(limit.signal));
    await Promise.race([
      ended.catch(() => undefined),
      new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve())),
    ]);
    limit.done();
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    server.close();
    stopCallLog();
    metrics.vsphere.stop();
    logger.info('stopped');
  }
}

/** A kubeconfig that cannot be used is a setting like any other. */
function connectCluster(clock: Clock, metrics: Metrics): ApiServer {
  try {
    return connectApiServer({
      clock,
      userAgent: `codeconnect-vm-operator/${VERSION}`,
      onRequestEnd: (end) => metrics.controller.requestEnded(end),
    });
  } catch (error) {
    if (error instanceof KubeConfigError) throw new SettingsError(error.message);
    throw error;
  }
}

async function startEndpoints(
  flags: Flags,
  metrics: Metrics,
  reflector: Reflector<VmGroup>,
  connection: VCenterConnection,
  protection: Protection | undefined,
): Promise<(HttpEndpoint & { readonly what: string })[]> {
  const endpoints: (HttpEndpoint & { readonly what: string })[] = [];
  const { healthProbeBindAddress, metricsBindAddress } = flags;
  if (healthProbeBindAddress !== undefined) {
    const routes = probeRoutes({
      'api-server': () => (reflector.synced ? undefined : 'the VmGroups have not been listed yet'),
      vcenter: () => describeStatus(connection),
    });
    endpoints.push({ ...(await serve('--health-probe-bind-address', healthProbeBindAddress, routes)), what: 'probes' });
  }
  if (metricsBindAddress !== undefined) {
    const routes = { '/metrics': async () => ({ status: 200, ...(await metrics.text()) }) };
    const endpoint = await serve('--metrics-bind-address', metricsBindAddress, routes, protection);
    endpoints.push({ ...endpoint, what: 'metrics' });
  }
  return endpoints;
}

function describeStatus({ status }: VCenterConnection): string | undefined {
  switch (status.kind) {
    case 'Ready':
      return undefined;
    case 'Connecting':
      return 'the inventory has not been read completely yet';
    case 'Failed':
      return status.error.message;
  }
}

function logConnection(logger: Logger, status: VCenterConnection['status']): void {
  switch (status.kind) {
    case 'Ready':
      logger.info('vCenter is ready', { fullName: status.about.fullName, instanceUuid: status.about.instanceUuid });
      return;
    case 'Connecting':
      logger.debug('connecting to vCenter');
      return;
    case 'Failed':
      // The connection itself logs a failure once, with its remedy.
      logger.debug('vCenter is not connected', { error: status.error.message });
  }
}

function logResult(logger: Logger, { key, durationMs, outcome, error }: ReconcileResult): void {
  const fields = { vmgroup: key, durationMs: Math.round(durationMs) };
  if (error !== undefined)
    logger.named('vmgroup').warn('reconcile failed, coming again with backoff', { ...fields, error });
  else logger.named('vmgroup').debug('reconciled', { ...fields, outcome: outcome?.kind });
}
