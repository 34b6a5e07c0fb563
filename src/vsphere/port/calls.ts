/** The typed calls to a vCenter. */

import type { AttributeCalls } from './attribute-calls';
import type { CallContext } from './call-context';
import type { CloneRequest, DiskGrowth, PolicyFit, StoredCustomization } from './clone-request';
import type { ClusterChange, ClusterRules } from './cluster-rules';
import type { VirtualMachine } from './inventory';
import type { ManagedObjectReference } from './managed-object';
import type { VirtualDisk } from './virtual-disk';

/** A change in place (ReconfigVM_Task). Absent fields stay as they are; an empty extraConfig value removes its key. */
export interface ReconfigureRequest {
  readonly numCpu?: number;
  /** With `numCpu`: what LiveVirtualMachine told. If `numCpu` is no multiple of it, the sockets get smaller. */
  readonly presentCoresPerSocket?: number;
  /** Only of a machine that is off, as the flags below. Takes the place of `presentCoresPerSocket`. */
  readonly coresPerSocket?: number;
  readonly memoryMiB?: number;
  readonly cpuHotAdd?: boolean;
  readonly memoryHotAdd?: boolean;
  readonly annotation?: string;
  readonly extraConfig?: Readonly<Record<string, string>>;
  readonly growDisks?: readonly DiskGrowth[];
}

/** A machine as it was read, to change it: if it was changed since, vCenter refuses with ConcurrentAccess (R1). */
export type MachineToChange = Pick<LiveVirtualMachine, 'ref' | 'changeVersion'>;

/**
 * One machine, read live. It has fields that the stream does not carry, and no `details`, which only the stream has.
 */
export interface LiveVirtualMachine extends VirtualMachine {
  /** config.changeVersion: another one after each change of the configuration. */
  readonly changeVersion?: string;
  /** config.files.vmPathName, such as `[ssd-1] web-1/web-1.vmx`. */
  readonly vmPathName?: string;
  readonly disks: readonly VirtualDisk[];
  /** Of its network adapters, in the order of their keys; undefined for one that has none yet. */
  readonly macAddresses?: readonly (string | undefined)[];
  /** config.hardware.numCoresPerSocket; unset if vCenter chooses it at each power-on. */
  readonly coresPerSocket?: number;
}

/** What a clone takes over from its source unless it says otherwise. */
export interface CloneSource {
  /** VirtualMachine.datastore: those of its files. */
  readonly datastores: readonly ManagedObjectReference[];
  /** VirtualMachine.network: those of its adapters. Absent if they cannot be read. */
  readonly networks?: readonly ManagedObjectReference[];
  /** How many network adapters it has. Absent if they cannot be read. */
  readonly adapters?: number;
  /** Absent if they cannot be read. */
  readonly disks?: readonly VirtualDisk[];
  /** Those that take further disks: SCSI, SATA and NVMe. Absent if they cannot be read. */
  readonly controllers?: readonly DiskController[];
}

/** What tells a machine from another one of the same size. */
export interface MachineShape {
  /** config.guestId, such as `ubuntu64Guest`. */
  readonly guestId: string;
  /** config.firmware: `bios` or `efi`. Absent if vCenter does not tell it. */
  readonly firmware?: string;
  readonly disks: readonly VirtualDisk[];
  /** How many network adapters it has. */
  readonly adapters: number;
}

export interface DiskController {
  /** VirtualDevice.key. */
  readonly key: number;
  /** Unit numbers that no device has, in order. */
  readonly freeUnits: readonly number[];
}

/** A snapshot of a template or machine. */
export interface Snapshot {
  readonly ref: ManagedObjectReference;
  readonly name: string;
  /** The one that the machine goes on from. */
  readonly isCurrent: boolean;
}

/** What the account may do with one object. */
export interface ObjectPrivileges {
  readonly object: ManagedObjectReference;
  /** Privilege ids, such as VirtualMachine.Interact.PowerOn. */
  readonly privileges: readonly string[];
}

export interface RecentTask {
  readonly ref: ManagedObjectReference;
  /** TaskInfo.descriptionId, such as VirtualMachine.clone (vcsim: VirtualMachine.cloneVm). */
  readonly descriptionId: string;
  readonly entity?: ManagedObjectReference;
  readonly state: 'queued' | 'running' | 'success' | 'error';
  /** TaskInfo.result: the object that a successful task has created. */
  readonly result?: ManagedObjectReference;
  /** TaskReasonUser.userName, if a user started the task. */
  readonly userName?: string;
  /** When vCenter took it up, by its own clock; ISO 8601. */
  readonly queueTime?: string;
  /** Ties it to the events that it caused. vcsim tells none. */
  readonly eventChainId?: number;
}

/**
 * Each call rejects with a VsphereError, which is a VsphereFailure. A mutation that vCenter runs as a task resolves
 * with the reference of the task as soon as vCenter has accepted it (R3).
 */
