/** Which privileges the operator needs, and on which objects. */
import type { VmGroupSpec } from '../../../api/vm-group';
import type { Placement } from '../../../vmgroup/model/placement';
import { type Inventory, type ManagedObjectReference, type ObjectPrivileges, refKey } from '../../../vsphere';

/** An object that the operator works on, and what it has to be allowed there. */
export interface PrivilegeNeed {
  readonly object: ManagedObjectReference;
  /** What it is, as in: resource pool. */
  readonly noun: string;
  readonly path: string;
  readonly privileges: readonly string[];
}

/** On the folder that holds the groups' folders, and through it on all machines. */
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
] as const;
/** More of it where adapters are connected elsewhere than in the template. */
const ADAPTERS = ['VirtualMachine.Config.AddRemoveDevice', 'VirtualMachine.Config.EditDevice'] as const;

/** For one group, as far as its names were resolved. */
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

/** Each object once, with all that is needed of it. */
export function merged(needs: readonly PrivilegeNeed[]): readonly PrivilegeNeed[] {
  const byObject = Map.groupBy(needs, ({ object }) => refKey(object));
  return [...byObject.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined
      ? []
      : [{ ...first, privileges: [...new Set(same.flatMap(({ privileges }) => privileges))] }];
  });
}

/** What the account lacks on an object; undefined when vCenter said nothing of it. */
export function missingPrivileges(
  { object, privileges }: PrivilegeNeed,
  granted: readonly ObjectPrivileges[],
): readonly string[] | undefined {
  const told = granted.find((answer) => refKey(answer.object) === refKey(object));
  if (told === undefined) return undefined;
  const held = new Set(told.privileges);
  return privileges.filter((privilege) => !held.has(privilege));
}
