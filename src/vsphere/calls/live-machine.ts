/** One machine, read live: the fields of the inventory, and its disks, which the stream does not carry. */

import { CHANGE_VERSION_PATH } from '../inventory/config-path';
import { applyToMachine, machineExpectations, virtualMachinePaths } from '../inventory/virtual-machine';
import type { LiveVirtualMachine, ManagedObjectReference } from '../port';
import { type AnswerObject, type Expectations, propertiesOf } from '../property/object-properties';
import { textOf } from '../property/property-value';
import type { UnreadValues } from '../property/unread-values';
import { adaptersAmong, devicesOf } from './adapter-changes';
import { disksAmong } from './disk-devices';
import { coresPerSocketIn } from './virtual-sockets';

const FILE_PATH = 'config.files.vmPathName';
const DEVICES_PATH = 'config.hardware.device';

export function liveMachinePaths(extraConfigKeys: readonly string[]): readonly string[] {
  return [...virtualMachinePaths(extraConfigKeys), FILE_PATH, DEVICES_PATH];
}

const expectations: Expectations = (path) => (path === DEVICES_PATH ? Array.isArray : machineExpectations(path));

export function liveMachine(ref: ManagedObjectReference, told: AnswerObject, unread: UnreadValues): LiveVirtualMachine {
  const properties = propertiesOf(told, expectations, unread);
  const { machine } = applyToMachine(ref, undefined, properties, 'Whole');
  const value = (wanted: string) => properties.find(({ path }) => path === wanted)?.value;
  const vmPathName = textOf(value(FILE_PATH));
  const devices = devicesOf(value(DEVICES_PATH));
  const macAddresses = adaptersAmong(devices).map(({ macAddress }) => textOf(macAddress));
  const disks = disksAmong(devices);
  // Without its devices nobody knows which disks it has.
  const isUnreadable = machine.unreadable === true || value(DEVICES_PATH) === undefined;
  const coresPerSocket = coresPerSocketIn(told);
  const changeVersion = textOf(value(CHANGE_VERSION_PATH));
  return {
    ...machine,
    disks,
    macAddresses,
    ...(changeVersion !== undefined && { changeVersion }),
    ...(vmPathName !== undefined && { vmPathName }),
    ...(coresPerSocket !== undefined && { coresPerSocket }),
    ...(isUnreadable && { unreadable: true }),
  };
}
