/** The half of the reconciler that works on vCenter: hands a plan to the dispatcher and records how each step ends. */
import type { VmGroup } from '../api/vm-group';
import { groupKey } from '../api/vm-group';
import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import type { Inventory, WorkOutcome } from '../vsphere/port';
import { workFor } from './act/act';
import type { ActContext } from './act/act-context';
import { GuestDataMaker } from './act/guest-data';
import { recordEnd } from './act/record-end';
import { ChangeLog } from './change-log';
import { actionKey, destroyedBy, type Plan, type VCenterAction } from './model/action';
import { mayTakeOver } from './model/adoptable-machines';
import { isDomainStillThere, isStillAllowed, mayUsePolicy } from './model/allowed-places';
import { mayGiveAttributes } from './model/attributes';
import { mayCustomize } from './model/customization';
import { mayGiveExtraConfig } from './model/extra-config';
import type { Fault } from './model/fault';
import { mayWriteHostRules } from './model/host-rules';
import { type Measures, NOT_MEASURED } from './model/measures';
import type { Moment } from './model/moment';
import { placeOf } from './model/place';
import type { Cluster, GroupLog, GroupQueue, SelectedVCenter, VCenters } from './model/port';
import { holderOf } from './model/quota';
import { mayGiveTags } from './model/tags';
import { mayHaveMade } from './model/uncustomized';
import type { GroupMemory } from './observe/group-memory';
import { isUsageUncertain } from './observe/uncertain-usage';
import { eventOfOutcome, machineGone, networkGivenByMetadata } from './status/events';
import { hostRuleKept, hostRulesNotEnforced } from './status/host-rule-events';

/**
 * A sent or accepted call only adds a task to the status, and mostly something else happens to the group before. So the
 * group need not be reconciled at once.
 */
const STATUS_DELAY_MS = 1_000;
/** What was done well goes on once the inventory shows it, which reconciles the group, mostly in the same moment. */
const SHOWN_DELAY_MS = 100;
/** Work that is not allowed any more, or has no room, is planned again, and the status says why. */
const REPLAN_DELAY_MS = 1_000;

/**
 * That vCenter has an object and the inventory does not show it is a matter of seconds. Where it lasts, vCenter will not tell:
 * a permission is not watched (docs/vsphere.md#what-the-account-may-not-see).
 */
function isOutOfInventory({ reason, attempts }: Fault, action: VCenterAction, inventory: Inventory): boolean {
  if (attempts < SLOW_NEWS_ATTEMPTS) return false;
  return reason === 'NotInInventory' || (reason === 'DuplicateName' && !isNameShown(action, inventory));
}

/** Whether the inventory shows what has the name of a folder that is to be made. */
function isNameShown(action: VCenterAction, inventory: Inventory): boolean {
  if (action.kind !== 'CreateFolder') return true;
  const { parent, name } = action;
  return [...inventory.entitiesIn(parent), ...inventory.virtualMachinesIn(parent)].some((one) => one.name === name);
}

/** With the backoff of StillThere more than half a minute. */
const SLOW_NEWS_ATTEMPTS = 5;

export interface DispatchOptions {
  readonly cluster: Cluster;
  readonly vcenters: VCenters;
  readonly queue: GroupQueue;
  readonly log: GroupLog;
  readonly clock: Clock;
  readonly random: Random;
  /** Default: nothing is measured. */
  readonly measures?: Pick<Measures, 'operationEnded' | 'driftRepaired'>;
  /** Whether this process may change vCenter now: it holds the Lease and is not shutting down (R6). */
  readonly mayMutate: () => boolean;
}

/** One group, as one reconcile sees it. */
export interface DispatchedGroup {
  readonly group: VmGroup;
  readonly memory: GroupMemory;
  readonly vcenter: SelectedVCenter;
  /** Connects the log lines of a change with the reconcile that planned it. */
  readonly reconcileID: string;
}

export class Dispatch {
  readonly #changes: ChangeLog;
  readonly #guestData: GuestDataMaker;

  constructor(private readonly options: DispatchOptions) {
    this.#guestData = new GuestDataMaker(options.clock);
    this.#changes = new ChangeLog(options.log, options.clock);
  }

