import { NETWORK_KEY, readNetworkRecord } from '../../../src/api/network-record';
import { canonical, hostPart } from '../../../src/api/static-addresses';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ModelMachine } from '../../fakes/vcenter';
import { ownerOf, type Watched, type Watcher } from './watcher';

/**
 * ADDRESSES: no two machines of a group were given one static address, whatever its lists were. A machine that was gone from
 * vCenter and was registered again may have one that is somebody else's by now.
 */
export class AddressWatcher implements Watcher {
  constructor(private readonly watched: Watched) {}

  truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (ref.type !== 'VirtualMachine' || change === 'Gone') return;
    const { vcenter, clusterId } = this.watched;
    const holders = new Map<string, ModelMachine>();
    for (const machine of vcenter.truth.machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== clusterId || vcenter.hand.registered.has(machine.ref.value)) continue;
      for (const { address } of readNetworkRecord(machine.extraConfig.get(NETWORK_KEY)) ?? []) {
        if (address === undefined) continue;
        const key = `${owner.groupUid} ${canonical(hostPart(address))}`;
        const holder = holders.get(key);
        if (holder !== undefined)
          this.watched.violated(`ADDRESSES: ${address} was given to ${holder.name} and to ${machine.name}`);
        holders.set(key, machine);
      }
    }
  }
}
