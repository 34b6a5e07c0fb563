/**
 * A map with several values per key. Most keys have one value, which is stored without a set: a set per key would cost
 * about 200 bytes per machine.
 */
export class MultiMap<K, V extends string> {
  readonly #values = new Map<K, V | Set<V>>();

  add(key: K, value: V): void {
    const held = this.#values.get(key);
    if (held === undefined) this.#values.set(key, value);
    else if (typeof held !== 'string') held.add(value);
    else if (held !== value) this.#values.set(key, new Set([held, value]));
  }

  delete(key: K, value: V): void {
    const held = this.#values.get(key);
    if (held === value) this.#values.delete(key);
    else if (typeof held === 'object' && held.delete(value) && held.size === 0) this.#values.delete(key);
  }

  get(key: K): Iterable<V> {
    const held = this.#values.get(key);
    if (held === undefined) return [];
    return typeof held === 'string' ? [held] : held;
  }
}
