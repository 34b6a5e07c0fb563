/** The datastores of a machine: the shares of the dispatcher depend on them (R9), and what may be cloned (R15). */
import { type ManagedObjectReference, sameRef } from '../port';
import { refsOf } from '../property/property-value';
import type { AnyValue } from '../vim25/describe';

/** Where it cannot be read, the machine is as readable as before. */
export const DATASTORE_PATH = 'datastore';

type Datastores = readonly ManagedObjectReference[];

/** Most machines have one datastore, and all machines of that one share the list. In the order of their references. */
export function datastoresOf(value: AnyValue | undefined): Datastores | undefined {
  const refs = refsOf(value);
  const [first] = refs;
  if (first === undefined) return undefined;
  if (refs.length > 1) return refs.toSorted((a, b) => (a.value < b.value ? -1 : 1));
  const known = LISTS.get(first);
  if (known === undefined) LISTS.set(first, refs);
  return known ?? refs;
}

const LISTS = new WeakMap<ManagedObjectReference, Datastores>();

export function sameDatastores(a: Datastores = [], b: Datastores = []): boolean {
  return a === b || (a.length === b.length && a.every((ref, index) => sameRef(ref, b[index])));
}
