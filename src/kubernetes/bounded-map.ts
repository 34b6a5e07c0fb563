/**
 * A map that holds at most `limit` entries. When it is full, a new entry removes all entries that `mayGo` allows, or the
 * oldest entry if it allows none.
 */
export class BoundedMap<V> {
  readonly #entries = new Map<string, V>();

  constructor(private readonly options: { readonly limit: number; readonly mayGo: (value: V) => boolean }) {}

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  values(): Iterable<V> {
    return this.#entries.values();
  }

  /** Sets the entry, which is then the newest. Returns the values that were removed to make room. */
  set(key: string, value: V): readonly V[] {
    this.#entries.delete(key);
    const removed = this.#entries.size < this.options.limit ? [] : this.#makeRoom();
    this.#entries.set(key, value);
    return removed;
  }

  clear(): void {
    this.#entries.clear();
  }

  #makeRoom(): readonly V[] {
    const removed: V[] = [];
    for (const [key, value] of this.#entries) {
      if (!this.options.mayGo(value)) continue;
      removed.push(value);
      this.#entries.delete(key);
    }
    const [oldest] = this.#entries;
    if (removed.length > 0 || oldest === undefined) return removed;
    this.#entries.delete(oldest[0]);
    return [oldest[1]];
  }
}
