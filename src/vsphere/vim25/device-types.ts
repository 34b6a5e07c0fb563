/** The virtual devices that are used: network adapters with their backings, and disks. */
import { baseType, type DataOf, lenient, objectType, optional } from './describe';

export const Description = objectType('Description', { label: 'string', summary: 'string' });

export const VirtualDeviceConnectInfo = objectType('VirtualDeviceConnectInfo', {
  migrateConnect: 'string?',
  startConnected: 'boolean',
  allowGuestControl: 'boolean',
  connected: 'boolean',
});

const VirtualDevice = baseType('VirtualDevice', {
  key: 'int',
  deviceInfo: 'object?',
  backing: 'object?',
  connectable: optional(VirtualDeviceConnectInfo),
  controllerKey: 'int?',
  unitNumber: 'int?',
});

const VirtualEthernetCard = baseType('VirtualEthernetCard', VirtualDevice, {
  /** With the value `assigned` vCenter gives the address. */
  addressType: 'string?',
  macAddress: 'string?',
  wakeOnLanEnabled: 'boolean?',
});
export type VirtualEthernetCard = DataOf<typeof VirtualEthernetCard> & { readonly xsiType: string };

export const VirtualVmxnet3 = objectType('VirtualVmxnet3', VirtualEthernetCard, {});
/** All types of adapters: an edit must name the type that the adapter has. */
export const ETHERNET_CARDS = [
  VirtualVmxnet3,
  objectType('VirtualVmxnet3Vrdma', VirtualEthernetCard, {}),
  objectType('VirtualVmxnet2', VirtualEthernetCard, {}),
  objectType('VirtualVmxnet', VirtualEthernetCard, {}),
  objectType('VirtualE1000', VirtualEthernetCard, {}),
  objectType('VirtualE1000e', VirtualEthernetCard, {}),
  objectType('VirtualPCNet32', VirtualEthernetCard, {}),
  objectType('VirtualSriovEthernetCard', VirtualEthernetCard, {}),
] as const;

export const VirtualEthernetCardNetworkBackingInfo = objectType('VirtualEthernetCardNetworkBackingInfo', {
  deviceName: 'string',
  network: 'ref?',
});
const DistributedVirtualSwitchPortConnection = objectType('DistributedVirtualSwitchPortConnection', {
  switchUuid: 'string',
  portgroupKey: 'string?',
  portKey: 'string?',
});
export const VirtualEthernetCardDistributedVirtualPortBackingInfo = objectType(
  'VirtualEthernetCardDistributedVirtualPortBackingInfo',
  { port: DistributedVirtualSwitchPortConnection },
);
export const VirtualEthernetCardOpaqueNetworkBackingInfo = objectType('VirtualEthernetCardOpaqueNetworkBackingInfo', {
  opaqueNetworkId: 'string',
  opaqueNetworkType: 'string',
});

export const VirtualDeviceConfigSpec = objectType('VirtualDeviceConfigSpec', {
  operation: 'string?',
  fileOperation: 'string?',
  device: 'object',
  profile: 'object[]?',
});

const FirstClassDiskId = objectType('ID', { id: 'string' });
export const VirtualDisk = objectType('VirtualDisk', VirtualDevice, {
  capacityInKB: 'long',
  capacityInBytes: 'long?',
  vDiskId: optional(FirstClassDiskId),
});
/** What is used of a parent: that it is there. Its type is that of the child, and is not named. */
const ParentOfDisk = objectType('ParentOfDisk', { fileName: 'string', diskMode: 'string' });
lenient(ParentOfDisk, { fileName: '', diskMode: '' });
/** Fields of an answer that are left out here, such as those of the parents, are not sent back. */
export const VirtualDiskFlatVer2BackingInfo = objectType('VirtualDiskFlatVer2BackingInfo', {
  fileName: 'string',
  datastore: 'ref?',
  diskMode: 'string',
  thinProvisioned: 'boolean?',
  eagerlyScrub: 'boolean?',
  parent: optional(ParentOfDisk),
});
// Disks of any kind are told by their files.
lenient(VirtualDiskFlatVer2BackingInfo, { fileName: '', diskMode: '' }, ['parent']);
export type VirtualDisk = DataOf<typeof VirtualDisk>;

export const GuestNicInfo = objectType('GuestNicInfo', { ipAddress: 'string[]?', deviceConfigId: 'int?' });
export type GuestNicInfo = DataOf<typeof GuestNicInfo>;

export const OpaqueNetworkSummary = objectType('OpaqueNetworkSummary', {
  opaqueNetworkId: 'string',
  opaqueNetworkType: 'string',
});
