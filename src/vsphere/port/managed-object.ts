/** Names of vCenter objects. Types that other rooms build against. */

/** vim25 ManagedObjectReference. `value` is opaque and unique only together with `type`, within one vCenter. */
export interface ManagedObjectReference {
  readonly type: string;
  readonly value: string;
}

/** Compares by type and value; undefined equals nothing. */
export function sameRef(a: ManagedObjectReference | undefined, b: ManagedObjectReference | undefined): boolean {
  return a !== undefined && b !== undefined && a.type === b.type && a.value === b.value;
}

/** A key for maps. */
export function refKey(ref: ManagedObjectReference): string {
  return `${ref.type}:${ref.value}`;
}
