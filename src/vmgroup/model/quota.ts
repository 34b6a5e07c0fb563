/** Who holds which room in the limits of one vCenter. */
import { type GroupKey, groupKey, type VmGroup } from '../../api/vm-group';
import type { Usage } from './limits';
import type { HeldPlaces, Place } from './place';

export interface Holder {
  readonly key: GroupKey;
  readonly uid: string;
  readonly namespace: string;
}

export function holderOf(group: VmGroup): Holder {
  const { uid, namespace } = group.metadata;
  return { key: groupKey(group), uid, namespace };
}

export interface Quota {
  /** Machines that exist. */
  present(namespace: string): Usage;
  /** The same, with the places of all others, and of the holder those that it has spent, and its machines out of sight. */
  used(holder: Holder, spent: ReadonlySet<string>, unseen?: readonly Place[]): Usage;
  /**
   * Takes a place if it fits now. What the holder has free counts for it. Decided at once, so that two groups do not take the
   * last place both. The place is held until `planned` says otherwise, or its machine is seen. While it is uncertain what is
   * used, nothing that adds to it fits.
   */
  reserve(holder: Holder, place: Place, isUncertain: boolean): boolean;
  /** What a group holds after a plan. What it held before and holds no more is offered to those who wait. */
  planned(holder: Holder, held: HeldPlaces): void;
  /**
   * Work has ended whose group is forgotten: nobody else would tell that its place is free. `mayAppear`: a clone did not
   * fail, and its place is held until its machine is seen, or a minute later.
   */
  ended(holder: Holder, place: string, mayAppear: boolean): void;
  /** The group is gone, or is another vCenter's. */
  forget(holder: Holder): void;
  /** Monotonic time until which a request of an earlier process may still arrive, which nobody has counted. */
  quietUntilMs(nowMs: number): number;
}
