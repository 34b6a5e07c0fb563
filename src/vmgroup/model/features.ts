/** What groups may use of vCenter, and the privileges that each feature needs, by the kind of object. */

/**
 * The kinds of objects that privileges are needed on.
 *
 * - root: the root folder of the vCenter; not inherited by what is below.
 * - folder: the VM folder that holds the groups' folders, and all machines below it.
 * - adopted: machines that spec.adopt takes over where they are, outside of those folders.
 * - template: the template, or the machine to clone from.
 * - pool: the resource pool, or the root pool of a cluster.
 * - cluster: the cluster of the pool.
 * - datastore: each datastore of the machines' files.
 * - network: each network of the machines.
 */
export const PRIVILEGE_PLACES = [
  'root',
  'folder',
  'adopted',
  'template',
  'pool',
  'cluster',
  'datastore',
  'network',
] as const;
export type PrivilegePlace = (typeof PRIVILEGE_PLACES)[number];

export type FeaturePrivileges = Readonly<Partial<Record<PrivilegePlace, readonly string[]>>>;

/** By name. Where each privilege is written: docs/vsphere.md#privileges. */
export const FEATURES = {
  /** What every group needs. */
  machines: {
    folder: [
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
    ],
    template: ['VirtualMachine.Provisioning.DeployTemplate'],
    pool: ['Resource.AssignVMToPool'],
    datastore: ['Datastore.AllocateSpace'],
    network: ['Network.Assign'],
  },
  /** Machines that shall run. */
  'power-on': { folder: ['VirtualMachine.Interact.PowerOn'], adopted: ['VirtualMachine.Interact.PowerOn'] },
  /** spec.adopt. Nothing is made in the folder of such a machine: what takes its place is cloned into the group's folder. */
  adoption: {
    adopted: [
      // The marks, as they are given and taken off, and advanced settings.
      'VirtualMachine.Config.AdvancedConfig',
      'VirtualMachine.Config.CPUCount',
      'VirtualMachine.Config.Memory',
      'VirtualMachine.Interact.PowerOff',
      'VirtualMachine.Inventory.Delete',
    ],
  },
  /** spec.networks: adapters that the template has are edited, those that it has too few or too many of added or removed. */
  networks: {
    folder: [
      'VirtualMachine.Config.EditDevice',
      'VirtualMachine.Interact.DeviceConnection',
      'VirtualMachine.Config.AddRemoveDevice',
    ],
  },
  /** The vApp properties of the template are removed, since they would win over guest data. */
  'guest-data': { folder: ['VApp.ApplicationConfig'] },
  /** spec.disks: their size is a setting of a device, and to extend one has a privilege of its own. */
  disks: {
    folder: ['VirtualMachine.Config.EditDevice', 'VirtualMachine.Config.DiskExtend'],
    adopted: ['VirtualMachine.Config.EditDevice', 'VirtualMachine.Config.DiskExtend'],
  },
  /** To look a storage policy up, and which datastores fit it. */
  'storage-policies': { root: ['StorageProfile.View'] },
  /** spec.placement.hostAntiAffinity, and failure domains with a host group. */
  'drs-rules': { cluster: ['Host.Inventory.EditCluster'] },
  /** spec.guest.customizationSpec (docs/vsphere.md#guest-customization). */
  customization: {
    root: ['VirtualMachine.Provisioning.ReadCustSpecs'],
    template: ['VirtualMachine.Provisioning.Customize'],
  },
  /** SetField. The definition of an attribute may ask for another privilege besides. */
  'custom-attributes': { folder: ['Global.SetCustomField'], adopted: ['Global.SetCustomField'] },
  /** docs/vsphere.md#tags */
  tags: {
    root: ['InventoryService.Tagging.AttachTag'],
    folder: ['InventoryService.Tagging.ObjectAttachable'],
    adopted: ['InventoryService.Tagging.ObjectAttachable'],
  },
  /** A machine as the source of clones, with the flag --allow-machine-sources. */
  'machine-sources': { template: ['VirtualMachine.Provisioning.Clone'] },
  /** Taking over the folder of the original operator. */
  'legacy-folders': { folder: ['Folder.Rename'] },
  /** A template with encrypted disks. No manifest tells of them. */
  'encrypted-templates': { template: ['Cryptographer.Clone'] },
} as const satisfies Readonly<Record<string, FeaturePrivileges>>;

export type Feature = keyof typeof FEATURES;

export const FEATURE_NAMES = Object.keys(FEATURES) as readonly Feature[];

export function isFeature(name: string): name is Feature {
  return Object.hasOwn(FEATURES, name);
}

/** What the features need on one kind of object, each privilege once. */
export function privilegesAt(place: PrivilegePlace, features: Iterable<Feature>): readonly string[] {
  const needed = [...features].flatMap((feature) => {
    const privileges: FeaturePrivileges = FEATURES[feature];
    return privileges[place] ?? [];
  });
  return [...new Set(needed)];
}
