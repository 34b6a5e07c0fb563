/** The device changes that put the network adapters of a clone on the networks that it should have. */
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

/** The network adapters among the devices of a machine, by key: the order in which a guest sees them. */
export function adaptersAmong(devices: readonly DataObject[]): readonly VirtualEthernetCard[] {
  return devices
    .filter(({ xsiType }) => KINDS.has(xsiType))
    .map((device) => device as unknown as VirtualEthernetCard)
    .sort((a, b) => a.key - b.key);
}

/** Backing i for adapter i; further ones are added, surplus adapters removed. */
export function adapterChanges(
  adapters: readonly VirtualEthernetCard[],
  backings: readonly DataObject[],
): readonly DataObject[] {
  const changes = backings.map((backing, index) => {
    const adapter = adapters[index];
    // Keys below zero are ours until vCenter gives real ones.
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

/** All that the adapter is, but for its address: each clone gets one of its own. */
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
