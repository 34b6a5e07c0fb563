import { type Slot, slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { InFlightOperation } from './in-flight';
import type { Observation, Replica } from './observation';

/**
 * The in-flight operations of a replica: those on its machine, and those on its slot that name no machine. A plan asks
 * this many times, and a group may have 500 replicas with one operation each, so the list is indexed once.
 */
export function operationsOf({ machine, slot }: Replica, { inFlight }: Observation): readonly InFlightOperation[] {
  // Most groups have nothing in flight, and to make the keys costs the most.
  if (inFlight.length === 0) return NONE;
  const { byMachine, ofSlotAlone } = indexOf(inFlight);
  const aboutSlot = ofSlotAlone.size === 0 ? NONE : (ofSlotAlone.get(slotKey(slot)) ?? NONE);
  const aboutMachine = byMachine.get(refKey(machine.ref)) ?? NONE;
  return aboutSlot.length === 0 ? aboutMachine : [...aboutSlot, ...aboutMachine];
}

/** The in-flight operations of a slot, whether they name a machine or not. */
export function operationsOfSlot(slot: Slot, { inFlight }: Observation): readonly InFlightOperation[] {
  return indexOf(inFlight).ofSlot.get(slotKey(slot)) ?? NONE;
}

const NONE: readonly InFlightOperation[] = [];

interface OperationIndex {
  readonly byMachine: ReadonlyMap<string, readonly InFlightOperation[]>;
  readonly ofSlot: ReadonlyMap<string, readonly InFlightOperation[]>;
  readonly ofSlotAlone: ReadonlyMap<string, readonly InFlightOperation[]>;
}

const EMPTY: OperationIndex = { byMachine: new Map(), ofSlot: new Map(), ofSlotAlone: new Map() };

/** By the list itself, which never changes once it is made. */
const indexes = new WeakMap<readonly InFlightOperation[], OperationIndex>();

function indexOf(inFlight: readonly InFlightOperation[]): OperationIndex {
  if (inFlight.length === 0) return EMPTY;
  const known = indexes.get(inFlight);
  if (known !== undefined) return known;
  const index = makeIndex(inFlight);
  indexes.set(inFlight, index);
  return index;
}

function makeIndex(inFlight: readonly InFlightOperation[]): OperationIndex {
  const byMachine = new Map<string, InFlightOperation[]>();
  const ofSlot = new Map<string, InFlightOperation[]>();
  const ofSlotAlone = new Map<string, InFlightOperation[]>();
  for (const sent of inFlight) {
    if (sent.machine !== undefined) append(byMachine, refKey(sent.machine), sent);
    if (sent.slot === undefined) continue;
    append(ofSlot, slotKey(sent.slot), sent);
    if (sent.machine === undefined) append(ofSlotAlone, slotKey(sent.slot), sent);
  }
  return { byMachine, ofSlot, ofSlotAlone };
}

function append(index: Map<string, InFlightOperation[]>, key: string, operation: InFlightOperation): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [operation]);
  else found.push(operation);
}
