/**
 * What the operator's account may not see. Permissions propagate: what is inside something hidden is hidden too. The objects
 * exist all the same, tasks on them go on, and people with other accounts see and change them.
 */
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { LISTED_PRIVILEGES } from '../../envtest/strict-vcenter/strict-options';
import type { InventoryTruth } from './inventory-truth';

export class ModelPermissions {
  readonly #hidden = new Set<string>();
  /** Privileges that vCenter does not list for the account, on no object. What calls may do, `deny` of the model says. */
  readonly unlisted = new Set<string>();
  /** Called for each object that the account now sees, or does not see any more. */
  onChange: (ref: ManagedObjectReference) => void = () => {};

  constructor(private readonly truth: InventoryTruth) {}

  /** The account loses the permission on an object and on all that is inside. */
  hide(ref: ManagedObjectReference): void {
    this.#hidden.add(refKey(ref));
    this.#tell(ref);
  }

  show(ref: ManagedObjectReference): void {
    if (this.#hidden.delete(refKey(ref))) this.#tell(ref);
  }

  showAll(): void {
    for (const key of [...this.#hidden]) {
      const [type = '', value = ''] = key.split(':');
      this.show({ type, value });
    }
  }

  /** What vCenter lists for the account on any object. */
  get listed(): readonly string[] {
    return ['System.View', ...Object.values(LISTED_PRIVILEGES).flat()].filter((held) => !this.unlisted.has(held));
  }

  hides(ref: ManagedObjectReference): boolean {
    if (this.#hidden.size === 0) return false;
    for (let at: ManagedObjectReference | undefined = ref; at !== undefined; at = this.#holderOf(at))
      if (this.#hidden.has(refKey(at))) return true;
    return false;
  }

  #holderOf(ref: ManagedObjectReference): ManagedObjectReference | undefined {
    return (this.truth.machines.get(refKey(ref)) ?? this.truth.entities.get(refKey(ref)))?.parent;
  }

  #tell(ref: ManagedObjectReference): void {
    this.onChange(ref);
    for (const child of this.truth.children(ref)) this.#tell(child);
  }
}
