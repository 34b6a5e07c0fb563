/**
 * When a report may be written. A change of phase or of generation goes out at once. What else moves (counters, tasks
 * under way) is gathered, for each write costs the API server far more than it costs us: at most one a second and
 * hundred replicas for a group, and at most ten a second for all groups together.
 */
const GROUP_INTERVAL_MS = 1_000;
const ALL_GROUPS_INTERVAL_MS = 100;

export class WriteLimiter {
  #nextFreeMs = Number.NEGATIVE_INFINITY;
  /** The moment that each waiting group was given. */
  readonly #reserved = new Map<string, number>();

  /** Undefined when a gathered report may be written now; else the moment to come back at. Asking again moves nothing. */
  waitUntilMs(groupUid: string, lastWriteMs: number, replicas: number, nowMs: number): number | undefined {
    const reserved = this.#reserved.get(groupUid);
    const dueMs =
      reserved ?? Math.max(lastWriteMs + GROUP_INTERVAL_MS * Math.ceil(Math.max(1, replicas) / 100), this.#nextFreeMs);
    if (dueMs <= nowMs) {
      this.written(groupUid, nowMs);
      return undefined;
    }
    if (reserved === undefined) {
      this.#reserved.set(groupUid, dueMs);
      this.#nextFreeMs = Math.max(this.#nextFreeMs, dueMs) + ALL_GROUPS_INTERVAL_MS;
    }
    return dueMs;
  }

  /** A report of the group goes out, for whatever reason: its reservation has served. */
  written(groupUid: string, nowMs: number): void {
    if (!this.#reserved.delete(groupUid)) this.#nextFreeMs = Math.max(this.#nextFreeMs, nowMs) + ALL_GROUPS_INTERVAL_MS;
  }

  forget(groupUid: string): void {
    this.#reserved.delete(groupUid);
  }
}
