/** Whose folder a clone goes to that an earlier process may have started. */
import { isGroupFolderName } from '../../api/identity';
import { type Inventory, sameRef } from '../../vsphere/port';
import { lineageOf } from '../model/lineage';
import type { CloneFolder, GroupStore } from '../model/port';
import { homesOfGroups } from './group-homes';
import type { PlacementRules } from './resolution';

export interface CloneFolderQuestion {
  readonly inventory: Inventory;
  readonly rules: PlacementRules;
  readonly groups: Pick<GroupStore, 'byFolder' | 'byFolderName'>;
}

/**
 * The namespace whose group the folder may be of. R9: another cluster, or a person, may have folders of such names too, so
 * one that the inventory shows is judged by what holds it. R2: one that it does not show may be ours by its name.
 */
export function namespaceOfCloneFolder(target: CloneFolder, question: CloneFolderQuestion): string | undefined {
  const { folder, folderName } = target;
  const [recorded] = question.groups.byFolder(folder);
  if (recorded !== undefined) return recorded.metadata.namespace;
  if (!isGroupFolderName(folderName)) return undefined;
  const [namespace = ''] = folderName.split('.');
  return mayBeAGroups(target, namespace, question) ? namespace : undefined;
}

function mayBeAGroups(
  { folder, folderName }: CloneFolder,
  namespace: string,
  { inventory, rules, groups }: CloneFolderQuestion,
): boolean {
  const around = lineageOf(folder, inventory);
  const vmFolder = around[around.findIndex(({ type }) => type === 'Datacenter') - 1];
  if (vmFolder === undefined) return true;
  const holder = around[1]?.ref;
  if (homesOfGroups({ inventory, rules, namespace }, vmFolder).some((home) => sameRef(home, holder))) return true;
  return groups.byFolderName(folderName).some(({ spec }) => {
    const named = spec.placement?.folder;
    const found = named === undefined ? undefined : inventory.findEntity(['Folder'], named, vmFolder.ref);
    return found?.kind === 'Found' && sameRef(found.object.ref, holder);
  });
}
