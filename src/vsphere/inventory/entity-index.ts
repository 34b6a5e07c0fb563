/** The managed entities of an inventory, without machines, by reference, parent and type. */

import { type ManagedEntity, type ManagedEntityType, type ManagedObjectReference, refKey } from '../port';
import { type Expectations, isReference, isText } from '../property/object-properties';
import { type Property, refOf } from '../property/property-value';
import { MultiMap } from './multi-map';
import { decodeName, sameOptionalRef } from './virtual-machine';

export const ENTITY_TYPES: readonly ManagedEntityType[] = [
  'Folder',
  'StoragePod',
  'Datacenter',
  'ComputeResource',
  'ClusterComputeResource',
  'ResourcePool',
  'VirtualApp',
  'Datastore',
  'HostSystem',
  'Network',
  'DistributedVirtualPortgroup',
  'DistributedVirtualSwitch',
  'VmwareDistributedVirtualSwitch',
  'OpaqueNetwork',
];

const PATHS: readonly string[] = ['name', 'parent'];
const SWITCH_PATH = 'config.distributedVirtualSwitch';
const VIRTUAL_APP_PATHS: readonly string[] = [...PATHS, 'parentFolder'];
const PORTGROUP_PATHS: readonly string[] = [...PATHS, SWITCH_PATH];

/** The property paths to ask for. */
export function entityPaths(type: string): readonly string[] {
  if (type === 'DistributedVirtualPortgroup') return PORTGROUP_PATHS;
  return type === 'VirtualApp' ? VIRTUAL_APP_PATHS : PATHS;
}

export const entityExpectations: Expectations = (path) => (path === 'name' ? isText : isReference);

export function isEntityType(type: string): type is ManagedEntityType {
  return (ENTITY_TYPES as readonly string[]).includes(type);
}

/** Applies properties to an entity. Returns the same object if nothing differs. */
export function applyToEntity(
  ref: ManagedObjectReference & { readonly type: ManagedEntityType },
  before: ManagedEntity | undefined,
  properties: Iterable<Property>,
): ManagedEntity {
  let name = before?.name ?? '';
  let parent = before?.parent;
  let folder = before?.folder;
  let distributedSwitch = before?.distributedSwitch;
  for (const { path, value, unread } of properties) {
    if (unread === true) continue;
    if (path === 'name') name = decodeName(typeof value === 'string' ? value : '');
    else if (path === 'parent') parent = refOf(value);
    else if (path === 'parentFolder') folder = refOf(value);
    else if (path === SWITCH_PATH) distributedSwitch = refOf(value);
  }
  const isSame =
    before?.name === name &&
    sameOptionalRef(before.parent, parent) &&
    sameOptionalRef(before.folder, folder) &&
    sameOptionalRef(before.distributedSwitch, distributedSwitch);
  if (before !== undefined && isSame) return before;
  return {
    ...{ ref, type: ref.type, name },
    ...(parent !== undefined && { parent }),
    ...(folder !== undefined && { folder }),
    ...(distributedSwitch !== undefined && { distributedSwitch }),
  };
}

export class EntityIndex {
  readonly #entities = new Map<string, ManagedEntity>();
  /** By parent, and by folder where that is another one. */
  readonly #byHolder = new MultiMap<string, string>();
  readonly #byType = new MultiMap<ManagedEntityType, string>();

  get size(): number {
    return this.#entities.size;
  }

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
    for (const holder of holdersOf(before)) this.#byHolder.delete(holder, key);
    for (const holder of holdersOf(entity)) this.#byHolder.add(holder, key);
    this.#byType.add(entity.type, key);
    this.#entities.set(key, entity);
  }

  delete(ref: ManagedObjectReference): ManagedEntity | undefined {
    const key = refKey(ref);
    const before = this.#entities.get(key);
    if (before === undefined) return undefined;
    this.#entities.delete(key);
    this.#byType.delete(before.type, key);
    for (const holder of holdersOf(before)) this.#byHolder.delete(holder, key);
    return before;
  }

  in(parent: ManagedObjectReference): readonly ManagedEntity[] {
    return this.#found(this.#byHolder.get(refKey(parent)));
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

function holdersOf(entity: ManagedEntity | undefined): readonly string[] {
  return [entity?.parent, entity?.folder].flatMap((holder) => (holder === undefined ? [] : [refKey(holder)]));
}
