import { isGroupFolderName } from '../../api/identity';
import type { Inventory, ManagedEntity } from '../../vsphere/port';
import { levelsOf, pathWith } from '../model/tenant-policy';

/**
 * Empty folders in the default folder with the name of a group that does not exist. A process that ended while its
 * CreateFolder was on the way leaves one behind if the group is deleted meanwhile. A folder has no marks, and an empty one
 * may be another cluster's: it is listed and never removed. The result is right only while the inventory and the list of
 * groups are complete.
 *
 * @param names Names of the folders of all groups that exist.
 * @param isServed Whether the groups of a namespace are watched at all.
 */
export function emptyGroupFolders(
  inventory: Inventory,
  rules: { readonly defaultFolder: string; readonly clusterId: string },
  names: ReadonlySet<string>,
  isServed: (namespace: string) => boolean,
): readonly ManagedEntity[] {
  const levels = levelsOf(pathWith(rules.defaultFolder, rules));
  const isEmpty = ({ ref, type }: ManagedEntity) =>
    type === 'Folder' && inventory.virtualMachinesIn(ref).length === 0 && inventory.entitiesIn(ref).length === 0;
  return inventory
    .entitiesOfType(['Datacenter'])
    .flatMap(({ ref }) => ['vm', ...levels].reduce(descended(inventory), [ref]))
    .flatMap((ref) => inventory.entitiesIn(ref))
    .filter(({ name }) => isGroupFolderName(name) && isServed(name.slice(0, name.indexOf('.'))))
    .filter((folder) => !names.has(folder.name) && isEmpty(folder))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function descended(inventory: Inventory) {
  return (reached: ManagedEntity['ref'][], level: string) =>
    reached
      .flatMap((ref) => inventory.entitiesIn(ref))
      .filter(({ type, name }) => type === 'Folder' && name === level)
      .map(({ ref }) => ref);
}
