/** The inventory of a vCenter, which the stream keeps up to date. */
import type { ManagedObjectReference } from './managed-object';

export type PowerState = 'poweredOn' | 'poweredOff' | 'suspended';

/** A virtual machine or template as last seen. The object never changes: a change makes a new object. */
export interface VirtualMachine {
  readonly ref: ManagedObjectReference;
  /** Decoded (`%2f` is `/`). */
  readonly name: string;
  /** Absent if the machine is in a vApp, or if the account may not see the parent. */
  readonly parent?: ManagedObjectReference;
  readonly isTemplate: boolean;
  readonly powerState: PowerState;
  /** VirtualMachineConnectionState: connected, disconnected, orphaned, inaccessible or invalid. */
  readonly connectionState: string;
  /**
   * vCenter does not tell its configuration now: its host or files cannot be reached, or the account lacks a privilege,
   * or it is being created. Marks, size, template flag and instanceUuid are those last read, or absent. The same while
   * vCenter sends a value for it that cannot be read (R14).
   */
  readonly unreadable?: true;
  readonly instanceUuid?: string;
  readonly numCpu?: number;
  readonly memoryMiB?: number;
  /** Only the keys that the connection watches; a key that is not set is absent. */
  readonly extraConfig: Readonly<Record<string, string>>;
  readonly host?: ManagedObjectReference;
  readonly resourcePool?: ManagedObjectReference;
  /** Where its files are. Absent where vCenter does not tell. */
  readonly datastores?: readonly ManagedObjectReference[];
  /**
   * Watched for machines with marks only, that is with a value of any watched extraConfig key, so that a large vCenter
   * costs little. Absent for other machines, and for a moment after a machine got its marks.
   */
  readonly details?: MachineDetails;
  /**
   * What the guest has set of the guestinfo keys that are watched (VCenterConnection.guestInfo), by key without
   * `guestinfo.`. Empty: not set. A key that was not read yet is absent. A value is cut after 1025 characters.
   */
  readonly guestInfo?: Readonly<Record<string, string>>;
}

/** What the guest reports, and what may be changed while the machine is powered on. */
export interface MachineDetails {
  /** guest.toolsRunningStatus is guestToolsRunning. */
  readonly toolsRunning: boolean;
  /**
   * All addresses that the guest reports (guest.net[].ipAddress, else guest.ipAddress) in vCenter's order: IPv4 and
   * IPv6, link-local ones included.
   */
  readonly ipAddresses: readonly string[];
  /**
   * The same by adapter, where the guest reports other than one network interface. An interface without an adapter, such as
   * a bridge in the guest, has the key -1.
   */
  readonly adapters?: readonly GuestAdapter[];
  readonly cpuHotAdd: boolean;
  readonly memoryHotAdd: boolean;
  /** config.hotPlugMemoryIncrementSize and config.hotPlugMemoryLimit, if they are set. */
  readonly memoryHotAddIncrementMiB?: number;
  readonly memoryHotAddLimitMiB?: number;
  /** config.hardware.numCoresPerSocket, where vCenter tells it: a number of CPUs must be a multiple of it. */
  readonly coresPerSocket?: number;
  /** config.createDate in wall ms (vSphere 6.7 and later). */
  readonly createdWallMs?: number;
}

/** A network interface that the guest reports. */
export interface GuestAdapter {
  /** guest.net[].deviceConfigId: VirtualDevice.key of the adapter. */
  readonly key: number;
  readonly ipAddresses: readonly string[];
}

/** The types of managed entities, besides virtual machines, that the inventory has. */
export type ManagedEntityType =
  | 'Folder'
  /** A datastore cluster: a folder by inheritance, and the parent of its datastores. */
  | 'StoragePod'
  | 'Datacenter'
  | 'ComputeResource'
  | 'ClusterComputeResource'
  | 'ResourcePool'
  | 'VirtualApp'
  | 'Datastore'
  | 'HostSystem'
  | 'Network'
  | 'DistributedVirtualPortgroup'
  /** A distributed switch: it tells apart port groups of one name. vcsim knows the base type only. */
  | 'DistributedVirtualSwitch'
  | 'VmwareDistributedVirtualSwitch'
  | 'OpaqueNetwork';

/** A folder, datacenter, cluster, pool, vApp, datastore, host, network or switch. */
export interface ManagedEntity {
  readonly ref: ManagedObjectReference;
  readonly type: ManagedEntityType;
  readonly name: string;
  readonly parent?: ManagedObjectReference;
  /** Of a VirtualApp: the folder that shows it. Its parent is a resource pool. Absent for one inside another vApp. */
  readonly folder?: ManagedObjectReference;
  /** Of a DistributedVirtualPortgroup, if the account may read it. */
  readonly distributedSwitch?: ManagedObjectReference;
}

/** The object that a name or path stands for. Paths are absolute inventory paths, such as /dc/vm/folder/name. */
export type Lookup<T> =
  | { readonly kind: 'Found'; readonly object: T; readonly path: string }
  | { readonly kind: 'NotFound' }
  | { readonly kind: 'Ambiguous'; readonly candidatePaths: readonly string[] };

/** A change of the inventory. `before` is absent for a new object, `after` for an object that is gone. */
export type InventoryChange =
  | { readonly kind: 'VirtualMachine'; readonly before?: VirtualMachine; readonly after?: VirtualMachine }
  | { readonly kind: 'ManagedEntity'; readonly before?: ManagedEntity; readonly after?: ManagedEntity };

/**
 * The inventory of a vCenter in memory, fed by one property collector. Reads make no call. It is complete and current
 * only while the status of the connection is Ready (R13).
 */
export interface Inventory {
  virtualMachine(ref: ManagedObjectReference): VirtualMachine | undefined;
  virtualMachines(): Iterable<VirtualMachine>;
  /** Direct children of a folder. */
  virtualMachinesIn(folder: ManagedObjectReference): readonly VirtualMachine[];
  /** All virtual machines with this name, in any folder and datacenter. */
  virtualMachinesNamed(name: string): readonly VirtualMachine[];
  /** By a watched extraConfig key and its value, such as all machines whose `codeconnect.uid` is X. */
  virtualMachinesByExtraConfig(key: string, value: string): readonly VirtualMachine[];
  entity(ref: ManagedObjectReference): ManagedEntity | undefined;
  /** Direct children but machines, such as the folders and vApps in a folder or the resource pools of a cluster. */
  entitiesIn(parent: ManagedObjectReference): readonly ManagedEntity[];
  /**
   * Absolute inventory path of a machine or another managed entity. `/`, `\` and `%` in a name are %2f, %5c and %25.
   */
  pathOf(ref: ManagedObjectReference): string;
  /** A template or machine by name or absolute path inside a datacenter. */
  findVirtualMachine(nameOrPath: string, datacenter: ManagedObjectReference): Lookup<VirtualMachine>;
  /**
   * A managed entity of one of the types by name or path; `within` restricts the search to what is below that object. A
   * port group is also found by SWITCH/PORTGROUP.
   */
  findEntity(
    types: readonly ManagedEntityType[],
    nameOrPath: string,
    within?: ManagedObjectReference,
  ): Lookup<ManagedEntity>;
  /** All managed entities of these types, for instance to take the only datacenter. */
  entitiesOfType(types: readonly ManagedEntityType[], within?: ManagedObjectReference): readonly ManagedEntity[];
}
