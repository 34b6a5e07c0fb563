import type { Clock } from '../../time/clock';
import { type InventoryChange, type ManagedObjectReference, refKey } from '../port';
import type { InventoryStore } from './inventory';

/** How long after it was last read, or came, an unreadable machine is read again. The last one is for all later reads. */
const PAUSES_MS = [10_000, 60_000, 600_000] as const;
/** A machine that came so long ago is no placeholder of a clone that ends now. */
const RECENT_MS = 3_600_000;
/** One page of an answer. What is due beyond that is read in the next turn. */
const MACHINES_AT_ONCE = 1000;

export interface UnreadableRereadOptions {
  readonly store: InventoryStore;
  readonly clock: Clock;
  /** Reads a machine live, together with all others that are wanted at the same time. */
  readonly want: (machine: ManagedObjectReference) => void;
  readonly signal: AbortSignal;
}

interface Unreadable {
  readonly ref: ManagedObjectReference;
  readonly sinceMs: number;
  readonly reads: number;
  readonly dueMs: number;
}

/**
 * Reads machines again whose configuration vCenter has not told. While it clones, vCenter can show placeholders that get
 * an `enter` and never a `modify` or `leave` (docs/vsphere.md#placeholders-of-clones), and a group waits for what it
 * cannot read (R1): without this it would wait for ever (R8). Machines are read together, at multiples of the pause, so
 * that any number of them costs one call in ten minutes (R4).
 */
export class UnreadableReread {
  readonly #options: UnreadableRereadOptions;
  readonly #machines = new Map<string, Unreadable>();
  #begun = false;
  #turn: { readonly dueMs: number; readonly cancel: () => void } | undefined;

  constructor(options: UnreadableRereadOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#turn?.cancel(), { once: true });
  }

  /** Must be called after a sync, which does not tell what it found as it was. */
  begin(): void {
    this.#begun = true;
    for (const { ref, unreadable } of this.#options.store.virtualMachines()) if (unreadable === true) this.#add(ref);
  }

  note(changes: readonly InventoryChange[]): void {
    if (!this.#begun) return;
    for (const change of changes) {
      if (change.kind !== 'VirtualMachine') continue;
      const { before, after } = change;
      if (after?.unreadable === true) this.#add(after.ref);
      else if (before !== undefined) this.#machines.delete(refKey(before.ref));
    }
  }

  /** A task of ours has ended, and a placeholder may have gone with it: what came lately is read soon again. */
  taskEnded(): void {
    const recentMs = this.#options.clock.monotonicMs() - RECENT_MS;
    for (const [key, machine] of this.#machines) {
      if (machine.sinceMs < recentMs || machine.reads === 0) continue;
      const hurried = { ...machine, reads: 0, dueMs: this.#dueMs(0) };
      this.#machines.set(key, hurried);
      this.#arm(hurried.dueMs);
    }
  }

  #add(ref: ManagedObjectReference): void {
    const key = refKey(ref);
    if (this.#machines.has(key)) return;
    const machine = { ref, sinceMs: this.#options.clock.monotonicMs(), reads: 0, dueMs: this.#dueMs(0) };
    this.#machines.set(key, machine);
    this.#arm(machine.dueMs);
  }

  #dueMs(reads: number): number {
    const pauseMs = PAUSES_MS[Math.min(reads, PAUSES_MS.length - 1)] ?? 0;
    return Math.ceil((this.#options.clock.monotonicMs() + pauseMs) / pauseMs) * pauseMs;
  }

  #arm(dueMs: number): void {
    const { clock, signal } = this.#options;
    if (signal.aborted || (this.#turn !== undefined && this.#turn.dueMs <= dueMs)) return;
    this.#turn?.cancel();
    const cancel = clock.setTimer(Math.max(0, dueMs - clock.monotonicMs()), () => this.#take());
    this.#turn = { dueMs, cancel };
  }

  #take(): void {
    const { clock, want } = this.#options;
    const nowMs = clock.monotonicMs();
    this.#turn = undefined;
    let taken = 0;
    let nextMs = Number.POSITIVE_INFINITY;
    for (const [key, machine] of this.#machines) {
      let { reads, dueMs } = machine;
      if (dueMs <= nowMs) {
        if (taken < MACHINES_AT_ONCE) {
          want(machine.ref);
          taken += 1;
          reads += 1;
          dueMs = this.#dueMs(reads);
        } else {
          dueMs = this.#dueMs(0);
        }
        this.#machines.set(key, { ...machine, reads, dueMs });
      }
      nextMs = Math.min(nextMs, dueMs);
    }
    if (this.#machines.size > 0) this.#arm(nextMs);
  }
}
