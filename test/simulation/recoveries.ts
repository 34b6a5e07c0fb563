/** What comes back by itself: servers and processes that are down, machines out of sight, rules that were changed. */
import type { Clock } from '../../src/time/clock';

export class Recoveries {
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** Calls `recover` after a time. */
  after(ms: number, recover: () => void): void {
    this.#lastMs = Math.max(this.#lastMs, this.clock.monotonicMs() + ms);
    this.clock.setTimer(ms, recover);
  }

  /** Time until the last of them has happened. */
  get longestMs(): number {
    return Math.max(0, this.#lastMs - this.clock.monotonicMs());
  }
}
