/** Disks and their controllers among the devices of a machine, and the device changes that make or grow disks. */
import { isDataObject } from '../fault/classify';
import type { DiskController, DiskGrowth, NewDisk, VirtualDisk } from '../port';
import { textOf } from '../property/property-value';
import { type DataObject, typed } from '../vim25/describe';
import {
  VirtualDisk as Vim25Disk,
  VirtualDeviceConfigSpec,
  VirtualDiskFlatVer2BackingInfo,
} from '../vim25/device-types';

const KIB_PER_GIB = 1024n * 1024n;

export function disksAmong(devices: readonly DataObject[]): readonly VirtualDisk[] {
  return devices.filter(({ xsiType }) => xsiType === 'VirtualDisk').map(diskOf);
}

function diskOf(device: DataObject): VirtualDisk {
  const { key, deviceInfo, backing, vDiskId, controllerKey, unitNumber, capacityInKB } = device as unknown as Partial<
    Omit<import('../vim25/device-types').VirtualDisk, 'key'>
  > & { readonly key: number };
  const file = isDataObject(backing) ? backing : undefined;
  const fileName = textOf(file?.fileName);
  const diskMode = textOf(file?.diskMode);
  return {
    key,
    label: (isDataObject(deviceInfo) ? textOf(deviceInfo.label) : undefined) ?? '',
    ...(fileName === undefined ? {} : { fileName }),
    ...(controllerKey === undefined ? {} : { controllerKey }),
    ...(unitNumber === undefined ? {} : { unitNumber }),
    ...(capacityInKB === undefined ? {} : { capacityKiB: Number(capacityInKB) }),
    ...(file?.parent === undefined ? {} : { hasParent: true }),
    ...(file?.xsiType === VirtualDiskFlatVer2BackingInfo.typeName ? { isGrowable: true } : {}),
    ...(diskMode === undefined ? {} : { diskMode }),
    ...(vDiskId === undefined ? {} : { firstClassDiskId: vDiskId.id }),
  };
}

/** SCSI keeps unit 7 for itself; all kinds take at least this many (docs/vsphere.md#disks). */
const UNITS: ReadonlyMap<RegExp, readonly number[]> = new Map([
  [/SCSIController$|LsiLogic(SAS)?Controller$|BusLogicController$/, range(16).filter((unit) => unit !== 7)],
  [/AHCIController$/, range(30)],
  [/NVMEController$/, range(15)],
]);

/** The controllers that take disks, and their free units. Devices of types without a description have texts for numbers. */
export function controllersAmong(devices: readonly DataObject[]): readonly DiskController[] {
  return devices.flatMap((controller) => {
    const units = [...UNITS].find(([kind]) => kind.test(controller.xsiType))?.[1];
    const key = Number(controller.key);
    if (units === undefined || !Number.isSafeInteger(key)) return [];
    const onIt = devices.filter(({ controllerKey }) => controllerKey !== undefined && Number(controllerKey) === key);
    const taken = new Set(onIt.map(({ unitNumber }) => Number(unitNumber)));
    return [{ key, freeUnits: units.filter((unit) => !taken.has(unit)) }];
  });
}

/** Both fields of the size are sent: vCenter takes the bytes, and an older one the KiB (docs/vsphere.md#disks). */
function capacity(sizeGiB: number) {
  const capacityInKB = BigInt(sizeGiB) * KIB_PER_GIB;
  return { capacityInKB, capacityInBytes: capacityInKB * 1024n };
}

export function growthChanges(growth: readonly DiskGrowth[]): readonly DataObject[] {
  return growth.map(({ disk, sizeGiB }) => {
    const { key, controllerKey, unitNumber, fileName = '', diskMode = 'persistent' } = disk;
    const backing = typed(VirtualDiskFlatVer2BackingInfo, { fileName, diskMode });
    const device = typed(Vim25Disk, { key, backing, controllerKey, unitNumber, ...capacity(sizeGiB) });
    return typed(VirtualDeviceConfigSpec, { operation: 'edit', device });
  });
}

/** Keys from this one down: adapters that are added have those above it. */
const FIRST_NEW_KEY = -101;

/** `profile`: the storage policy of the disks. */
export function newDiskChanges(disks: readonly NewDisk[], profile?: readonly DataObject[]): readonly DataObject[] {
  return disks.map(({ controllerKey, unitNumber, sizeGiB, provisioning }, index) => {
    // Without a name vCenter makes the file in the directory of the machine.
    const backing = typed(VirtualDiskFlatVer2BackingInfo, {
      fileName: '',
      diskMode: 'persistent',
      ...(provisioning !== undefined && {
        thinProvisioned: provisioning === 'Thin',
        eagerlyScrub: provisioning === 'EagerZeroedThick',
      }),
    });
    const device = typed(Vim25Disk, {
      key: FIRST_NEW_KEY - index,
      backing,
      controllerKey,
      unitNumber,
      ...capacity(sizeGiB),
    });
    return typed(VirtualDeviceConfigSpec, { operation: 'add', fileOperation: 'create', device, profile });
  });
}

function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, unit) => unit);
}
