/** The half of the reconciler that works on vCenter: hands a plan to the dispatcher and records how each step ends. */
import type { VmGroup } from '../api/vm-group';
import { groupKey } from '../api/vm-group';
import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import type { WorkOutcome } from '../vsphere/port';
import { type ActContext, workFor } from './act/act';
import { GuestDataMaker } from './act/guest-data';
import { recordEnd } from './act/record-end';
import { ChangeLog } from './change-log';
import { actionKey, destroyedBy, type Plan, type VCenterAction } from './model/action';
import type { Fault } from './model/fault';
import type { Moment } from './model/moment';
import type { Cluster, GroupLog, GroupQueue, SelectedVCenter, VCenters } from './model/port';
import type { GroupMemory } from './observe/group-memory';
import { eventOfOutcome, machineGone } from './status/events';

/**
 * A sent or accepted call only adds a task to the status. The write limiter delays such a write longer than this, so
 * the group need not be reconciled at once.
 */
const STATUS_DELAY_MS = 200;

export interface DispatchOptions {
  readonly cluster: Cluster;
  readonly vcenters: VCenters;
  readonly queue: GroupQueue;
  readonly log: GroupLog;
  readonly clock: Clock;
  readonly random: Random;
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
    const context = this.#actContext(target);
    const work = planned.actions
      .filter((action): action is VCenterAction => action.kind !== 'AddFinalizer' && action.kind !== 'RemoveFinalizer')
      .filter((action) => target.memory.inFlight.get(actionKey(action)) === undefined)
      .map((action) => workFor(action, context));
    target.vcenter.connection.dispatcher.replaceWaiting(target.group.metadata.uid, work);
  }

  #actContext(target: DispatchedGroup): ActContext {
    const { cluster, vcenters, queue, clock, mayMutate } = this.options;
    const { group, memory, vcenter } = target;
    const { inFlight, known } = memory;
    const key = groupKey(group);
    const clones = vcenters.unclaimedClones(vcenter.connection);
    return {
      group,
      clusterId: vcenter.clusterId ?? cluster.id,
      tenants: vcenter.tenants,
      isLiving: (uid) => cluster.groups.hasUid(uid),
      calls: vcenter.connection.calls,
      readSecret: cluster.readSecret,
      guestData: this.#guestData,
      readSpec: cluster.readSpec,
      knownDatastores: vcenter.connection.inventory.entitiesOfType(['Datastore']).map(({ ref }) => ref),
      isShown: (machine) => vcenter.connection.inventory.virtualMachine(machine) !== undefined,
      datastoresOf: (machine) => vcenter.connection.inventory.virtualMachine(machine)?.datastores ?? [],
      mayStart: () => {
        const current = cluster.groups.get(key);
        const same = current !== undefined && current.metadata.uid === group.metadata.uid;
        if (!same || current.spec.paused || !mayMutate()) return false;
        // R15: waiting work ends with the right to the vCenter, which other objects than the group give.
        const selection = vcenters.select(current);
        const isSelected = selection.kind === 'Selected' && selection.vcenter.connection === vcenter.connection;
        return isSelected && vcenter.connection.status.kind === 'Ready';
      },
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
        queue.add(key);
      },
      folderCreated: (folder) => {
        memory.createdFolder = folder.value;
      },
      foreignInFolder: (names) => {
        memory.foreignInFolder = names;
      },
      settled: (operationKey, verdict) => {
        if (verdict === 'DidNotHappen' || verdict === 'NotVisible') inFlight.remove(operationKey);
        else inFlight.ended(operationKey, verdict === 'Happened' ? 'Done' : 'Unknown', clock.monotonicMs());
        queue.add(key);
      },
      knownMachines: (slot) => known.ofSlot(slot),
      machineGone: (machine) => {
        known.forget(machine.ref);
        const { name, ref } = machine;
        this.options.log.info('a machine is gone from vCenter', { vmgroup: key, object: name, moRef: ref.value });
        cluster.events.record(group, machineGone(machine));
      },
      folderGone: ({ ref }) => known.forget(ref),
      notOurs: ({ ref }) => known.forget(ref),
    };
  }

  #recordEnd(action: VCenterAction, outcome: WorkOutcome, { group, memory }: DispatchedGroup): Fault | undefined {
    const { cluster, vcenters, random } = this.options;
    const { classify } = vcenters;
    const fault = recordEnd(action, outcome, { group, memory, classify, random, now: this.#now() });
    const event = eventOfOutcome(group, action, outcome, fault);
    if (event !== undefined) cluster.events.record(group, event);
    return fault;
  }

  #now(): Moment {
    return { wallMs: this.options.clock.wallMs(), monotonicMs: this.options.clock.monotonicMs() };
  }
}
