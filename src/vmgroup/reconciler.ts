/**
 * Runs observe, plan, act and status for one group: reads the stores, hands work to vCenter, writes to the API server.
 */
import { isDeepStrictEqual } from 'node:util';
import { ConditionType } from '../api/conditions';
import { ignoredAnnotations } from '../api/ignored-annotations';
import { ConditionReason } from '../api/reasons';
import {
  FINALIZER,
  type GroupKey,
  groupKey,
  ORIGINAL_FINALIZER,
  type VmGroup,
  type VmGroupStatus,
} from '../api/vm-group';
import { clearFaults } from './act/clear-faults';
import { failOverdueShutdowns } from './act/overdue-shutdowns';
import { Dispatch, type DispatchOptions } from './dispatch';
import type { Plan } from './model/action';
import { type DecisionRecorder, NOT_RECORDED } from './model/decision';
import type { KnownGroup } from './model/known-objects';
import { NOT_MEASURED } from './model/measures';
import { earliest, type Moment } from './model/moment';
import type { Observation, VCenterView } from './model/observation';
import { heldPlaces } from './model/place';
import type { GroupEvent, Result, SelectedVCenter } from './model/port';
import { holderOf } from './model/quota';
import { DEFAULT_TENANT_POLICY } from './model/tenant-policy';
import { isUninstall } from './model/uninstall';
import type { AffectedGroups } from './observe/affected-groups';
import { GroupMemory } from './observe/group-memory';
import { observe } from './observe/observe';
import { isUsageUncertain } from './observe/uncertain-usage';
import { viewVCenter } from './observe/vcenter-view';
import { plan } from './plan/plan';
import { annotationIgnored, eventsOfStatus, folderKept, groupLetGo } from './status/events';
import { progressDeadlineMs } from './status/progress';
import { statusOf } from './status/status';
import { WriteLimiter } from './status/write-limiter';

/** Mostly the name is wrong, and all groups of the vCenter wait while everything is read. */
const LOOK_AGAIN_MS = 3_600_000;
/** Of Stalled: a name was not found, or what holds the group up is out of sight. */
const UNSEEN_REASONS: ReadonlySet<string> = new Set([ConditionReason.PlacementNotReady, ConditionReason.NotVisible]);

export interface ReconcilerOptions extends DispatchOptions {
  readonly affectedGroups: AffectedGroups;
  /** Default: no decision is kept. */
  readonly decisions?: DecisionRecorder;
}

export class VmGroupReconciler {
  readonly #memories = new Map<GroupKey, GroupMemory>();
  /** Of groups that are not reconciled here yet. */
  readonly #inherited = new Map<GroupKey, KnownGroup>();
  readonly #writeLimiter = new WriteLimiter();
  readonly #dispatch: Dispatch;

  constructor(private readonly options: ReconcilerOptions) {
    this.#dispatch = new Dispatch(options);
  }

  /** Brings one group a step closer to its spec. Waits for the API server only, never for vCenter (R3). */
  async reconcile(key: GroupKey, signal: AbortSignal): Promise<Result> {
    const {
      cluster,
      vcenters,
      queue,
      affectedGroups,
      random,
      clock,
      measures = NOT_MEASURED,
      decisions = NOT_RECORDED,
    } = this.options;
    const group = cluster.groups.get(key);
    if (group === undefined) {
      this.forget(key);
      for (const other of affectedGroups.groupsAffectedByEnd()) queue.add(other);
      return {};
    }
    const memory = this.#memoryOf(key, group);
    const now = this.#now();
    const selection = vcenters.select(group);
    const vcenter = selection.kind === 'Selected' ? selection.vcenter : undefined;
    const { view, requeueAtMs } = viewVCenter(selection, now);
    this.#takeInherited(key, memory, view);
    if (group.metadata.deletionTimestamp !== undefined) {
      memory.uninstalling ??= isUninstall(group, await cluster.readCrdDeletion(signal));
    }
    this.#tellIgnoredAnnotations(group, memory);
    memory.judgedBy(vcenter?.tenants.allowed.networks);
    memory.usesQuota(vcenter?.quota, group);
    const look = () => this.#observe(group, memory, vcenter, view, now);
    let observed = look();
    if (failOverdueShutdowns(observed, memory, random)) observed = look();
    const planned = plan(observed);
    clearFaults(memory, observed, planned);
    for (const { drift, afterMs } of memory.drift.look(observed, planned)) measures.driftRepaired(drift, afterMs);
    if (view.kind === 'Ready') vcenter?.quota.planned(holderOf(group), heldPlaces(observed, planned));
    // R2: recorded first, so that no other vCenter is chosen for the group once there may be machines on this one.
    const isRecorded = isRecordedOn(vcenter, group);
    if (vcenter !== undefined && isRecorded)
      this.#dispatch.dispatch(planned, { group, memory, vcenter, reconcileID: this.#newID() });
    const current = { ...observed, faults: new Map(memory.faults) };
    const status = statusOf(current, planned);
    decisions.decided({ observed, plan: planned, reportedFaults: current.faults, status });
    const finalizersChanged = await this.#writeFinalizers(group, planned, signal);
    // R13: the finalizer is confirmed now, so the next reconcile may start the work and write the status.
    if (finalizersChanged === 'Added') queue.add(key);
    if (finalizersChanged !== 'Unchanged') return {};
    const lookAgainAtMs = this.#lookAgain(status, vcenter);
    const statusDueAtMs = await this.#writeStatus(group, status, memory, signal);
    if (statusDueAtMs === undefined) this.#writeLimiter.leave(memory.uid);
    const news = memory.untoldEvents.take(memory.inFlight.operations);
    for (const event of news) cluster.events.record(group, event);
    if (!isRecorded && isRecordedOn(vcenter, cluster.groups.get(key))) queue.add(key);
    const deadlineMs = progressDeadlineMs(current, planned);
    // A deadline that has passed is in the status already.
    const pending = deadlineMs !== undefined && deadlineMs > now.monotonicMs ? deadlineMs : undefined;
    const next = [planned.requeueAtMs, requeueAtMs, statusDueAtMs, pending, lookAgainAtMs].reduce(earliest, undefined);
    if (next === undefined) return {};
    return { requeueAfterMs: Math.max(1, next - clock.monotonicMs()) };
  }

