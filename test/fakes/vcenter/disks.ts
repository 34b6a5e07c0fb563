/** Disks of the model's machines, as a clone or a reconfiguration changes them. */
import type { DataObject } from '../../../src/vsphere/vim25/describe';
import { typed } from '../../../src/vsphere/vim25/describe';
import { Description, VirtualDisk, VirtualDiskFlatVer2BackingInfo } from '../../../src/vsphere/vim25/device-types';
import { ModelFault } from './model-fault';
import type { ModelDisk, ModelMachine } from './objects';

/** The key of the only controller, a ParaVirtualSCSIController. */
export const CONTROLLER_KEY = 1_000;
const FIRST_DISK_KEY = 2_000;

export function disksAsDevices(disks: readonly ModelDisk[]): readonly DataObject[] {
  const controller = { xsiType: 'ParaVirtualSCSIController', key: CONTROLLER_KEY };
  return [controller, ...disks.map(asDevice)];
}

function asDevice({ label, fileName, firstClassDiskId, unit, capacityKiB, hasParent }: ModelDisk): DataObject {
  const flat = typed(VirtualDiskFlatVer2BackingInfo, { fileName, diskMode: 'persistent' });
  return typed(VirtualDisk, {
    key: FIRST_DISK_KEY + unit,
    deviceInfo: typed(Description, { label, summary: '' }),
    backing: { ...flat, ...(hasParent === true && { parent: flat }) },
    controllerKey: CONTROLLER_KEY,
    unitNumber: unit,
    capacityInKB: capacityKiB,
    capacityInBytes: capacityKiB * 1024n,
    ...(firstClassDiskId === undefined ? {} : { vDiskId: { id: firstClassDiskId } }),
  });
}

export function isDiskChange({ device }: DataObject): boolean {
  return (device as DataObject | undefined)?.xsiType === VirtualDisk.typeName;
}

/** The disks after the changes. Throws for what vCenter refuses: a disk that shrinks, one with a parent, a unit that is taken. */
export function changedDisks(
  { disks, home, name }: Pick<ModelMachine, 'disks' | 'home' | 'name'>,
  changes: readonly DataObject[],
): readonly ModelDisk[] {
  const changed = [...disks];
  for (const [deviceIndex, { operation, fileOperation, device }] of changes.entries()) {
    if (!isDiskChange({ xsiType: '', device: device as DataObject })) continue;
    const { key, unitNumber, capacityInKB, capacityInBytes, controllerKey } = device as DataObject & {
      readonly key: number;
      readonly unitNumber: number;
      readonly capacityInKB: bigint;
      readonly capacityInBytes: bigint;
    };
    const refuse = (): never => {
      throw new ModelFault('InvalidDeviceSpec', { deviceIndex });
    };
    if (capacityInBytes !== capacityInKB * 1024n || controllerKey !== CONTROLLER_KEY) refuse();
    const index = changed.findIndex(({ unit }) => unit === unitNumber);
    const present = changed[index];
    if (operation === 'add') {
      if (present !== undefined || unitNumber === 7 || fileOperation !== 'create') refuse();
      const number = changed.length + 1;
      const file = `${home}/${name}_${number - 1}.vmdk`;
      changed.push({ label: `Hard disk ${number}`, fileName: file, unit: unitNumber, capacityKiB: capacityInKB });
      continue;
    }
    if (present === undefined || key !== FIRST_DISK_KEY + unitNumber) return refuse();
    if (present.hasParent === true || capacityInKB < present.capacityKiB) refuse();
    changed[index] = { ...present, capacityKiB: capacityInKB };
  }
  return changed;
}
