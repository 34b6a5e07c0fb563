/** Managed object references, the names of vCenter's objects. */

/**
 * `value` is opaque. It is unique only together with `type`, and only in one vCenter
 * (docs/vsphere.md#objects-that-are-gone).
 */
export interface ManagedObjectReference {
  readonly type: string;
  readonly value: string;
}

/** Compares by type and value; undefined equals nothing. */
export function sameRef(a: ManagedObjectReference | undefined, b: ManagedObjectReference | undefined): boolean {
  return a !== undefined && b !== undefined && a.type === b.type && a.value === b.value;
}

/** The reference as a key of a map. */
export function refKey(ref: ManagedObjectReference): string {
  return `${ref.type}:${ref.value}`;
}
