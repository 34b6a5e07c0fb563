import { slotKey } from '../../../src/api/identity';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { ModelMachine } from '../../fakes/vcenter';
import { ownerOf, type Watched, type Watcher } from './watcher';

/** R2: there are never two machines for one slot (group UID, ordinal, revision). */
export class SlotWatcher implements Watcher {
  constructor(private readonly watched: Watched) {}

  truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (ref.type !== 'VirtualMachine' || change === 'Gone') return;
    const holders = new Map<string, ModelMachine>();
    for (const machine of this.watched.vcenter.truth.machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== this.watched.clusterId) continue;
      const key = `${owner.groupUid} ${slotKey(owner.slot)}`;
      const holder = holders.get(key);
      if (holder !== undefined)
        this.watched.violated(`R2: slot ${key} is held by ${holder.ref.value} and ${machine.ref.value}`);
      holders.set(key, machine);
    }
  }
}
