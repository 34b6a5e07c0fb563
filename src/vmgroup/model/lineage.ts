/**
 * Where an object is, by the objects around it. Limits of a namespace are judged by these and never by the text of a path:
 * a name may hold a slash, and two objects may have one name.
 */

import { type Inventory, type ManagedEntity, type ManagedObjectReference, sameRef } from '../../vsphere/port';
import { levelsOf } from './tenant-policy';

/** Deeper than any inventory. It ends the walk if parents form a circle while objects are moved. */
const DEEPEST = 64;

/** The object and what holds it, the object first. What the account does not see ends it. */
export function lineageOf(ref: ManagedObjectReference, inventory: Inventory): readonly ManagedEntity[] {
  const lineage: ManagedEntity[] = [];
  let item = inventory.entity(ref);
  while (item !== undefined && lineage.length < DEEPEST) {
    lineage.push(item);
    item = item.parent && inventory.entity(item.parent);
  }
  return lineage;
}

/** The datacenter that holds an object; undefined if the account does not see all between them. */
export function datacenterOf(ref: ManagedObjectReference, inventory: Inventory): ManagedEntity | undefined {
  return lineageOf(ref, inventory).find(({ type }) => type === 'Datacenter');
}

/** The cluster that a pool divides. Undefined on a standalone host, which has no DRS, and where the account does not see it. */
export function clusterAround(pool: ManagedObjectReference, inventory: Inventory): ManagedObjectReference | undefined {
  return lineageOf(pool, inventory).find(({ type }) => type === 'ClusterComputeResource')?.ref;
}

export function isAtOrBelow(ref: ManagedObjectReference, top: ManagedObjectReference, inventory: Inventory): boolean {
  return lineageOf(ref, inventory).some((item) => sameRef(item.ref, top));
}

/** All objects that are reached by these names, each a direct child of the one before. */
export function descend(from: ManagedEntity, names: readonly string[], inventory: Inventory): readonly ManagedEntity[] {
  let reached: readonly ManagedEntity[] = [from];
  for (const name of names)
    reached = reached.flatMap(({ ref }) => inventory.entitiesIn(ref).filter((child) => child.name === name));
  return reached;
}

/** The names in a path below an object. An absolute path counts from the root; undefined if it does not lead there. */
export function levelsBelow(top: ManagedEntity, path: string, inventory: Inventory): readonly string[] | undefined {
  const names = levelsOf(path);
  return path.startsWith('/') ? below(top, names, inventory) : names;
}

/** The rest of an absolute path below an object; undefined if the path does not lead there. */
export function below(
  top: ManagedEntity,
  names: readonly string[],
  inventory: Inventory,
): readonly string[] | undefined {
  const above = lineageOf(top.ref, inventory).map(({ name }) => name);
  const leadsThere = above.every((name, index) => names[above.length - 1 - index] === name);
  return leadsThere ? names.slice(above.length) : undefined;
}
