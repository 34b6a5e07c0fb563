/** What the model's inventory is made of. Mutable: this is the truth that a server keeps. */

import type { ManagedEntityType, ManagedObjectReference, PowerState, VirtualDisk } from '../../../src/vsphere/port';
import type { DataObject } from '../../../src/vsphere/vim25/describe';

export interface ModelAdapter {
  readonly key: number;
  /** vim25 type, such as VirtualVmxnet3. */
  readonly kind: string;
  readonly network: ManagedObjectReference;
}

/** What the guest tells while it runs. */
export interface ModelGuest {
  readonly toolsRunning: boolean;
  readonly ipAddresses: readonly string[];
}

export const SILENT_GUEST: ModelGuest = { toolsRunning: false, ipAddresses: [] };

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
  /** All keys, whoever set them. */
  readonly extraConfig: Map<string, string>;
  readonly host: ManagedObjectReference;
  readonly resourcePool: ManagedObjectReference;
  adapters: readonly ModelAdapter[];
  /** Directory of its files, named as the machine was when it was made. */
  readonly home: string;
  readonly disks: readonly VirtualDisk[];
  guest: ModelGuest;
  cpuHotAdd: boolean;
  memoryHotAdd: boolean;
  readonly createdWallMs: number;
  /** Whether its OVF environment hides guestinfo from the guest. */
  hasVAppConfig: boolean;
  /** Counts changes of the configuration: config.changeVersion. */
  changes: number;
  /** The task that works on it; another one is refused meanwhile. */
  busy?: ManagedObjectReference;
  /** Who made it: a clone by a login of the operator, or somebody else. */
  readonly madeBy: string;
}

export interface ModelEntity {
  readonly ref: ManagedObjectReference & { readonly type: ManagedEntityType };
  name: string;
  parent: ManagedObjectReference;
  /** Of a VirtualApp, whose parent is a resource pool. */
  folder?: ManagedObjectReference;
}

export interface ModelTask {
  readonly ref: ManagedObjectReference;
  readonly descriptionId: string;
  readonly entity: ManagedObjectReference;
  readonly userName: string;
  state: 'queued' | 'running' | 'success' | 'error';
  result?: ManagedObjectReference;
  /** The vim25 fault that it failed with. */
  fault?: DataObject;
}
