import type { KubernetesObject } from './resource-client';
import { isOlder } from './resource-version';

/** The objects as last seen. Never mutate what comes out of it. */
export interface Store<T> {
  /** By namespace/name, or the bare name for a cluster-scoped object. */
  get(key: string): T | undefined;
  list(): Iterable<T>;
  /** The objects for which the index function gave this value. Throws for an index that does not exist. */
  byIndex(index: string, value: string): readonly T[];
  readonly size: number;
}

/** Pure functions from an object to the values under which it is found. A function that throws gives no value. */
export type Indexes<T> = Readonly<Record<string, (object: T) => readonly string[]>>;

export function keyOf(object: KubernetesObject): string {
  const { namespace, name } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

/** The object with the newest version, of one namespace or of all. */
export function newestIn<T extends KubernetesObject>(
  store: Pick<Store<T>, 'list'>,
  namespace: string | undefined,
): T | undefined {
  let newest: T | undefined;
  for (const object of store.list())
    if (namespace === undefined || object.metadata.namespace === namespace)
      if (newest === undefined || isOlder(newest.metadata.resourceVersion, object.metadata.resourceVersion))
        newest = object;
  return newest;
}

/** A map with indexes. Each object is in the index under exactly the values that it had when it was set. */
export class ObjectStore<T> implements Store<T> {
  readonly #objects = new Map<string, T>();
  readonly #functions: ReadonlyMap<string, (object: T) => readonly string[]>;
  /** index → value → keys. Empty sets are removed. */
  readonly #keys = new Map<string, Map<string, Set<string>>>();

  constructor(indexes: Indexes<T> = {}) {
    this.#functions = new Map(Object.entries(indexes));
    for (const index of this.#functions.keys()) this.#keys.set(index, new Map());
  }

  get size(): number {
    return this.#objects.size;
  }

  get(key: string): T | undefined {
    return this.#objects.get(key);
  }

  list(): Iterable<T> {
    return this.#objects.values();
  }

  entries(): Iterable<readonly [string, T]> {
    return this.#objects.entries();
  }

  byIndex(index: string, value: string): readonly T[] {
    const values = this.#keys.get(index);
    if (values === undefined)
      throw new RangeError(`there is no index ${index}, only: ${[...this.#keys.keys()].join(', ') || 'none'}`);
    const found: T[] = [];
    for (const key of values.get(value) ?? []) {
      const object = this.#objects.get(key);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  set(key: string, object: T): void {
    this.delete(key);
    this.#objects.set(key, object);
    for (const [index, value] of this.#valuesOf(object)) {
      const values = this.#keys.get(index);
      const keys = values?.get(value);
      if (keys === undefined) values?.set(value, new Set([key]));
      else keys.add(key);
    }
  }

  delete(key: string): void {
    const object = this.#objects.get(key);
    if (object === undefined) return;
    this.#objects.delete(key);
    for (const [index, value] of this.#valuesOf(object)) {
      const values = this.#keys.get(index);
      const keys = values?.get(value);
      keys?.delete(key);
      if (keys?.size === 0) values?.delete(value);
    }
  }

  *#valuesOf(object: T): Generator<readonly [string, string]> {
    for (const [index, valuesOf] of this.#functions) {
      let values: readonly string[];
      try {
        values = valuesOf(object);
      } catch {
        // One odd object must not stop the reflector for all others. It stays in the store and is found by its key.
        values = [];
      }
      for (const value of new Set(values)) yield [index, value];
    }
  }
}
