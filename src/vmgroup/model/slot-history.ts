/** What was seen of one group's slots and machines over time, and no single look into vCenter can tell. In memory only. */
import { REPAIR_HOLDS_AFTER_MS } from './backoff';
import type { Moment } from './moment';

/** Repairs of one slot: how often its machine was found off and powered on again. */
export interface Repair {
  readonly lastMs: number;
  readonly count: number;
}

export class SlotHistory {
  readonly #repairs = new Map<string, Repair>();
  readonly #seenOn = new Set<string>();
  readonly #readySince = new Map<string, Moment>();
  readonly #hotAddRefused = new Map<string, string>();

  /** By slot. */
  get repairs(): ReadonlyMap<string, Repair> {
    return this.#repairs;
  }

  /** By slot: the size that vCenter would not give the running machine. */
  get hotAddRefused(): ReadonlyMap<string, string> {
    return this.#hotAddRefused;
  }

  /** Since when a machine has been ready; undefined while it was not at the last look. */
  readySince(machine: string): Moment | undefined {
    return this.#readySince.get(machine);
  }

  /** Takes over since when each machine has been ready. Machines that are not named are forgotten. */
  sawReady(machines: ReadonlyMap<string, Moment>): void {
    this.#readySince.clear();
    for (const [machine, since] of machines) this.#readySince.set(machine, since);
  }

  /** The slot's machine was seen powered on: the next time it is found off, powering it on is a repair. */
  sawOn(slot: string): void {
    this.#seenOn.add(slot);
  }

  /** It is off because we powered it off: the next power-on is no repair. */
  switchedOff(slot: string): void {
    this.#seenOn.delete(slot);
  }

  poweredOn(slot: string, nowMs: number): void {
    if (!this.#seenOn.has(slot)) return;
    this.#repairs.set(slot, { lastMs: nowMs, count: (this.#repairs.get(slot)?.count ?? 0) + 1 });
  }

  /** A machine that stayed right for long enough has forgotten its repairs. */
  forgetOldRepair(slot: string, nowMs: number): void {
    const repair = this.#repairs.get(slot);
    if (repair !== undefined && nowMs - repair.lastMs > REPAIR_HOLDS_AFTER_MS) this.#repairs.delete(slot);
  }

  /** vCenter would not give a running machine this size. */
  hotAddWasRefused(slot: string, size: string): void {
    this.#hotAddRefused.set(slot, size);
  }

  forgetHotAddRefusal(slot: string): void {
    this.#hotAddRefused.delete(slot);
  }
}
