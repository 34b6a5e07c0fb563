import { type Slot, slotKey } from '../../api/identity';
import { refKey } from '../../vsphere/port';
import type { LedgerEntry } from './ledger';
import type { Observation, Replica } from './observation';

/**
 * What is under way for a replica: entries about its machine, and those about its slot that name no machine. Asked many
 * times a plan, so a list of entries is looked through once only: a group may have 500 replicas and as many entries.
 */
export function entriesOf({ machine, slot }: Replica, { entries }: Observation): readonly LedgerEntry[] {
  const { byMachine, ofSlotAlone } = indexOf(entries);
  const aboutSlot = ofSlotAlone.get(slotKey(slot)) ?? NONE;
  const aboutMachine = byMachine.get(refKey(machine.ref)) ?? NONE;
  return aboutSlot.length === 0 ? aboutMachine : [...aboutSlot, ...aboutMachine];
}

/** What is under way for a slot, whether it names a machine or not. */
export function entriesOfSlot(slot: Slot, { entries }: Observation): readonly LedgerEntry[] {
  return indexOf(entries).ofSlot.get(slotKey(slot)) ?? NONE;
}

const NONE: readonly LedgerEntry[] = [];

interface EntryIndex {
  readonly byMachine: ReadonlyMap<string, readonly LedgerEntry[]>;
  readonly ofSlot: ReadonlyMap<string, readonly LedgerEntry[]>;
  readonly ofSlotAlone: ReadonlyMap<string, readonly LedgerEntry[]>;
}

const EMPTY: EntryIndex = { byMachine: new Map(), ofSlot: new Map(), ofSlotAlone: new Map() };

/** A list of entries is a value that never changes. */
const indexes = new WeakMap<readonly LedgerEntry[], EntryIndex>();

function indexOf(entries: readonly LedgerEntry[]): EntryIndex {
  if (entries.length === 0) return EMPTY;
  const known = indexes.get(entries);
  if (known !== undefined) return known;
  const index = makeIndex(entries);
  indexes.set(entries, index);
  return index;
}

function makeIndex(entries: readonly LedgerEntry[]): EntryIndex {
  const byMachine = new Map<string, LedgerEntry[]>();
  const ofSlot = new Map<string, LedgerEntry[]>();
  const ofSlotAlone = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    if (entry.machine !== undefined) append(byMachine, refKey(entry.machine), entry);
    if (entry.slot === undefined) continue;
    append(ofSlot, slotKey(entry.slot), entry);
    if (entry.machine === undefined) append(ofSlotAlone, slotKey(entry.slot), entry);
  }
  return { byMachine, ofSlot, ofSlotAlone };
}

function append(index: Map<string, LedgerEntry[]>, key: string, entry: LedgerEntry): void {
  const found = index.get(key);
  if (found === undefined) index.set(key, [entry]);
  else found.push(entry);
}
