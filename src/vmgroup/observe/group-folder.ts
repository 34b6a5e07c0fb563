import { groupFolderName } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { type Inventory, type ManagedEntity, sameRef } from '../../vsphere/port';
import type { KnownFolder } from '../model/known-objects';
import type { GroupFolder, Replica } from '../model/observation';
import type { Placement } from '../model/placement';

export interface FolderSearch {
  readonly placement: Placement;
  readonly inventory: Inventory;
  readonly replicas: readonly Replica[];
  /** The folder of the last look, or of the last status. */
  readonly known: KnownFolder | undefined;
}

/** Looks by the known reference first, so that a folder is still found after a person renamed or moved it; then by name. */
export function findGroupFolder(group: VmGroup, search: FolderSearch): GroupFolder {
  const { placement, inventory, replicas, known } = search;
  const name = groupFolderName(group.metadata.namespace, group.metadata.name);
  const before = known && inventory.entity(known.ref);
  const parent = placement.parentFolder;
  const named =
    parent?.kind === 'Found'
      ? inventory.entitiesIn(parent.ref).find((entity) => entity.type === 'Folder' && entity.name === name)
      : undefined;
  const folder = before !== undefined && isOurs(before, name, search) ? before : named;
  if (folder === undefined) return { kind: 'Missing' };
  const heldMachines = sameRef(folder.ref, known?.ref) && known?.heldMachines === true;
  const mayGo = folder.name === name || heldMachines || holds(folder, replicas);
  return { kind: 'Found', ref: folder.ref, path: inventory.pathOf(folder.ref), ...(!mayGo && { stays: true }) };
}

/**
 * R1: after a restore of vCenter a recorded reference may be somebody else's folder. So it counts only with the group's
 * name, or with machines of the group in it, or when this process has seen it so before.
 */
function isOurs(folder: ManagedEntity, name: string, { replicas, known }: FolderSearch): boolean {
  return folder.name === name || known?.wasOurs === true || holds(folder, replicas);
}

function holds({ ref }: ManagedEntity, replicas: readonly Replica[]): boolean {
  return replicas.some(({ machine }) => sameRef(machine.parent, ref));
}