  /**
   * Drops what is known of a group that is gone, or that another process or vCenter takes care of now. Returns what vCenter
   * was seen to have of it.
   */
  forget(key: GroupKey): KnownGroup | undefined {
    const memory = this.#memories.get(key);
    const inherited = this.#inherited.get(key);
    this.#inherited.delete(key);
    if (memory === undefined) return inherited;
    this.#memories.delete(key);
    this.options.affectedGroups.forget(key);
    memory.leaveQuota();
    memory.leaveGuestInfo();
    this.#writeLimiter.forget(memory.uid);
    this.options.vcenters.dropWork(memory.uid);
    const { uid, vcenterInstanceUuid, known } = memory;
    return vcenterInstanceUuid === undefined ? inherited : { uid, vcenterInstanceUuid, known: known.all };
  }

  /**
   * R2: takes over what another reconciler of this process has seen of a group. The status may tell less: it may not be
   * written yet, or etcd may have gone back to an earlier state meanwhile.
   */
  inherit(key: GroupKey, seen: KnownGroup): void {
    this.#inherited.set(key, seen);
  }

  #takeInherited(key: GroupKey, { uid, known }: GroupMemory, view: VCenterView): void {
    const inherited = this.#inherited.get(key);
    if (inherited === undefined || view.kind !== 'Ready') return;
    this.#inherited.delete(key);
    if (inherited.uid === uid && inherited.vcenterInstanceUuid === view.instanceUuid) known.inherit(inherited.known);
  }

  #tellIgnoredAnnotations(group: VmGroup, memory: GroupMemory): void {
    const ignored = ignoredAnnotations(group);
    const news = ignored.filter((told) => !memory.ignoredAnnotations.includes(told));
    for (const note of news) this.options.cluster.events.record(group, annotationIgnored(note));
    memory.ignoredAnnotations = ignored;
  }

  /** Observes the group once, and records what was seen in its memory. */
  #observe(
    group: VmGroup,
    memory: GroupMemory,
    vcenter: SelectedVCenter | undefined,
    view: Observation['vcenter'],
    now: Moment,
  ): Observation {
    const { cluster, vcenters, affectedGroups } = this.options;
    const unclaimed = vcenter && vcenters.unclaimedClones(vcenter.connection);
    const { tenants = DEFAULT_TENANT_POLICY } = vcenter ?? {};
    const observed = observe({
      group,
      now,
      clusterId: vcenter?.clusterId ?? cluster.id,
      vcenter: view,
      inventory: vcenter?.connection.inventory,
      defaultFolder: vcenter?.defaultFolder ?? '',
      tenants,
      isLiving: (uid) => cluster.groups.hasUid(uid),
      ...(view.kind === 'Ready' && {
        isFolderOfAnother: (folder) => cluster.groups.isFolderOfAnother(folder, group.metadata.uid, view.instanceUuid),
      }),
      memory,
      unclaimedClones: (asked) => unclaimed?.blocks(asked) ?? false,
      quota: vcenter && {
        holders: vcenter.quota,
        isUncertain: isUsageUncertain(group.metadata.namespace, vcenter, this.options),
        quietUntilMs: vcenter.quota.quietUntilMs(now.monotonicMs),
      },
      uninstalling: memory.uninstalling ?? false,
    });
    memory.remember(observed);
    if (view.kind === 'Ready') memory.watchesGuestInfo(vcenter?.connection.guestInfo, observed);
    affectedGroups.observed(observed);
    return observed;
  }

  /**
   * What a group waits for may be there by now, if the account was given a right: nobody tells of that
   * (docs/vsphere.md#what-the-account-may-not-see). Returns the time to ask again (R8).
   */
  #lookAgain(status: VmGroupStatus | undefined, vcenter: SelectedVCenter | undefined): number | undefined {
    const stalled = status?.conditions?.find((condition) => condition.type === ConditionType.Stalled);
    if (stalled === undefined || !UNSEEN_REASONS.has(stalled.reason)) return undefined;
    const inMs = vcenter?.connection.readAgain(stalled.message, LOOK_AGAIN_MS) ?? LOOK_AGAIN_MS;
    return this.options.clock.monotonicMs() + inMs;
  }

  async #writeFinalizers(group: VmGroup, planned: Plan, signal: AbortSignal): Promise<'Unchanged' | 'Added' | 'Gone'> {
    const held = group.metadata.finalizers ?? [];
    for (const action of planned.actions) {
      if (action.kind === 'AddFinalizer') {
        const answer = await this.options.cluster.writer.replaceFinalizers(group, [...held, FINALIZER], signal);
        return answer === undefined ? 'Gone' : 'Added';
      }
      if (action.kind === 'RemoveFinalizer') {
        const kept = folderKept(action);
        if (kept !== undefined) this.options.cluster.events.record(group, kept);
        const letGo = groupLetGo(group, action);
        if (letGo !== undefined) this.#tellLetGo(group, letGo);
        this.options.cluster.events.flush(group);
        const rest = held.filter((name) => name !== FINALIZER && name !== ORIGINAL_FINALIZER);
        await this.options.cluster.writer.replaceFinalizers(group, rest, signal);
        return 'Gone';
      }
    }
    return 'Unchanged';
  }

  /** The group is gone after this: what stays in vCenter is told where a person still finds it. */
  #tellLetGo(group: VmGroup, event: GroupEvent): void {
    const { cluster, log } = this.options;
    cluster.events.record(group, event);
    const folder = group.status?.folder?.path;
    log.info('a VmGroup is let go, and its machines stay', { vmgroup: groupKey(group), why: event.note, folder });
  }

  /** Writes the status if it differs. Returns the time to come back if the write limiter delays it. */
  async #writeStatus(
    group: VmGroup,
    status: VmGroupStatus | undefined,
    memory: GroupMemory,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const before = group.status;
    if (status === undefined || isDeepStrictEqual(status, before)) return undefined;
    const { uid: groupUid, namespace } = group.metadata;
    const waitUntilMs = this.#writeLimiter.waitUntilMs(
      {
        groupUid,
        namespace,
        isNews: before?.phase !== status.phase || before?.observedGeneration !== status.observedGeneration,
        lastWriteMs: memory.statusWrittenAtMs,
        replicas: status.replicas?.length ?? 0,
      },
      this.options.clock.monotonicMs(),
    );
    if (waitUntilMs !== undefined) return waitUntilMs;
    const answer = await this.options.cluster.writer.replaceStatus(group, status, signal);
    if (answer === undefined) return undefined;
    memory.statusWrittenAtMs = this.options.clock.monotonicMs();
    memory.untoldEvents.add(eventsOfStatus(before, status));
    return undefined;
  }

  #memoryOf(key: GroupKey, group: VmGroup): GroupMemory {
    const known = this.#memories.get(key);
    if (known?.uid === group.metadata.uid) return known;
    if (known !== undefined) this.forget(key);
    const memory = GroupMemory.from(group, this.#now());
    this.#memories.set(key, memory);
    return memory;
  }

  /** Eight hexadecimal digits: enough to distinguish the reconciles in a log. */
  #newID(): string {
    return Math.floor(this.options.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }

  #now(): Moment {
    return { wallMs: this.options.clock.wallMs(), monotonicMs: this.options.clock.monotonicMs() };
  }
}

function isRecordedOn(vcenter: SelectedVCenter | undefined, group: VmGroup | undefined): boolean {
  return vcenter !== undefined && group?.status?.vcenter?.name === vcenter.name;
}
