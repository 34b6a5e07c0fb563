/** Three views of one inventory that must agree: that of the connection, a fresh read, and the sum of all events. */
import { isDeepStrictEqual } from 'node:util';
import type { CallContext, Inventory, InventoryChange, ManagedEntity, VirtualMachine } from '../../../src/vsphere';
import { ENTITY_TYPES } from '../../../src/vsphere/inventory/entity-index';
import { entitiesFilter, machinesFilter } from '../../../src/vsphere/inventory/filter-specs';
import { decodeName } from '../../../src/vsphere/inventory/virtual-machine';
import { refKey } from '../../../src/vsphere/port';
import { retrieveProperties } from '../../../src/vsphere/property/property-reader';
import { refOf } from '../../../src/vsphere/property/property-value';
import type { Session } from '../../../src/vsphere/session/session';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';

/** One line per object, sorted: its name, its parent, and the state of a machine. */
export type Picture = readonly string[];

export function everything(inventory: Inventory): readonly (VirtualMachine | ManagedEntity)[] {
  return [...inventory.virtualMachines(), ...inventory.entitiesOfType(ENTITY_TYPES)];
}

export function pictureOf(inventory: Inventory): Picture {
  const lines = everything(inventory).map((object) => {
    const { ref, name, parent } = object;
    const state = 'powerState' in object ? [object.powerState, object.isTemplate] : [];
    return JSON.stringify([refKey(ref), name, parent && refKey(parent), ...state]);
  });
  return lines.sort();
}

/** Reads the inventory with RetrievePropertiesEx in another session, through new views. */
export async function freshPicture(session: Session, call: CallContext): Promise<Picture> {
  const { rootFolder, viewManager } = session.service;
  const lines: string[] = [];
  for (const [type, specOf] of [
    [['VirtualMachine'], machinesFilter],
    [ENTITY_TYPES, entitiesFilter],
  ] as const) {
    const parameters = { container: rootFolder, type, recursive: true };
    const view = await session.invoke('CreateContainerView', viewManager, parameters, call);
    for (const { obj, propSet = [] } of await retrieveProperties(session, specOf(view, []), call)) {
      const values = new Map<string, AnyValue | undefined>(propSet.map(({ name, val }) => [name, val]));
      const parent = refOf(values.get('parent'));
      const isMachine = obj.type === 'VirtualMachine';
      const state = isMachine ? [values.get('runtime.powerState'), values.get('config.template')] : [];
      const name = decodeName(String(values.get('name')));
      lines.push(JSON.stringify([refKey(obj), name, parent && refKey(parent), ...state]));
    }
    await session.invoke('DestroyView', view, {}, call);
  }
  return lines.sort();
}

/** Applies the events to an empty inventory. Throws at an event that does not fit the events before it or changes nothing. */
export function replay(changes: readonly InventoryChange[]): ReadonlyMap<string, VirtualMachine | ManagedEntity> {
  const known = new Map<string, VirtualMachine | ManagedEntity>();
  for (const [index, { before, after }] of changes.entries()) {
    const ref = after?.ref ?? before?.ref;
    if (ref === undefined) throw new Error(`event ${index} is about nothing`);
    const key = refKey(ref);
    if (!isDeepStrictEqual(before, known.get(key)))
      throw new Error(`event ${index} goes from ${JSON.stringify(before)}, known is ${JSON.stringify(known.get(key))}`);
    if (isDeepStrictEqual(before, after)) throw new Error(`event ${index} changes nothing of ${key}`);
    if (after === undefined) known.delete(key);
    else known.set(key, after);
  }
  return known;
}
