/** What was seen of one group's slots and machines over time. One look into vCenter cannot show it. In memory only. */
import type { ManagedObjectReference } from '../../vsphere/port';
import { REPAIR_HOLDS_AFTER_MS } from './backoff';
import type { Fault } from './fault';
import { type HostRules, hostRulesKey, type KnownHostRules, leavesRule, machinesOnHosts } from './host-rule-wish';
import type { Moment } from './moment';
import { type SettingsPart, takesThePlaceOf } from './settings-part';

/** Repairs of one slot: how often its machine was found powered off and was powered on again. */
export interface Repair {
  readonly lastMs: number;
  readonly count: number;
}

/** Four times the replicas of the largest group. Each costs some 30 bytes. */
const MOST_FORMER_SLOTS = 4_000;

/** A change of a cluster whose reply was lost is over by then, also where it waits for others. */
const LATE_MS = 60_000;

export class SlotHistory {
  readonly #repairs = new Map<string, Repair>();
  readonly #seenOn = new Set<string>();
  readonly #readySince = new Map<string, Moment>();
  readonly #hotAddRefused = new Map<string, string>();
  readonly #hadMachine = new Set<string>();
  readonly #written = new Map<string, Set<SettingsPart>>();
  readonly #preparing = new Map<string, string>();
  readonly #prepared = new Map<string, string>();
  /** By failure domain that had no room for a replica: the fault, and when the domain is tried again. */
  readonly fullDomains = new Map<string, Fault>();
  readonly #disks = new Map<string, string>();
  readonly #hostRules = new Map<string, KnownHostRules>();
  readonly #partlyRefused = new Set<string>();
  /** By cluster: until when a change of its rules may still happen whose end is unknown. */
  readonly #lateChangeUntilMs = new Map<string, number>();
  /** By machine of a group whose failure domains have DRS host groups: the one whose rule has it; undefined: none has. */
  readonly domainsFound = new Map<string, string | undefined>();
  /** Clusters without DRS of which an event has told. */
  readonly withoutDrs = new Set<string>();

  /** By slot. */
  get repairs(): ReadonlyMap<string, Repair> {
    return this.#repairs;
  }

  /** By slot: the size that vCenter refused to give the running machine. */
  get hotAddRefused(): ReadonlyMap<string, string> {
    return this.#hotAddRefused;
  }

  /**
   * Slots that were seen with a machine, also those that the group no longer has: a person may have kept the machine of one,
   * and with it the instanceUuid that the next machine of the slot would ask for.
   */
  get hadMachine(): ReadonlySet<string> {
    return this.#hadMachine;
  }

  /** By machine: the parts of its settings that it was given, or was found to have. */
  get written(): ReadonlyMap<string, ReadonlySet<SettingsPart>> {
    return this.#written;
  }

  /**
   * What is sent to the machine now is the first half of its settings: `wrote` will not be about the whole. False if the machine
   * was given just that last time, and asks for it again: what the first half is for would never be sent (R8).
   */
  preparesOnly(machine: string, what: string): boolean {
    const again = this.#prepared.get(machine) === what;
    this.#prepared.delete(machine);
    if (again) return false;
    this.#preparing.set(machine, what);
    return true;
  }

  wrote(machine: string, parts: readonly SettingsPart[]): void {
    const prepared = this.#preparing.get(machine);
    this.#preparing.delete(machine);
    if (prepared !== undefined) {
      this.#prepared.set(machine, prepared);
      return;
    }
    this.#prepared.delete(machine);
    const known = this.#written.get(machine) ?? new Set();
    this.#written.set(machine, known);
    // Another list takes the place of the one before: that is written again if it comes back.
    for (const former of known) if (parts.some((part) => takesThePlaceOf(part, former))) known.delete(former);
    for (const part of parts) known.add(part);
  }

  /** By cluster: what is known of the group's DRS rules there. */
  get hostRules(): ReadonlyMap<string, KnownHostRules> {
    return this.#hostRules;
  }

  /** What is sent to the cluster now is not all that is wished for: `wroteHostRules` will not be about the whole. */
  refusedHostRules({ value }: ManagedObjectReference): void {
    this.#partlyRefused.add(value);
  }

