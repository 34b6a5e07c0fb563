/** What the model's inventory is made of. Mutable: this is the truth that a server keeps. */
import type { ManagedObjectReference, PlaceType, PowerState } from '../../../src/vsphere/port';
import type { AnyValue, DataObject } from '../../../src/vsphere/vim25/describe';
import { encodeName } from '../../../src/vsphere/virtual-machine';

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
  /** Counts changes of the configuration: config.changeVersion. */
  changes: number;
  /** The task that works on it; another one is refused meanwhile. */
  busy?: ManagedObjectReference;
  /** Who made it: a clone by a login of the operator, or somebody else. */
  readonly madeBy: string;
}

export interface ModelPlace {
  readonly ref: ManagedObjectReference & { readonly type: PlaceType };
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
