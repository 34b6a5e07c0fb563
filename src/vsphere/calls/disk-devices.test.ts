import { expect, test } from 'vitest';
import { controllersAmong, disksAmong, growthChanges, newDiskChanges } from './disk-devices';

const scsi = { xsiType: 'ParaVirtualSCSIController', key: '1000' };
const disk = (unitNumber: number, backing: Readonly<Record<string, string | object>> = {}) => ({
  ...{ xsiType: 'VirtualDisk', key: 2_000 + unitNumber, controllerKey: 1_000, unitNumber, capacityInKB: 1_048_576n },
  backing: { xsiType: 'VirtualDiskFlatVer2BackingInfo', fileName: '[ds] a/a.vmdk', diskMode: 'persistent', ...backing },
});
const device = (value: object) => value as Parameters<typeof disksAmong>[0][number];

test('controllers take disks on units that no device has; SCSI keeps unit 7, and IDE is left out', () => {
  const devices = [
    device(scsi),
    device({ xsiType: 'VirtualIDEController', key: '200' }),
    device({ xsiType: 'VirtualAHCIController', key: '15000' }),
    device({ xsiType: 'VirtualCdrom', key: '16000', controllerKey: '15000', unitNumber: '0' }),
    device(disk(0)),
    device(disk(2)),
  ];
  const [first, second, ...others] = controllersAmong(devices);
  expect(first).toEqual({ key: 1_000, freeUnits: [1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15] });
  expect([second?.key, second?.freeUnits[0], second?.freeUnits.length, others]).toEqual([15_000, 1, 29, []]);
});

test('a disk is told with its place and size, whether it has a parent, and whether it can grow', () => {
  const parent = { fileName: '[ds] p.vmdk' };
  const raw = { xsiType: 'VirtualDiskRawDiskMappingVer1BackingInfo' };
  const [flat, child, mapped] = disksAmong([disk(0), disk(1, { parent }), disk(2, raw)].map(device));
  expect(flat).toEqual({
    ...{ key: 2_000, label: '', fileName: '[ds] a/a.vmdk', controllerKey: 1_000, unitNumber: 0 },
    ...{ capacityKiB: 1_048_576, isGrowable: true, diskMode: 'persistent' },
  });
  expect([child?.hasParent, mapped?.isGrowable]).toEqual([true, undefined]);
});

test('both fields of a size are sent, and a new disk is made without the name of a file', () => {
  const [present] = disksAmong([device(disk(0))]);
  if (present === undefined) throw new Error('no disk');
  const size = { capacityInKB: 2n * 1_048_576n, capacityInBytes: 2n << 30n };
  expect(growthChanges([{ disk: present, sizeGiB: 2 }])).toMatchObject([
    { operation: 'edit', device: { key: 2_000, controllerKey: 1_000, unitNumber: 0, ...size } },
  ]);
  const added = newDiskChanges([
    { controllerKey: 1_000, unitNumber: 1, sizeGiB: 2 },
    { controllerKey: 1_000, unitNumber: 2, sizeGiB: 2, provisioning: 'Thin' },
  ]);
  expect(added).toMatchObject([
    { operation: 'add', fileOperation: 'create', device: { key: -101, ...size, backing: { fileName: '' } } },
    { device: { key: -102, backing: { thinProvisioned: true, eagerlyScrub: false } } },
  ]);
});
