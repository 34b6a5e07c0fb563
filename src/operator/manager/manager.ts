/**
 * Joins the API server and the vCenters: stores, work queues, shards and shutdown. Flags, sockets and metrics are in
 * operator.ts. The simulation (test/simulation) runs this class unchanged, on models of both servers.
 */
import type { VCenter } from '../../api/vcenter';
import { API_GROUP, type GroupKey, type VmGroup } from '../../api/vm-group';
import {
  type ApiServer,
  EventRecorder,
  LeadershipLost,
  type ReconcileEnd,
  type Result,
  runReconcileLoop,
  WorkQueue,
  type WorkQueueObserver,
} from '../../kubernetes';
import { type Clock, deadline } from '../../time/clock';
import type { Random } from '../../time/random';
import { VCenterReconciler } from '../../vcenter/reconciler';
import type { RegisteredVCenter } from '../../vcenter/registry';
import { accountReader, type ReadAccount } from '../../vcenter/secret-account';
import { IMPLICIT_VCENTER } from '../../vcenter/selection';
import { VCenterApi } from '../../vcenter/vcenter-api';
import type { DecisionRecorder } from '../../vmgroup/model/decision';
import type { Measures } from '../../vmgroup/model/measures';
import type { CredentialsProvider, VCenterConnection } from '../../vsphere';
import type { Flags } from '../settings/flags';
import type { Logger } from '../telemetry/logger';
import { readClusterId } from './cluster';
import { connectedAccount } from './connected-account';
import { GroupApi } from './group-api';
import { processIdentity } from './leadership';
import { LeaseTurns } from './lease-turns';
import { makeShard } from './make-shard';
import { MeasuredGroups } from './measured-groups';
import { ReconcileLog } from './reconcile-log';
import type { ShardSight } from './shard';
import { ShardSet } from './shard-set';
import { Stores } from './stores';
import { Wakes } from './wakes';

/** Reconciles wait for writes to the API server only, so a few workers keep one connection pool busy. */
export const WORKERS = 8;
const VCENTER_WORKERS = 4;
const RECONCILE_DEADLINE_MS = 60_000;
/** For the last events and the log-out of vCenter; below the Deployment's grace period of 30 s. */
const SHUTDOWN_MS = 20_000;
/** After the lease was lost there is nothing to finish: another process may work already. */
const LOST_SHUTDOWN_MS = 1_000;

export interface ManagerOptions {
  readonly flags: Pick<Flags, 'watchNamespaces' | 'leaderElect' | 'leaseTimings' | 'tenants'>;
  readonly server: ApiServer;
  /** Makes a connection to the vCenter of the operator's environment; undefined if that names none. */
  readonly connectImplicit: (() => RegisteredVCenter) | undefined;
  /** Makes a connection to the vCenter of an object. Nothing is sent through it before it runs. */
  connectObject(vcenter: VCenter, credentials: CredentialsProvider): VCenterConnection;
  /** Namespace of the operator itself: of its Leases, and of the Secrets that VCenters name. */
  readonly namespace: string;
  /** What events name as their reporter: the host name, which is the pod's name. */
  readonly instance: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly queueObserver?: WorkQueueObserver;
  /** Default: nothing is measured. */
  readonly measures?: Measures;
  /** Of all shards. Default: no decision is kept. */
  readonly decisions?: DecisionRecorder;
  readonly onReconciled?: (end: ReconcileEnd) => void;
}

export class Manager {
  readonly queue: WorkQueue;
  readonly measured: MeasuredGroups;
  readonly #vcenterQueue: WorkQueue;
  readonly #options: ManagerOptions;
  readonly #stores: Stores;
  readonly #recorder: EventRecorder;
  readonly #api: GroupApi;
  readonly #readAccount: ReadAccount;
  readonly #identity = processIdentity();
  readonly #turns: LeaseTurns;
  readonly #wakes: Wakes;
  /** Aborted when the process has to stop, and when it has lost a Lease. */
  readonly #work = new AbortController();
  #shards: ShardSet | undefined;

