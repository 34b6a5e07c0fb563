/** Keys of objects by name and by instanceUuid, as they were at their last change: ten thousand are not searched for one. */
export class TruthIndex {
  readonly #byName = new Map<string, Set<string>>();
  readonly #byInstanceUuid = new Map<string, Set<string>>();
  readonly #noted = new Map<string, Indexed>();

  /** `object`: undefined if it does not exist any more. */
  note(key: string, object: Indexed | undefined): void {
    const before = this.#noted.get(key);
    move(this.#byName, key, before?.name, object?.name);
    move(this.#byInstanceUuid, key, before?.instanceUuid, object?.instanceUuid);
    if (object === undefined) this.#noted.delete(key);
    else this.#noted.set(key, { name: object.name, instanceUuid: object.instanceUuid });
  }

  named(name: string): readonly string[] {
    return [...(this.#byName.get(name) ?? [])];
  }

  withInstanceUuid(instanceUuid: string): readonly string[] {
    return [...(this.#byInstanceUuid.get(instanceUuid) ?? [])];
  }
}

interface Indexed {
  readonly name: string;
  readonly instanceUuid?: string | undefined;
}

function move(keys: Map<string, Set<string>>, key: string, from: string | undefined, to: string | undefined): void {
  if (from === to) return;
  const left = from === undefined ? undefined : keys.get(from);
  left?.delete(key);
  if (from !== undefined && left?.size === 0) keys.delete(from);
  if (to === undefined) return;
  const entered = keys.get(to) ?? new Set();
  keys.set(to, entered.add(key));
}
