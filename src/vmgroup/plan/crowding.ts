/** Which of several replicas that are equally good to remove goes first, so that the others stay spread. */
import { type Slot, slotKey } from '../../api/identity';
import type { Observation, Replica } from '../model/observation';

/** How many machines of a group are in each of its failure domains. Clones in flight count. */
export class Crowding {
  /** Empty for a group that uses no domains. */
  readonly #counts: Map<string, number>;

  /** `staying`: those that do not leave; `pending`: the slots of clones in flight that are not seen yet. */
  constructor(
    { placement: { domains }, inFlight }: Observation,
    staying: readonly Replica[],
    pending: readonly Slot[],
  ) {
    this.#counts = new Map(domains?.map(({ name }) => [name, 0]));
    for (const { failureDomain } of staying) this.#add(failureDomain, 1);
    const underWay = new Set(pending.map(slotKey));
    for (const { slot, failureDomain } of inFlight)
      if (slot !== undefined && underWay.has(slotKey(slot))) this.#add(failureDomain, 1);
  }

  /**
   * The first `count` of these replicas. Of those of one rank one of the most crowded domain goes first, counted anew after
   * each, and before all one in no domain, which adds nothing to the spread.
   */
  first(ordered: readonly Replica[], count: number, rankOf: (replica: Replica) => number): readonly Replica[] {
    const taken: Replica[] = [];
    for (const alike of Map.groupBy(ordered, rankOf).values()) this.#takeFrom(alike, count, taken);
    return taken;
  }

  #takeFrom(alike: readonly Replica[], count: number, taken: Replica[]): void {
    const placed = alike.map((replica, index) => ({ replica, index }));
    const queues = [...Map.groupBy(placed, ({ replica }) => replica.failureDomain)].map(([domain, members]) => ({
      domain,
      members,
      next: 0,
    }));
    while (taken.length < count) {
      const [first, ...others] = queues.flatMap((queue) => {
        const head = queue.members[queue.next];
        return head === undefined ? [] : [{ queue, head, crowd: this.#crowdOf(queue.domain) }];
      });
      if (first === undefined) return;
      const { queue, head } = others.reduce((most, other) => {
        const isFirst = other.crowd > most.crowd || (other.crowd === most.crowd && other.head.index < most.head.index);
        return isFirst ? other : most;
      }, first);
      queue.next += 1;
      taken.push(head.replica);
      this.#add(queue.domain, -1);
    }
  }

  /** Of no domain, and of one that was taken out, as many as there can be. */
  #crowdOf(domain: string | undefined): number {
    return (domain === undefined ? undefined : this.#counts.get(domain)) ?? Number.POSITIVE_INFINITY;
  }

  #add(domain: string | undefined, difference: number): void {
    const count = domain === undefined ? undefined : this.#counts.get(domain);
    if (domain !== undefined && count !== undefined) this.#counts.set(domain, count + difference);
  }
}