  constructor(options: ManagerOptions) {
    const { server, flags, clock, logger, instance, queueObserver } = options;
    this.#options = options;
    const { watchNamespaces } = flags;
    this.#stores = new Stores({ ...options, watchNamespaces, hasImplicit: options.connectImplicit !== undefined });
    const ownerOf = (group: VmGroup) => this.#shards?.ownerOf(group);
    this.measured = new MeasuredGroups({ ...options, groups: this.#stores.groups, ownerOf });
    const observer = queueObserver === undefined ? {} : { observer: queueObserver };
    this.queue = new WorkQueue({ clock, name: 'vmgroup', ...observer });
    this.#vcenterQueue = new WorkQueue({ clock, name: 'vcenter' });
    this.#recorder = new EventRecorder({
      server,
      clock,
      reportingController: `${API_GROUP}/vm-operator`,
      reportingInstance: instance,
      isEnding: this.#stores.isEnding,
      log: logger.named('events'),
    });
    const held = () => [...this.shards].filter(({ leadership }) => leadership.isLeader).length;
    this.#turns = new LeaseTurns(clock, held);
    this.#readAccount = accountReader(server, options.namespace);
    this.#api = new GroupApi(this.#stores.groupClient, this.#stores.groups, this.#recorder, this.#stores.isEnding);
    this.#wakes = new Wakes({
      ...{ stores: this.#stores, api: this.#api, measured: this.measured },
      ...{ groupQueue: this.queue, vcenterQueue: this.#vcenterQueue },
    });
  }

  /** Why VmGroups or VCenters have not been listed yet; undefined once they have. */
  get unlisted(): string | undefined {
    return this.#stores.unlisted;
  }

  get groupCount(): number {
    return this.#stores.groups.store.size;
  }

  /** The shards of this process; none before the cluster is known. */
  get shards(): Iterable<ShardSight> {
    return this.#shards ?? [];
  }

