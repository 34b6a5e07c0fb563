/**
 * Reads objects live that the stream does not show completely: machines whose config.changeVersion has changed
 * (docs/vsphere.md#changes-that-are-not-told), and objects that may have left without an update (reentry.ts).
 */
import type { Clock } from '../../time/clock';
import { type InventoryChange, type ManagedObjectReference, refKey } from '../port';
import { propertiesOf } from '../property/object-properties';
import { readObjects } from '../property/property-reader';
import type { UnreadValues } from '../property/unread-values';
import type { Session } from '../session/session';
import { entityPaths } from './entity-index';
import { expectationsOf, type InventoryStore } from './inventory';
import { virtualMachinePaths } from './virtual-machine';

/** Long enough to gather the machines of one update. */
const GATHER_MS = 20;

export interface ObjectRereadOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly unread: UnreadValues;
  readonly watchedKeys: readonly string[];
  readonly clock: Clock;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** Called if a read fails: the inventory is then incomplete, and the stream starts over. */
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export class ObjectReread {
  readonly #options: ObjectRereadOptions;
  #wanted = new Map<string, ManagedObjectReference>();
  /** Objects that the stream has updated while a read was in flight: the result of the read may be older. */
  #touched: Set<string> | undefined;
  #scheduled = false;

  constructor(options: ObjectRereadOptions) {
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
    const { session, store, unread, watchedKeys, emit, signal } = this.#options;
    if (signal.aborted) return;
    const refs = [...this.#wanted.values()];
    this.#wanted = new Map();
    const touched = new Set<string>();
    this.#touched = touched;
    const call = { operationId: 'vmop-reread', signal };
    const changes: InventoryChange[] = [];
    for (const [type, members] of Map.groupBy(refs, (ref) => ref.type)) {
      const paths = type === 'VirtualMachine' ? virtualMachinePaths(watchedKeys) : entityPaths(type);
      const { objects, gone } = await readObjects(session, members, paths, call);
      if (signal.aborted) return;
      for (const object of objects) {
        const { obj } = object;
        if (touched.has(refKey(obj))) {
          this.#wanted.set(refKey(obj), obj);
          continue;
        }
        // An object that left meanwhile must not come back by this read.
        if (!store.knows(obj)) continue;
        const change = store.apply(obj, propertiesOf(object, expectationsOf(obj), unread), 'Whole');
        if (change !== undefined) changes.push(change);
      }
      // A reference is taken to be never used again: an object that vCenter does not know stays gone, even if the
      // stream updated it meanwhile (docs/vsphere.md#objects-that-are-gone).
      for (const ref of gone) {
        const change = store.remove(ref);
        if (change !== undefined) changes.push(change);
      }
    }
    this.#touched = undefined;
    emit(changes);
  }
}
