/**
 * One Lease and the groups that it stands for: those of one vCenter, or those that have none. While this process holds the
 * Lease it reconciles these groups. The connection is there before, so that a process that takes over begins at once.
 */
import { type GroupKey, groupKey, type VmGroup } from '../../api/vm-group';
import type { Result } from '../../kubernetes';
import { jointSignal } from '../../time/joint-signal';
import type { Random } from '../../time/random';
import type { PrivilegeSight } from '../../vcenter/privileges';
import type { RegisteredVCenter } from '../../vcenter/registry';
import { UnclaimedClones } from '../../vmgroup/act/unclaimed-clones';
import type { KnownGroup } from '../../vmgroup/model/known-objects';
import type { Limits } from '../../vmgroup/model/limits';
import type { Cluster, GroupQueue, VCenterSelection } from '../../vmgroup/model/port';
import type { PlacementDefaults } from '../../vmgroup/model/tenant-policy';
import { AffectedGroups } from '../../vmgroup/observe/affected-groups';
import { defaultPrivilegeNeeds } from '../../vmgroup/observe/default-privileges';
import { type CountedElsewhere, MachineUsage } from '../../vmgroup/observe/machine-usage';
import { VCenterQuota } from '../../vmgroup/observe/vcenter-quota';
import { type ReconcilerOptions, VmGroupReconciler } from '../../vmgroup/reconciler';
import { classifyFailure, type VCenterConnection } from '../../vsphere';
import { logConnection } from './connection-log';
import { FencedConnection } from './fenced-connection';
import type { Leadership } from './leadership';
import { PrivilegeWatch } from './privilege-watch';
import { NOT_CONNECTED, type RegisteredSelection } from './shard-selection';
import { type TakeOverOptions, takeOver } from './take-over';
import { UnownedWatch, type UnownedWatchOptions } from './unowned-watch';

/** vCenter tells one thing in several parts, such as a machine and then its guest: the group is looked at once for them. */
const GATHER_MS = 50;

export interface ShardOptions extends TakeOverOptions, Pick<ReconcilerOptions, 'decisions' | 'measures'> {
  /** Of the VCenter object, or (env). */
  readonly name: string;
  /** Its groups are those of this shard only. */
  readonly cluster: Cluster;
  /** The vCenter of a group of this shard, as the shard is connected now. */
  select(group: VmGroup, connected: RegisteredVCenter | undefined): RegisteredSelection;
  /** What its vCenter limits now. */
  limits(): Limits;
  /** Which of our machines on its vCenter count for another VCenter. */
  readonly elsewhere: CountedElsewhere;
  /** Whether its account, when it was refused, is tried again for another VCenter. */
  isProbedElsewhere(): boolean;
  readonly queue: GroupQueue;
  /** The connection has another state or has ended, or this process leads the shard now. */
  onChange(): void;
  readonly unowned: Pick<UnownedWatchOptions, 'groups' | 'watchNamespaces'>;
  readonly random: Random;
}

/** What probes and metrics tell of a shard. */
export type ShardSight = Pick<
  Shard,
  'name' | 'connection' | 'leadership' | 'leads' | 'unownedCount' | 'usage' | 'limits'
>;

/** A connection in use, and what runs beside it. */
interface Link {
  readonly vcenter: RegisteredVCenter;
  readonly unclaimed: UnclaimedClones;
  readonly unowned: UnownedWatch;
  readonly usage: MachineUsage;
  readonly privileges: PrivilegeWatch;
  readonly quota: VCenterQuota;
  readonly stop: AbortController;
  readonly running: Promise<void>[];
}

export class Shard {
  readonly name: string;
  readonly #options: ShardOptions;
  readonly #reconciler: VmGroupReconciler;
  readonly #affectedGroups: AffectedGroups;
  /** Aborted when nothing more may be started. */
  readonly #work = new AbortController();
  #link: Link | undefined;
  /** Resolves when all connections but the present one have ended. */
  #ended: Promise<unknown> = Promise.resolve();
  /** How many of them have not. */
  #ending = 0;
  #leads = false;

