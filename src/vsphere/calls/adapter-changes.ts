/** The device changes that connect the network adapters of a clone to its networks. */
import { type AnyValue, type DataObject, typed } from '../vim25/describe';
import {
  ETHERNET_CARDS,
  VirtualDeviceConfigSpec,
  type VirtualEthernetCard,
  VirtualVmxnet3,
} from '../vim25/device-types';

const KINDS: ReadonlySet<string> = new Set(ETHERNET_CARDS.map(({ typeName }) => typeName));

/** The devices in the value of config.hardware.device. */
export function devicesOf(value: AnyValue | undefined): readonly DataObject[] {
  return Array.isArray(value) ? (value as readonly DataObject[]) : [];
}

/** The network adapters among the devices, in the order of their keys, which is the order in the guest. */
export function adaptersAmong(devices: readonly DataObject[]): readonly VirtualEthernetCard[] {
  return devices
    .filter(({ xsiType }) => KINDS.has(xsiType))
    .map((device) => device as unknown as VirtualEthernetCard)
    .sort((a, b) => a.key - b.key);
}

/** Adapter i gets backing i. Missing adapters are added, surplus adapters are removed. */
export function adapterChanges(
  adapters: readonly VirtualEthernetCard[],
  backings: readonly DataObject[],
): readonly DataObject[] {
  const changes = backings.map((backing, index) => {
    const adapter = adapters[index];
    // A device that is added has a negative key until vCenter gives it one (docs/vsphere.md#clonevm_task).
    return adapter === undefined
      ? change('add', added(-(index + 1), backing))
      : change('edit', edited(adapter, backing));
  });
  const surplus = adapters.slice(backings.length).map(({ xsiType, key }) => change('remove', { xsiType, key }));
  return [...changes, ...surplus];
}

function change(operation: 'add' | 'edit' | 'remove', device: DataObject): DataObject {
  return typed(VirtualDeviceConfigSpec, { operation, device });
}

/** The adapter with another backing, and without its address: each clone gets an address of its own. */
function edited(adapter: VirtualEthernetCard, backing: DataObject): DataObject {
  const { xsiType, key, connectable, controllerKey, unitNumber, wakeOnLanEnabled } = adapter;
  const kept = { key, connectable, controllerKey, unitNumber, wakeOnLanEnabled };
  return { ...typed(VirtualVmxnet3, { ...kept, backing, addressType: 'assigned' }), xsiType };
}

function added(key: number, backing: DataObject): DataObject {
  return typed(VirtualVmxnet3, {
    key,
    backing,
    connectable: { startConnected: true, allowGuestControl: true, connected: true },
    addressType: 'assigned',
    wakeOnLanEnabled: true,
  });
}
