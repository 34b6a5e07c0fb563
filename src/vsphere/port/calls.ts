/** The typed calls to a vCenter. Types that other rooms build against. */
import type { VirtualMachine } from './inventory';
import type { ManagedObjectReference } from './managed-object';

/** Who asks and until when. `operationId` is shown as opID in vCenter's logs: ASCII, short. */
export interface CallContext {
  readonly operationId: string;
  readonly signal: AbortSignal;
  /**
   * Asked at the last moment: the request has its connection, and no byte of it was written. False ends the call with the
   * code Stopped, NotSent. A call may wait long for a connection, or for a login. Default: it may. Must not throw.
   */
  readonly maySend?: () => boolean;
}

/** A machine to create (CloneVM_Task). It is never powered on by the clone (R3). */
export interface CloneRequest {
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly name: string;
  readonly resourcePool: ManagedObjectReference;
  /** Absent: the template's. */
  readonly datastore?: ManagedObjectReference;
  readonly numCpu: number;
  readonly memoryMiB: number;
  readonly instanceUuid: string;
  readonly annotation: string;
  readonly extraConfig: Readonly<Record<string, string>>;
  /**
   * Entry i backs the i-th network adapter (template's order by key); further ones are added as vmxnet3, surplus adapters
   * removed. Absent: adapters as they are.
   */
  readonly networks?: readonly ManagedObjectReference[];
  /** ConfigSpec.vAppConfigRemoved, so that the guest takes its data from guestinfo. */
  readonly removeVAppConfig?: boolean;
}

/** In-place change (ReconfigVM_Task). Only what is given changes; an empty extraConfig value removes its key. */
export interface ReconfigureRequest {
  readonly numCpu?: number;
  readonly memoryMiB?: number;
  readonly annotation?: string;
  readonly extraConfig?: Readonly<Record<string, string>>;
}

/** A live look at one machine, with what no stream carries; without `details`, which only the stream does. */
export interface LiveVirtualMachine extends VirtualMachine {
  /** config.files.vmPathName, such as `[ssd-1] web-1/web-1.vmx`. */
  readonly vmPathName?: string;
  readonly disks: readonly VirtualDisk[];
}

export interface VirtualDisk {
  /** deviceInfo.label, such as Hard disk 1. */
  readonly label: string;
  /** Top backing's file, such as `[ssd-1] web-1/web-1.vmdk`. */
  readonly fileName?: string;
  /** VirtualDisk.vDiskId.id: a first class disk, such as a Kubernetes volume. */
  readonly firstClassDiskId?: string;
}

/** What the account may do with one object. */
export interface ObjectPrivileges {
  readonly object: ManagedObjectReference;
  /** Privilege ids, such as VirtualMachine.Interact.PowerOn. */
  readonly privileges: readonly string[];
}

export interface RecentTask {
  readonly ref: ManagedObjectReference;
  /** vim25 TaskInfo.descriptionId, e.g. VirtualMachine.clone (vcsim: VirtualMachine.cloneVm). */
  readonly descriptionId: string;
  readonly entity?: ManagedObjectReference;
  readonly state: 'queued' | 'running' | 'success' | 'error';
  /** What a task that succeeded has made. */
  readonly result?: ManagedObjectReference;
  /** Reason.userName, when a user started it. */
  readonly userName?: string;
  /** When vCenter took it up, by its own clock; ISO 8601. */
  readonly queueTime?: string;
  /** Ties it to the events that it caused. vcsim tells none. */
  readonly eventChainId?: number;
}

/**
 * Typed calls. Each rejects with a VsphereError, which is a VsphereFailure. Mutations that vCenter runs as a task resolve
 * with the task's reference as soon as vCenter has accepted it (R3).
 */
export interface VimClient {
  createFolder(parent: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference>;
  cloneVirtualMachine(request: CloneRequest, call: CallContext): Promise<ManagedObjectReference>;
  reconfigure(
    machine: ManagedObjectReference,
    request: ReconfigureRequest,
    call: CallContext,
  ): Promise<ManagedObjectReference>;
  powerOn(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** PowerOffVM_Task: hard, the guest is not asked. */
  powerOff(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** ShutdownGuest: asks the guest; no task. Rejects with ToolsUnavailable where no tools run. */
  shutdownGuest(machine: ManagedObjectReference, call: CallContext): Promise<void>;
  /** Rename_Task, of a machine or a entity. */
  rename(object: ManagedObjectReference, name: string, call: CallContext): Promise<ManagedObjectReference>;
  destroyVirtualMachine(machine: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /**
   * UnregisterAndDestroy_Task, or Destroy_Task where the server lacks it, after a look of its own that rejects with
   * ResourceInUse. Only for a folder just read as empty (R1).
   */
  destroyFolder(folder: ManagedObjectReference, call: CallContext): Promise<ManagedObjectReference>;
  /** Live read; undefined when the object is gone. */
  readVirtualMachine(machine: ManagedObjectReference, call: CallContext): Promise<LiveVirtualMachine | undefined>;
  /** Live read of a folder's childEntity; undefined when the folder is gone. */
  readFolderChildren(
    folder: ManagedObjectReference,
    call: CallContext,
  ): Promise<readonly ManagedObjectReference[] | undefined>;
  /** FindAllByUuid with instanceUuid=true over the whole vCenter. */
  findByInstanceUuid(instanceUuid: string, call: CallContext): Promise<readonly ManagedObjectReference[]>;
  /** Live read of TaskManager.recentTask, for clones that a predecessor of this process has started. */
  readRecentTasks(call: CallContext): Promise<readonly RecentTask[]>;
  /** Where clones of a source go, by the events VmBeingClonedEvent since a time of vCenter's clock (ISO 8601). */
  readCloneTargets(source: ManagedObjectReference, since: string, call: CallContext): Promise<readonly CloneTarget[]>;
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
