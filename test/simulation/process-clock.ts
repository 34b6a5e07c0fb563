import type { CancelTimer, Clock } from '../../src/time/clock';
import type { Random } from '../../src/time/random';

/** The longest time that a process is stopped. */
export const LONGEST_STOP_MS = 100_000;

/**
 * The clock of one process. All answers to its I/O come through its timers. So a process whose clock is killed is dead at
 * that point: no cleanup, no log-out, no last write, as after a kill -9 (R7).
 */
export class ProcessClock implements Clock {
  readonly #timers = new Set<CancelTimer>();
  /** Timers that became due while the process was stopped; undefined while it runs. */
  #missed: Set<() => void> | undefined;
  #dead = false;

  constructor(
    private readonly world: Clock,
    /** Called before each timer. False means that the process was killed before it. */
    private readonly mayWake: () => boolean = () => true,
  ) {}

  get isDead(): boolean {
    return this.#dead;
  }

  get isStopped(): boolean {
    return this.#missed !== undefined;
  }

  wallMs(): number {
    return this.world.wallMs();
  }

  monotonicMs(): number {
    return this.world.monotonicMs();
  }

  setTimer(delayMs: number, callback: () => void): CancelTimer {
    if (this.#dead) return () => undefined;
    const timer = { stop: () => {} };
    const cancel = () => {
      this.#timers.delete(cancel);
      timer.stop();
    };
    const fire = () => {
      if (this.#missed !== undefined) {
        this.#missed.add(again);
        timer.stop = () => this.#missed?.delete(again);
        return;
      }
      this.#timers.delete(cancel);
      if (this.mayWake()) callback();
    };
    const again = () => {
      timer.stop = this.world.setTimer(0, fire);
    };
    timer.stop = this.world.setTimer(delayMs, fire);
    this.#timers.add(cancel);
    return cancel;
  }

  /** SIGSTOP, a long garbage collection, or a suspended node: nothing runs, and time goes on. */
  stop(): void {
    if (!this.#dead) this.#missed ??= new Set();
  }

  /** SIGCONT: timers and answers that were missed come now, in a random order. */
  continue(random: Random): void {
    const missed = [...(this.#missed ?? [])];
    this.#missed = undefined;
    while (missed.length > 0) {
      const [again] = missed.splice(Math.floor(random() * missed.length), 1);
      again?.();
    }
  }

  kill(): void {
    this.#dead = true;
    this.#missed = undefined;
    for (const cancel of [...this.#timers]) cancel();
  }
}