  /**
   * Replaces the waiting work of the group's last plan with this plan. Returns at once (R3). Calls that were sent go
   * on.
   */
  dispatch(planned: Plan, target: DispatchedGroup): void {
    const context = this.#actContext(planned, target);
    const work = planned.actions
      .filter((action): action is VCenterAction => action.kind !== 'AddFinalizer' && action.kind !== 'RemoveFinalizer')
      .filter((action) => target.memory.inFlight.get(actionKey(action)) === undefined)
      .map((action) => workFor(action, context));
    target.vcenter.connection.dispatcher.replaceWaiting(target.group.metadata.uid, work);
  }

  #actContext(planned: Plan, target: DispatchedGroup): ActContext {
    const { cluster, vcenters, queue, clock, mayMutate, measures = NOT_MEASURED } = this.options;
    const { group, memory, vcenter } = target;
    const { inFlight, known } = memory;
    const key = groupKey(group);
    const clones = vcenters.unclaimedClones(vcenter.connection);
    const { inventory } = vcenter.connection;
    const clusterId = vcenter.clusterId ?? cluster.id;
    const selectedNow = () => this.#selectedNow(target);
    const isAllowed = (action: VCenterAction) => {
      const now = selectedNow();
      if (now === undefined || !isDomainStillThere(action, now.tenants)) return false;
      if (!mayUsePolicy(action, now.tenants)) return false;
      if (!mayGiveExtraConfig(action, group, now.tenants, cluster.groups.get(key))) return false;
      if (!mayWriteHostRules(action, cluster.groups.get(key), now.tenants)) return false;
      if (!mayCustomize(action, group, now.tenants)) return false;
      if (!mayGiveAttributes(action, group, cluster.groups.get(key))) return false;
      if (!mayGiveTags(action, group, now.tenants)) return false;
      if (!mayTakeOver(action, { group, clusterId }, now.tenants, inventory)) return false;
      return isStillAllowed(action, group, now.tenants.allowed, inventory);
    };
    const mayStart = () => {
      const current = cluster.groups.get(key);
      const same = current !== undefined && current.metadata.uid === group.metadata.uid;
      return same && !current.spec.paused && mayMutate() && vcenter.connection.status.kind === 'Ready';
    };
    return {
      group,
      clusterId,
      // A VCenter object may change while work waits.
      get tenants() {
        return selectedNow()?.tenants ?? vcenter.tenants;
      },
      inventory,
      isLiving: (uid) => cluster.groups.hasUid(uid),
      calls: vcenter.connection.calls,
      readSecret: cluster.readSecret,
      guestData: this.#guestData,
      readSpec: cluster.readSpec,
      knownDatastores: inventory.entitiesOfType(['Datastore']).map(({ ref }) => ref),
      isShown: (machine) => inventory.virtualMachine(machine) !== undefined,
      datastoresOf: (machine) => inventory.virtualMachine(machine)?.datastores ?? [],
      mayStart: (action) => {
        if (!mayStart()) return false;
        // The last: what it takes is held from now on.
        if (isAllowed(action) && this.#reserves(action, planned, target)) return true;
        queue.addAfter(key, REPLAN_DELAY_MS);
        return false;
      },
      isAllowed,
      inFlight: (operationKey) => inFlight.get(operationKey),
      isClaimed: (task) => clones.isClaimed(task),
      sent: (action, subject) => {
        const destroyed = destroyedBy(action);
        if (destroyed !== undefined) known.destroy(destroyed, 'Sent');
        inFlight.sent(actionKey(action), action.kind, subject, this.#now());
        this.#changes.started(action, target);
        queue.addAfter(key, STATUS_DELAY_MS);
      },
      accepted: (action, task) => {
        inFlight.accepted(actionKey(action), task);
        clones.claim(task);
        queue.addAfter(key, STATUS_DELAY_MS);
      },
      ended: (action, outcome, task) => {
        const sent = inFlight.get(actionKey(action));
        if (task !== undefined) clones.release(task);
        // The folder of the original operator is ours from now on, as one that this operator made.
        if (action.kind === 'RenameFolder' && outcome.kind === 'Succeeded') memory.createdFolder = action.folder.value;
        const fault = this.#recordEnd(action, outcome, target);
        this.#changes.ended(action, outcome, { ...target, sent, fault });
        measures.operationEnded({
          ...{ operation: action.kind, outcome: outcome.kind, faultClass: fault?.class },
          tookMs: sent && clock.monotonicMs() - sent.sentAt.monotonicMs,
        });
        if (fault !== undefined && isOutOfInventory(fault, action, inventory))
          vcenter.connection.readAgain(fault.message);
        const place = placeOf(action, group, planned);
        const mayAppear = action.kind === 'Clone' && mayHaveMade(outcome);
        if (place !== undefined) vcenter.quota.ended(holderOf(group), place.key, mayAppear);
        // R9: replicas that fail for one cause fail by the hundred. What is tried again later is told once for many.
        const waitsMs = fault === undefined ? 0 : fault.retryAt.monotonicMs - clock.monotonicMs();
        if (outcome.kind === 'Succeeded') queue.addNews(key, SHOWN_DELAY_MS);
        else if (waitsMs < STATUS_DELAY_MS) queue.addNews(key, 0);
        else queue.addAfter(key, STATUS_DELAY_MS);
      },
      folderCreated: (folder) => {
        memory.createdFolder = folder.value;
      },
      foreignInFolder: (names) => {
        memory.foreignInFolder = names;
      },
      settled: (operationKey, verdict) => {
        if (verdict === 'DidNotHappen' || verdict === 'NotVisible') inFlight.remove(operationKey);
        else inFlight.ended(operationKey, verdict === 'StillRunning' ? 'Unknown' : 'Done', clock.monotonicMs());
        if (verdict === 'NotShown')
          vcenter.connection.readAgain(`the inventory does not show a machine that was made: ${operationKey}`);
        queue.add(key);
      },
      knownMachines: (slot) => known.ofSlot(slot),
      machineGone: (machine) => {
        known.forget(machine.ref);
        const { name, ref } = machine;
        this.options.log.info('a machine is gone from vCenter', { vmgroup: key, object: name, moRef: ref.value });
        cluster.events.record(group, machineGone(machine));
      },
      networkKept: ({ name }) => cluster.events.record(group, networkGivenByMetadata(name)),
      hostRulesNotEnforced: ({ value }, name) => {
        if (memory.history.withoutDrs.has(value)) return;
        memory.history.withoutDrs.add(value);
        cluster.events.record(group, hostRulesNotEnforced(name));
      },
      hostRulesRefused: (of) => memory.history.refusedHostRules(of),
      domainsFound: (domains) => memory.history.foundDomains(domains),
      hostRuleKept: (rule, name, why) => cluster.events.record(group, hostRuleKept(rule, name, why)),
      learnedAddresses: ({ value }, adapters) => memory.heldAddresses.learned(value, adapters),
      preparesOnly: ({ value }, what) => memory.history.preparesOnly(value, what),
      folderGone: ({ ref }) => known.forget(ref),
      notOurs: ({ ref }) => known.forget(ref),
      policyFound: (name) => memory.policyFound(name),
      inspected: (found) => memory.inspected(found),
      nowMs: () => clock.monotonicMs(),
    };
  }

  /** The vCenter of the group as it is now; undefined if it is another one than the plan was made for, or none (R15). */
  #selectedNow({ group, vcenter }: DispatchedGroup): SelectedVCenter | undefined {
    const { cluster, vcenters } = this.options;
    const selection = vcenters.select(cluster.groups.get(groupKey(group)) ?? group);
    if (selection.kind !== 'Selected') return undefined;
    return selection.vcenter.connection === vcenter.connection ? selection.vcenter : undefined;
  }

