import { type ManagedObjectReference, refKey } from '../port';
import type { InventoryStore } from './inventory';

/**
 * One round of updates, from its first page to its last. vcsim as released tells all members of a view again whenever
 * one enters, and in such a round it forgets to tell who left; the sandbox mends that. Members that such a round does not
 * show may be gone: they are read live, and only what vCenter then does not know leaves the picture (no false "left").
 * vCenter itself tells only the new member, so there nothing is ever read.
 */
export class Reentry {
  readonly #store: InventoryStore;
  readonly #entered = new Set<string>();
  /** Types of which a member entered that was already known. */
  readonly #reentering = new Set<string>();

  constructor(store: InventoryStore) {
    this.#store = store;
  }

  /** Called before the store takes the object in. */
  entered(ref: ManagedObjectReference): void {
    this.#entered.add(refKey(ref));
    if (this.#store.knows(ref)) this.#reentering.add(viewOf(ref));
  }

  /** Members of the re-entering views that the round did not show. */
  unseen(): readonly ManagedObjectReference[] {
    if (this.#reentering.size === 0) return [];
    return this.#store.refs().filter((ref) => this.#reentering.has(viewOf(ref)) && !this.#entered.has(refKey(ref)));
  }
}

/** There are two views with members of ours: machines, and all entities together. */
function viewOf(ref: ManagedObjectReference): string {
  return ref.type === 'VirtualMachine' ? 'machines' : 'entities';
}
