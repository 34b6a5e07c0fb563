/** The picture of a vCenter that the stream feeds. Types that other rooms build against. */
import type { ManagedObjectReference } from './managed-object';

export type PowerState = 'poweredOn' | 'poweredOff' | 'suspended';

/** A virtual machine or template as last seen. Read-only snapshot: a change makes a new object. */
export interface VirtualMachine {
  readonly ref: ManagedObjectReference;
  /** Decoded (`%2f` is `/`). */
  readonly name: string;
  /** Absent while the machine is inside a vApp, or when the account may not see the parent. */
  readonly parent?: ManagedObjectReference;
  readonly isTemplate: boolean;
  readonly powerState: PowerState;
  /** vim25 VirtualMachineConnectionState: connected, disconnected, orphaned, inaccessible, invalid. */
  readonly connectionState: string;
  /**
   * vCenter does not tell its configuration now: its host or files cannot be reached, or the account lacks a privilege,
   * or it is being created. Marks, size, template flag and instanceUuid are those last read, or absent.
   */
  readonly unreadable?: true;
  readonly instanceUuid?: string;
  readonly numCpu?: number;
  readonly memoryMiB?: number;
  /** Only the keys that the connection was told to watch; a key that is not set is absent. */
  readonly extraConfig: Readonly<Record<string, string>>;
  readonly host?: ManagedObjectReference;
  readonly resourcePool?: ManagedObjectReference;
  /**
   * What is watched of machines with marks only (any watched extraConfig key set), so that a large vCenter costs little.
   * Absent for others, and for a moment after a machine got its marks.
   */
  readonly details?: MachineDetails;
}

/** What a guest tells, and what may be changed while the machine runs. */
export interface MachineDetails {
  /** guest.toolsRunningStatus is guestToolsRunning. */
  readonly toolsRunning: boolean;
  /**
   * All addresses that the guest reports (guest.net[].ipAddress, else guest.ipAddress), IPv4 and IPv6, link-local
   * included, as vCenter orders them.
   */
  readonly ipAddresses: readonly string[];
  readonly cpuHotAdd: boolean;
  readonly memoryHotAdd: boolean;
  /** config.hotPlugMemoryIncrementSize and hotPlugMemoryLimit, where vCenter tells them. */
  readonly memoryHotAddIncrementMiB?: number;
  readonly memoryHotAddLimitMiB?: number;
  /** config.createDate in wall ms (vSphere 6.7 and later). */
  readonly createdWallMs?: number;
}

/** The kinds of inventory objects that hold, place or connect virtual machines. */
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
  | 'OpaqueNetwork';

/** A folder, datacenter, cluster, pool, vApp, datastore, host or network. */
export interface ManagedEntity {
  readonly ref: ManagedObjectReference;
  readonly type: ManagedEntityType;
  readonly name: string;
  readonly parent?: ManagedObjectReference;
  /** Of a VirtualApp: the folder that shows it. Its parent is a resource pool. Absent for one inside another vApp. */
  readonly folder?: ManagedObjectReference;
}

/** What a name or path stands for. Paths are absolute inventory paths, such as /dc/vm/folder/name. */
export type Lookup<T> =
  | { readonly kind: 'Found'; readonly object: T; readonly path: string }
  | { readonly kind: 'NotFound' }
  | { readonly kind: 'Ambiguous'; readonly candidatePaths: readonly string[] };

/** A change of the inventory. `before` is absent for a new object, `after` for one that left. */
export type InventoryChange =
  | { readonly kind: 'VirtualMachine'; readonly before?: VirtualMachine; readonly after?: VirtualMachine }
  | { readonly kind: 'ManagedEntity'; readonly before?: ManagedEntity; readonly after?: ManagedEntity };

/**
 * The in-memory picture of a vCenter, fed by one property collector. All reads are instant and free of I/O.
 * It is complete and current only while the connection's status is Ready (R13).
 */
export interface Inventory {
  virtualMachine(ref: ManagedObjectReference): VirtualMachine | undefined;
  virtualMachines(): Iterable<VirtualMachine>;
  /** Direct children of a folder. */
  virtualMachinesIn(folder: ManagedObjectReference): readonly VirtualMachine[];
  /** By a watched extraConfig key and its value, e.g. all machines whose `codeconnect.uid` is X. */
  virtualMachinesByExtraConfig(key: string, value: string): readonly VirtualMachine[];
  entity(ref: ManagedObjectReference): ManagedEntity | undefined;
  /** Direct children that are places, such as the sub-folders and vApps of a folder or the pools of a cluster. */
  entitiesIn(parent: ManagedObjectReference): readonly ManagedEntity[];
  /** Absolute inventory path of a machine or another managed entity, with `/`, `\` and `%` inside a name written as %2f, %5c and %25. */
  pathOf(ref: ManagedObjectReference): string;
  /** A template or machine by name or absolute path inside a datacenter. */
  findVirtualMachine(nameOrPath: string, datacenter: ManagedObjectReference): Lookup<VirtualMachine>;
  /** A managed entity of one of the types, by name or absolute path; `within` restricts it to what lies below that object. */
  findEntity(
    types: readonly ManagedEntityType[],
    nameOrPath: string,
    within?: ManagedObjectReference,
  ): Lookup<ManagedEntity>;
  /** All places of one of the types, e.g. to take the only datacenter. */
  entitiesOfType(types: readonly ManagedEntityType[], within?: ManagedObjectReference): readonly ManagedEntity[];
}