  wroteHostRules(rules: HostRules, atMs: number): void {
    const { value } = rules.cluster;
    const isLast = atMs >= (this.#lateChangeUntilMs.get(value) ?? atMs);
    if (isLast) this.#lateChangeUntilMs.delete(value);
    const isWhole = !this.#partlyRefused.delete(value) && isLast;
    const known = isWhole ? { wish: hostRulesKey(rules), isLeft: leavesRule(rules) } : { wish: '', isLeft: true };
    this.#hostRules.set(value, { ...known, onHosts: machinesOnHosts(rules), atMs });
  }

  foundDomains(domains: ReadonlyMap<string, string | undefined>): void {
    for (const [machine, domain] of domains) this.domainsFound.set(machine, domain);
  }

  /**
   * Nobody knows whether a change of the rules has happened, or still will, and undo what is written after it: for a while
   * they are looked at again and again.
   */
  forgetHostRules({ value }: ManagedObjectReference, atMs: number): void {
    this.#partlyRefused.delete(value);
    this.#lateChangeUntilMs.set(value, atMs + LATE_MS);
    const known = this.#hostRules.get(value);
    if (known !== undefined) this.#hostRules.set(value, { ...known, wish: '', isLeft: true });
  }

  /** Nobody knows whether a change of the machine's settings has happened: they are looked at again. */
  forgetWritten(machine: string): void {
    this.#written.delete(machine);
    this.#preparing.delete(machine);
    this.#prepared.delete(machine);
  }

  /** Forgets the settings of all other machines. */
  keepWritten(machines: ReadonlySet<string>): void {
    for (const machine of this.domainsFound.keys()) if (!machines.has(machine)) this.domainsFound.delete(machine);
    for (const known of [this.#written, this.#preparing, this.#prepared])
      for (const machine of known.keys()) if (!machines.has(machine)) known.delete(machine);
  }

  sawMachine(slot: string): void {
    if (this.#hadMachine.has(slot)) return;
    this.#hadMachine.add(slot);
    const [oldest] = this.#hadMachine;
    if (this.#hadMachine.size > MOST_FORMER_SLOTS && oldest !== undefined) this.#hadMachine.delete(oldest);
  }

  /** Forgets the work on all slots but these: those of the group's machines, and those that should have one. */
  keepSlots(slots: ReadonlySet<string>): void {
    for (const known of [this.#repairs, this.#hotAddRefused, this.#seenOn])
      for (const slot of known.keys()) if (!slots.has(slot)) known.delete(slot);
  }

  /** Since when a machine has been ready; undefined if it was not ready at the last look. */
  readySince(machine: string): Moment | undefined {
    return this.#readySince.get(machine);
  }

  /** Records since when each machine has been ready. All other machines are forgotten. */
  sawReady(machines: ReadonlyMap<string, Moment>): void {
    this.#readySince.clear();
    for (const [machine, since] of machines) this.#readySince.set(machine, since);
  }

  /** The slot's machine was seen powered on. If it is found powered off later, powering it on is a repair. */
  sawOn(slot: string): void {
    this.#seenOn.add(slot);
  }

  /** We powered it off ourselves: the next power-on is no repair. */
  poweredOff(slot: string): void {
    this.#seenOn.delete(slot);
  }

  poweredOn(slot: string, nowMs: number): void {
    if (!this.#seenOn.has(slot)) return;
    this.#repairs.set(slot, { lastMs: nowMs, count: (this.#repairs.get(slot)?.count ?? 0) + 1 });
  }

  /** Forgets the repairs of a machine that has stayed right for long enough. */
  forgetOldRepair(slot: string, nowMs: number): void {
    const repair = this.#repairs.get(slot);
    if (repair !== undefined && nowMs - repair.lastMs > REPAIR_HOLDS_AFTER_MS) this.#repairs.delete(slot);
  }

  /** The disks that a machine was last seen or cloned with. */
  disksOf(machine: string): string | undefined {
    return this.#disks.get(machine);
  }

  sawDisks(machine: string, disks: string): void {
    this.#disks.delete(machine);
    this.#disks.set(machine, disks);
    const [oldest] = this.#disks.keys();
    if (this.#disks.size > MOST_FORMER_SLOTS && oldest !== undefined) this.#disks.delete(oldest);
  }

  /** vCenter refused to give a running machine this size. */
  hotAddWasRefused(slot: string, size: string): void {
    this.#hotAddRefused.set(slot, size);
  }

  forgetHotAddRefusal(slot: string): void {
    this.#hotAddRefused.delete(slot);
  }
}
