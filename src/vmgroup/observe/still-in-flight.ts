import { groupFolderName } from '../../api/identity';
import { readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import { type Inventory, sameRef, type VirtualMachine } from '../../vsphere/port';
import type { InFlightOperation, Operation } from '../model/in-flight';
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
 * The operations that are still in flight, with what this look has found. A machine may show an effect before the task
 * that makes it has ended. Until then nothing else may be done to it, so the operation stays in flight. If somebody
 * undoes the effect meanwhile, it was seen all the same, and nobody waits for it to come again.
 */
export function stillInFlight(operations: readonly InFlightOperation[], seen: Seen): readonly InFlightOperation[] {
  return operations.flatMap((sent) => {
    const machine = sent.machine && seen.inventory.virtualMachine(sent.machine);
    if (sent.machine !== undefined && machine === undefined && sent.operation !== 'Adopt') return [];
    const effectSeen = sent.effectSeen === true || showsEffect(sent, machine, seen);
    if (effectSeen && (sent.state !== 'Sent' || !ENDS_BY_TASK.has(sent.operation))) return [];
    return [effectSeen ? { ...sent, effectSeen } : sent];
  });
}

/** Operations whose machine shows the effect while their task still works on it. */
const ENDS_BY_TASK: ReadonlySet<Operation> = new Set([
  'Clone',
  'PowerOn',
  'PowerOff',
  'Shutdown',
  'Adopt',
  'Reconfigure',
  'WriteSettings',
  'WriteAttributes',
  'SizeDisks',
  'WriteHostRules',
]);

function showsEffect(sent: InFlightOperation, machine: VirtualMachine | undefined, seen: Seen): boolean {
  const { group, placement, folder, replicas } = seen;
  switch (sent.operation) {
    case 'CreateFolder':
      return sent.folderName === groupFolderName(group.metadata.namespace, group.metadata.name)
        ? folder.kind === 'Found'
        : !isMissing(sent, placement);
    case 'DestroyFolder':
      return folder.kind === 'Missing';
    case 'Clone':
      return replicas.some(({ slot }) => slot.ordinal === sent.slot?.ordinal && slot.revision === sent.slot.revision);
    case 'PowerOn':
      return machine?.powerState === 'poweredOn';
    case 'PowerOff':
      return machine?.powerState === 'poweredOff';
    case 'Shutdown':
      return machine?.powerState !== 'poweredOn' || isTakenAway(machine, replicas);
    case 'Adopt':
      return isAdopted(machine, seen);
    case 'RenameFolder':
      return folder.kind === 'Found';
    case 'Destroy':
      return machine === undefined;
    case 'ReleaseMarks':
      return machine === undefined || !isReplica(machine, replicas);
    case 'Reconfigure':
      return machine === undefined || isOfSize(machine, sent.size ?? sizeOf(group));
    case 'WriteSettings':
    case 'WriteHostRules':
    case 'WriteAttributes':
      // The inventory shows nothing of it: it is over with its task.
      return true;
    case 'SizeDisks':
      return replicas.some((replica) => sameRef(replica.machine.ref, sent.machine) && replica.disks === sent.disks);
    case 'Settle':
    case 'LookIntoFolder':
    case 'ProveMachineGone':
    case 'ProveFolderGone':
    case 'FindStoragePolicy':
    case 'InspectMachines':
      return false;
  }
}

/** Whether the level of the default folder that was made does not show yet. Two levels may have one name. */
function isMissing({ folderName, folderParent }: InFlightOperation, { parentFolder }: Placement): boolean {
  if (parentFolder?.kind === 'Found') return false;
  if (parentFolder === undefined || folderParent === undefined) return true;
  return parentFolder.name === folderName && sameRef(parentFolder.within, folderParent);
}

/** Whether an adoption is complete: the machine carries our marks, or is gone. */
function isAdopted(machine: VirtualMachine | undefined, { group, clusterId }: Seen): boolean {
  if (machine === undefined) return true;
  const owner = readOwnership(machine);
  return owner?.cluster === clusterId && owner.groupUid === group.metadata.uid;
}

/**
 * Whether somebody took the machine out of the group. What its guest was asked for no longer concerns the group, and no live
 * read ends such a request: its slot must not wait for it (R8).
 */
function isTakenAway(machine: VirtualMachine, replicas: readonly Replica[]): boolean {
  return machine.unreadable !== true && !isReplica(machine, replicas);
}

function isReplica(machine: VirtualMachine, replicas: readonly Replica[]): boolean {
  return replicas.some((replica) => sameRef(replica.machine.ref, machine.ref));
}
