/**
 * Several processes share the Leases out by themselves: the more a process holds, the later it takes a free one. Nothing is
 * taken from a living holder.
 */
import { type Clock, sleep } from '../../time/clock';

/** For each Lease that this process holds, or is about to take. */
const STEP_MS = 125;
/** A vCenter must not be without a leader for long. */
const LONGEST_MS = 500;

export class LeaseTurns {
  readonly #taking: object[] = [];

  constructor(
    private readonly clock: Clock,
    /** Number of Leases that this process holds. */
    private readonly held: () => number,
  ) {}

  /** Calls `write`, which takes a free Lease unless another process was faster, when it is time. Rejects as it does. */
  async take(write: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const turn = {};
    const sinceMs = this.clock.monotonicMs();
    this.#taking.push(turn);
    try {
      for (;;) {
        const dueMs = sinceMs + Math.min(LONGEST_MS, STEP_MS * (this.held() + this.#taking.indexOf(turn)));
        const leftMs = dueMs - this.clock.monotonicMs();
        if (leftMs <= 0) break;
        await sleep(this.clock, Math.min(leftMs, STEP_MS), signal);
      }
      await write();
    } finally {
      this.#taking.splice(this.#taking.indexOf(turn), 1);
    }
  }
}
