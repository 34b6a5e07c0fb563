/** What the model's inventory is made of. Mutable: this is the truth that a server keeps. */

import { encodeName } from '../../../src/vsphere/inventory/virtual-machine';
import type { ManagedEntityType, ManagedObjectReference, PowerState, VirtualDisk } from '../../../src/vsphere/port';
import { type AnyValue, type DataObject, typed } from '../../../src/vsphere/vim25/describe';
import { GuestNicInfo } from '../../../src/vsphere/vim25/device-types';
import { devicesOf } from './devices';

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

/** The value of one property path; undefined = unset or unknown. */
export function machineProperty(machine: ModelMachine, path: string): AnyValue | undefined {
  switch (path) {
    case 'name':
      return encodeName(machine.name);
    case 'parent':
      return machine.parent;
    case 'config.template':
      return machine.isTemplate;
    case 'runtime.powerState':
      return machine.powerState;
    case 'runtime.connectionState':
      return machine.connectionState;
    case 'runtime.host':
      return machine.host;
    case 'resourcePool':
      return machine.resourcePool;
    case 'config.instanceUuid':
      return machine.instanceUuid;
    case 'config.hardware.numCPU':
      return machine.numCpu;
    case 'config.hardware.memoryMB':
      return machine.memoryMiB;
    case 'config.changeVersion':
      return String(machine.changes);
    case 'config.hardware.device':
      return devicesOf(machine);
    case 'config.files.vmPathName':
      return `${machine.home}/machine.vmx`;
    case 'config.cpuHotAddEnabled':
      return machine.cpuHotAdd;
    case 'config.memoryHotAddEnabled':
      return machine.memoryHotAdd;
    case 'config.hotPlugMemoryIncrementSize':
      return machine.memoryHotAdd ? 128n : undefined;
    case 'config.hotPlugMemoryLimit':
      return machine.memoryHotAdd ? BigInt(machine.memoryMiB * 16) : undefined;
    case 'config.createDate':
      return new Date(machine.createdWallMs).toISOString();
    case 'guest.toolsRunningStatus':
      return machine.guest.toolsRunning ? 'guestToolsRunning' : 'guestToolsNotRunning';
    case 'guest.ipAddress':
      return machine.guest.ipAddresses[0];
    case 'guest.net':
      return machine.guest.ipAddresses.length === 0
        ? []
        : [typed(GuestNicInfo, { ipAddress: machine.guest.ipAddresses })];
    default:
      return machine.extraConfig.get(/^config\.extraConfig\["(.*)"\]\.value$/.exec(path)?.[1] ?? '');
  }
}

export function taskInfo(task: ModelTask): DataObject {
  return {
    xsiType: 'TaskInfo',
    key: task.ref.value,
    task: task.ref,
    descriptionId: task.descriptionId,
    entity: task.entity,
    state: task.state,
    cancelled: false,
    cancelable: false,
    reason: { xsiType: 'TaskReasonUser', userName: task.userName },
    ...(task.result === undefined ? {} : { result: task.result }),
    ...(task.fault === undefined ? {} : { error: { xsiType: 'LocalizedMethodFault', fault: task.fault } }),
  };
}
