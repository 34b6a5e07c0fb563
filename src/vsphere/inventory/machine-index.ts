/**
 * The machines of an inventory by reference, folder, name and watched extraConfig. All have one type, so the value of a
 * reference is enough as a key. It exists already; another text per machine and index would cost more than the index.
 */

import { type ManagedObjectReference, refKey, type VirtualMachine } from '../port';
import type { VirtualMachineRecord } from './machine-record';
import { MultiMap } from './multi-map';

const MACHINE = 'VirtualMachine';

export class MachineIndex {
  readonly #records = new Map<string, VirtualMachineRecord>();
  readonly #byFolder = new MultiMap<string, string>();
  readonly #byName = new MultiMap<string, string>();
  /** By key, then by value. An index is made when its key is first asked for; most keys never are. */
  readonly #byExtraConfig = new Map<string, MultiMap<string, string>>();

  get size(): number {
    return this.#records.size;
  }

  get(ref: ManagedObjectReference): VirtualMachineRecord | undefined {
    return ref.type === MACHINE ? this.#records.get(ref.value) : undefined;
  }

  *all(): Iterable<VirtualMachine> {
    for (const { machine } of this.#records.values()) yield machine;
  }

  put(record: VirtualMachineRecord): void {
    const key = record.machine.ref.value;
    const before = this.#records.get(key)?.machine;
    this.#records.set(key, record);
    if (before === record.machine) return;
    if (before !== undefined) this.#unlink(key, before);
    this.#link(key, record.machine);
  }

  delete(ref: ManagedObjectReference): VirtualMachine | undefined {
    const before = this.get(ref)?.machine;
    if (before === undefined) return undefined;
    this.#records.delete(ref.value);
    this.#unlink(ref.value, before);
    return before;
  }

  in(folder: ManagedObjectReference): readonly VirtualMachine[] {
    return this.#machines(this.#byFolder.get(refKey(folder)));
  }

  named(name: string): readonly VirtualMachine[] {
    return this.#machines(this.#byName.get(name));
  }

  withExtraConfig(name: string, value: string): readonly VirtualMachine[] {
    let index = this.#byExtraConfig.get(name);
    if (index === undefined) {
      index = new MultiMap();
      for (const [key, { machine }] of this.#records) addTo(index, machine.extraConfig[name], key);
      this.#byExtraConfig.set(name, index);
    }
    return this.#machines(index.get(value));
  }

  #machines(keys: Iterable<string>): readonly VirtualMachine[] {
    const machines: VirtualMachine[] = [];
    for (const key of keys) {
      const record = this.#records.get(key);
      if (record !== undefined) machines.push(record.machine);
    }
    return machines;
  }

  #link(key: string, { parent, name, extraConfig }: VirtualMachine): void {
    if (parent !== undefined) this.#byFolder.add(refKey(parent), key);
    this.#byName.add(name, key);
    for (const [mark, index] of this.#byExtraConfig) addTo(index, extraConfig[mark], key);
  }

  #unlink(key: string, { parent, name, extraConfig }: VirtualMachine): void {
    if (parent !== undefined) this.#byFolder.delete(refKey(parent), key);
    this.#byName.delete(name, key);
    for (const [mark, index] of this.#byExtraConfig) {
      const value = extraConfig[mark];
      if (value !== undefined) index.delete(value, key);
    }
  }
}

function addTo(index: MultiMap<string, string>, value: string | undefined, key: string): void {
  if (value !== undefined) index.add(value, key);
}
