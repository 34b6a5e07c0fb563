/**
 * Over which failure domains the replicas of a group are spread. A new replica goes where the fewest of its revision are, then
 * where the fewest are at all, then by the order of the list; so a rolling update ends as evenly as a scale-up. Machines that
 * are being removed do not count, clones in flight do.
 */
import { type Slot, slotKey } from '../../api/identity';
import type { Spread } from '../../api/policy';
import type { WaitingSlots } from '../model/action';
import { LONGEST_RETRY_MS } from '../model/backoff';
import { fullUntilMs, unusable } from '../model/failure-domain';
import { unseenMachines } from '../model/known-objects';
import type { Observation, Replica } from '../model/observation';
import type { DomainPlacement } from '../model/placement';
import { isDisturbed } from './serving';

/** What counts for the spread. */
export interface Counted {
  /** Replicas that stay. */
  readonly staying: readonly Replica[];
  readonly isUpdated: (replica: Replica) => boolean;
  /** Slots that have no machine, of which `pending` have a clone in flight. */
  readonly missing: readonly Slot[];
  readonly pending: readonly Slot[];
}

interface Count {
  readonly domain: DomainPlacement;
  updated: number;
  /** Machines that exist, and those that are made or will be. */
  total: number;
  /** Machines that exist. */
  existing: number;
  /** Outdated machines that exist and will be gone soon, whatever is made. */
  goingSoon: number;
  /** Slots that wait until one of those is gone, and are made here then. */
  awaiting: number;
  /** It had no room, and it is time to try it again: with one replica, which tells. */
  isProbed: boolean;
  readonly fullUntilMs: number | undefined;
}

/** The domains of the slots that a plan makes. */
export interface Assignment {
  readonly chosen: ReadonlyMap<string, DomainPlacement>;
  /** By slotKey: slots that are made once the clones that come before have ended. */
  readonly delayed: ReadonlySet<string>;
  /** Absent: none has to wait. */
  readonly waiting?: WaitingSlots;
}

export const NO_DOMAINS: Assignment = { chosen: new Map(), delayed: new Set() };

/** Gives each missing slot its domain. */
export class DomainSpread {
  readonly #observed: Observation;
  readonly #spread: Spread;
  readonly #counts: readonly Count[];
  readonly assignment: Assignment;