export interface VimClient extends AttributeCalls {
  createFolder(parent: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference>;
  cloneVirtualMachine(request: CloneRequest, call: CallContext): Promise<ManagedObjectReference>;
  reconfigure(
    machine: MachineToChange,
    request: ReconfigureRequest,
    call: CallContext,
  ): Promise<ManagedObjectReference>;
  powerOn(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** PowerOffVM_Task: the guest is not asked. */
  powerOff(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** ShutdownGuest: asks the guest, and is no task. Rejects with ToolsUnavailable if VMware Tools do not run. */
  shutdownGuest(machine: ManagedObjectReference, call: CallContext): Promise<void>;
  /** Rename_Task of a machine or another managed entity. */
  rename(object: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference>;
  destroyVirtualMachine(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /**
   * UnregisterAndDestroy_Task. If the server lacks it, Destroy_Task after one more read; rejects with ResourceInUse if
   * the folder is not empty then. Only for a folder that was just read as empty (R1).
   */
  destroyFolder(folder: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** Live read; undefined if the machine is gone. */
  readVirtualMachine(machine: ManagedObjectReference, call: CallContext): Promise<LiveVirtualMachine | undefined>;
  /**
   * Live read of keys that the stream does not carry, by the machine's reference. A key that is not set is absent. A machine
   * has no answer if it is gone, if the account may not see it, or while vCenter does not tell its configuration.
   */
  readExtraConfig(
    machines: readonly ManagedObjectReference[],
    keys: readonly string[],
    call: CallContext,
  ): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>>;
  /**
   * Live read of the shapes of machines and templates, by their references. A machine has no answer if it is gone, if the account
   * may not see it, or while vCenter does not tell its configuration.
   */
  readMachineShapes(
    machines: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<ReadonlyMap<string, MachineShape>>;
  /** Live read of the folder's childEntity; undefined if the folder is gone. */
  readFolderChildren(
    folder: ManagedObjectReference,
    call: CallContext,
  ): Promise<readonly ManagedObjectReference[] | undefined>;
  /** FindAllByUuid with instanceUuid=true over the whole vCenter. */
  findByInstanceUuid(instanceUuid: string, call: CallContext): Promise<readonly ManagedObjectReference[]>;
  /** Live read of TaskManager.recentTask, to find clones that an earlier process has started (R7). */
  readRecentTasks(call: CallContext): Promise<readonly RecentTask[]>;
  /** Where clones of a source go, by the events VmBeingClonedEvent since a time of vCenter's clock (ISO 8601). */
  readCloneTargets(source: ManagedObjectReference, since: string, call: CallContext): Promise<readonly CloneTarget[]>;
  /**
   * Read of a template or machine to clone from; undefined if it is gone. The answer is kept for a minute, as long as the
   * inventory shows no change of the object.
   */
  readCloneSource(source: ManagedObjectReference, call: CallContext): Promise<CloneSource | undefined>;
  /** Live read of all snapshots of a template or machine, from the oldest down; undefined if it is gone. */
  readSnapshots(machine: ManagedObjectReference, call: CallContext): Promise<readonly Snapshot[] | undefined>;
  /** The ids of the storage policies with this name: none, one, or several. An answer that has one is kept for a minute. */
  findStoragePolicies(name: string, call: CallContext): Promise<readonly string[]>;
  /** Whether each datastore fits the policy of that id. The answer is kept for a minute. */
  checkStoragePolicy(
    policy: string,
    datastores: readonly ManagedObjectReference[],
    call: CallContext,
  ): Promise<readonly PolicyFit[]>;
  /** The datastores that the hosts of a resource pool see, any of them. The answer is kept for a minute. */
  readPoolDatastores(pool: ManagedObjectReference, call: CallContext): Promise<readonly ManagedObjectReference[]>;
  /** Live read of a cluster's DRS rules and groups; undefined if it is gone. */
  readClusterRules(cluster: ManagedObjectReference, call: CallContext): Promise<ClusterRules | undefined>;
  /** ReconfigureComputeResource_Task with modify=true: what the changes do not name stays as it is. */
  changeClusterRules(
    cluster: ManagedObjectReference,
    changes: readonly ClusterChange[],
    call: CallContext,
  ): Promise<ManagedObjectReference>;
  /** GetCustomizationSpec; undefined if vCenter has none of this name. */
  readCustomizationSpec(name: string, call: CallContext): Promise<StoredCustomization | undefined>;
  /** FetchUserPrivilegeOnEntities for the account that is logged in. */
  readPrivileges(objects: readonly ManagedObjectReference[], call: CallContext): Promise<readonly ObjectPrivileges[]>;
}

/** Where a clone puts its machine: VmBeingClonedEvent. */
export interface CloneTarget {
  readonly folder: ManagedObjectReference;
  readonly folderName: string;
  /** Name of the machine, decoded. */
  readonly name: string;
  /** The same as that of its task; vcsim gives each event one of its own. */
  readonly chainId: number;
}
