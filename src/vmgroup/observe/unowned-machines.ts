import { Mark, type Ownership, readOwnership } from '../../api/ownership';
import type { Inventory, VirtualMachine } from '../../vsphere/port';

/** A machine with this cluster's marks whose group the API server does not have. */
export interface UnownedMachine {
  readonly machine: VirtualMachine;
  readonly owner: Ownership;
}

/**
 * Machines that carry our marks, but whose group does not exist: it was deleted with force-orphan or with its CRD, or
 * the cluster was restored from a backup. They are listed and never touched (R13). The result is right only while both
 * the inventory and the list of groups are complete. `isServed`: whether the groups of a namespace are watched at all.
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
