/**
 * Reads objects again of which the stream does not tell enough. Machines whose configuration has changed: vcsim tells
 * config.changeVersion, but neither CPU nor memory nor the template flag. And whatever may have left unseen (reentry.ts).
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

/** Long enough to gather the machines of one update, short enough for nobody to notice. */
const GATHER_MS = 20;

export interface ObjectRereadOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly unread: UnreadValues;
  readonly watchedKeys: readonly string[];
  readonly clock: Clock;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** A read that failed for good leaves a gap in the picture: the stream then starts over. */
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export class ObjectReread {
  readonly #options: ObjectRereadOptions;
  #wanted = new Map<string, ManagedObjectReference>();
  /** Objects that the stream has told about while a read was under way: what the read brings may be older. */
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
      for (const told of objects) {
        const { obj } = told;
        if (touched.has(refKey(obj))) {
          this.#wanted.set(refKey(obj), obj);
          continue;
        }
        // What has left meanwhile must not come back by a read that was under way.
        if (!store.knows(obj)) continue;
        const change = store.apply(obj, propertiesOf(told, expectationsOf(obj), unread), 'Whole');
        if (change !== undefined) changes.push(change);
      }
      // References are never used again: what vCenter does not know stays gone, whatever the stream told meanwhile.
      for (const ref of gone) {
        const change = store.remove(ref);
        if (change !== undefined) changes.push(change);
      }
    }
    this.#touched = undefined;
    emit(changes);
  }
}
