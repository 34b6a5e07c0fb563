/** Which privileges the operator needs, and on which objects. */
import { hasStaticAddresses } from '../../api/static-addresses';
import type { VmGroupSpec } from '../../api/vm-group';
import {
  type CloneSource,
  type Inventory,
  type ManagedObjectReference,
  type ObjectPrivileges,
  refKey,
} from '../../vsphere/port';
import { datastoresIn } from './datastore-members';
import { diskSizesOf } from './disk-sizes';
import { wantsApart } from './host-rules';
import { clusterAround } from './lineage';
import type { Placement } from './placement';

/** An object that the operator works on, and the privileges that it needs there. */
export interface PrivilegeNeed {
  readonly object: ManagedObjectReference;
  /** What it is, as in: resource pool. */
  readonly noun: string;
  readonly path: string;
  readonly privileges: readonly string[];
}

/**
 * On the folder that holds the groups' folders, and inherited by all machines below it. Where each is written:
 * docs/vsphere.md#privileges.
 */
const FOLDER = [
  'Folder.Create',
  'Folder.Delete',
  'VirtualMachine.Inventory.CreateFromExisting',
  'VirtualMachine.Inventory.Delete',
  'VirtualMachine.Interact.PowerOff',
  'VirtualMachine.Config.AddNewDisk',
  'VirtualMachine.Config.CPUCount',
  'VirtualMachine.Config.Memory',
  // The marks.
  'VirtualMachine.Config.AdvancedConfig',
  // The instance UUID.
  'VirtualMachine.Config.Settings',
  // The annotation: vSphere's list of privileges says the first, its API reference the second.
  'VirtualMachine.Config.Annotation',
  'VirtualMachine.Config.Rename',
] as const;
const POWER_ON = ['VirtualMachine.Interact.PowerOn'] as const;
/** To connect an adapter that the template has. */
const EDIT_ADAPTER = ['VirtualMachine.Config.EditDevice', 'VirtualMachine.Interact.DeviceConnection'] as const;
/** For adapters that the template has too few or too many of. */
const ADD_OR_REMOVE_ADAPTER = ['VirtualMachine.Config.AddRemoveDevice'] as const;
/** Guest data: the vApp properties of the template are removed, since they would win over it. */
const GUEST_DATA = ['VApp.ApplicationConfig'] as const;
/** Disks of the spec: their size is a setting of a device, and to extend one has a privilege of its own. */
const GROW_DISK = ['VirtualMachine.Config.EditDevice', 'VirtualMachine.Config.DiskExtend'] as const;
/** To look a storage policy up, and which datastores fit it. On the root of the vCenter. */
const STORAGE_POLICY = ['StorageProfile.View'] as const;
/** DRS rules. */
const EDIT_CLUSTER = ['Host.Inventory.EditCluster'] as const;
/** Asked of the source of the clone (docs/vsphere.md#guest-customization). */
const CUSTOMIZE = ['VirtualMachine.Provisioning.Customize'] as const;
/** SetField. The definition of an attribute may ask for another privilege besides. */
const SET_ATTRIBUTE = ['Global.SetCustomField'] as const;
/** Taking over the folder of the original operator. */
const TAKE_OVER = ['Folder.Rename'] as const;

/** What of a group decides which privileges it needs. */
export interface PrivilegeQuestion {
  readonly spec: Pick<VmGroupSpec, 'networks' | 'guest' | 'powerState' | 'disks' | 'placement' | 'customAttributes'>;
  readonly placement: Placement;
  /** What vCenter tells of the template; undefined if it told nothing. */
  readonly source: CloneSource | undefined;
  /** The folder that the annotation `legacy: Adopt` is about. */
  readonly legacyFolder?: ManagedObjectReference | undefined;
}

/** The needs of one group, as far as its names were resolved. */
export function privilegeNeeds(question: PrivilegeQuestion, inventory: Inventory): readonly PrivilegeNeed[] {
  const { spec, placement, source, legacyFolder } = question;
  const needs: PrivilegeNeed[] = [];
  const need = (object: ManagedObjectReference | undefined, noun: string, ...privileges: readonly string[]) => {
    if (object !== undefined) needs.push({ object, noun, path: inventory.pathOf(object), privileges });
  };
  const { parentFolder, networks, template } = placement;
  const places = placement.domains ?? [placement];
  const onMachines = [
    ...FOLDER,
    ...(spec.powerState === 'PoweredOff' ? [] : POWER_ON),
    ...adapterPrivileges(spec.networks?.length ?? 0, source?.adapters),
    ...(hasGuestData(spec) ? GUEST_DATA : []),
    ...(diskSizesOf({ spec }) === undefined ? [] : GROW_DISK),
    ...(spec.customAttributes?.length ? SET_ATTRIBUTE : []),
  ];
  need(parentFolder?.kind === 'Missing' ? parentFolder.within : parentFolder?.ref, 'folder', ...onMachines);
  need(legacyFolder, 'folder', ...onMachines, ...TAKE_OVER);
  for (const place of places) {
    const { resourcePool, datastore } = place;
    need(resourcePool, 'resource pool', 'Resource.AssignVMToPool');
    // With a policy alone it is not known before the clone which datastore fits.
    const ofTemplate = placement.storagePolicy === undefined ? (source?.datastores ?? []) : [];
    const hasHostGroup = 'hostGroup' in place && place.hostGroup !== undefined;
    if (wantsApart({ spec }) || hasHostGroup)
      need(resourcePool && clusterAround(resourcePool, inventory), 'cluster', ...EDIT_CLUSTER);
    for (const store of datastore === undefined ? ofTemplate : datastoresIn(datastore, inventory))
      need(store, 'datastore', 'Datastore.AllocateSpace');
  }
  for (const network of networks ?? source?.networks ?? []) need(network, 'network', 'Network.Assign');
  if (placement.storagePolicy !== undefined)
    need(rootOf(placement, inventory), 'root of the vCenter', ...STORAGE_POLICY);
  const machine = template && inventory.virtualMachine(template.ref);
  if (machine !== undefined)
    need(
      machine.ref,
      machine.isTemplate ? 'template' : 'machine to clone from',
      machine.isTemplate ? 'VirtualMachine.Provisioning.DeployTemplate' : 'VirtualMachine.Provisioning.Clone',
      ...(spec.guest?.customizationSpec === undefined ? [] : CUSTOMIZE),
    );
  return needs;
}

/** The folder that holds all datacenters. The inventory does not show it. */
function rootOf({ datacenter }: Placement, inventory: Inventory): ManagedObjectReference | undefined {
  let ref = datacenter?.parent;
  while (ref !== undefined && inventory.entity(ref)?.parent !== undefined) ref = inventory.entity(ref)?.parent;
  return ref;
}

function hasGuestData(spec: PrivilegeQuestion['spec']): boolean {
  const { cloudInit, ignition, customizationSpec } = spec.guest ?? {};
  const isByMetadata = hasStaticAddresses(spec) && customizationSpec === undefined;
  return cloudInit !== undefined || ignition !== undefined || isByMetadata;
}

/** With `wanted` networks and a template of `existing` adapters: they are edited, added or removed. */
function adapterPrivileges(wanted: number, existing: number | undefined): readonly string[] {
  if (wanted === 0) return [];
  return [
    // An adapter that is added gets its connection, too.
    ...(existing === 0 ? EDIT_ADAPTER.slice(1) : EDIT_ADAPTER),
    ...(existing === wanted ? [] : ADD_OR_REMOVE_ADAPTER),
  ];
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
