/** Which privileges the operator needs, and on which objects. */
import type { VmGroupSpec } from '../../../api/vm-group';
import type { Placement } from '../../../vmgroup/model/placement';
import { type Inventory, type ManagedObjectReference, type ObjectPrivileges, refKey } from '../../../vsphere';

/** An object that the operator works on, and the privileges that it needs there. */
export interface PrivilegeNeed {
  readonly object: ManagedObjectReference;
  /** What it is, as in: resource pool. */
  readonly noun: string;
  readonly path: string;
  readonly privileges: readonly string[];
}

/** On the folder that holds the groups' folders, and inherited by all machines below it. */
const FOLDER = [
  'Folder.Create',
  'Folder.Delete',
  'VirtualMachine.Inventory.CreateFromExisting',
  'VirtualMachine.Inventory.Delete',
  'VirtualMachine.Interact.PowerOn',
  'VirtualMachine.Interact.PowerOff',
  'VirtualMachine.Config.CPUCount',
  'VirtualMachine.Config.Memory',
  'VirtualMachine.Config.AdvancedConfig',
  'VirtualMachine.Config.Settings',
  'VirtualMachine.Config.Annotation',
  'VirtualMachine.Config.Rename',
  // vSphere's "Required Privileges for Common Tasks": to deploy a machine from a template, on the destination folder.
  'VirtualMachine.Config.AddNewDisk',
] as const;
/** Needed there too when spec.networks connects adapters to other networks than the template. */
const ADAPTERS = ['VirtualMachine.Config.AddRemoveDevice', 'VirtualMachine.Config.EditDevice'] as const;

/** The needs of one group, as far as its names were resolved. */
export function privilegeNeeds(
  spec: Pick<VmGroupSpec, 'networks'>,
  placement: Placement,
  inventory: Inventory,
): readonly PrivilegeNeed[] {
  const needs: PrivilegeNeed[] = [];
  const need = (object: ManagedObjectReference | undefined, noun: string, ...privileges: readonly string[]) => {
    if (object !== undefined) needs.push({ object, noun, path: inventory.pathOf(object), privileges });
  };
  const { parentFolder, resourcePool, datastore, networks = [], template } = placement;
  const folder = parentFolder?.kind === 'Missing' ? parentFolder.within : parentFolder?.ref;
  need(folder, 'folder', ...FOLDER, ...(spec.networks?.length ? ADAPTERS : []));
  need(resourcePool, 'resource pool', 'Resource.AssignVMToPool');
  need(datastore, 'datastore', 'Datastore.AllocateSpace');
  for (const network of networks) need(network, 'network', 'Network.Assign');
  const source = template && inventory.virtualMachine(template.ref);
  if (source !== undefined)
    need(
      source.ref,
      source.isTemplate ? 'template' : 'machine to clone from',
      source.isTemplate ? 'VirtualMachine.Provisioning.DeployTemplate' : 'VirtualMachine.Provisioning.Clone',
    );
  return needs;
}

/** Each object once, with all privileges that are needed there. */
export function merged(needs: readonly PrivilegeNeed[]): readonly PrivilegeNeed[] {
  const byObject = Map.groupBy(needs, ({ object }) => refKey(object));
  return [...byObject.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, privileges: [...new Set(same.flatMap(({ privileges }) => privileges))] }];
  });
}

/** The privileges that the account lacks on an object; undefined when vCenter gave no answer about it. */
export function missingPrivileges(
  { object, privileges }: PrivilegeNeed,
  granted: readonly ObjectPrivileges[],
): readonly string[] | undefined {
  const answer = granted.find((candidate) => refKey(candidate.object) === refKey(object));
  if (answer === undefined) return undefined;
  const held = new Set(answer.privileges);
  return privileges.filter((privilege) => !held.has(privilege));
}
