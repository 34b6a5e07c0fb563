/**
 * Limits how many requests run at once; the others wait in order. Without it a burst of writes would open one connection
 * each. Urgent requests such as lease renewals do not pass through it, so that they never wait behind others.
 */
export class RequestGate {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Requests that wait, for metrics and tests. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves with the function that leaves the gate; it may be called more than once. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const admit = () => {
        this.#waiting.delete(admit);
        signal.removeEventListener('abort', onAbort);
        this.#inside += 1;
        let inside = true;
        resolve(() => {
          if (!inside) return;
          inside = false;
          this.#inside -= 1;
          const [next] = this.#waiting;
          next?.();
        });
      };
      const onAbort = () => {
        this.#waiting.delete(admit);
        reject(signal.reason);
      };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.#inside < this.#limit) {
        admit();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(admit);
    });
  }
}
