import { ConditionType } from '../../api/conditions';
import { sizeRevisionOf, slotKey } from '../../api/identity';
import { ConditionReason } from '../../api/reasons';
import { FINALIZER, type VmGroup } from '../../api/vm-group';
import { type GuestInfoSource, refKey } from '../../vsphere/port';
import { actionKeyOf } from '../model/action';
import type { AdoptionRequest, Inspection } from '../model/adoption-request';
import { LONGEST_RETRY_MS } from '../model/backoff';
import { diskKey, diskSizesOf } from '../model/disk-sizes';
import { DriftClock } from '../model/drift-clock';
import { type Fault, type Faults, onlyByReason } from '../model/fault';
import { HeldAddresses } from '../model/held-addresses';
import { InFlight, type Operation } from '../model/in-flight';
import { KnownObjects } from '../model/known-objects';
import type { Moment } from '../model/moment';
import type { Observation } from '../model/observation';
import { type Holder, holderOf, type Quota } from '../model/quota';
import { SlotHistory } from '../model/slot-history';
import { isCustomizationFailure } from '../model/uncustomized';
import { UntoldEvents } from '../model/untold-events';
import { wakeToken } from '../model/wake-token';

/** A request that was on its way when its sender died arrives within this time, or never. */
export const PREDECESSOR_REQUEST_MS = 5_000;

const MOST_POLICIES = 16;

const POWER_OPERATIONS: ReadonlySet<Operation> = new Set(['PowerOn', 'Shutdown', 'PowerOff']);

/** What the process knows of one group beyond the API server and vCenter. Lost at a restart, by design (R7). */
export class GroupMemory {
  readonly uid: string;
  readonly inFlight = new InFlight();
  readonly faults: Faults = new Map();
  readonly history = new SlotHistory();
  readonly known: KnownObjects;
  /** Of the vCenter that this process has seen the known objects on. */
  vcenterInstanceUuid: string | undefined;
  readonly heldAddresses = new HeldAddresses();
  readonly untoldEvents = new UntoldEvents();
  readonly drift = new DriftClock();
  /** Whether the group's deletion is part of an uninstall. Asked once, because the answer does not change. */
  uninstalling: boolean | undefined;
  /** Annotations without effect, each of which is told once. */
  ignoredAnnotations: readonly string[] = [];
  /** Names of what a live look found in the folder of the deleted group, and no stream shows there. Undefined before it. */
  foreignInFolder: readonly string[] | undefined;
  /** Names of storage policies that vCenter has. A clone finds out if one of them is gone. */
  readonly foundPolicies = new Set<string>();
  /** By refKey: what live looks have found of machines that spec.adopt asks for, and of the template. */
  readonly inspections = new Map<string, Inspection>();
  /** moRef of the group's folder if this process made it. The status keeps it, once it is written. */
  createdFolder: string | undefined;
  /** Monotonic time of the last status that was written. */
  statusWrittenAtMs = Number.NEGATIVE_INFINITY;
  #quota: { readonly quota: Quota; readonly holder: Holder } | undefined;
  #guestInfo: GuestInfoSource | undefined;
  #resizeWish: string;
  #resizing: boolean;
  /** The patterns for networks by which the faults were made; null: not known. */
  #networkRule: string | null = null;
  #progress: { readonly time: string; readonly atMs: number } | undefined;

  private constructor(
    group: VmGroup,
    resize: { readonly wish: string; readonly underWay: boolean },
    /** If an earlier process worked on the group: after this time none of its requests can still arrive in vCenter. */
    readonly predecessorQuietAtMs: number | undefined,
  ) {
    this.uid = group.metadata.uid;
    this.known = KnownObjects.from(group);
    this.#resizeWish = resize.wish;
    this.#resizing = resize.underWay;
  }

  /**
   * Whether a change of the spec's size still has to reach the replicas. A change of updateStrategy counts too: it may
   * allow what it did not allow before. Scaling alone does not: it restarts no machine that a person resized in
   * vCenter.
   */
  isResizing(group: VmGroup): boolean {
    return this.#resizing || sizeRevisionOf(group.spec) !== this.#resizeWish;
  }

