import { isGroupFolderName } from '../../api/identity';
import type { ManagedEntity } from '../../vsphere/port';
import { descend } from '../model/lineage';
import { type DefaultFolderQuestion, defaultFolder } from './group-homes';

/**
 * Empty folders in the default folder with the name of a group that does not exist. A process that ended while its
 * CreateFolder was on the way leaves one behind if the group is deleted meanwhile. A folder has no marks, and an empty one
 * may be another cluster's: it is listed and never removed. The result is right only while the inventory and the list of
 * groups are complete.
 *
 * @param isOfGroup Whether a group exists whose folder has this name.
 * @param isServed Whether the groups of a namespace are watched at all.
 */
export function emptyGroupFolders(
  question: DefaultFolderQuestion,
  isOfGroup: (folderName: string) => boolean,
  isServed: (namespace: string) => boolean,
): readonly ManagedEntity[] {
  const { inventory } = question;
  const isEmpty = ({ ref, type }: ManagedEntity) =>
    type === 'Folder' && inventory.virtualMachinesIn(ref).length === 0 && inventory.entitiesIn(ref).length === 0;
  return inventory
    .entitiesOfType(['Datacenter'])
    .flatMap((datacenter) => descend(datacenter, ['vm'], inventory))
    .map((vmFolder) => defaultFolder(question, vmFolder))
    .flatMap((home) => (home?.kind === 'Found' ? inventory.entitiesIn(home.ref) : []))
    .filter(({ name }) => isGroupFolderName(name) && isServed(name.slice(0, name.indexOf('.'))))
    .filter((folder) => !isOfGroup(folder.name) && isEmpty(folder))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
