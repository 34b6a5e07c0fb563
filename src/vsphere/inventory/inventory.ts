/**
 * The inventory of a vCenter in memory. It takes the updates of a property collector and returns each difference once,
 * for an enter, a repeated enter, a change, and the end of a resync.
 */

import {
  type Inventory,
  type InventoryChange,
  type Lookup,
  type ManagedEntity,
  type ManagedEntityType,
  type ManagedObjectReference,
  refKey,
  sameRef,
  type VirtualMachine,
} from '../port';
import type { Expectations } from '../property/object-properties';
import type { Extent, Property } from '../property/property-value';
import { tooMany } from '../vim25/answer-limits';
import { applyToEntity, EntityIndex, entityExpectations, isEntityType } from './entity-index';
import { applyToGuestInfo } from './guest-info-record';
import { segmentsOf } from './inventory-path';
import { applyToDetails, type DetailsRecord } from './machine-details';
import { MachineIndex } from './machine-index';
import { applyDetails, applyGuestInfo, type VirtualMachineRecord } from './machine-record';
import { applyToMachine, encodeName, machineExpectations } from './virtual-machine';

/** What the properties of an object should be. */
export function expectationsOf({ type }: ManagedObjectReference): Expectations {
  return type === 'VirtualMachine' ? machineExpectations : entityExpectations;
}

/** Beyond what a vCenter may have, which is 70,000 machines. */
const MOST_OBJECTS = 200_000;
/** Deeper than any inventory. It ends the walk to the root if parents form a circle while objects are moved. */
const DEEPEST_PATH = 64;

export class InventoryStore implements Inventory {
  readonly #machines = new MachineIndex();
  readonly #entities = new EntityIndex();
  /** The objects that the sync has shown; undefined if there is no sync. */
  #seen: Set<string> | undefined;

  // --- written by the stream ---

  beginSync(): void {
    this.#seen = new Set();
  }

  /** How many objects the sync under way has shown; 0 if there is none. */
  get seenCount(): number {
    return this.#seen?.size ?? 0;
  }

  /** What the sync under way has not shown so far. */
  unseen(): readonly ManagedObjectReference[] {
    const seen = this.#seen;
    return seen === undefined ? [] : this.refs().filter((ref) => !seen.has(refKey(ref)));
  }

  /** Ends a sync: what it has not shown is gone, unless told otherwise. */
  endSync(gone: readonly ManagedObjectReference[] = this.unseen()): readonly InventoryChange[] {
    this.#seen = undefined;
    return gone.flatMap((ref) => this.remove(ref) ?? []);
  }

  /** Adds or changes an object. Throws ResponseTooLarge if there are too many. undefined: nothing differs, or the inventory does not have objects of that type. */
  apply(
    ref: ManagedObjectReference,
    properties: readonly Property[],
    extent: Extent = 'Changes',
  ): InventoryChange | undefined {
    this.#seen?.add(refKey(ref));
    if (ref.type === 'VirtualMachine') {
      const before = this.#machines.get(ref);
      const record = applyToMachine(ref, before, properties, extent);
      if (record === before) return undefined;
      if (before === undefined) this.#makeRoom();
      this.#machines.put(record);
      return before?.machine === record.machine
        ? undefined
        : changed('VirtualMachine', before?.machine, record.machine);
    }
    const { type } = ref;
    if (!isEntityType(type)) return undefined;
    const before = this.#entities.get(ref);
    const after = applyToEntity({ ...ref, type }, before, properties);
    if (after === before) return undefined;
    if (before === undefined) this.#makeRoom();
    this.#entities.put(after);
    return { kind: 'ManagedEntity', after, ...(before === undefined ? {} : { before }) };
  }

  #makeRoom(): void {
    if (this.#machines.size + this.#entities.size >= MOST_OBJECTS) throw tooMany('objects', MOST_OBJECTS);
  }

  /** Changes the details of a known machine. undefined: nothing of the machine differs. */
  applyDetails(
    ref: ManagedObjectReference,
    properties: readonly Property[],
    extent: Extent,
  ): InventoryChange | undefined {
    const before = this.#machines.get(ref);
    if (before === undefined) return undefined;
    return this.#putDetails(before, applyToDetails(before.details, properties, extent));
  }