  /**
   * Runs until the signal is aborted, then stops in order: work, events, sessions, Leases. Rejects with LeadershipLost as
   * soon as another process may act in its place. Call it once.
   */
  async run(stopped: AbortSignal): Promise<void> {
    const { clock, logger } = this.#options;
    const { signal } = this.#work;
    const onStop = () => this.#work.abort(stopped.reason);
    if (stopped.aborted) onStop();
    stopped.addEventListener('abort', onStop, { once: true });
    const stop = new AbortController();
    const background = [...this.#stores.run(stop.signal)];
    try {
      await this.#control(signal);
      if (signal.reason instanceof LeadershipLost) throw signal.reason;
    } catch (error) {
      if (!stopped.aborted) throw error;
    } finally {
      const lost = signal.reason instanceof LeadershipLost;
      if (lost) logger.error('another process may lead now: exiting', { error: signal.reason });
      else logger.info('shutting down');
      stopped.removeEventListener('abort', onStop);
      this.#work.abort(new Error('stopping'));
      const limitMs = lost ? LOST_SHUTDOWN_MS : SHUTDOWN_MS;
      const limit = deadline(clock, limitMs, new AbortController().signal, () => new Error('shutdown took too long'));
      await this.#shutDown(limit.signal, () => {
        stop.abort(signal.reason ?? new Error('stopping'));
        return Promise.all(background);
      });
      limit.done();
    }
  }

  async #shutDown(limit: AbortSignal, stopStores: () => Promise<unknown>): Promise<void> {
    const { logger } = this.#options;
    this.queue.shutDown();
    this.#vcenterQueue.shutDown();
    const shards = [...(this.#shards ?? [])];
    for (const shard of shards) shard.endWork(new Error('stopping'));
    this.#recorder.stopGathering();
    await this.#recorder.flush(limit).catch((error: unknown) => logger.warn('events were lost', { error }));
    this.#recorder.close();
    const ended = Promise.all([stopStores(), ...shards.map((shard) => shard.end(limit))]);
    await Promise.race([
      ended.catch(() => undefined),
      new Promise<void>((resolve) => limit.addEventListener('abort', () => resolve())),
    ]);
  }

  async #control(signal: AbortSignal): Promise<void> {
    const { clock, logger, server, onReconciled } = this.#options;
    const clusterId = await readClusterId(server, this.#options, signal);
    const shards = this.#makeShards(clusterId, signal);
    this.#shards = shards;
    this.#wakes.follow(shards, signal);
    await this.#stores.whenSynced(signal);
    shards.useImplicit();
    const vcenters = this.#vcenterReconciler(shards, clusterId);
    this.#wakes.wakeVCenters(IMPLICIT_VCENTER);
    const servingVCenters = runReconcileLoop(
      {
        ...{ queue: this.#vcenterQueue, clock, workers: VCENTER_WORKERS, deadlineMs: RECONCILE_DEADLINE_MS },
        reconcile: (name, reconcileSignal) => vcenters.reconcile(name, reconcileSignal),
        onEnd: logEnds(new ReconcileLog(logger.named('vcenter'), 'vcenter')),
      },
      signal,
    );
    void shards.base.lead(signal).catch(() => {
      // Only the end of the process rejects it.
    });
    const reconcileLog = new ReconcileLog(logger.named('vmgroup'), 'vmgroup');
    const servingGroups = runReconcileLoop(
      {
        ...{ queue: this.queue, clock, workers: WORKERS, deadlineMs: RECONCILE_DEADLINE_MS },
        reconcile: (key, reconcileSignal) => this.#reconcile(key, shards, reconcileSignal),
        onEnd: (end) => {
          onReconciled?.(end);
          reconcileLog.ended(end);
        },
      },
      signal,
    );
    await Promise.all([servingVCenters, servingGroups]);
  }

  #makeShards(clusterId: string, signal: AbortSignal): ShardSet {
    const { flags, connectImplicit, connectObject } = this.#options;
    const { world } = this.#stores;
    const readAccount = (secret: string) => this.#readAccount(secret, this.#work.signal);
    return new ShardSet({
      world,
      tenants: flags.tenants,
      connectImplicit,
      connectObject: (vcenter) => connectObject(vcenter, connectedAccount(vcenter, world.vcenters, readAccount)),
      make: (name, shards) =>
        makeShard(name, {
          ...{ ...this.#options, clusterId, shards, stores: this.#stores, api: this.#api, queue: this.queue },
          ...{ identity: this.#identity, turns: this.#turns },
          onLost: (error) => this.#work.abort(error),
          onChange: () => this.#wakes.wakeVCenters(name),
        }),
      signal,
    });
  }

  #vcenterReconciler(shards: ShardSet, clusterId: string): VCenterReconciler {
    const { world, vcenterClient, vcenters, groups } = this.#stores;
    const { clock, flags } = this.#options;
    return new VCenterReconciler({
      ...{ clusterId, world, shards, clock, events: this.#recorder, watchNamespaces: flags.watchNamespaces },
      api: new VCenterApi(vcenterClient, vcenters),
      readAccount: this.#readAccount,
      groupsOn: (name) => [...groups.store.list()].filter((group) => shards.isOn(group, name)),
      groupsKnown: () => groups.complete,
      namespaceLabels: () => this.#stores.namespaceLabels(),
    });
  }

  /** Only the owner of a group acts for it. The other shards of this process forget it. */
  async #reconcile(key: GroupKey, shards: ShardSet, signal: AbortSignal): Promise<Result> {
    const group = this.#stores.groups.store.get(key);
    const owner = group && shards.ownerOf(group);
    if (group !== undefined && owner === undefined) return {};
    shards.settle(key, owner);
    return owner?.leads ? owner.reconcile(key, signal) : {};
  }
}

function logEnds(log: ReconcileLog): (end: ReconcileEnd) => void {
  return (end) => log.ended(end);
}
