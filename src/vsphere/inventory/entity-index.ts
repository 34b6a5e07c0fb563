/** Folders, datacenters, clusters, pools, datastores, hosts and networks of an inventory, by reference, parent and type. */

import { type ManagedEntity, type ManagedEntityType, type ManagedObjectReference, refKey } from '../port';
import { type Expectations, isReference, isText } from '../property/object-properties';
import { type Property, refOf } from '../property/property-value';
import { MultiMap } from './multi-map';
import { decodeName, sameOptionalRef } from './virtual-machine';

export const ENTITY_TYPES: readonly ManagedEntityType[] = [
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

export const ENTITY_PATHS: readonly string[] = ['name', 'parent'];

export const entityExpectations: Expectations = (path) => (path === 'name' ? isText : isReference);

export function isEntityType(type: string): type is ManagedEntityType {
  return (ENTITY_TYPES as readonly string[]).includes(type);
}

/** Applies properties to what was known. Returns the very same entity when nothing differs. */
export function applyToEntity(
  ref: ManagedObjectReference & { readonly type: ManagedEntityType },
  before: ManagedEntity | undefined,
  properties: Iterable<Property>,
): ManagedEntity {
  let name = before?.name ?? '';
  let parent = before?.parent;
  for (const { path, value, unread } of properties) {
    if (unread === true) continue;
    if (path === 'name') name = decodeName(typeof value === 'string' ? value : '');
    else if (path === 'parent') parent = refOf(value);
  }
  if (before !== undefined && before.name === name && sameOptionalRef(before.parent, parent)) return before;
  return { ref, type: ref.type, name, ...(parent === undefined ? {} : { parent }) };
}

export class EntityIndex {
  readonly #entities = new Map<string, ManagedEntity>();
  readonly #byParent = new MultiMap<string, string>();
  readonly #byType = new MultiMap<ManagedEntityType, string>();

  get(ref: ManagedObjectReference): ManagedEntity | undefined {
    return this.#entities.get(refKey(ref));
  }

  all(): Iterable<ManagedEntity> {
    return this.#entities.values();
  }

  put(entity: ManagedEntity): void {
    const key = refKey(entity.ref);
    const before = this.#entities.get(key);
    if (before === entity) return;
    if (before?.parent !== undefined) this.#byParent.delete(refKey(before.parent), key);
    if (entity.parent !== undefined) this.#byParent.add(refKey(entity.parent), key);
    this.#byType.add(entity.type, key);
    this.#entities.set(key, entity);
  }

  delete(ref: ManagedObjectReference): ManagedEntity | undefined {
    const key = refKey(ref);
    const before = this.#entities.get(key);
    if (before === undefined) return undefined;
    this.#entities.delete(key);
    this.#byType.delete(before.type, key);
    if (before.parent !== undefined) this.#byParent.delete(refKey(before.parent), key);
    return before;
  }

  in(parent: ManagedObjectReference): readonly ManagedEntity[] {
    return this.#found(this.#byParent.get(refKey(parent)));
  }

  ofType(types: readonly ManagedEntityType[]): readonly ManagedEntity[] {
    return types.flatMap((type) => this.#found(this.#byType.get(type)));
  }

  #found(keys: Iterable<string>): readonly ManagedEntity[] {
    const entities: ManagedEntity[] = [];
    for (const key of keys) {
      const entity = this.#entities.get(key);
      if (entity !== undefined) entities.push(entity);
    }
    return entities;
  }
}
