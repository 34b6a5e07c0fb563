/** Which guestinfo keys of which machines are to be watched. It outlives the collectors of the stream. */
import type { GuestInfoSource, ManagedObjectReference } from '../port';

/** A set of keys, and the machines whose values of them are watched. */
export interface WatchedKeys {
  /** Sorted. */
  readonly keys: readonly string[];
  readonly machines: ReadonlyMap<string, ManagedObjectReference>;
}

interface Wish {
  readonly keys: readonly string[];
  readonly machines: readonly ManagedObjectReference[];
}

/** What a key may be: it becomes a part of a property path. */
const KEY = /^[A-Za-z0-9_.-]{1,128}$/;

export class GuestInfoWishes implements GuestInfoSource {
  readonly #wishes = new Map<string, Wish>();
  /** The keys of each machine that has some, by the value of its reference. */
  readonly #keysOf = new Map<string, readonly string[]>();
  #onChange: () => void = () => undefined;

  /** `onLeft` is called with each machine of which nothing is wanted any more. */
  constructor(private readonly onLeft: (machine: ManagedObjectReference) => void) {}

  /** Calls `listener`, and none before it, after each change. */
  listen(listener: () => void): void {
    this.#onChange = listener;
  }

  want(holder: string, machines: readonly ManagedObjectReference[], wanted: readonly string[]): void {
    const keys = [...new Set(wanted.filter((key) => KEY.test(key)))].sort();
    const before = this.#wishes.get(holder);
    if (keys.length === 0 || machines.length === 0) {
      if (before === undefined) return;
      this.#wishes.delete(holder);
    } else {
      if (before !== undefined && isSame(before, { keys, machines })) return;
      this.#wishes.set(holder, { keys, machines });
    }
    const now = new Set(keys.length === 0 ? [] : machines.map(({ value }) => value));
    for (const machine of before?.machines ?? []) {
      if (now.has(machine.value)) continue;
      this.#keysOf.delete(machine.value);
      this.onLeft(machine);
    }
    for (const value of now) this.#keysOf.set(value, keys);
    this.#onChange();
  }

  /** The keys that are watched of a machine; undefined: none. */
  keysOf({ value }: ManagedObjectReference): readonly string[] | undefined {
    return this.#keysOf.get(value);
  }

  /** One entry per set of keys, by a name for it: many groups ask for the same ones. */
  all(): ReadonlyMap<string, WatchedKeys> {
    const sets = new Map<string, { readonly keys: readonly string[]; machines: Map<string, ManagedObjectReference> }>();
    for (const { keys, machines } of this.#wishes.values()) {
      const name = keys.join(' ');
      const set = sets.get(name) ?? { keys, machines: new Map() };
      sets.set(name, set);
      for (const machine of machines) set.machines.set(machine.value, machine);
    }
    return sets;
  }
}

function isSame(a: Wish, b: Wish): boolean {
  return (
    a.keys.length === b.keys.length &&
    a.machines.length === b.machines.length &&
    a.keys.every((key, index) => key === b.keys[index]) &&
    a.machines.every(({ value }, index) => value === b.machines[index]?.value)
  );
}
