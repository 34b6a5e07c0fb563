import type { HistoryEvent, ModelObjects, StoredObject } from './objects';

/**
 * The watch cache of an API server that kept running while etcd was restored. It does not notice: lists come from it as it
 * was, under its version, and it takes no events until history has passed that version. What happened up to then stays
 * unknown to it.
 */
export class StaleCache {
  #version: number;
  readonly #collections: ReadonlyMap<string, ReadonlyMap<string, StoredObject>>;
  readonly #events: HistoryEvent[] = [];

  constructor(before: ModelObjects) {
    this.#version = before.version;
    this.#collections = before.copy();
  }

  get version(): number {
    return this.#version;
  }

  /** Whether the event reaches the cache, and with it the watches. */
  takes(event: HistoryEvent): boolean {
    if (event.version <= this.#version) return false;
    this.#version = event.version;
    this.#events.push(event);
    return true;
  }

  list(collection: string): readonly StoredObject[] {
    const objects = new Map(this.#collections.get(collection));
    for (const { type, object, collection: changed } of this.#events) {
      const key = `${object.metadata.namespace}/${object.metadata.name}`;
      if (changed !== collection) continue;
      if (type === 'DELETED') objects.delete(key);
      else objects.set(key, object);
    }
    return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }
}
