/**
 * Joins the two connections: reflector, work queue, reconciler, leadership and shutdown. Flags, sockets and metrics are in
 * operator.ts. The simulation (test/simulation) runs this class unchanged, on models of both servers.
 */
import { keptGroup } from '../../api/kept-group';
import { API_GROUP, groupKey, VM_GROUP_RESOURCE, type VmGroup } from '../../api/vm-group';
import {
  type ApiServer,
  EventRecorder,
  LeadershipLost,
  type ReconcileEnd,
  Reflector,
  ResourceClient,
  runReconcileLoop,
  WorkQueue,
  type WorkQueueObserver,
} from '../../kubernetes';
import { type Clock, deadline } from '../../time/clock';
import type { Random } from '../../time/random';
import { type RegisteredVCenter, VCenterRegistry } from '../../vcenter/registry';
import { UnclaimedClones } from '../../vmgroup/act/unclaimed-clones';
import { AffectedGroups } from '../../vmgroup/observe/affected-groups';
import { MachineUsage } from '../../vmgroup/observe/machine-usage';
import { VCenterQuota } from '../../vmgroup/observe/vcenter-quota';
import { VmGroupReconciler } from '../../vmgroup/reconciler';
import { classifyFailure, type VCenterConnection } from '../../vsphere';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import { readClusterId, readCrdDeletion } from './cluster';
import { FencedConnection } from './fenced-connection';
import { GroupApi, groupStore, TEMPLATE_INDEX, templateIndex, UID_INDEX, uidIndex } from './group-api';
import { type Leadership, leadershipOf } from './leadership';
import { ReconcileLog } from './reconcile-log';
import { secretReader } from './secret-reader';
import { UnownedWatch } from './unowned-watch';

/** Reconciles wait for writes to the API server only, so a few workers keep one connection pool busy. */
export const WORKERS = 8;
const RECONCILE_DEADLINE_MS = 60_000;
/** For the last events and the log-out of vCenter; below the Deployment's grace period of 30 s. */
const SHUTDOWN_MS = 20_000;
/** After the lease was lost there is nothing to finish: another process may work already. */
const LOST_SHUTDOWN_MS = 1_000;

export interface ManagerOptions {
  readonly flags: Pick<Flags, 'watchNamespaces' | 'leaderElect' | 'leaseTimings'>;
  readonly server: ApiServer;
  /** Nothing is sent through it before `run`. */
  readonly vcenter: RegisteredVCenter;
  /** Namespace of the operator itself, for its Lease. */
  readonly namespace: string;
  /** What events name as their reporter: the host name, which is the pod's name. */
  readonly instance: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly queueObserver?: WorkQueueObserver;
  readonly onReconciled?: (end: ReconcileEnd) => void;
}

export class Manager {
  readonly queue: WorkQueue;
  readonly registry: VCenterRegistry;
  readonly leadership: Leadership;
  readonly #options: ManagerOptions;
  readonly #client: ResourceClient<VmGroup>;
  readonly #reflector: Reflector<VmGroup>;
  readonly #vcenter: RegisteredVCenter;
  readonly #mayMutate: () => boolean;
  /** Aborted when the process has to stop, and when it has lost its lease. */
  readonly #work = new AbortController();
  #unowned: UnownedWatch | undefined;
  /** Only a process that leads puts keys in its queue, and then those of all groups. */
  #leads = false;

