/** The process: wires the rooms together, starts everything, and stops it in order. */
import { hostname } from 'node:os';
import { API_GROUP, groupKey, VM_GROUP_RESOURCE, type VmGroup } from '../api/vm-group';
import {
  type ApiServer,
  connectApiServer,
  EventRecorder,
  isApiError,
  KubeConfigError,
  type ReconcileResult,
  Reflector,
  ResourceClient,
  runReconcileLoop,
  WorkQueue,
} from '../kubernetes';
import { backoffMs } from '../time/backoff';
import { type Clock, deadline, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { VCenterRegistry } from '../vcenter/registry';
import { VmGroupReconciler } from '../vmgroup/reconciler';
import { UnclaimedClones } from '../vmgroup/unclaimed-clones';
import { WakeIndex } from '../vmgroup/wake-index';
import { classifyFailure, type VCenterConnection } from '../vsphere';
import type { Flags } from './flags';
import { GroupApi, groupStore, TEMPLATE_INDEX, templateIndex } from './group-api';
import { type HttpEndpoint, serve } from './http-endpoint';
import { connectImplicitVCenter } from './implicit-vcenter';
import type { Logger } from './logger';
import { Metrics } from './metrics';
import { probeRoutes } from './probes';
import { SettingsError } from './settings-error';
import type { VCenterSettings } from './vcenter-settings';
import { VERSION } from './version';

/** Reconciles wait for writes to the API server only, so a few workers keep one connection pool busy. */
const WORKERS = 8;
const RECONCILE_DEADLINE_MS = 60_000;
/** For the last events and the log-out of vCenter; below the Deployment's grace period of 30 s. */
const SHUTDOWN_MS = 20_000;

export interface OperatorOptions {
  readonly flags: Flags;
  readonly vcenter: VCenterSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
}

/** Runs until the signal is aborted, then shuts down: work, events, vCenter session, servers. */
export async function runOperator(options: OperatorOptions, signal: AbortSignal): Promise<void> {
  const { flags, clock, random, logger } = options;
  const server = connectCluster(clock);
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
  const vcenter = connectImplicitVCenter(options);
  const registry = new VCenterRegistry(vcenter);
  const queue = new WorkQueue({ clock, name: 'vmgroup' });
  const metrics = new Metrics();
  metrics.observe(queue, () => reflector.store.size, registry);

  const endpoints = await startEndpoints(flags, metrics, reflector, vcenter.connection);
  for (const { address, what } of endpoints) logger.info(`serving ${what}`, { address });
  logger.info('starting', {
    version: VERSION,
    apiServer: server.server,
    vcenter: `${options.vcenter.host}:${options.vcenter.port}`,
  });

  const stop = new AbortController();
  const background: Promise<void>[] = [reflector.run(stop.signal)];
  try {
    const clusterId = await readClusterId(server, options, signal);
    const groups = groupStore(reflector);
    const wakeIndex = new WakeIndex(groups);
    const wakeAll = () => {
      for (const group of groups.list()) queue.add(groupKey(group));
    };
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
      unclaimed: () => unclaimed,
      classify: classifyFailure,
      mayMutate: () => !signal.aborted,
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
    background.push(unclaimed.run(stop.signal), vcenter.connection.run(stop.signal));
    await reflector.whenSynced(signal);
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
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    logger.info('shutting down');
    queue.shutDown();
    const limit = deadline(clock, SHUTDOWN_MS, new AbortController().signal, () => new Error('shutdown took too long'));
    await recorder.flush(limit.signal).catch((error: unknown) => logger.warn('events were lost', { error }));
    recorder.close();
    stop.abort(signal.reason ?? new Error('stopping'));
    const ended = Promise.all(background);
    await Promise.race([
      ended,
      new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve())),
    ]);
    limit.done();
    await Promise.all(endpoints.map((endpoint) => endpoint.close()));
    server.close();
    logger.info('stopped');
  }
}

/** A kubeconfig that cannot be used is a setting like any other. */
function connectCluster(clock: Clock): ApiServer {
  try {
    return connectApiServer({ clock, userAgent: `codeconnect-vm-operator/${VERSION}` });
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
    endpoints.push({ ...(await serve('--metrics-bind-address', metricsBindAddress, routes)), what: 'metrics' });
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

/** UID of the namespace kube-system: what tells clusters apart that share a vCenter. Tried until it is there. */
async function readClusterId(
  server: ApiServer,
  { clock, random, logger }: OperatorOptions,
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const path = '/api/v1/namespaces/kube-system';
      const namespace = await server.request<{ metadata: { uid: string } }>({ method: 'GET', path }, signal);
      return namespace.metadata.uid;
    } catch (error) {
      if (signal.aborted) throw error;
      const remedy = isApiError(error, 'Forbidden')
        ? 'grant the operator get on the namespace kube-system, as the install manifests do'
        : 'trying again';
      if (attempt === 1) logger.error('the API server does not answer', { error, remedy });
      await sleep(clock, backoffMs({ firstMs: 500, longestMs: 15_000 }, attempt, random), signal);
    }
  }
}

/** Groups of a CRD that is being deleted are deleted after it, so a read that follows a group's deletion tells for sure. */
async function isCrdDeleted(server: ApiServer, signal: AbortSignal): Promise<boolean> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${VM_GROUP_RESOURCE.plural}.${API_GROUP}`;
  try {
    const crd = await server.request<{ metadata: { deletionTimestamp?: string } }>({ method: 'GET', path }, signal);
    return crd.metadata.deletionTimestamp !== undefined;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return true;
    throw error;
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