  /** Removes the details of a machine that is no longer in the list view: they would become out of date. */
  forgetDetails(ref: ManagedObjectReference): InventoryChange | undefined {
    const before = this.#machines.get(ref);
    return before && this.#putDetails(before, undefined);
  }

  #putDetails(before: VirtualMachineRecord, details: DetailsRecord | undefined): InventoryChange | undefined {
    return this.#put(before, applyDetails(before, details));
  }

  /** Changes what is known of the guestinfo keys of a known machine. undefined: nothing of the machine differs. */
  applyGuestInfo(
    ref: ManagedObjectReference,
    keys: readonly string[],
    properties: readonly Property[],
    extent: Extent,
  ): InventoryChange | undefined {
    const before = this.#machines.get(ref);
    if (before === undefined) return undefined;
    return this.#put(before, applyGuestInfo(before, applyToGuestInfo(before.guestInfo, keys, properties, extent)));
  }

  /** Removes the values of a machine's guest that are no longer watched: they would become out of date. */
  forgetGuestInfo(ref: ManagedObjectReference): void {
    const before = this.#machines.get(ref);
    if (before !== undefined) this.#put(before, applyGuestInfo(before, undefined));
  }

  #put(before: VirtualMachineRecord, after: VirtualMachineRecord): InventoryChange | undefined {
    if (after === before) return undefined;
    this.#machines.put(after);
    return after.machine === before.machine ? undefined : changed('VirtualMachine', before.machine, after.machine);
  }

  remove(ref: ManagedObjectReference): InventoryChange | undefined {
    if (ref.type === 'VirtualMachine') {
      const before = this.#machines.delete(ref);
      return before && { kind: 'VirtualMachine', before };
    }
    const before = this.#entities.delete(ref);
    return before && { kind: 'ManagedEntity', before };
  }

  changeVersionOf(ref: ManagedObjectReference): string | undefined {
    return this.#machines.get(ref)?.changeVersion;
  }

  /** A value that changes when the configuration of a machine, or anything of another managed entity, changes. */
  versionOf(ref: ManagedObjectReference): unknown {
    return ref.type === 'VirtualMachine' ? this.changeVersionOf(ref) : this.#entities.get(ref);
  }

  knows(ref: ManagedObjectReference): boolean {
    return this.#machines.get(ref) !== undefined || this.#entities.get(ref) !== undefined;
  }

  refs(): readonly ManagedObjectReference[] {
    return [...this.#machines.all(), ...this.#entities.all()].map(({ ref }) => ref);
  }

  // --- the port ---

  virtualMachine(ref: ManagedObjectReference): VirtualMachine | undefined {
    return this.#machines.get(ref)?.machine;
  }

  virtualMachines(): Iterable<VirtualMachine> {
    return this.#machines.all();
  }

  virtualMachinesIn(folder: ManagedObjectReference): readonly VirtualMachine[] {
    return this.#machines.in(folder);
  }

  virtualMachinesNamed(name: string): readonly VirtualMachine[] {
    return this.#machines.named(name);
  }

  virtualMachinesByExtraConfig(key: string, value: string): readonly VirtualMachine[] {
    return this.#machines.withExtraConfig(key, value);
  }

  entity(ref: ManagedObjectReference): ManagedEntity | undefined {
    return this.#entities.get(ref);
  }

  entitiesIn(parent: ManagedObjectReference): readonly ManagedEntity[] {
    return this.#entities.in(parent);
  }

  /** The root folder is in no view, so the path begins below it, as inventory paths do. */
  pathOf(ref: ManagedObjectReference): string {
    return `/${this.#lineage(ref)
      .map(({ name }) => encodeName(name))
      .reverse()
      .join('/')}`;
  }

  findVirtualMachine(nameOrPath: string, datacenter: ManagedObjectReference): Lookup<VirtualMachine> {
    const segments = segmentsOf(nameOrPath);
    const matches = this.#machines
      .named(segments?.at(-1) ?? '')
      .filter((machine) => this.#matches(machine.ref, nameOrPath, segments) && this.#lies(machine.ref, datacenter));
    return this.#lookup(matches.length > 0 ? matches : this.#literal(nameOrPath, datacenter));
  }

  findEntity(
    types: readonly ManagedEntityType[],
    nameOrPath: string,
    within?: ManagedObjectReference,
  ): Lookup<ManagedEntity> {
    const segments = segmentsOf(nameOrPath);
    const all = this.entitiesOfType(types, within);
    const matches = all.filter(
      (entity) =>
        this.#matches(entity.ref, nameOrPath, segments) ||
        (!nameOrPath.startsWith('/') && this.#isOnSwitch(entity, segments)),
    );
    return this.#lookup(matches.length > 0 ? matches : all.filter((entity) => entity.name === nameOrPath));
  }

  entitiesOfType(types: readonly ManagedEntityType[], within?: ManagedObjectReference): readonly ManagedEntity[] {
    const all = this.#entities.ofType(types);
    return within === undefined ? all : all.filter(({ ref }) => !sameRef(ref, within) && this.#lies(ref, within));
  }

  /** Machines with exactly this name: a name may have a slash. */
  #literal(name: string, datacenter: ManagedObjectReference): readonly VirtualMachine[] {
    return this.#machines.named(name).filter((machine) => this.#lies(machine.ref, datacenter));
  }

  /** An absolute path must equal the whole path, a relative path or a name its end. */
  #matches(ref: ManagedObjectReference, nameOrPath: string, segments: readonly string[] | undefined): boolean {
    if (segments === undefined) return false;
    const lineage = this.#lineage(ref);
    if (nameOrPath.startsWith('/') && lineage.length !== segments.length) return false;
    return segments.every((segment, index) => lineage[segments.length - 1 - index]?.name === segment);
  }

  /** Port groups of two switches may have one name, and one path. */
  #isOnSwitch({ name, distributedSwitch }: ManagedEntity, segments: readonly string[] | undefined): boolean {
    if (distributedSwitch === undefined || segments?.length !== 2 || segments[1] !== name) return false;
    return this.entity(distributedSwitch)?.name === segments[0];
  }

  #lies(ref: ManagedObjectReference, within: ManagedObjectReference): boolean {
    return this.#lineage(ref).some((item) => sameRef(item.ref, within) || sameRef(item.parent, within));
  }

  /** The object and its ancestors, the object first. */
  #lineage(ref: ManagedObjectReference): readonly (VirtualMachine | ManagedEntity)[] {
    const lineage: (VirtualMachine | ManagedEntity)[] = [];
    let item: VirtualMachine | ManagedEntity | undefined = this.virtualMachine(ref) ?? this.entity(ref);
    while (item !== undefined && lineage.length < DEEPEST_PATH) {
      lineage.push(item);
      item = item.parent === undefined ? undefined : this.entity(item.parent);
    }
    return lineage;
  }

  #lookup<T extends VirtualMachine | ManagedEntity>(matches: readonly T[]): Lookup<T> {
    const [object, second] = matches;
    if (object === undefined) return { kind: 'NotFound' };
    if (second === undefined) return { kind: 'Found', object, path: this.pathOf(object.ref) };
    const paths = matches.map(({ ref }) => this.pathOf(ref));
    const candidatePaths = matches.map((match, index) => {
      const path = paths[index] ?? '';
      return (paths.indexOf(path) !== paths.lastIndexOf(path) && this.#pathOnSwitch(match)) || path;
    });
    return { kind: 'Ambiguous', candidatePaths: candidatePaths.sort() };
  }

  /** SWITCH/PORTGROUP; undefined for another object, or if the account does not see the switch. */
  #pathOnSwitch(object: VirtualMachine | ManagedEntity): string | undefined {
    const ref = 'distributedSwitch' in object ? object.distributedSwitch : undefined;
    const distributedSwitch = ref && this.entity(ref);
    return distributedSwitch && `${encodeName(distributedSwitch.name)}/${encodeName(object.name)}`;
  }
}

function changed(kind: 'VirtualMachine', before: VirtualMachine | undefined, after: VirtualMachine): InventoryChange {
  return { kind, after, ...(before === undefined ? {} : { before }) };
}
