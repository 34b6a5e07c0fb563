import type { Inventory } from '../../vsphere/port';
import type { Placement } from '../model/placement';

/**
 * Where the account may not look, although folder and machines of any group may be there. Who sees no datacenter, or not its
 * VM folder, knows nothing of what is in it: nothing counts as gone then (R13).
 */
export function findBlindSpot({ datacenter }: Placement, inventory: Inventory): string | undefined {
  if (inventory.entitiesOfType(['Datacenter']).length === 0) return 'any datacenter';
  if (datacenter === undefined) return undefined;
  const hasMachineFolder = inventory
    .entitiesIn(datacenter.ref)
    .some(({ type, name }) => type === 'Folder' && name === 'vm');
  return hasMachineFolder ? undefined : `the VM folder of datacenter ${datacenter.name}`;
}
