/** The machines of an inventory, by reference, folder, name and watched extraConfig. */
import { MultiMap } from './multi-map';
import { type ManagedObjectReference, refKey, type VirtualMachine } from './port';
import type { VirtualMachineRecord } from './virtual-machine';

export class MachineIndex {
  readonly #records = new Map<string, VirtualMachineRecord>();
  readonly #byFolder = new MultiMap<string, string>();
  readonly #byName = new MultiMap<string, string>();
  readonly #byExtraConfig = new MultiMap<string, string>();

  get(ref: ManagedObjectReference): VirtualMachineRecord | undefined {
    return this.#records.get(refKey(ref));
  }

  *all(): Iterable<VirtualMachine> {
    for (const { machine } of this.#records.values()) yield machine;
  }

  put(record: VirtualMachineRecord): void {
    const key = refKey(record.machine.ref);
    const before = this.#records.get(key)?.machine;
    this.#records.set(key, record);
    if (before === record.machine) return;
    if (before !== undefined) this.#unlink(key, before);
    this.#link(key, record.machine);
  }

  delete(ref: ManagedObjectReference): VirtualMachine | undefined {
    const key = refKey(ref);
    const before = this.#records.get(key)?.machine;
    if (before === undefined) return undefined;
    this.#records.delete(key);
    this.#unlink(key, before);
    return before;
  }

  in(folder: ManagedObjectReference): readonly VirtualMachine[] {
    return this.#machines(this.#byFolder.get(refKey(folder)));
  }

  named(name: string): readonly VirtualMachine[] {
    return this.#machines(this.#byName.get(name));
  }

  withExtraConfig(key: string, value: string): readonly VirtualMachine[] {
    return this.#machines(this.#byExtraConfig.get(`${key}=${value}`));
  }

  #machines(keys: Iterable<string>): readonly VirtualMachine[] {
    const machines: VirtualMachine[] = [];
    for (const key of keys) {
      const record = this.#records.get(key);
      if (record !== undefined) machines.push(record.machine);
    }
    return machines;
  }

  #link(key: string, machine: VirtualMachine): void {
    if (machine.parent !== undefined) this.#byFolder.add(refKey(machine.parent), key);
    this.#byName.add(machine.name, key);
    for (const [name, value] of Object.entries(machine.extraConfig)) this.#byExtraConfig.add(`${name}=${value}`, key);
  }

  #unlink(key: string, machine: VirtualMachine): void {
    if (machine.parent !== undefined) this.#byFolder.delete(refKey(machine.parent), key);
    this.#byName.delete(machine.name, key);
    for (const [name, value] of Object.entries(machine.extraConfig))
      this.#byExtraConfig.delete(`${name}=${value}`, key);
  }
}
