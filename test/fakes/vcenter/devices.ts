/** Virtual devices of the model's machines, as a clone changes them. */
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { type DataObject, typed } from '../../../src/vsphere/vim25/describe';
import {
  VirtualEthernetCardDistributedVirtualPortBackingInfo,
  VirtualEthernetCardNetworkBackingInfo,
  VirtualEthernetCardOpaqueNetworkBackingInfo,
} from '../../../src/vsphere/vim25/device-types';
import { disksAsDevices, isDiskChange } from './disks';
import type { InventoryTruth } from './inventory-truth';
import { ModelFault } from './model-fault';
import { opaqueId, SWITCH } from './networks';
import type { ModelAdapter, ModelMachine } from './objects';

type Ref = ManagedObjectReference;

const FIRST_ADAPTER_KEY = 4_000;

/** The value of config.hardware.device. */
export function devicesOf({ ref, adapters, disks }: ModelMachine): readonly DataObject[] {
  const adaptersAsDevices = adapters.map(({ key, kind, network }) => ({
    xsiType: kind,
    key,
    backing: backingOf(network),
    addressType: 'assigned',
    macAddress: macAddressOf(ref, key),
  }));
  // vCenter keeps no order among devices.
  return [...disksAsDevices(disks), ...adaptersAsDevices.reverse()];
}

/** vCenter gives an address of its own to each adapter of each clone. */
export function macAddressOf({ value }: Ref, key: number): string {
  const number = Number(value.replace(/\D/g, '')) * 16 + (key - FIRST_ADAPTER_KEY);
  const digits = (number % 0x40_00_00).toString(16).padStart(6, '0');
  return `00:50:56:${digits.slice(0, 2)}:${digits.slice(2, 4)}:${digits.slice(4)}`;
}

function backingOf(network: Ref): DataObject {
  switch (network.type) {
    case 'DistributedVirtualPortgroup':
      return typed(VirtualEthernetCardDistributedVirtualPortBackingInfo, {
        port: { switchUuid: SWITCH.uuid, portgroupKey: network.value },
      });
    case 'OpaqueNetwork':
      return typed(VirtualEthernetCardOpaqueNetworkBackingInfo, {
        opaqueNetworkId: opaqueId(network),
        opaqueNetworkType: 'nsx.LogicalSwitch',
      });
    default:
      return typed(VirtualEthernetCardNetworkBackingInfo, { deviceName: network.value, network });
  }
}

/** The adapters after the changes. Throws InvalidDeviceSpec for a change that does not fit the existing adapters. */
export function changedAdapters(
  truth: InventoryTruth,
  before: readonly ModelAdapter[],
  changes: readonly DataObject[],
): readonly ModelAdapter[] {
  const adapters = new Map(before.map((adapter) => [adapter.key, adapter]));
  for (const [deviceIndex, change] of changes.entries()) {
    if (isDiskChange(change)) continue;
    const { operation, device } = change;
    const refuse = (): never => {
      throw new ModelFault('InvalidDeviceSpec', { deviceIndex });
    };
    const { key, xsiType: kind, backing } = device as DataObject & { readonly key: number };
    if (operation === 'add') {
      const newKey = Math.max(FIRST_ADAPTER_KEY - 1, ...adapters.keys()) + 1;
      adapters.set(newKey, { key: newKey, kind, network: networkOf(truth, backing as DataObject) ?? refuse() });
      continue;
    }
    if (adapters.get(key)?.kind !== kind) refuse();
    if (operation === 'remove') adapters.delete(key);
    else adapters.set(key, { key, kind, network: networkOf(truth, backing as DataObject) ?? refuse() });
  }
  return [...adapters.values()];
}

/** The network of a backing; undefined if a field that vCenter checks is wrong. */
function networkOf(truth: InventoryTruth, backing: DataObject): Ref | undefined {
  const found = (ref: Ref) => (truth.entities.has(refKey(ref)) ? ref : undefined);
  switch (backing.xsiType) {
    case 'VirtualEthernetCardDistributedVirtualPortBackingInfo': {
      const { switchUuid, portgroupKey } = backing.port as DataObject;
      if (switchUuid !== SWITCH.uuid) return undefined;
      return found({ type: 'DistributedVirtualPortgroup', value: String(portgroupKey) });
    }
    case 'VirtualEthernetCardOpaqueNetworkBackingInfo':
      return [...truth.entities.values()].find(
        ({ ref }) => ref.type === 'OpaqueNetwork' && opaqueId(ref) === backing.opaqueNetworkId,
      )?.ref;
    default: {
      const network = found(backing.network as Ref);
      return network !== undefined && truth.entity(network).name === backing.deviceName ? network : undefined;
    }
  }
}
