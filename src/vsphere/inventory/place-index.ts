/** Folders, datacenters, clusters, pools, datastores, hosts and networks of an inventory, by reference, parent and type. */

import { type ManagedObjectReference, type Place, type PlaceType, refKey } from '../port';
import { type Property, refOf } from '../property/property-value';
import { MultiMap } from './multi-map';
import { decodeName, sameOptionalRef } from './virtual-machine';

export const PLACE_TYPES: readonly PlaceType[] = [
  'Folder',
  'Datacenter',
  'ComputeResource',
  'ClusterComputeResource',
  'ResourcePool',
  'VirtualApp',
  'Datastore',
  'HostSystem',
  'Network',
  'DistributedVirtualPortgroup',
  'OpaqueNetwork',
];

export const PLACE_PATHS: readonly string[] = ['name', 'parent'];

export function isPlaceType(type: string): type is PlaceType {
  return (PLACE_TYPES as readonly string[]).includes(type);
}

/** Applies properties to what was known. Returns the very same place when nothing differs. */
export function applyToPlace(
  ref: ManagedObjectReference & { readonly type: PlaceType },
  before: Place | undefined,
  properties: Iterable<Property>,
): Place {
  let name = before?.name ?? '';
  let parent = before?.parent;
  for (const { path, value } of properties) {
    if (path === 'name') name = decodeName(typeof value === 'string' ? value : '');
    else if (path === 'parent') parent = refOf(value);
  }
  if (before !== undefined && before.name === name && sameOptionalRef(before.parent, parent)) return before;
  return { ref, type: ref.type, name, ...(parent === undefined ? {} : { parent }) };
}

export class PlaceIndex {
  readonly #places = new Map<string, Place>();
  readonly #byParent = new MultiMap<string, string>();
  readonly #byType = new MultiMap<PlaceType, string>();

  get(ref: ManagedObjectReference): Place | undefined {
    return this.#places.get(refKey(ref));
  }

  all(): Iterable<Place> {
    return this.#places.values();
  }

  put(place: Place): void {
    const key = refKey(place.ref);
    const before = this.#places.get(key);
    if (before === place) return;
    if (before?.parent !== undefined) this.#byParent.delete(refKey(before.parent), key);
    if (place.parent !== undefined) this.#byParent.add(refKey(place.parent), key);
    this.#byType.add(place.type, key);
    this.#places.set(key, place);
  }

  delete(ref: ManagedObjectReference): Place | undefined {
    const key = refKey(ref);
    const before = this.#places.get(key);
    if (before === undefined) return undefined;
    this.#places.delete(key);
    this.#byType.delete(before.type, key);
    if (before.parent !== undefined) this.#byParent.delete(refKey(before.parent), key);
    return before;
  }

  in(parent: ManagedObjectReference): readonly Place[] {
    return this.#found(this.#byParent.get(refKey(parent)));
  }

  ofType(types: readonly PlaceType[]): readonly Place[] {
    return types.flatMap((type) => this.#found(this.#byType.get(type)));
  }

  #found(keys: Iterable<string>): readonly Place[] {
    const places: Place[] = [];
    for (const key of keys) {
      const place = this.#places.get(key);
      if (place !== undefined) places.push(place);
    }
    return places;
  }
}
