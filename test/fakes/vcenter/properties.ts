/** The model's objects as the property collector tells them. */
import { encodeName } from '../../../src/vsphere/inventory/virtual-machine';
import { type AnyValue, type DataObject, typed } from '../../../src/vsphere/vim25/describe';
import { GuestNicInfo } from '../../../src/vsphere/vim25/device-types';
import type { ObjectUpdate } from '../../../src/vsphere/vim25/types';
import { customValuesOf } from './custom-fields';
import { devicesOf } from './devices';
import type { Ghost } from './inventory-truth';
import type { ModelMachine, ModelTask } from './objects';
import { snapshotInfo } from './snapshots';

/** vCenter has no configuration of machines whose files cannot be read. */
const WITHOUT_CONFIG: readonly string[] = ['inaccessible', 'orphaned', 'invalid'];

/** The value of one property path; undefined = unset or unknown. */
export function machineProperty(machine: ModelMachine, path: string): AnyValue | undefined {
  if (path.startsWith('config.') && WITHOUT_CONFIG.includes(machine.connectionState)) return undefined;
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
    case 'snapshot':
      return snapshotInfo(machine);
    case 'customValue':
      return customValuesOf(machine);
    case 'datastore':
      return machine.datastores;
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
    case 'config.guestId':
      return machine.guestId ?? 'otherGuest';
    case 'config.firmware':
      return 'bios';
    case 'config.files.vmPathName':
      return `${machine.home}/machine.vmx`;
    case 'config.hardware.numCoresPerSocket':
      return machine.coresPerSocket;
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
        : [
            typed(GuestNicInfo, { ipAddress: machine.guest.ipAddresses, deviceConfigId: firstAdapterKey(machine) }),
            // A bridge in the guest is none of the machine's adapters.
            typed(GuestNicInfo, { deviceConfigId: -1 }),
          ];
    default:
      return machine.extraConfig.get(/^config\.extraConfig\["(.*)"\]\.value$/.exec(path)?.[1] ?? '');
  }
}

function firstAdapterKey({ adapters }: ModelMachine): number {
  return Math.min(...adapters.map(({ key }) => key));
}

/** What the collector tells of a placeholder of a clone: it has no configuration and no host. */
export function ghostProperties(ghost: Ghost | undefined): ObjectUpdate['changeSet'] {
  if (ghost === undefined) return undefined;
  const properties = {
    name: encodeName(ghost.name),
    parent: ghost.parent,
    'runtime.powerState': 'poweredOff',
    'runtime.connectionState': 'connected',
  };
  return Object.entries(properties).map(([name, val]) => ({ name, op: 'assign', val }));
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
    queueTime: new Date(task.queuedWallMs).toISOString(),
    eventChainId: task.chainId,
    reason: { xsiType: 'TaskReasonUser', userName: task.userName },
    ...(task.result === undefined ? {} : { result: task.result }),
    ...(task.fault === undefined ? {} : { error: { xsiType: 'LocalizedMethodFault', fault: task.fault } }),
  };
}
