import { type Slot, slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { InFlightOperation } from './in-flight';
import type { Observation, Replica } from './observation';

/**
 * What is under way for a replica: inFlight about its machine, and those about its slot that name no machine. Asked many
 * times a plan, so a list of inFlight is looked through once only: a group may have 500 replicas and as many inFlight.
 */
export function operationsOf({ machine, slot }: Replica, { inFlight }: Observation): readonly InFlightOperation[] {
  const { byMachine, ofSlotAlone } = indexOf(inFlight);
  const aboutSlot = ofSlotAlone.get(slotKey(slot)) ?? NONE;
  const aboutMachine = byMachine.get(refKey(machine.ref)) ?? NONE;
  return aboutSlot.length === 0 ? aboutMachine : [...aboutSlot, ...aboutMachine];
}

/** What is under way for a slot, whether it names a machine or not. */
export function operationsOfSlot(slot: Slot, { inFlight }: Observation): readonly InFlightOperation[] {
  return indexOf(inFlight).ofSlot.get(slotKey(slot)) ?? NONE;
}

const NONE: readonly InFlightOperation[] = [];

interface EntryIndex {
  readonly byMachine: ReadonlyMap<string, readonly InFlightOperation[]>;
  readonly ofSlot: ReadonlyMap<string, readonly InFlightOperation[]>;
  readonly ofSlotAlone: ReadonlyMap<string, readonly InFlightOperation[]>;
}

const EMPTY: EntryIndex = { byMachine: new Map(), ofSlot: new Map(), ofSlotAlone: new Map() };

/** A list of inFlight is a value that never changes. */
const indexes = new WeakMap<readonly InFlightOperation[], EntryIndex>();

function indexOf(inFlight: readonly InFlightOperation[]): EntryIndex {
  if (inFlight.length === 0) return EMPTY;
  const known = indexes.get(inFlight);
  if (known !== undefined) return known;
  const index = makeIndex(inFlight);
  indexes.set(inFlight, index);
  return index;
}

function makeIndex(inFlight: readonly InFlightOperation[]): EntryIndex {
  const byMachine = new Map<string, InFlightOperation[]>();
  const ofSlot = new Map<string, InFlightOperation[]>();
  const ofSlotAlone = new Map<string, InFlightOperation[]>();
  for (const entry of inFlight) {
    if (entry.machine !== undefined) append(byMachine, refKey(entry.machine), entry);
    if (entry.slot === undefined) continue;
    append(ofSlot, slotKey(entry.slot), entry);
    if (entry.machine === undefined) append(ofSlotAlone, slotKey(entry.slot), entry);
  }
  return { byMachine, ofSlot, ofSlotAlone };
}

function append(index: Map<string, InFlightOperation[]>, key: string, entry: InFlightOperation): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [entry]);
  else found.push(entry);
}