  /**
   * Monotonic time of status.lastProgressTime. Measured from when this process first saw it, so that no deadline passes
   * when the wall clock jumps.
   */
  progressedAtMs(group: VmGroup, now: Moment): number | undefined {
    const time = group.status?.lastProgressTime;
    if (time === undefined) return undefined;
    if (this.#progress?.time === time) return this.#progress.atMs;
    return this.#progress === undefined ? since(time, now).monotonicMs : now.monotonicMs;
  }

  /** A template whose networks were refused by other patterns than these is tried again at once. */
  judgedBy(patterns: readonly string[] | undefined): void {
    const rule = patterns?.join(' ') ?? '';
    if (rule === this.#networkRule) return;
    this.#networkRule = rule;
    for (const [subject, { reason }] of this.faults) if (reason === 'NetworkNotAllowed') this.faults.delete(subject);
  }

  /** A group has few policies in the life of a process. */
  policyFound(name: string): void {
    if (this.foundPolicies.size >= MOST_POLICIES) this.foundPolicies.clear();
    this.foundPolicies.add(name);
  }

  inspected(found: ReadonlyMap<string, Inspection>): void {
    for (const [key, inspection] of found) this.inspections.set(key, inspection);
  }

  /** The group holds its places in this quota from now on, and in no other. */
  usesQuota(quota: Quota | undefined, group: VmGroup): void {
    if (this.#quota?.quota === quota) return;
    this.leaveQuota();
    this.#quota = quota && { quota, holder: holderOf(group) };
  }

  leaveQuota(): void {
    this.#quota?.quota.forget(this.#quota.holder);
    this.#quota = undefined;
  }

  /** The values of guests that the group waits for are watched there from now on, and nowhere else (R4). */
  watchesGuestInfo(source: GuestInfoSource | undefined, { policy, replicas }: Observation): void {
    const { guestInfo } = policy;
    if (this.#guestInfo !== source || guestInfo === undefined) this.leaveGuestInfo();
    if (guestInfo === undefined || source === undefined) return;
    this.#guestInfo = source;
    const machines = replicas.map(({ machine }) => machine.ref);
    const keys = guestInfo.map(({ key }) => key);
    source.want(this.uid, machines, keys);
  }

  leaveGuestInfo(): void {
    this.#guestInfo?.want(this.uid, [], []);
    this.#guestInfo = undefined;
  }

  /** Records what an observation has seen. Called once per observation, before anything else is done with the group. */
  remember(observed: Observation): void {
    const { group, vcenter, replicas, known, resizing, progressedAtMs, inFlight, adoption } = observed;
    this.#resizeWish = sizeRevisionOf(group.spec);
    this.#resizing = resizing;
    const time = group.status?.lastProgressTime;
    if (time !== undefined && progressedAtMs !== undefined) this.#progress = { time, atMs: progressedAtMs };
    if (vcenter.kind !== 'Ready') return;
    this.vcenterInstanceUuid = vcenter.instanceUuid;
    // A machine shows as powered on before our task ends. Our own power operation must not count as "was on": else the
    // power-on that follows would count as a repair.
    const changing = new Set(
      this.inFlight.operations
        .filter(({ operation }) => POWER_OPERATIONS.has(operation))
        .map(({ machine }) => machine?.value),
    );
    for (const { slot } of replicas) this.history.sawMachine(slotKey(slot));
    for (const { slot, machine } of replicas)
      if (machine.powerState === 'poweredOn' && !changing.has(machine.ref.value)) this.history.sawOn(slotKey(slot));
    this.history.sawReady(
      new Map(
        replicas.flatMap(({ machine, readySince }) =>
          readySince === undefined ? [] : [[machine.ref.value, readySince] as const],
        ),
      ),
    );
    this.history.keepWritten(new Set(replicas.map(({ machine }) => machine.ref.value)));
    this.heldAddresses.remember(group, replicas);
    this.#keepInspections(adoption);
    this.known.replace(known);
    this.inFlight.replace(inFlight);
  }

  /** Of machines that are in the group by now, or not asked for any more, nothing is kept. */
  #keepInspections(adoption: AdoptionRequest | undefined): void {
    if (this.inspections.size === 0) return;
    const asked = [...(adoption?.candidates ?? []), ...(adoption?.template === undefined ? [] : [adoption.template])];
    const kept = new Set(asked.flatMap(({ machine }) => (machine === undefined ? [] : refKey(machine.ref))));
    for (const key of this.inspections.keys()) if (!kept.has(key)) this.inspections.delete(key);
  }

  /** Faults and the times of their retries survive a restart in the status (R5, R8). */
  static from(group: VmGroup, now: Moment): GroupMemory {
    const resize = { wish: sizeRevisionOf(group.spec), underWay: wasResizing(group) };
    const worked = group.metadata.finalizers?.includes(FINALIZER) ?? false;
    const quietAtMs = worked ? now.monotonicMs + PREDECESSOR_REQUEST_MS : undefined;
    const memory = new GroupMemory(group, resize, quietAtMs);
    const readySince = new Map<string, Moment>();
    const hadDisks = disksInSync(group);
    const token = wakeToken(group, group.status?.observedGeneration ?? 0);
    for (const replica of group.status?.replicas ?? []) {
      const { fault, task, moRef } = replica;
      if (moRef !== undefined) memory.history.sawMachine(slotKey(replica));
      if (moRef !== undefined && hadDisks !== undefined) memory.history.sawDisks(moRef, hadDisks);
      if (moRef !== undefined && replica.ready && replica.readySince !== undefined)
        readySince.set(moRef, since(replica.readySince, now));
      if (moRef !== undefined && task?.operation === 'Shutdown') {
        const machine = { type: 'VirtualMachine', value: moRef };
        const key = actionKeyOf('Shutdown', machine);
        memory.inFlight.sent(key, 'Shutdown', { slot: replica, machine }, since(task.startedAt, now));
        memory.inFlight.ended(key, 'Done', now.monotonicMs);
      }
      if (fault === undefined) continue;
      const sinceMs = Date.parse(fault.since);
      const retryAtMs = Date.parse(fault.retryAt ?? fault.since);
      // The wall clock may have been set back since: never wait longer than the longest backoff (R8).
      const wait = Math.min(LONGEST_RETRY_MS, Math.max(0, retryAtMs - now.wallMs));
      const restored: Fault = {
        class: fault.class,
        reason: fault.reason,
        message: fault.message,
        since: { wallMs: sinceMs, monotonicMs: now.monotonicMs },
        attempts: fault.attempts,
        failedAtMs: now.monotonicMs,
        retryAt: { wallMs: retryAtMs, monotonicMs: now.monotonicMs + wait },
        wakeToken: token,
        ...(moRef !== undefined && stepOf(fault.reason)),
      };
      // With a task the domain is that of the clone under way.
      const isOfDomain = moRef === undefined && task === undefined && fault.class === 'Capacity';
      const domain = isOfDomain ? replica.failureDomain : undefined;
      if (domain !== undefined) memory.history.fullDomains.set(domain, restored);
      memory.faults.set(slotKey(replica), domain === undefined ? restored : { ...restored, failureDomain: domain });
    }
    memory.history.sawReady(readySince);
    return memory;
  }
}

/** Whose failure a fault of a machine is. One at the customization of its clone is known by its reason. */
function stepOf(reason: string): Pick<Fault, 'only' | 'ofUnknownStep'> {
  const known = onlyByReason(reason);
  return known.only !== undefined || isCustomizationFailure(reason) ? known : { ofUnknownStep: true };
}

/** Whether a resize was under way when the last status was written, or another size has been asked for since. */
function wasResizing({ spec, metadata, status }: VmGroup): boolean {
  const synced = status?.conditions?.find(({ type }) => type === ConditionType.ConfigSynced);
  if (synced === undefined) return true;
  // An operator of before wrote no sizeRevision: any change of the spec may have been one of the size.
  if (status?.sizeRevision === undefined && synced.observedGeneration !== metadata.generation) return true;
  if (status?.sizeRevision !== undefined && status.sizeRevision !== sizeRevisionOf(spec)) return true;
  return synced.reason === ConditionReason.Reconfiguring;
}

/** The disks of all replicas in the status, if they were in sync with this spec when it was written: nobody has to look (R4). */
function disksInSync(group: VmGroup): string | undefined {
  const { spec, status } = group;
  const wanted = diskSizesOf(group);
  const synced = status?.conditions?.find(({ type }) => type === ConditionType.ConfigSynced);
  if (wanted === undefined || status?.sizeRevision !== sizeRevisionOf(spec)) return undefined;
  return synced?.reason === ConditionReason.InSync ? diskKey(wanted) : undefined;
}

/** A wall time of an earlier process, on the monotonic clock of this process. A time in the future counts as now. */
function since(time: string, now: Moment): Moment {
  const wallMs = Math.min(Date.parse(time), now.wallMs);
  return { wallMs, monotonicMs: now.monotonicMs - (now.wallMs - wallMs) };
}
