/** What static addresses mean for a rollout: a machine of an older spec may hold the address of another ordinal. */
import type { Slot } from '../../api/identity';
import { isCurrent } from '../../api/slot-revision';
import {
  type AdapterAddress,
  adapterAddresses,
  canonical,
  hasStaticAddresses,
  hostPart,
  shortListFor,
} from '../../api/static-addresses';
import type { AddressHolder } from '../model/action';
import { unseenMachines } from '../model/known-objects';
import type { Observation, Replica } from '../model/observation';

/**
 * Two replicas of the current revisions never have one address, because their ordinals differ. One of an older revision has
 * what a former list gave it: which address that is, a live read of the machine tells. Undefined without static addresses.
 */
export function addressHolders(observed: Observation): readonly AddressHolder[] | undefined {
  const { spec } = observed.group;
  if (!hasStaticAddresses(spec)) return undefined;
  return [
    ...observed.replicas.map(({ slot, machine: { ref, name } }) => ({ slot, ref, name })),
    ...unseenMachines(observed),
  ].flatMap(({ slot, ref, name }) => (isCurrent(slot, spec) ? [] : [{ ref, name }]));
}

/** Whether a clone by a former list is under way: nobody can read yet which address its machine holds. */
export function hasFormerCloneInFlight(pending: readonly Slot[], { group }: Observation): boolean {
  return hasStaticAddresses(group.spec) && pending.some((slot) => !isCurrent(slot, group.spec));
}

/**
 * The lowest `count` ordinals that are not taken; before them those whose addresses no machine of an older spec is known to
 * hold. Else a list that was moved by one entry would stop an update: the first successor waits for the address of a replica
 * that may only go when that successor serves.
 */
export function freeOrdinals(count: number, taken: ReadonlySet<number>, observed: Observation): readonly number[] {
  const { spec } = observed.group;
  const holders = holdersByAddress(observed);
  const free: number[] = [];
  const held: number[] = [];
  for (let ordinal = 0; free.length < count; ordinal += 1) {
    if (taken.has(ordinal)) continue;
    // All higher ones lack an address too.
    if (holders.size > 0 && shortListFor(spec, ordinal) !== undefined && free.length + held.length >= count) break;
    const isHeld = holders.size > 0 && holderOf(adapterAddresses(spec, ordinal), holders) !== undefined;
    (isHeld ? held : free).push(ordinal);
  }
  return [...free, ...held].slice(0, count);
}

/** Outdated replicas, before the others those of which the successor's addresses are free once they are gone themselves. */
export function freeSuccessorsFirst(outdated: readonly Replica[], observed: Observation): readonly Replica[] {
  const holders = holdersByAddress(observed);
  if (holders.size === 0) return outdated;
  const waits = ({ slot, machine }: Replica) => {
    const holder = holderOf(adapterAddresses(observed.group.spec, slot.ordinal), holders, machine.ref.value);
    return holder === undefined ? 0 : 1;
  };
  return [...outdated].sort((a, b) => waits(a) - waits(b));
}

/** By address: the machine of an older spec that is known to hold it. Empty for a group without static addresses. */
function holdersByAddress({ group, replicas, heldAddresses }: Observation): ReadonlyMap<string, string> {
  const holders = new Map<string, string>();
  if (!hasStaticAddresses(group.spec)) return holders;
  for (const { slot, machine } of replicas) {
    if (isCurrent(slot, group.spec)) continue;
    for (const { address } of heldAddresses.get(machine.ref.value) ?? [])
      if (address !== undefined) holders.set(canonical(hostPart(address)), machine.ref.value);
  }
  return holders;
}

/** The machine, other than `self`, that holds one of the addresses. */
function holderOf(
  adapters: readonly AdapterAddress[],
  holders: ReadonlyMap<string, string>,
  self?: string,
): string | undefined {
  for (const { address } of adapters) {
    const holder = address === undefined ? undefined : holders.get(canonical(hostPart(address)));
    if (holder !== undefined && holder !== self) return holder;
  }
  return undefined;
}