  constructor(options: ManagerOptions) {
    const { flags, server, clock, random, logger, queueObserver } = options;
    this.#options = options;
    this.#client = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
    this.#reflector = new Reflector<VmGroup>({
      client: this.#client,
      namespaces: flags.watchNamespaces,
      transform: keptGroup,
      indexes: { [TEMPLATE_INDEX]: templateIndex, [UID_INDEX]: uidIndex },
      clock,
      random,
      log: logger.named('kubernetes'),
    });
    const leadership = leadershipOf({ ...options, onResumed: () => this.#wakeAll() });
    this.leadership = leadership;
    this.#mayMutate = () => !this.#work.signal.aborted && leadership.mayMutate();
    this.#vcenter = {
      ...options.vcenter,
      connection: new FencedConnection(options.vcenter.connection, this.#mayMutate),
    };
    this.registry = new VCenterRegistry(this.#vcenter);
    const observer = queueObserver === undefined ? {} : { observer: queueObserver };
    this.queue = new WorkQueue({ clock, name: 'vmgroup', ...observer });
  }

  /** Whether the VmGroups have been listed. */
  get synced(): boolean {
    return this.#reflector.synced;
  }

  get groupCount(): number {
    return this.#reflector.store.size;
  }

  /** Machines with our marks and no group; undefined while their number is not known. */
  get unownedCount(): number | undefined {
    return this.#unowned?.machines()?.length;
  }

  get connection(): VCenterConnection {
    return this.#vcenter.connection;
  }

  /**
   * Runs until the signal is aborted, then stops in order: work, events, vCenter session, lease. Rejects with
   * LeadershipLost as soon as another process may lead. Call it once.
   */
  async run(stopped: AbortSignal): Promise<void> {
    const { clock, logger, server, instance } = this.#options;
    const { signal } = this.#work;
    const onStop = () => this.#work.abort(stopped.reason);
    if (stopped.aborted) onStop();
    stopped.addEventListener('abort', onStop, { once: true });
    const recorder = new EventRecorder({
      server,
      clock,
      reportingController: `${API_GROUP}/vm-operator`,
      reportingInstance: instance,
      log: logger.named('events'),
    });
    const api = new GroupApi(this.#client, this.#reflector, recorder);
    const stop = new AbortController();
    const background: Promise<void>[] = [this.#reflector.run(stop.signal)];
    try {
      await this.#control(api, background, stop.signal);
      if (signal.reason instanceof LeadershipLost) throw signal.reason;
    } catch (error) {
      if (!stopped.aborted) throw error;
    } finally {
      const lost = signal.reason instanceof LeadershipLost;
      if (lost) logger.error('another process may lead now: exiting', { error: signal.reason });
      else logger.info('shutting down');
      stopped.removeEventListener('abort', onStop);
      this.#work.abort(new Error('stopping'));
      this.queue.shutDown();
      const limit = deadline(
        clock,
        lost ? LOST_SHUTDOWN_MS : SHUTDOWN_MS,
        new AbortController().signal,
        () => new Error('shutdown took too long'),
      );
      recorder.stopGathering();
      await recorder.flush(limit.signal).catch((error: unknown) => logger.warn('events were lost', { error }));
      recorder.close();
      stop.abort(signal.reason ?? new Error('stopping'));
      // Released only when no request of ours to vCenter is under way; otherwise the lease ends by itself.
      const ended = Promise.all(background).then(() => this.leadership.release(limit.signal));
      await Promise.race([
        ended.catch(() => undefined),
        new Promise<void>((resolve) => limit.signal.addEventListener('abort', () => resolve())),
      ]);
      limit.done();
    }
  }

  async #control(api: GroupApi, background: Promise<void>[], stop: AbortSignal): Promise<void> {
    const { server, clock, random, logger, onReconciled } = this.#options;
    const { signal } = this.#work;
    const { connection } = this.#vcenter;
    const clusterId = await readClusterId(server, this.#options, signal);
    const groups = groupStore(this.#reflector);
    const affectedGroups = new AffectedGroups(groups);
    const wakeAll = () => this.#wakeAll();
    const unclaimed = new UnclaimedClones(connection, clock, wakeAll);
    const quota = new VCenterQuota({
      usage: new MachineUsage(connection, clusterId),
      limits: () => this.#vcenter.tenants.limits,
      wake: (key) => {
        if (this.#leads) this.queue.add(key);
      },
    });
    const reconcileLog = new ReconcileLog(logger.named('vmgroup'));
    const reconciler = new VmGroupReconciler({
      cluster: {
        id: clusterId,
        groups,
        writer: api,
        events: api,
        readCrdDeletion: (requestSignal) => readCrdDeletion(server, requestSignal),
        readSecret: secretReader(server),
        readSpec: (group, requestSignal) => api.readSpec(group, requestSignal),
      },
      vcenters: {
        select: (group) => {
          const { kind, vcenter } = this.registry.select(group);
          return { kind, vcenter: { ...vcenter, quota } };
        },
        classify: classifyFailure,
        unclaimedClones: () => unclaimed,
        dropWork: (uid) => {
          for (const { connection: other } of this.registry.all()) other.dispatcher.replaceWaiting(uid, []);
        },
      },
      queue: this.queue,
      affectedGroups,
      log: logger.named('vmgroup'),
      mayMutate: this.#mayMutate,
      clock,
      random,
    });
    this.#reflector.onChange((change) => {
      if (this.#leads && api.predicate(change)) this.queue.add(change.key);
    });
    connection.onStatus((status) => {
      logConnection(logger, status);
      wakeAll();
    });
    connection.onInventoryChange((change) => {
      if (this.#leads) for (const key of affectedGroups.groupsAffectedBy(change)) this.queue.add(key);
    });
    background.push(connection.run(stop));
    await this.#reflector.whenSynced(signal);
    await this.leadership.acquire(signal);
    this.leadership.renew(signal).catch((error: unknown) => this.#work.abort(error));
    // R13: a process that waited for long may have missed that etcd was restored.
    if (this.#options.flags.leaderElect) await this.#reflector.listAgain(signal);
    this.#leads = true;
    wakeAll();
    // Only now: a read after the last call of the former leader shows all clones that it started.
    background.push(unclaimed.run(stop));
    this.#unowned = this.#watchUnowned(clusterId);
    background.push(this.#unowned.run(stop));
    await runReconcileLoop(
      {
        queue: this.queue,
        clock,
        workers: WORKERS,
        deadlineMs: RECONCILE_DEADLINE_MS,
        reconcile: (key, reconcileSignal) => reconciler.reconcile(key, reconcileSignal),
        onEnd: (end) => {
          onReconciled?.(end);
          reconcileLog.ended(end);
        },
      },
      signal,
    );
  }

  #watchUnowned(clusterId: string): UnownedWatch {
    const { flags, clock, logger } = this.#options;
    const reflector = this.#reflector;
    return new UnownedWatch({
      connection: this.#vcenter.connection,
      clusterId,
      groups: {
        // The groups of a namespace that may not be read may be there.
        get synced() {
          return reflector.complete;
        },
        hasUid: (uid) => reflector.store.byIndex(UID_INDEX, uid).length > 0,
      },
      watchNamespaces: flags.watchNamespaces,
      clock,
      log: logger.named('unowned-machines'),
    });
  }

  #wakeAll(): void {
    if (!this.#leads) return;
    for (const group of this.#reflector.store.list()) this.queue.add(groupKey(group));
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