  /** `domains`: those of the group. */
  constructor(observed: Observation, domains: readonly DomainPlacement[], counted: Counted) {
    this.#observed = observed;
    this.#spread = observed.policy.spread;
    this.#counts = domains.map((domain) => ({
      ...{ domain, updated: 0, total: 0, existing: 0, goingSoon: 0, awaiting: 0, isProbed: false },
      fullUntilMs: fullUntilMs(domain.name, observed),
    }));
    this.#count(counted);
    this.assignment = this.#assign(counted);
  }

  /**
   * Whether a successor of the replica could be made if it were removed now; if so, the removal counts from now on. Nothing is
   * removed that could not be made again.
   */
  mayBeReplaced(replica: Replica): boolean {
    const own = this.#of(replica.failureDomain);
    const add = (difference: number) => {
      if (own === undefined) return;
      own.total += difference;
      own.existing += difference;
    };
    add(-1);
    if (own !== undefined && own.awaiting > 0) {
      own.awaiting -= 1;
      return true;
    }
    if (this.#best('Existing') !== undefined) return true;
    add(1);
    return false;
  }

  #count({ staying, isUpdated, missing, pending }: Counted): void {
    for (const replica of staying) {
      const count = this.#addExisting(replica.failureDomain, isUpdated(replica));
      if (count !== undefined && !isUpdated(replica) && isGoing(replica, this.#observed)) count.goingSoon += 1;
    }
    const underWay = new Set(pending.map(slotKey));
    for (const { slot, failureDomain } of this.#observed.inFlight)
      if (slot !== undefined && underWay.has(slotKey(slot))) {
        const count = this.#add(failureDomain, true);
        if (count !== undefined) count.isProbed = true;
      }
    // A machine out of sight may run on. Of a missing slot it is the slot's, and counts below.
    const ofMissing = new Set(missing.map(slotKey));
    for (const { slot, failureDomain } of unseenMachines(this.#observed))
      if (!ofMissing.has(slotKey(slot))) this.#addExisting(failureDomain, false);
  }

  #addExisting(name: string | undefined, isUpdated: boolean): Count | undefined {
    const count = this.#add(name, isUpdated);
    if (count !== undefined) count.existing += 1;
    return count;
  }

  #add(name: string | undefined, isUpdated: boolean): Count | undefined {
    const count = this.#of(name);
    if (count === undefined) return undefined;
    count.total += 1;
    if (isUpdated) count.updated += 1;
    return count;
  }

  #of(name: string | undefined): Count | undefined {
    return this.#counts.find(({ domain }) => domain.name === name);
  }

  #assign({ missing, pending }: Counted): Assignment {
    const underWay = new Set(pending.map(slotKey));
    const chosen = new Map<string, DomainPlacement>();
    const delayed = new Set<string>();
    const waiting = new Map<string, string>();
    const due = missing.filter((slot) => !underWay.has(slotKey(slot)));
    const out = new Map(
      unseenMachines(this.#observed).map(({ slot, failureDomain }) => [slotKey(slot), failureDomain]),
    );
    // It is made again where its machine was, which may still be there.
    for (const slot of due) {
      const count = this.#of(out.get(slotKey(slot)));
      if (count?.domain.resourcePool === undefined) continue;
      this.#take(count);
      chosen.set(slotKey(slot), count.domain);
    }
    for (const slot of due) {
      if (chosen.has(slotKey(slot))) continue;
      const soon = this.#soonBest();
      if (soon !== undefined) {
        this.#take(soon);
        soon.goingSoon -= 1;
        soon.awaiting += 1;
        delayed.add(slotKey(slot));
        continue;
      }
      const best = this.#best('Existing');
      if (best !== undefined) {
        this.#take(best);
        chosen.set(slotKey(slot), best.domain);
        continue;
      }
      // Its turn comes once clones under way have ended well: the skew is kept also if one of them fails.
      const later = this.#best('Expected');
      if (later !== undefined) {
        this.#take(later);
        delayed.add(slotKey(slot));
      } else waiting.set(slotKey(slot), whyWaiting(this.#counts, this.#spread));
    }
    if (waiting.size === 0) return { chosen, delayed };
    const { monotonicMs } = this.#observed.now;
    const again = this.#counts.flatMap(({ fullUntilMs: atMs }) =>
      atMs === undefined || atMs <= monotonicMs ? [] : [atMs],
    );
    return { chosen, delayed, waiting: { why: waiting, untilMs: Math.min(monotonicMs + LONGEST_RETRY_MS, ...again) } };
  }

  #take(count: Count): void {
    count.total += 1;
    count.updated += 1;
    count.isProbed = true;
  }

  /**
   * The domain with the fewest of the revision, if only outdated machines keep it from taking a replica within maxSkew, and
   * they are going: a replica in another domain would be one too many there once they are gone.
   */
  #soonBest(): Count | undefined {
    const fewest = this.#fewest(() => true);
    if (fewest === undefined || fewest.goingSoon === 0) return undefined;
    const best = this.#best('Existing');
    return best === undefined || best.updated > fewest.updated ? fewest : undefined;
  }

  /** `by`: what the skew is judged by. */
  #best(by: 'Existing' | 'Expected'): Count | undefined {
    const { maxSkew, waits } = this.#spread;
    const least = Math.min(...this.#counts.map(({ total, existing }) => (by === 'Existing' ? existing : total)));
    return this.#fewest(({ total }) => !waits || total + 1 - least <= maxSkew);
  }

  #fewest(mayTake: (count: Count) => boolean): Count | undefined {
    let best: Count | undefined;
    for (const count of this.#counts) {
      if (!this.#hasRoom(count) || !mayTake(count)) continue;
      const isBetter =
        best === undefined ||
        count.updated < best.updated ||
        (count.updated === best.updated && count.total < best.total);
      if (isBetter) best = count;
    }
    return best;
  }

  #hasRoom({ domain, fullUntilMs: untilMs, isProbed }: Count): boolean {
    if (unusable(domain)) return false;
    if (untilMs === undefined) return true;
    return this.#observed.now.monotonicMs >= untilMs && !isProbed;
  }
}

/** Whether an outdated machine is off or about to be, and nothing keeps it. */
function isGoing(replica: Replica, observed: Observation): boolean {
  const isOff = replica.machine.powerState === 'poweredOff' || isDisturbed(replica, observed);
  return isOff && replica.machine.connectionState === 'connected' && !observed.faults.has(slotKey(replica.slot));
}

function whyWaiting(counts: readonly Count[], { maxSkew, waits }: Spread): string {
  const named = (some: readonly Count[]) => some.map(({ domain }) => `"${domain.name}"`).join(', ');
  const lost = counts.filter(({ domain }) => unusable(domain));
  const full = counts.filter((count) => !lost.includes(count) && count.fullUntilMs !== undefined);
  const why = [
    ...(full.length === 0 ? [] : [`${named(full)} had no room for a replica`]),
    ...(lost.length === 0 ? [] : [`${named(lost)} cannot be used (see PlacementReady)`]),
  ].join(', and ');
  if (!waits) return `no failure domain takes it: ${why}; make room there, or add a failure domain`;
  return `no failure domain takes it within spec.placement.spread.maxSkew ${maxSkew}: ${why}; make room there, or set whenUnsatisfiable to ScheduleAnyway`;
}
