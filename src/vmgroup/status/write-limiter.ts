/**
 * When a status may be written. A change of phase or generation is written at once. Other changes (counters, running
 * tasks) wait, because each write costs the API server far more than it costs us: per group at most one write per
 * second for each hundred replicas, and at most ten per second for all groups together.
 */
const GROUP_INTERVAL_MS = 1_000;
const ALL_GROUPS_INTERVAL_MS = 100;

export class WriteLimiter {
  #nextFreeMs = Number.NEGATIVE_INFINITY;
  /** By group UID: the time that each waiting group has reserved. */
  readonly #reserved = new Map<string, number>();

  /** Undefined if a status may be written now, else the time to come back. Asking again does not change that time. */
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

  /** A status of the group is written: its reservation is used up. */
  written(groupUid: string, nowMs: number): void {
    if (!this.#reserved.delete(groupUid)) this.#nextFreeMs = Math.max(this.#nextFreeMs, nowMs) + ALL_GROUPS_INTERVAL_MS;
  }

  forget(groupUid: string): void {
    this.#reserved.delete(groupUid);
  }
}
