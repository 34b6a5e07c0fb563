/** The objects of the model, with their children and the names that are taken. */
import { type ManagedEntityType, type ManagedObjectReference, refKey, sameRef } from '../../../src/vsphere/port';
import { notFound } from './model-fault';
import type { ModelEntity, ModelMachine } from './objects';
import { TruthIndex } from './truth-index';

export type Change = 'Changed' | 'Gone';
export type TruthListener = (ref: ManagedObjectReference, change: Change) => void;

/** A placeholder of a clone: collectors that wait show it once, and nothing else knows it. */
export interface Ghost {
  readonly name: string;
  readonly parent: ManagedObjectReference;
}

export class InventoryTruth {
  readonly ghosts = new Map<string, Ghost>();
  readonly machines = new Map<string, ModelMachine>();
  readonly entities = new Map<string, ModelEntity>();
  readonly #listeners = new Set<TruthListener>();
  /** Where to look for a name or an instanceUuid: what is found must be checked, since objects are mutable. */
  readonly #index = new TruthIndex();
  #serial = 100;

  /** The listener is called at each change. Watchers and collectors listen. */
  onChange(listener: TruthListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(ref: ManagedObjectReference, change: Change = 'Changed'): void {
    this.#index.note(refKey(ref), this.machines.get(refKey(ref)) ?? this.entities.get(refKey(ref)));
    for (const listener of [...this.#listeners]) listener(ref, change);
  }

  nextId(prefix: string): string {
    this.#serial += 1;
    return `${prefix}-${this.#serial}`;
  }

  hasInstanceUuid(instanceUuid: string): boolean {
    return this.withInstanceUuid(instanceUuid).length > 0;
  }

  withInstanceUuid(instanceUuid: string): readonly ManagedObjectReference[] {
    return this.#index
      .withInstanceUuid(instanceUuid)
      .flatMap((key) => this.machines.get(key) ?? [])
      .filter((machine) => machine.instanceUuid === instanceUuid)
      .map(({ ref }) => ref);
  }

  machine(ref: ManagedObjectReference): ModelMachine {
    const machine = this.machines.get(refKey(ref));
    if (machine === undefined) throw notFound(ref);
    return machine;
  }

  entity(ref: ManagedObjectReference): ModelEntity {
    const entity = this.entities.get(refKey(ref));
    if (entity === undefined) throw notFound(ref);
    return entity;
  }

  has(ref: ManagedObjectReference): boolean {
    return this.machines.has(refKey(ref)) || this.entities.has(refKey(ref));
  }

  addMachine(machine: ModelMachine): void {
    this.machines.set(refKey(machine.ref), machine);
    this.changed(machine.ref);
  }

  addGhost(ghost: Ghost): void {
    const ref = { type: 'VirtualMachine', value: this.nextId('vm') };
    this.ghosts.set(refKey(ref), ghost);
    this.changed(ref);
  }

  /** `folder`: of a vApp, whose parent is a resource pool. */
  addEntity(
    type: ManagedEntityType,
    value: string,
    name: string,
    parent: ManagedObjectReference,
    folder?: ManagedObjectReference,
  ): ModelEntity {
    const entity = { ref: { type, value }, name, parent, ...(folder && { folder }) };
    this.entities.set(refKey(entity.ref), entity);
    this.changed(entity.ref);
    return entity;
  }

  remove(ref: ManagedObjectReference): void {
    if (this.machines.delete(refKey(ref)) || this.entities.delete(refKey(ref))) this.changed(ref, 'Gone');
  }

  children(parent: ManagedObjectReference): readonly ManagedObjectReference[] {
    return [...this.entities.values(), ...this.machines.values()]
      .filter((item) => isIn(parent, item))
      .map(({ ref }) => ref);
  }

  /** The object with this name in a folder. Names of folders and machines must differ. */
  holderOfName(parent: ManagedObjectReference, name: string): ManagedObjectReference | undefined {
    return this.#index
      .named(name)
      .flatMap((key) => this.entities.get(key) ?? this.machines.get(key) ?? [])
      .find((item) => item.name === name && isIn(parent, item))?.ref;
  }
}

function isIn(parent: ManagedObjectReference, item: ModelEntity | ModelMachine): boolean {
  return sameRef(item.parent, parent) || ('folder' in item && sameRef(item.folder, parent));
}
