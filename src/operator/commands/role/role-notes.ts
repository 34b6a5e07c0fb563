/** What an administrator has to know before the lines of any form are used. One sentence per line, without control characters. */
import type { Feature } from '../../../vmgroup/model/features';
import type { VCenterRoles } from './vcenter-roles';

export function roleNotes({ features, permissions, adopted }: VCenterRoles): readonly string[] {
  const uses = (feature: Feature) => features.includes(feature);
  const folders = permissions.filter(({ path, kind }) => kind === 'Folder' && /\/vm\//.test(path));
  return [
    `For: ${features.join(', ')}.`,
    `The folders must exist: ${folders.map(({ path }) => path).join(', ')}.`,
    ...(uses('adoption') && adopted.length === 0
      ? [
          'adoption: machines that spec.adopt takes over are changed and destroyed where they are: name each folder that they are in with --adopted, such as --adopted /dc1/vm/by-hand, unless it is below one of these.',
        ]
      : []),
    ...(uses('drs-rules')
      ? ['drs-rules: Host.Inventory.EditCluster allows any change of the settings of a cluster.']
      : []),
    ...(uses('customization')
      ? ['customization: VirtualMachine.Provisioning.ReadCustSpecs shows every customization specification.']
      : []),
    ...(uses('tags')
      ? [
          'tags: where vCenter does not take InventoryService.Tagging.AttachTag from the root folder, give it on the tags.',
        ]
      : []),
  ];
}
