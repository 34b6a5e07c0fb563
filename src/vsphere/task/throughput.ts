/**
 * What more concurrency has brought. Durations are kept by limit, in levels that double, and by kind of work: a large template is not compared with a small one.
 */

/** How long a piece of work took, and how many were in flight meanwhile. */
export interface Measured {
  /** Work of one kind takes about as long while the server has room. */
  readonly kind: string;
  readonly concurrency: number;
  readonly durationMs: number;
  /** While it was in flight, the server let work of its kind wait. */
  readonly sawQueue: boolean;
}

interface Average {
  count: number;
  concurrency: number;
  durationMs: number;
  lastMs: number;
}

/**
 * What is older says nothing about the server as it is now: the time of so many such pieces of work, within a minute and half an
 * hour; but that of sixteen, if they take longer. A judgement of work that takes no second must not rule for half an hour.
 */
const STALE = { rounds: 300, leastMs: 60_000, mostMs: 30 * 60_000, leastRounds: 16 } as const;
/** The average follows the last so many. */
const REMEMBERED = 32;
const MOST_KINDS = 64;
/** Two averages closer than this, as a quotient of concurrencies, show no difference but noise. */
const LEAST_STEP = 1.3;

export class Throughput {
  /** By kind, the kind used last at the end; then by level. */
  readonly #kinds = new Map<string, Map<number, Average>>();

  add(level: number, { kind, concurrency, durationMs }: Measured, nowMs: number): void {
    const levels = this.#kinds.get(kind) ?? new Map<number, Average>();
    this.#kinds.delete(kind);
    this.#kinds.set(kind, levels);
    for (const oldest of this.#kinds.keys()) {
      if (this.#kinds.size <= MOST_KINDS) break;
      this.#kinds.delete(oldest);
    }
    const average = fresh(levels.get(level), nowMs) ?? { count: 0, concurrency: 0, durationMs: 0, lastMs: nowMs };
    average.count = Math.min(REMEMBERED, average.count + 1);
    average.concurrency += (concurrency - average.concurrency) / average.count;
    average.durationMs += (Math.max(1, durationMs) - average.durationMs) / average.count;
    average.lastMs = nowMs;
    levels.set(level, average);
  }

  /** Forgets a level, so that it is measured as the server is now. */
  forget(level: number): void {
    for (const levels of this.#kinds.values()) levels.delete(level);
  }

  /** How many were measured at a level. */
  countAt(level: number, nowMs: number): number {
    let count = 0;
    for (const levels of this.#kinds.values()) count += fresh(levels.get(level), nowMs)?.count ?? 0;
    return count;
  }

  /**
   * How much of the additional concurrency of a level over the one below became throughput: 1 where durations held, 0 where
   * they grew as much as the concurrency, negative where less was done than before. Undefined: nothing to compare.
   */
  gain(level: number, nowMs: number): number | undefined {
    let [sum, weights] = [0, 0];
    for (const levels of this.#kinds.values()) {
      const [lower, upper] = [fresh(levels.get(level / 2), nowMs), fresh(levels.get(level), nowMs)];
      if (lower === undefined || upper === undefined) continue;
      const step = upper.concurrency / lower.concurrency;
      if (step < LEAST_STEP) continue;
      const weight = Math.min(lower.count, upper.count);
      sum += weight * (1 - Math.log(upper.durationMs / lower.durationMs) / Math.log(step));
      weights += weight;
    }
    return weights === 0 ? undefined : sum / weights;
  }
}

function fresh(average: Average | undefined, nowMs: number): Average | undefined {
  if (average === undefined) return undefined;
  const { rounds, leastMs, mostMs, leastRounds } = STALE;
  const { durationMs, lastMs } = average;
  const staleMs = Math.max(leastMs, Math.min(mostMs, rounds * durationMs), leastRounds * durationMs);
  return nowMs - lastMs < staleMs ? average : undefined;
}
