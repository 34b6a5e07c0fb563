/**
 * What one vCenter offers to the rest of the program. Types only: other rooms build against this file, and both the
 * real connection and the in-memory model of the tests stand behind it.
 */

/** vim25 ManagedObjectReference. `value` is opaque and unique only together with `type`, within one vCenter. */
export interface ManagedObjectReference {
  readonly type: string;
  readonly value: string;
}

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

/** The kinds of inventory objects that hold, place or connect virtual machines. */
export type ManagedEntityType =
  | 'Folder'
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

/** A folder, datacenter, cluster, pool, datastore, host or network. */
export interface ManagedEntity {
  readonly ref: ManagedObjectReference;
  readonly type: ManagedEntityType;
  readonly name: string;
  readonly parent?: ManagedObjectReference;
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
  /** Direct children that are places, such as the sub-folders of a folder or the pools of a cluster. */
  entitiesIn(parent: ManagedObjectReference): readonly ManagedEntity[];
  /** Absolute inventory path of a machine or another managed entity, with `/`, `\` and `%` inside a name written as %2f, %5c and %25. */
  pathOf(ref: ManagedObjectReference): string;
  /** The datacenter that an object lies in. */
  datacenterOf(ref: ManagedObjectReference): ManagedEntity | undefined;
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

/** vim25 ServiceContent.about, the part in use. */
export interface About {
  readonly fullName: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Identity of the vCenter: another one behind the same name is another vCenter. */
  readonly instanceUuid: string;
}

/**
 * State of a connection.
 * - Connecting: not yet, or not again, synced; nothing may be planned (R13).
 * - Ready: logged in, the inventory is complete and its stream runs.
 * - Failed: the last attempt to connect failed with `error`; the next is due at `retryAtWallMs` (absent: when the
 *   credentials or trust settings change).
 */
export type ConnectionStatus =
  | { readonly kind: 'Connecting'; readonly sinceMonotonicMs: number }
  | { readonly kind: 'Ready'; readonly about: About }
  | {
      readonly kind: 'Failed';
      readonly sinceMonotonicMs: number;
      readonly error: VsphereFailure;
      readonly retryAtWallMs?: number;
    };

/** Why a call failed, in a form that needs no class: `code` is the vim25 fault type, or a transport word of ours. */
export interface VsphereFailure {
  readonly code: string;
  /** For a person: object, value and remedy where known. Never holds a secret (R10). */
  readonly message: string;
  /** Whether the call may have taken effect: a failure of transport after the request was sent leaves that Unknown. */
  readonly outcome: 'NotSent' | 'Refused' | 'Unknown';
  /** What vCenter said, where it said something: vim25 fault type and the fields worth showing. */
  readonly fault?: { readonly type: string; readonly fields: Readonly<Record<string, unknown>> };
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
  /** FetchUserPrivilegeOnEntities for the account that is logged in. */
  readPrivileges(objects: readonly ManagedObjectReference[], call: CallContext): Promise<readonly ObjectPrivileges[]>;
}

/** What the account may do with one object. */
export interface ObjectPrivileges {
  readonly object: ManagedObjectReference;
  /** Privilege ids, such as VirtualMachine.Interact.PowerOn. */
  readonly privileges: readonly string[];
}

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
}

/** How a piece of work ended. Unknown: the reply or the task was lost, so it may or may not have happened. */
export type WorkOutcome =
  | { readonly kind: 'Succeeded'; readonly result?: ManagedObjectReference }
  | { readonly kind: 'Failed'; readonly failure: VsphereFailure }
  | { readonly kind: 'Unknown'; readonly failure: VsphereFailure };

/** Clone: creation of machines, the expensive lane. Other: power, reconfigure, delete and folders. */
export type Lane = 'Clone' | 'Other';

/**
 * A piece of work for the dispatcher. `key` is unique within its owner.
 * Order of calls: `send` once its turn comes; `onSent` right before `send` is called; `onEnd` exactly once after.
 */
export interface Work {
  readonly key: string;
  readonly lane: Lane;
  /** Where it writes its disks, as any text that is the same for the same datastore. Absent: unknown. */
  readonly datastore?: string;
  /** Last look before the call: false drops the work silently (ownership, pause and lease are checked here: R1, R6). */
  mayStart(): boolean;
  onSent(): void;
  /** May be read, check, call. Resolves with the task to follow, or undefined when the call itself was the work. */
  send(signal: AbortSignal): Promise<ManagedObjectReference | undefined>;
  /** vCenter has accepted it as this task. */
  onTask(task: ManagedObjectReference): void;
  onEnd(outcome: WorkOutcome): void;
}

/**
 * Sends work to one vCenter: a budget for each lane, round-robin over owners; one owner, or one datastore, holds at most
 * three quarters of a lane (R9). Returns at once (R3).
 */
export interface Dispatcher {
  /** Replaces all waiting work of an owner. Work that was already sent goes on and is not sent twice. */
  replaceWaiting(owner: string, work: readonly Work[]): void;
  /** Keys of an owner's work that is sent and has not ended. */
  inFlight(owner: string): readonly string[];
  readonly counts: Readonly<
    Record<Lane, { readonly waiting: number; readonly inFlight: number; readonly limit: number }>
  >;
}

/** One vCenter, connected for as long as `run` runs. */
export interface VCenterConnection {
  readonly status: ConnectionStatus;
  readonly inventory: Inventory;
  readonly calls: VimClient;
  readonly dispatcher: Dispatcher;
  /** Full name of the account that is logged in, as TaskInfo.reason.userName shows it; undefined until the first login. */
  readonly userName: string | undefined;
  /** Called after each change of `status`. Returns the function that ends it. */
  onStatus(listener: (status: ConnectionStatus) => void): () => void;
  /** Called with each change while Ready, and with the differences of a resync before the status turns Ready. */
  onInventoryChange(listener: (change: InventoryChange) => void): () => void;
  /** Connects and stays connected until aborted, then logs out. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** Compares by type and value; undefined equals nothing. */
export function sameRef(a: ManagedObjectReference | undefined, b: ManagedObjectReference | undefined): boolean {
  return a !== undefined && b !== undefined && a.type === b.type && a.value === b.value;
}

/** A key for maps. */
export function refKey(ref: ManagedObjectReference): string {
  return `${ref.type}:${ref.value}`;
}

/** Classes of failures (vim25.md part 3.1), told by what has to happen before a retry can succeed. */
export type FailureClass =
  | 'soon'
  | 'later'
  | 'capacity'
  | 'needs-user'
  | 'auth'
  | 'gone'
  | 'conflict'
  | 'already-so'
  | 'bug'
  | 'fatal';

/** What to do about a failure: its class, its backoff rule, and how the API shows it. */
export interface FailureVerdict {
  readonly class: FailureClass;
  /** B0 at once, SECONDS 1 s to 60 s, MINUTES 30 s to 15 min, B3 half an hour or a wake, BT the task in the way, BA the login breaker. */
  readonly backoff: 'AtOnce' | 'Seconds' | 'Minutes' | 'HalfHour' | 'BlockingTask' | 'LoginBreaker';
  readonly apiClass: 'Retryable' | 'Capacity' | 'NeedsUser';
  /** vim25 fault type, or a word of ours; CamelCase. */
  readonly reason: string;
}
