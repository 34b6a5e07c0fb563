import { type Clock, sleep } from '../time/clock';
import { jointSignal } from '../time/joint-signal';

/** The pause between two tries, which news may end. */
export class WakeablePause {
  readonly #clock: Clock;
  #woken = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A try begins: it sees all that was told before. */
  begin(): void {
    this.#woken = new AbortController();
  }

  /** Ends the pause; one that has not begun yet too, if the news came after the try had begun. */
  wake(): void {
    this.#woken.abort();
  }

  /** Rejects with the signal's reason only. */
  async wait(pauseMs: number, signal: AbortSignal): Promise<void> {
    const woken = this.#woken.signal;
    const pause = jointSignal(signal, woken);
    try {
      await sleep(this.#clock, pauseMs, pause.signal);
    } catch (error) {
      if (!woken.aborted) throw error;
    } finally {
      pause.done();
    }
    signal.throwIfAborted();
  }
}