  /** R15: the limits are kept as work is sent: of two groups that have room in their plans, the second may find none. */
  #reserves(action: VCenterAction, planned: Plan, target: DispatchedGroup): boolean {
    const { group, vcenter } = target;
    const place = placeOf(action, group, planned);
    if (place === undefined) return true;
    const now = this.#selectedNow(target) ?? vcenter;
    return now.quota.reserve(holderOf(group), place, isUsageUncertain(group.metadata.namespace, now, this.options));
  }

  #recordEnd(action: VCenterAction, outcome: WorkOutcome, { group, memory }: DispatchedGroup): Fault | undefined {
    const { cluster, vcenters, random } = this.options;
    const { classify } = vcenters;
    const fault = recordEnd(action, outcome, { group, memory, classify, random, now: this.#now() });
    // A clone asks anew. Before the next one it is looked for again.
    if (action.kind === 'Clone' && action.storagePolicy !== undefined && fault?.reason.startsWith('StoragePolicy'))
      memory.foundPolicies.delete(action.storagePolicy.name);
    const event = eventOfOutcome(group, action, outcome, fault);
    if (event !== undefined) cluster.events.record(group, event);
    return fault;
  }

  #now(): Moment {
    return { wallMs: this.options.clock.wallMs(), monotonicMs: this.options.clock.monotonicMs() };
  }
}
