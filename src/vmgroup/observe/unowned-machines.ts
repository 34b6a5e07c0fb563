import { Mark, type Ownership, readOwnership } from '../../api/ownership';
import type { Inventory, VirtualMachine } from '../../vsphere/port';

/** A machine with this cluster's marks whose group the API server does not have. */
export interface UnownedMachine {
  readonly machine: VirtualMachine;
  readonly owner: Ownership;
}

/**
 * Machines that carry our marks and belong to no group that exists: left by force-orphan, by a CRD that was removed, or by
 * a cluster that was restored. They are listed, never touched (R13). Only true while both the inventory and the groups
 * are complete. `isServed` tells the namespaces whose groups are known at all.
 */
export function unownedMachines(
  inventory: Inventory,
  clusterId: string,
  hasGroup: (uid: string) => boolean,
  isServed: (namespace: string) => boolean,
): readonly UnownedMachine[] {
  const unowned: UnownedMachine[] = [];
  for (const machine of inventory.virtualMachinesByExtraConfig(Mark.Cluster, clusterId)) {
    const owner = readOwnership(machine);
    if (owner === undefined || hasGroup(owner.groupUid)) continue;
    const [namespace = ''] = owner.group.split('/');
    if (isServed(namespace)) unowned.push({ machine, owner });
  }
  return unowned.sort((a, b) => (a.machine.name < b.machine.name ? -1 : 1));
}