  constructor(options: ShardOptions) {
    const { name, cluster, queue, clock, random, logger, measures, decisions } = options;
    this.name = name;
    this.#options = options;
    this.#affectedGroups = new AffectedGroups(cluster.groups);
    this.#reconciler = new VmGroupReconciler({
      cluster,
      vcenters: {
        select: (group) => this.#select(group),
        classify: classifyFailure,
        unclaimedClones: () => this.#link?.unclaimed ?? NO_CLAIMS,
        dropWork: (uid) => this.#link?.vcenter.connection.dispatcher.replaceWaiting(uid, []),
      },
      queue,
      affectedGroups: this.#affectedGroups,
      log: logger.named('vmgroup'),
      ...(measures !== undefined && { measures }),
      ...(decisions !== undefined && { decisions }),
      mayMutate: () => this.#mayMutate(),
      clock,
      random,
    });
  }

  /** Whether this process reconciles the groups of the shard. */
  get leads(): boolean {
    return this.#leads && !this.#work.signal.aborted;
  }

  get leadership(): Leadership {
    return this.#options.leadership;
  }

  get connection(): VCenterConnection | undefined {
    return this.#link?.vcenter.connection;
  }

  /** What our machines use of the vCenter. Undefined while this process does not lead, or does not see all of them. */
  get usage(): MachineUsage | undefined {
    return this.leads && this.connection?.status.kind === 'Ready' ? this.#link?.usage : undefined;
  }

  /** What they may use now. */
  get limits(): Limits {
    return this.#options.limits();
  }

  /**
   * What the account may do where groups go by the registration and these places, as it is known now. Asks vCenter if that
   * is due, without waiting. Undefined while this process does not lead.
   */
  lookAtPrivileges(
    { defaultFolder, tenants, clusterId = this.#options.cluster.id }: Omit<RegisteredVCenter, 'connection'>,
    places: readonly PlacementDefaults[],
  ): PrivilegeSight | undefined {
    const link = this.#link;
    if (link === undefined || !this.leads) return undefined;
    const { connection } = link.vcenter;
    if (connection.status.kind === 'Ready')
      link.privileges.look(defaultPrivilegeNeeds(connection.inventory, { defaultFolder, tenants, clusterId }, places));
    return link.privileges.sight;
  }

  /** Machines with our marks and no group; undefined while their number is not known. */
  get unownedCount(): number | undefined {
    return this.#leads ? this.#link?.unowned.machines()?.length : undefined;
  }

  reconcile(key: GroupKey, signal: AbortSignal): Promise<Result> {
    return this.#reconciler.reconcile(key, signal);
  }

  /** Drops what is known of a group that is gone, or that belongs to another shard now, and returns what that one needs. */
  forget(key: GroupKey): KnownGroup | undefined {
    return this.#reconciler.forget(key);
  }

  /** Takes over what the former shard of a group has seen. */
  inherit(key: GroupKey, seen: KnownGroup): void {
    this.#reconciler.inherit(key, seen);
  }

  /** Groups whose spec was changed, or that were deleted, while nobody looked at them come first: somebody waits for them. */
  wakeAll(): void {
    if (!this.leads) return;
    const { cluster, queue } = this.#options;
    for (const group of cluster.groups.list()) {
      const isObserved = group.status?.observedGeneration === group.metadata.generation;
      if (isObserved) queue.add(groupKey(group));
      else queue.addNews(groupKey(group), 0);
    }
  }

  /** Uses a vCenter from now on. The one before must have been disconnected. Does nothing once work has ended. */
  connect(vcenter: RegisteredVCenter): void {
    if (this.#work.signal.aborted) return;
    const { clock, logger, unowned, queue } = this.#options;
    const stop = new AbortController();
    const mayMutate = () => this.#link?.stop === stop && this.#mayMutate();
    const connection = new FencedConnection(vcenter.connection, mayMutate);
    const clusterId = vcenter.clusterId ?? this.#options.cluster.id;
    const usage = new MachineUsage(connection, clusterId, this.#options.elsewhere);
    const wake = (key: GroupKey) => {
      if (this.leads) queue.add(key);
    };
    const link: Link = {
      usage,
      quota: new VCenterQuota({ usage, limits: () => this.#options.limits(), wake, clock, signal: stop.signal }),
      vcenter: { ...vcenter, connection },
      privileges: new PrivilegeWatch({
        ...{ connection, clock, signal: stop.signal },
        onChange: () => this.#options.onChange(),
      }),
      unclaimed: new UnclaimedClones(connection, clock, () => this.wakeAll()),
      unowned: new UnownedWatch({
        ...{ ...unowned, connection, clock, log: logger.named('unowned-machines') },
        ...{ clusterId, defaultFolder: vcenter.defaultFolder },
      }),
      stop,
      running: [],
    };
    this.#link = link;
    connection.onStatus((status) => {
      logConnection(logger, this.name, status);
      this.#options.onChange();
      this.wakeAll();
    });
    connection.onInventoryChange((change) => {
      if (!this.leads) return;
      // Others may wait for what a machine that is gone has used (R15).
      const delayMs = change.after === undefined ? 0 : GATHER_MS;
      for (const key of this.#affectedGroups.groupsAffectedBy(change)) queue.addNews(key, delayMs);
    });
    link.running.push(connection.run(stop.signal, () => this.leads && !this.#options.isProbedElsewhere()));
    if (this.leads) this.#begin(link);
  }

  /** Resolves when nothing is sent any more, also by a connection that was ending already. */
  async disconnect(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    link?.stop.abort(new Error('disconnected'));
    link?.usage.stop();
    if (link !== undefined) this.#ended = this.#endOf(link);
    await this.#ended;
  }

  /** Whether something may still be sent by a connection that was ended. `onChange` is called when it has come to its end. */
  get isEnding(): boolean {
    return this.#ending > 0;
  }

  /** Whether no more work is started, ever. */
  get isOver(): boolean {
    return this.#work.signal.aborted;
  }

  /** Resolves once this process leads the shard. Rejects with the signal's reason. */
  async lead(signal: AbortSignal): Promise<void> {
    await takeOver(this.#options, jointSignal(signal, this.#work.signal).signal);
    this.#leads = true;
    if (this.#link !== undefined) this.#begin(this.#link);
    this.#options.onChange();
    this.wakeAll();
  }

  /** Starts no more work, here or in vCenter. What was sent goes on. */
  endWork(reason: unknown): void {
    this.#work.abort(reason);
  }

  /** Ends the connection, then gives the Lease back: only when no request of ours to vCenter is under way. */
  async end(signal: AbortSignal): Promise<void> {
    this.endWork(new Error('stopping'));
    await this.disconnect();
    await this.leadership.release(signal);
  }

  async #endOf({ running }: Link): Promise<void> {
    this.#ending += 1;
    await Promise.all([this.#ended, ...running]);
    this.#ending -= 1;
    this.#options.onChange();
  }

  /** Only now: a read after the last call of the former leader shows all clones that it started. */
  #begin({ unclaimed, unowned, stop, running }: Link): void {
    running.push(unclaimed.run(stop.signal), unowned.run(stop.signal));
  }

  #select(group: VmGroup): VCenterSelection {
    const link = this.#link;
    const selection = this.#options.select(group, link?.vcenter);
    if (selection.kind === 'None' || link === undefined) return selection.kind === 'None' ? selection : NOT_CONNECTED;
    return { kind: 'Selected', vcenter: { ...selection.vcenter, quota: link.quota } };
  }

  #mayMutate(): boolean {
    return !this.#work.signal.aborted && this.leadership.mayMutate();
  }
}

/** While there is no connection nothing is planned, so this is never asked in earnest. */
const NO_CLAIMS = {
  blocks: () => true,
  mayAdd: () => true,
  claim: () => {},
  isClaimed: () => false,
  release: () => {},
};
