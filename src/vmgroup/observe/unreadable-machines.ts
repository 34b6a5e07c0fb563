import { machineNameOf } from '../../api/naming';
import { readOwnership } from '../../api/ownership';
import type { ManagedObjectReference, VirtualMachine } from '../../vsphere/port';
import type { InFlightOperation } from '../model/in-flight';
import type { Seen } from './still-in-flight';

/**
 * Machines that may be the group's, although vCenter does not tell their configuration now, and with it their marks: their
 * host or files cannot be reached, or the account lacks a privilege. They are unknown, neither gone nor foreign (R1): they
 * hold creation, deletion and the finalizer back. A machine whose marks were read before keeps them, and is a replica.
 *
 * After a restart nothing was read before. Then a machine counts that lies in the group's folder (or in that of the last
 * status, which may bear another name now), or that the last status
 * names by its reference or, without one, by its name. One that a clone of ours is just making is expected, and does not count.
 */
export function findUnreadable(
  { group, folder, inventory }: Seen,
  operations: readonly InFlightOperation[],
  doubtfulFolder?: ManagedObjectReference,
): readonly VirtualMachine[] {
  const known = group.status?.replicas ?? [];
  const making = new Set(
    operations.flatMap(({ operation, slot, machineName }) =>
      operation === 'Clone' && slot !== undefined ? [machineName ?? machineNameOf(group, slot)] : [],
    ),
  );
  const candidates = new Map<string, VirtualMachine>();
  const add = (machine: VirtualMachine | undefined): void => {
    if (machine?.unreadable !== true || readOwnership(machine) !== undefined || making.has(machine.name)) return;
    candidates.set(machine.ref.value, machine);
  };
  const place = folder.kind === 'Found' ? folder.ref : doubtfulFolder;
  if (place !== undefined) for (const machine of inventory.virtualMachinesIn(place)) add(machine);
  for (const { moRef, name } of known) {
    if (moRef !== undefined) add(inventory.virtualMachine({ type: 'VirtualMachine', value: moRef }));
    // A clone ended, and the process did too, before the status told the reference of the new machine.
    else for (const machine of inventory.virtualMachinesNamed(name)) add(machine);
  }
  return [...candidates.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
