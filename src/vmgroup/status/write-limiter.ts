/**
 * When a status may be written. Each write costs the API server far more than it costs us.
 *
 * - A new phase or generation is news. It is written at once, but of one group only ten times and then once a second: an
 *   author who changes a group all the time makes it wait as below.
 * - Other changes (counters, running tasks) wait: per group at most one write per second for each hundred replicas, and ten
 *   per second for all groups together. Namespaces take turns, and so do the groups in each. So what waits in one
 *   namespace delays a group of another by one turn each at most (R15), and news delays nobody.
 */
const GROUP_INTERVAL_MS = 1_000;
const ALL_GROUPS_INTERVAL_MS = 100;
/** Turns that nobody took are kept this long: whoever comes some milliseconds late does not delay all who follow. */
const KEPT_TURNS_MS = 900;
const NEWS_AT_ONCE = 10;

export interface StatusWrite {
  readonly groupUid: string;
  readonly namespace: string;
  /** It tells a new phase or generation. */
  readonly isNews: boolean;
  readonly lastWriteMs: number;
  readonly replicas: number;
}

export class WriteLimiter {
  #nextTurnMs = Number.NEGATIVE_INFINITY;
  /** UIDs of the groups that wait, by namespace, both in the order of their turns. */
  readonly #waiting = new Map<string, Set<string>>();
  /** By group UID: when it may have as much news at once again as at first. */
  readonly #newsPaidMs = new Map<string, number>();

  /**
   * Undefined if this status may be written now, and is written. Else the time to come back, at which a turn may have come.
   */
  waitUntilMs(write: StatusWrite, nowMs: number): number | undefined {
    if (write.isNews && this.#payNews(write.groupUid, nowMs)) {
      this.leave(write.groupUid);
      return undefined;
    }
    const dueMs = write.lastWriteMs + GROUP_INTERVAL_MS * Math.ceil(Math.max(1, write.replicas) / 100);
    if (dueMs > nowMs) return dueMs;
    const firstMs = Math.max(this.#nextTurnMs, nowMs - KEPT_TURNS_MS);
    const turnMs = firstMs + this.#turnsBefore(write) * ALL_GROUPS_INTERVAL_MS;
    if (turnMs > nowMs) {
      this.#wait(write);
      return turnMs;
    }
    this.#nextTurnMs = firstMs + ALL_GROUPS_INTERVAL_MS;
    this.#hadTurn(write);
    return undefined;
  }

  /** The group has nothing to write any more. */
  leave(groupUid: string): void {
    for (const [namespace, groups] of this.#waiting)
      if (groups.delete(groupUid) && groups.size === 0) this.#waiting.delete(namespace);
  }

  forget(groupUid: string): void {
    this.leave(groupUid);
    this.#newsPaidMs.delete(groupUid);
  }

  #payNews(groupUid: string, nowMs: number): boolean {
    const paidMs = Math.max(this.#newsPaidMs.get(groupUid) ?? nowMs, nowMs) + GROUP_INTERVAL_MS;
    if (paidMs > nowMs + NEWS_AT_ONCE * GROUP_INTERVAL_MS) return false;
    this.#newsPaidMs.set(groupUid, paidMs);
    return true;
  }

  /** Before the third group of a namespace come two of its own, and of each other namespace two, or three if its turn is first. */
  #turnsBefore({ groupUid, namespace }: StatusWrite): number {
    const own = [...(this.#waiting.get(namespace) ?? [])];
    const place = own.indexOf(groupUid);
    const rank = place < 0 ? own.length : place;
    let turns = rank;
    let isFirst = true;
    for (const [other, { size }] of this.#waiting) {
      if (other === namespace) isFirst = false;
      else turns += Math.min(size, isFirst ? rank + 1 : rank);
    }
    return turns;
  }

  #wait({ groupUid, namespace }: StatusWrite): void {
    const groups = this.#waiting.get(namespace) ?? new Set();
    this.#waiting.set(namespace, groups.add(groupUid));
  }

  #hadTurn({ groupUid, namespace }: StatusWrite): void {
    const groups = this.#waiting.get(namespace);
    if (groups === undefined) return;
    groups.delete(groupUid);
    this.#waiting.delete(namespace);
    if (groups.size > 0) this.#waiting.set(namespace, groups);
  }
}
