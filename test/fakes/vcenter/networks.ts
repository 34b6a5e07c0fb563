/** Properties of the model's networks besides their names. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { type AnyValue, typed } from '../../../src/vsphere/vim25/describe';
import { OpaqueNetworkSummary } from '../../../src/vsphere/vim25/device-types';

/** The switch of all port groups. It is in no view, because the operator asks for no switches. */
export const SWITCH = {
  ref: { type: 'VmwareDistributedVirtualSwitch', value: 'dvs-21' },
  uuid: '50 12 34 56 78 9a bc de-f0 12 34 56 78 9a bc de',
} as const;

export function opaqueId(network: ManagedObjectReference): string {
  return `nsx-${network.value}`;
}

export function networkProperty(network: ManagedObjectReference, path: string): AnyValue | undefined {
  switch (path) {
    case 'key':
      return network.value;
    case 'config.distributedVirtualSwitch':
      return SWITCH.ref;
    case 'summary':
      return network.type === 'OpaqueNetwork'
        ? typed(OpaqueNetworkSummary, { opaqueNetworkId: opaqueId(network), opaqueNetworkType: 'nsx.LogicalSwitch' })
        : undefined;
    default:
      return undefined;
  }
}
