/**
 * Reads machines again whose configuration has changed. Needed where the stream tells that, by config.changeVersion, but
 * not what has changed: vcsim reports neither CPU nor memory nor the template flag.
 */
import type { Clock } from '../time/clock';
import type { InventoryStore } from './inventory';
import { type InventoryChange, type ManagedObjectReference, refKey } from './port';
import { readObjects } from './property-reader';
import type { Session } from './session';
import { virtualMachinePaths } from './virtual-machine';

/** Long enough to gather the machines of one update, short enough for nobody to notice. */
const GATHER_MS = 20;

export interface MachineRereadOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly watchedKeys: readonly string[];
  readonly clock: Clock;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** A read that failed for good leaves a gap in the picture: the stream then starts over. */
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export class MachineReread {
  readonly #options: MachineRereadOptions;
  #wanted = new Map<string, ManagedObjectReference>();
  /** Machines that the stream has told about while a read was under way: what the read brings may be older. */
  #touched: Set<string> | undefined;
  #scheduled = false;

  constructor(options: MachineRereadOptions) {
    this.#options = options;
  }

  want(ref: ManagedObjectReference): void {
    this.#wanted.set(refKey(ref), ref);
    this.#schedule();
  }

  touch(ref: ManagedObjectReference): void {
    this.#touched?.add(refKey(ref));
  }

  #schedule(): void {
    if (this.#scheduled || this.#options.signal.aborted) return;
    this.#scheduled = true;
    this.#options.clock.setTimer(GATHER_MS, () => {
      this.#read().then(
        () => {
          this.#scheduled = false;
          if (this.#wanted.size > 0) this.#schedule();
        },
        (error) => {
          if (!this.#options.signal.aborted) this.#options.onFailure(error);
        },
      );
    });
  }

  async #read(): Promise<void> {
    const { session, store, watchedKeys, emit, signal } = this.#options;
    if (signal.aborted) return;
    const refs = [...this.#wanted.values()];
    this.#wanted = new Map();
    const touched = new Set<string>();
    this.#touched = touched;
    const call = { operationId: 'vmop-reread', signal };
    const objects = await readObjects(session, refs, virtualMachinePaths(watchedKeys), call);
    this.#touched = undefined;
    if (signal.aborted) return;
    const changes: InventoryChange[] = [];
    for (const { obj, propSet } of objects) {
      if (touched.has(refKey(obj))) {
        this.#wanted.set(refKey(obj), obj);
        continue;
      }
      // A machine that has left meanwhile must not come back by a read that was under way.
      if (store.virtualMachine(obj) === undefined) continue;
      const change = store.apply(
        obj,
        (propSet ?? []).map(({ name, val }) => ({ path: name, value: val })),
      );
      if (change !== undefined) changes.push(change);
    }
    emit(changes);
  }
}
