import { type ManagedObjectReference, refKey } from '../port';
import type { InventoryStore } from './inventory';

/**
 * One round of updates, from its first page to its last. When a member enters a view, vcsim as released sends `enter`
 * for all members again, and forgets members that have left (docs/vsphere.md#views). So members that such a round does
 * not show are read live, and those that the server does not know are removed. vCenter sends the new member only, so
 * there nothing is read.
 */
export class Reentry {
  readonly #store: InventoryStore;
  readonly #entered = new Set<string>();
  /** The views in which a member entered that was already known. */
  readonly #reentering = new Set<string>();

  constructor(store: InventoryStore) {
    this.#store = store;
  }

  /** Must be called before the object is put into the store. */
  entered(ref: ManagedObjectReference): void {
    this.#entered.add(refKey(ref));
    if (this.#store.knows(ref)) this.#reentering.add(viewOf(ref));
  }

  /** Members that the round did not show, of views in which known members entered again. */
  unseen(): readonly ManagedObjectReference[] {
    if (this.#reentering.size === 0) return [];
    return this.#store.refs().filter((ref) => this.#reentering.has(viewOf(ref)) && !this.#entered.has(refKey(ref)));
  }
}

/** There are two container views: one of the machines, and one of all other managed entities. */
function viewOf(ref: ManagedObjectReference): string {
  return ref.type === 'VirtualMachine' ? 'machines' : 'entities';
}
