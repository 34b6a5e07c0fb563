import { groupFolderName } from '../../api/identity';
import { refKey, sameRef } from '../../vsphere/port';
import type { InFlightOperation } from '../model/in-flight';
import type { Known, KnownFolder, KnownMachine } from '../model/known-objects';
import type { Seen } from './still-in-flight';

/**
 * What stays known of a group after a look: what the inventory shows of it, and what it does not show any more, until vCenter
 * itself says that it is gone (R1, R7).
 */
export function stillKnown(before: Known, seen: Seen, operations: readonly InFlightOperation[]): Known {
  const folder = stillKnownFolder(before.folder, seen);
  const machines = stillKnownMachines([...before.machines, ...adoptedOutOfSight(operations, seen)], seen);
  return { machines, ...(folder !== undefined && { folder }) };
}

/** An adoption that may have ended well gives our marks to a machine that the inventory has never shown with them. */
function adoptedOutOfSight(operations: readonly InFlightOperation[], { inventory }: Seen): readonly KnownMachine[] {
  return operations.flatMap(({ operation, state, machine, slot, machineName }) => {
    if (operation !== 'Adopt' || state === 'Sent' || machine === undefined || slot === undefined) return [];
    if (inventory.virtualMachine(machine) !== undefined) return [];
    return [{ ref: machine, slot, name: machineName ?? machine.value, isShown: false }];
  });
}

function stillKnownMachines(before: readonly KnownMachine[], { replicas, inventory }: Seen): readonly KnownMachine[] {
  const known = new Map<string, KnownMachine>();
  for (const machine of before) {
    const shown = inventory.virtualMachine(machine.ref);
    // Our own destroy is proof enough; and what can be read and is no replica is not the group's any more.
    if (shown === undefined ? machine.destroy === 'Done' : shown.unreadable !== true) continue;
    const { isUnreadable: _, ...rest } = machine;
    const isShown = shown !== undefined;
    known.set(refKey(machine.ref), { ...rest, isShown, ...(isShown && { isUnreadable: true }) });
  }
  const destroys = new Map(before.map(({ ref, destroy }) => [refKey(ref), destroy]));
  for (const { slot, machine, failureDomain } of replicas) {
    const { ref, name } = machine;
    const destroy = destroys.get(refKey(ref));
    const more = { ...(failureDomain !== undefined && { failureDomain }), ...(destroy !== undefined && { destroy }) };
    known.set(refKey(ref), { ref, slot, name, isShown: true, ...more });
  }
  return [...known.values()];
}

function stillKnownFolder(before: KnownFolder | undefined, seen: Seen): KnownFolder | undefined {
  const { folder, inventory, group, replicas } = seen;
  if (folder.kind === 'Found') {
    const { ref, path } = folder;
    const former = sameRef(before?.ref, ref) ? before : undefined;
    const name = groupFolderName(group.metadata.namespace, group.metadata.name);
    const holds = replicas.some(({ machine }) => sameRef(machine.parent, ref));
    const heldMachines = former?.heldMachines === true || holds;
    const wasOurs = former?.wasOurs === true || heldMachines || inventory.entity(ref)?.name === name;
    const destroy = former?.destroy;
    return { ref, path, isShown: true, wasOurs, heldMachines, ...(destroy !== undefined && { destroy }) };
  }
  if (before === undefined || before.destroy === 'Done') return undefined;
  // A folder whose name vCenter does not tell may be anybody's, so it may be the group's.
  const { name = '' } = inventory.entity(before.ref) ?? {};
  return { ...before, isShown: name !== '' };
}
