import { groupFolderName } from '../../api/identity';
import { readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import { type Inventory, sameRef, type VirtualMachine } from '../../vsphere/port';
import type { InFlightOperation } from '../model/in-flight';
import { isOfSize, sizeOf } from '../model/machine-size';
import type { GroupFolder, Replica } from '../model/observation';
import type { Placement } from '../model/placement';

/** What the inventory shows of one group. */
export interface Seen {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly placement: Placement;
  readonly folder: GroupFolder;
  readonly replicas: readonly Replica[];
  readonly inventory: Inventory;
}

/**
 * Whether the inventory shows the effect of an operation. A machine may be visible before the task that makes or
 * changes it has ended. Until then nothing else may be done to it, so the operation stays in flight.
 */
export function effectIsSeen(sent: InFlightOperation, seen: Seen): boolean {
  const { group, placement, folder, replicas, inventory } = seen;
  const machine = sent.machine === undefined ? undefined : inventory.virtualMachine(sent.machine);
  const running = sent.state === 'Sent';
  switch (sent.operation) {
    case 'CreateFolder':
      return sent.folderName === groupFolderName(group.metadata.namespace, group.metadata.name)
        ? folder.kind === 'Found'
        : placement.parentFolder?.kind === 'Found';
    case 'DestroyFolder':
      return folder.kind === 'Missing';
    case 'Clone':
      return (
        !running &&
        replicas.some(({ slot }) => slot.ordinal === sent.slot?.ordinal && slot.revision === sent.slot.revision)
      );
    case 'PowerOn':
      return machine === undefined || (!running && machine.powerState === 'poweredOn');
    case 'PowerOff':
      return machine === undefined || (!running && machine.powerState === 'poweredOff');
    case 'Shutdown':
      return machine === undefined || (!running && machine.powerState !== 'poweredOn');
    case 'Adopt':
      return !running && isAdopted(machine, seen);
    case 'RenameFolder':
      return folder.kind === 'Found';
    case 'Destroy':
      return machine === undefined;
    case 'ReleaseMarks':
      return machine === undefined || !isReplica(machine, replicas);
    case 'Reconfigure':
      return machine === undefined || (!running && isOfSize(machine, sent.size ?? sizeOf(group)));
    case 'Settle':
      return false;
  }
}

/** Whether an adoption is complete: the machine carries our marks, or is gone. */
function isAdopted(machine: VirtualMachine | undefined, { group, clusterId }: Seen): boolean {
  if (machine === undefined) return true;
  const owner = readOwnership(machine);
  return owner?.cluster === clusterId && owner.groupUid === group.metadata.uid;
}

function isReplica(machine: VirtualMachine, replicas: readonly Replica[]): boolean {
  return replicas.some((replica) => sameRef(replica.machine.ref, machine.ref));
}
