/**
 * How soon the next wait may be sent. vCenter gathers changes while nobody waits, so under a flood of small updates fewer and
 * larger ones come, and there is time for everything else.
 */
import type { Clock } from '../../time/clock';

/** Answers in a row that are not held up: a sync, or a burst of changes. */
const BURST = 100;
const PER_SECOND = 50;

export class WaitPace {
  readonly #clock: Clock;
  #left = BURST;
  #atMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#atMs = clock.monotonicMs();
  }

  /** Counts an answer. Returns how long to pause, in ms. */
  answered(): number {
    const nowMs = this.#clock.monotonicMs();
    this.#left = Math.min(BURST, this.#left + ((nowMs - this.#atMs) * PER_SECOND) / 1000) - 1;
    this.#atMs = nowMs;
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left * 1000) / PER_SECOND);
  }
}
