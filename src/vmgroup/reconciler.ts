/** The shell around observe, plan, act and report: reads stores, hands work on, writes to the API server. */
import { isDeepStrictEqual } from 'node:util';
import { FINALIZER, type GroupKey, ORIGINAL_FINALIZER, type VmGroup } from '../api/vm-group';
import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import type { VCenterConnection, WorkOutcome } from '../vsphere/port';
import { type ActContext, workFor } from './act/act';
import { forgetHealed } from './act/clear-faults';
import { failOverdueShutdowns } from './act/overdue-shutdowns';
import { recordEnd } from './act/record-end';
import type { UnclaimedClones } from './act/unclaimed-clones';
import { actionKey, type Plan, type VCenterAction } from './model/action';
import type { Observation } from './model/observation';
import type {
  ClassifyFailure,
  GroupEvents,
  GroupQueue,
  GroupStore,
  GroupWriter,
  IsUninstalling,
  Moment,
  Outcome,
  ReadSecret,
  SelectedVCenter,
  SelectVCenter,
} from './model/port';
import type { WakeIndex } from './observe/affected-groups';
import { GroupMemory } from './observe/group-memory';
import { observe } from './observe/observe';
import { viewVCenter } from './observe/vcenter-view';
import { earliest } from './plan/gates';
import { plan } from './plan/plan';
import { eventOfOutcome, eventsOfReport, folderKept } from './status/events';
import { progressDeadlineMs } from './status/progress';
import { report } from './status/status';
import { ReportPace } from './status/write-limiter';

/** That something is under way changes the report alone, which is gathered for longer than this. */
const TOLD_SOON_MS = 200;

export interface ReconcilerOptions {
  readonly groups: GroupStore;
  readonly writer: GroupWriter;
  readonly queue: GroupQueue;
  readonly events: GroupEvents;
  readonly select: SelectVCenter;
  readonly isUninstalling: IsUninstalling;
  readonly readSecret: ReadSecret;
  readonly unclaimed: (connection: VCenterConnection) => UnclaimedClones;
  readonly classify: ClassifyFailure;
  readonly wakeIndex: WakeIndex;
  /** Identity of this Kubernetes cluster. */
  readonly clusterId: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Takes the waiting work of a group that is gone out of all dispatchers. */
  readonly dropWork: (groupUid: string) => void;
  /** Whether this process may change vCenter now: it leads, and is not shutting down (R6). */
  readonly mayMutate: () => boolean;
}

export class VmGroupReconciler {
  readonly #memories = new Map<GroupKey, GroupMemory>();
  readonly #pace = new ReportPace();

  constructor(private readonly options: ReconcilerOptions) {}

  /** Brings one group a step closer to its spec. Waits for the API server only, never for vCenter (R3). */
  async reconcile(key: GroupKey, signal: AbortSignal): Promise<Outcome> {
    const group = this.options.groups.get(key);
    if (group === undefined) {
      this.#forget(key);
      return { kind: 'Settled' };
    }
    const memory = this.#memoryOf(key, group);
    const now = this.#now();
    const selection = this.options.select(group);
    const vcenter = selection.kind === 'Selected' ? selection.vcenter : undefined;
    const { view, recheckAtMs } = viewVCenter(selection, now);
    if (group.metadata.deletionTimestamp !== undefined) {
      memory.uninstalling ??= await this.options.isUninstalling(signal);
    }
    const observed = this.#observe(group, memory, vcenter, view, now);
    failOverdueShutdowns(observed, memory.ledger, this.options.random);
    const planned = plan(observed);
    forgetHealed(memory.ledger, observed, planned);
    if (vcenter !== undefined) this.#dispatch(key, group, memory, vcenter, planned);
    const finalizersChanged = await this.#writeFinalizers(group, planned, signal);
    // R13: the finalizer is confirmed now, so the work may begin, and the report tells of it.
    if (finalizersChanged === 'Added') this.options.queue.add(key);
    if (finalizersChanged !== 'Unchanged') return { kind: 'Settled' };
    const statusDueAtMs = await this.#writeStatus(observed, planned, memory, signal);
    const deadlineMs = progressDeadlineMs(observed, planned);
    // One that has passed is in the report already.
    const pending = deadlineMs !== undefined && deadlineMs > now.monotonicMs ? deadlineMs : undefined;
    const next = [planned.recheckAtMs, recheckAtMs, statusDueAtMs, pending].reduce(earliest, undefined);
    if (next === undefined) return { kind: 'Settled' };
    return { kind: 'Recheck', afterMs: Math.max(1, next - this.options.clock.monotonicMs()) };
  }

