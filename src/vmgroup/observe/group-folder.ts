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
  /** The folder that this process has made, or taken over from the original operator. */
  readonly createdFolder: string | undefined;
}

/** Looks by the known reference first, so that a folder is still found after a person renamed or moved it; then by name. */
export function findGroupFolder(group: VmGroup, search: FolderSearch): GroupFolder {
  const { placement, inventory, replicas, known } = search;
  const name = nameOf(group);
  const parent = placement.parentFolder;
  const named =
    parent?.kind === 'Found'
      ? inventory.entitiesIn(parent.ref).find((entity) => entity.type === 'Folder' && entity.name === name)
      : undefined;
  const folder = knownGroupFolder(group, search) ?? named;
  if (folder === undefined) return { kind: 'Missing' };
  const heldMachines = sameRef(folder.ref, known?.ref) && known?.heldMachines === true;
  const mayGo = folder.name === name || heldMachines || holds(folder, replicas);
  const { ref } = folder;
  const recorded = group.status?.folder;
  const createdByOperator =
    search.createdFolder === ref.value || (recorded?.moRef === ref.value && recorded.createdByOperator === true);
  // Where the spec names no folder, the operator's settings do: what has the group's name there was made for it.
  const isAtHome = group.spec.placement?.folder === undefined || isInHome(folder, parent);
  const path = inventory.pathOf(ref);
  return { kind: 'Found', ref, path, createdByOperator, isOurs: mayGo && (createdByOperator || isAtHome) };
}

/** The folder of the last look or of the last status, where it is still the group's. */
export function knownGroupFolder(group: VmGroup, search: Omit<FolderSearch, 'placement'>): ManagedEntity | undefined {
  const { known, inventory } = search;
  const before = known && inventory.entity(known.ref);
  return before !== undefined && isOurs(before, nameOf(group), search) ? before : undefined;
}

function nameOf({ metadata }: VmGroup): string {
  return groupFolderName(metadata.namespace, metadata.name);
}

/** The spec may also name the very folder that the settings name. */
function isInHome({ parent }: ManagedEntity, home: Placement['parentFolder']): boolean {
  return home?.kind === 'Found' && home.ofOperator === true && sameRef(parent, home.ref);
}

/**
 * R1: after a restore of vCenter a recorded reference may be somebody else's folder. So it counts only with the group's
 * name, or with machines of the group in it, or when this process has seen it so before.
 */
function isOurs(folder: ManagedEntity, name: string, { replicas, known }: Omit<FolderSearch, 'placement'>): boolean {
  return folder.name === name || known?.wasOurs === true || holds(folder, replicas);
}

function holds({ ref }: ManagedEntity, replicas: readonly Replica[]): boolean {
  return replicas.some(({ machine }) => sameRef(machine.parent, ref));
}
