import type { CancelTimer, Clock } from '../../../src/time/clock';

/**
 * The clock of one process. All of its I/O comes back through its timers, so a process whose clock has stopped is dead
 * wherever it was: no cleanup, no log-out, no last write, as after a kill -9 (R7).
 */
export class MortalClock implements Clock {
  readonly #timers = new Set<CancelTimer>();
  #dead = false;

  constructor(private readonly world: Clock) {}

  wallMs(): number {
    return this.world.wallMs();
  }

  monotonicMs(): number {
    return this.world.monotonicMs();
  }

  setTimer(delayMs: number, callback: () => void): CancelTimer {
    if (this.#dead) return () => undefined;
    const cancelTimer = this.world.setTimer(delayMs, () => {
      this.#timers.delete(cancel);
      callback();
    });
    const cancel = () => {
      this.#timers.delete(cancel);
      cancelTimer();
    };
    this.#timers.add(cancel);
    return cancel;
  }

  kill(): void {
    this.#dead = true;
    for (const cancel of [...this.#timers]) cancel();
  }
}
