/** How much work may be in flight at once: as many as a person says, or as many as bring something. */
import type { Clock } from '../../time/clock';
import { type Measured, Throughput } from './throughput';

export interface Limit {
  readonly current: number;
  /** Work has succeeded. What failed says nothing of how fast the server is. */
  measured(work: Measured): void;
}

export function fixedLimit(limit: number): Limit {
  return { current: limit, measured: () => {} };
}

/** Where it begins, and the most that it becomes. vCenter runs eight clones per host, so 16 is no burden to any. */
export const ADAPTIVE = { start: 16, most: 128 } as const;
/** A level that brings less of what it adds is not worth its burden. Less is lost in the noise. */
const WORTHWHILE = 0.03;
/** What a level must have brought for the next one to be tried. */
const PROMISING = 0.12;
/** A gain that shows also in what began before the limit had risen. */
const PLAIN = 0.5;
/** So much the limit rises with each piece of work that ends: the other half of it decides. */
const RISE = 4;
/** So much of a limit must be used to judge it. One owner has at most three quarters of it (R9). */
const LEAST_USE = 0.7;
/** More than the limit is in flight for a while after it fell. */
const MOST_USE = 1.1;

/**
 * A limit that finds itself, in levels that double. It rises while more work at once means more work done, goes back where it
 * does not, and looks one level lower before it rests: no more is in flight than is of use. It does not rise while the
 * server queues work. What was measured is forgotten after half an hour, or sooner where work is short, so a server that became
 * faster or slower is found out.
 */
export class AdaptiveLimit implements Limit {
  readonly #clock: Clock;
  readonly #least: number;
  readonly #throughput = new Throughput();
  #level: number = ADAPTIVE.start;
  /** Rises to its level as work ends, so that the server is not met by a wave. */
  #current: number = ADAPTIVE.start;
  #reachedMs: number;
  /** Nothing has limited it yet: it need not measure well to go on. */
  #isBeginning = true;

  /** `least`: it does not go below. */
  constructor(clock: Clock, least = 1) {
    this.#clock = clock;
    this.#least = least;
    this.#reachedMs = clock.monotonicMs();
  }

  get current(): number {
    return this.#current;
  }

  measured(work: Measured): void {
    const nowMs = this.#clock.monotonicMs();
    if (this.#current < this.#level) {
      if (work.sawQueue) return;
      this.#current = Math.min(this.#level, this.#current + RISE);
      this.#reachedMs = nowMs;
    }
    // The limit cannot be judged where less or more was in flight, nor, once it matters, by what began at another one.
    const use = work.concurrency / this.#level;
    if (use < LEAST_USE || use > MOST_USE) return;
    if (!this.#isBeginning && nowMs - work.durationMs < this.#reachedMs) return;
    this.#throughput.add(this.#level, work, nowMs);
    if (this.#throughput.countAt(this.#level, nowMs) < Math.max(2, Math.min(16, this.#level / 2))) return;
    const gain = this.#throughput.gain(this.#level, nowMs) ?? 1;
    if (this.#isBeginning && gain < PLAIN) {
      this.#isBeginning = false;
      if (gain > 0) {
        this.#throughput.forget(this.#level);
        return;
      }
    }
    const next = this.#next(nowMs);
    if (next === this.#level || (next > this.#level && work.sawQueue)) return;
    this.#level = next;
    this.#current = Math.min(this.#current, next);
    this.#reachedMs = nowMs;
    this.#throughput.forget(next);
  }

  #next(nowMs: number): number {
    const level = this.#level;
    const own = this.#throughput.gain(level, nowMs);
    const lower = Math.max(this.#least, level / 2);
    if (own !== undefined && own < WORTHWHILE) return lower;
    // Each level brings less than the one before it.
    if (level >= ADAPTIVE.most || (own !== undefined && own < PROMISING)) return level;
    const higher = this.#throughput.gain(level * 2, nowMs);
    if (higher === undefined || higher >= WORTHWHILE) return level * 2;
    return own === undefined ? lower : level;
  }
}
