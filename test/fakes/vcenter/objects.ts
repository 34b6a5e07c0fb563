/** The objects of the model's inventory. They are mutable: this is the state of a server. */

import type { ManagedEntityType, ManagedObjectReference, PowerState } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import type { Customized } from './customization';

export interface ModelAdapter {
  readonly key: number;
  /** vim25 type, such as VirtualVmxnet3. */
  readonly kind: string;
  readonly network: ManagedObjectReference;
}

export interface ModelDisk {
  readonly label: string;
  readonly fileName: string;
  /** On the machine's only controller. */
  readonly unit: number;
  readonly capacityKiB: bigint;
  readonly hasParent?: true;
  readonly firstClassDiskId?: string;
}

/** What VMware Tools report of a running guest. */
export interface ModelGuest {
  readonly toolsRunning: boolean;
  readonly ipAddresses: readonly string[];
}

export const SILENT_GUEST: ModelGuest = { toolsRunning: false, ipAddresses: [] };

export interface ModelSnapshot {
  readonly ref: ManagedObjectReference;
  readonly name: string;
}

export interface ModelMachine {
  readonly ref: ManagedObjectReference;
  name: string;
  parent: ManagedObjectReference;
  isTemplate: boolean;
  powerState: PowerState;
  connectionState: string;
  instanceUuid: string;
  numCpu: number;
  memoryMiB: number;
  annotation: string;
  /** All keys, including those that a person has set. */
  readonly extraConfig: Map<string, string>;
  /** Custom attributes, by the key of their definition. */
  customValues?: Map<number, string>;
  readonly host: ManagedObjectReference;
  readonly resourcePool: ManagedObjectReference;
  readonly datastores: readonly ManagedObjectReference[];
  adapters: readonly ModelAdapter[];
  /** Absent: otherGuest, as of every machine that nobody has changed. */
  guestId?: string;
  /** Directory of its files. It keeps the name that the machine had when it was made. */
  readonly home: string;
  disks: readonly ModelDisk[];
  /** The oldest first. Absent: none. */
  snapshots?: readonly ModelSnapshot[];
  guest: ModelGuest;
  /** Of a clone with a customization. */
  customized?: Customized;
  /** A clone has left it behind when the customization failed. */
  isUncustomized?: true;
  cpuHotAdd: boolean;
  memoryHotAdd: boolean;
  coresPerSocket: number;
  readonly createdWallMs: number;
  /** Whether it has vApp properties, which a guest reads before guestinfo. */
  hasVAppConfig: boolean;
  /** Number of changes of the configuration: config.changeVersion. */
  changes: number;
  /** The task that works on it. Until it ends, other tasks are refused. */
  busy?: ManagedObjectReference;
  /** User name of the account that made it. */
  readonly madeBy: string;
}

export interface ModelEntity {
  readonly ref: ManagedObjectReference & { readonly type: ManagedEntityType };
  name: string;
  parent: ManagedObjectReference;
  /** Of a vApp: the folder that shows it. Its parent is a resource pool. */
  readonly folder?: ManagedObjectReference;
}

export interface ModelTask {
  readonly ref: ManagedObjectReference;
  readonly descriptionId: string;
  readonly entity: ManagedObjectReference;
  readonly userName: string;
  state: 'queued' | 'running' | 'success' | 'error';
  result?: ManagedObjectReference;
  readonly chainId: number;
  readonly queuedWallMs: number;
  /** Of a clone: the machine that it makes. It may not be in the inventory yet. */
  readonly making?: ModelMachine;
  /** The vim25 fault that it failed with. */
  fault?: DataObject;
}
