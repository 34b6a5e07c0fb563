/**
 * A map with several values for a key; a key without values is absent. Most keys have one value, which stands for itself:
 * a set each would cost some 200 bytes a machine.
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
