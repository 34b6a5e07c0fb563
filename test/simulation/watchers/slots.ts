import { type Slot, slotKey } from '../../../src/api/identity';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { MODEL_ACCOUNT, type ModelMachine } from '../../fakes/vcenter';
import { ownerOf, type Watched, type Watcher } from './watcher';

/**
 * R2: there are never two machines for one slot (group UID, ordinal, revision). A second one that vCenter gave another
 * instanceUuid counts for nobody, and is one too many all the same; unless the first was registered again meanwhile. After a
 * restore of etcd no status may tell of a machine that is out of sight, and an adoption then finds its slot empty.
 */
export class SlotWatcher implements Watcher {
  readonly #seen = new Set<string>();
  readonly #forgotten = new Set<string>();

  constructor(private readonly watched: Watched) {}

  truthChanged(ref: ManagedObjectReference, change: 'Changed' | 'Gone'): void {
    if (ref.type !== 'VirtualMachine' || change === 'Gone') return;
    const { vcenter, clusterId } = this.watched;
    const holders = new Map<string, ModelMachine>();
    for (const machine of vcenter.truth.machines.values()) {
      const owner = ownerOf(machine);
      if (owner?.cluster !== clusterId) continue;
      const key = keyOf(owner);
      const holder = holders.get(key);
      // An adopted machine has another instanceUuid than its slot's, so it keeps its marks when a person registers it again.
      const isRegistered = [holder, machine].some(
        (one) => one !== undefined && vcenter.hand.registered.has(one.ref.value),
      );
      const isForgotten = holder !== undefined && [holder, machine].some((one) => this.#isForgotten(one));
      if (holder !== undefined && !isRegistered && !isForgotten)
        this.watched.violated(`R2: slot ${key} is held by ${holder.ref.value} and ${machine.ref.value}`);
      holders.set(key, machine);
    }
    this.#checkNew(ref, holders);
  }

  #isForgotten({ ref }: ModelMachine): boolean {
    const { vcenter, restoredAtMs } = this.watched;
    if (Number.isFinite(restoredAtMs) && vcenter.permissions.hides(ref)) this.#forgotten.add(ref.value);
    return this.#forgotten.has(ref.value);
  }

  #checkNew(ref: ManagedObjectReference, holders: ReadonlyMap<string, ModelMachine>): void {
    if (this.#seen.has(refKey(ref))) return;
    this.#seen.add(refKey(ref));
    const { vcenter, clusterId } = this.watched;
    const machine = vcenter.truth.machines.get(refKey(ref));
    if (machine?.madeBy !== MODEL_ACCOUNT.userName || vcenter.hand.registered.has(ref.value)) return;
    // Whatever its instanceUuid is: these are the marks that the clone asked for.
    const asked = ownerOf({ ...machine, instanceUuid: machine.extraConfig.get('codeconnect.instance') ?? '' });
    const holder = asked?.cluster === clusterId ? holders.get(keyOf(asked)) : undefined;
    if (asked === undefined || holder === undefined || holder.ref.value === ref.value) return;
    if (!vcenter.hand.registered.has(holder.ref.value))
      this.watched.violated(
        `R2: slot ${keyOf(asked)} is held by ${holder.ref.value}, and ${ref.value} was made for it`,
      );
  }
}

function keyOf({ groupUid, slot }: { readonly groupUid: string; readonly slot: Slot }): string {
  return `${groupUid} ${slotKey(slot)}`;
}