  #observe(
    group: VmGroup,
    memory: GroupMemory,
    vcenter: SelectedVCenter | undefined,
    view: Observation['vcenter'],
    now: Moment,
  ): Observation {
    const unclaimed = vcenter && this.options.unclaimed(vcenter.connection);
    const observed = observe({
      group,
      now,
      clusterId: this.options.clusterId,
      vcenter: view,
      inventory: vcenter?.connection.inventory,
      defaultFolder: vcenter?.defaultFolder ?? '',
      memory,
      unclaimedClones: (template) => unclaimed?.blocks(template) ?? false,
      uninstalling: memory.uninstalling ?? false,
    });
    this.options.wakeIndex.observed(observed);
    return observed;
  }

  #dispatch(key: GroupKey, group: VmGroup, memory: GroupMemory, vcenter: SelectedVCenter, planned: Plan): void {
    const context = this.#actContext(key, group, memory, vcenter);
    const work = planned.actions
      .filter((action): action is VCenterAction => action.kind !== 'AddFinalizer' && action.kind !== 'RemoveFinalizer')
      .filter((action) => memory.ledger.entry(actionKey(action)) === undefined)
      .map((action) => workFor(action, context));
    vcenter.connection.dispatcher.replaceWaiting(group.metadata.uid, work);
  }

  #actContext(key: GroupKey, group: VmGroup, memory: GroupMemory, vcenter: SelectedVCenter): ActContext {
    const { queue, clock, mayMutate, groups, unclaimed, clusterId } = this.options;
    const { ledger } = memory;
    const clones = unclaimed(vcenter.connection);
    return {
      group,
      clusterId,
      calls: vcenter.connection.calls,
      readSecret: this.options.readSecret,
      hasSeveralDatastores: vcenter.connection.inventory.placesOfType(['Datastore']).length > 1,
      mayStart: () => {
        const current = groups.get(key);
        const same = current !== undefined && current.metadata.uid === group.metadata.uid;
        return same && !current.spec.paused && mayMutate() && vcenter.connection.status.kind === 'Ready';
      },
      entry: (entryKey) => ledger.entry(entryKey),
      isClaimed: (task) => clones.isClaimed(task),
      sent: (entryKey, operation, subject) => {
        ledger.sent(entryKey, operation, subject, this.#now());
        queue.addAfter(key, TOLD_SOON_MS);
      },
      task: (entryKey, task) => {
        ledger.task(entryKey, task);
        clones.claim(task);
        queue.addAfter(key, TOLD_SOON_MS);
      },
      ended: (entryKey, action, outcome) => {
        const task = ledger.entry(entryKey)?.task;
        if (task !== undefined) clones.release(task);
        this.#ended(group, memory, entryKey, action, outcome);
        queue.add(key);
      },
      settled: (entryKey, verdict) => {
        if (verdict === 'DidNotHappen') ledger.remove(entryKey);
        else ledger.ended(entryKey, verdict === 'Happened' ? 'Done' : 'Unknown', clock.monotonicMs());
        queue.add(key);
      },
    };
  }

  #ended(group: VmGroup, memory: GroupMemory, key: string, action: VCenterAction, outcome: WorkOutcome): void {
    const { ledger } = memory;
    const { classify, random, events } = this.options;
    const fault = recordEnd(key, action, outcome, { group, ledger, classify, random, now: this.#now() });
    const event = eventOfOutcome(group, action, outcome, fault);
    if (event !== undefined) events.record(group, event);
  }

  async #writeFinalizers(group: VmGroup, planned: Plan, signal: AbortSignal): Promise<'Unchanged' | 'Added' | 'Gone'> {
    const held = group.metadata.finalizers ?? [];
    for (const action of planned.actions) {
      if (action.kind === 'AddFinalizer') {
        const answer = await this.options.writer.replaceFinalizers(group, [...held, FINALIZER], signal);
        return answer === undefined ? 'Gone' : 'Added';
      }
      if (action.kind === 'RemoveFinalizer') {
        if (action.keptFor.length > 0) this.options.events.record(group, folderKept(action.keptFor));
        this.options.events.flush(group);
        const rest = held.filter((name) => name !== FINALIZER && name !== ORIGINAL_FINALIZER);
        await this.options.writer.replaceFinalizers(group, rest, signal);
        return 'Gone';
      }
    }
    return 'Unchanged';
  }

  /** Writes the status if it differs. Returns when to come back for a change that has to wait its turn. */
  async #writeStatus(
    observed: Observation,
    planned: Plan,
    memory: GroupMemory,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const status = report(observed, planned);
    const before = observed.group.status;
    if (status === undefined || isDeepStrictEqual(status, before)) return undefined;
    const samePhase = before?.phase === status.phase && before?.observedGeneration === status.observedGeneration;
    const { uid } = observed.group.metadata;
    const nowMs = this.options.clock.monotonicMs();
    if (samePhase) {
      const waitUntilMs = this.#pace.waitUntilMs(uid, memory.reportedAtMs, status.replicas?.length ?? 0, nowMs);
      if (waitUntilMs !== undefined) return waitUntilMs;
    } else {
      this.#pace.written(uid, nowMs);
    }
    const answer = await this.options.writer.applyStatus(observed.group, status, signal);
    if (answer === undefined) return undefined;
    memory.reportedAtMs = this.options.clock.monotonicMs();
    for (const event of eventsOfReport(before, status)) this.options.events.record(observed.group, event);
    return undefined;
  }

  #memoryOf(key: GroupKey, group: VmGroup): GroupMemory {
    const known = this.#memories.get(key);
    if (known?.uid === group.metadata.uid) return known;
    if (known !== undefined) this.#forget(key);
    const memory = GroupMemory.from(group, this.#now());
    this.#memories.set(key, memory);
    return memory;
  }

  #forget(key: GroupKey): void {
    const memory = this.#memories.get(key);
    this.#memories.delete(key);
    this.options.wakeIndex.forget(key);
    if (memory === undefined) return;
    this.#pace.forget(memory.uid);
    this.options.dropWork(memory.uid);
  }

  #now(): Moment {
    return { wallMs: this.options.clock.wallMs(), monotonicMs: this.options.clock.monotonicMs() };
  }
}
