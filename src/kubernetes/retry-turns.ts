import type { CancelTimer, Clock } from '../time/clock';
import { TokenBucket } from './token-bucket';

/** client-go: DefaultTypedControllerRateLimiter. */
const RETRIES_PER_SECOND = 10;
const RETRY_BURST = 100;

/**
 * When the keys of a work queue may be tried again: 100 at once, then 10 per second. Keys that have to wait stand in line,
 * each once, and the namespaces (`namespace/name`, as client-go's keys) take turns. client-go's bucket counts each retry,
 * without asking whose: there the keys of one namespace that fail all the time delay those of all others, for hours (R15).
 */
export class RetryTurns {
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  /** By namespace, in the order of their turns. */
  readonly #waiting = new Map<string, Map<string, () => void>>();
  #stopTimer: CancelTimer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#bucket = new TokenBucket({ clock, perSecond: RETRIES_PER_SECOND, burst: RETRY_BURST });
  }

  /** Calls back when the key has its turn; at once if nobody has to wait. A key that waits already keeps its callback. */
  wait(key: string, onTurn: () => void): void {
    if (this.#waiting.size === 0 && this.#bucket.tryTake()) {
      onTurn();
      return;
    }
    const namespace = key.slice(0, Math.max(0, key.indexOf('/')));
    const keys = this.#waiting.get(namespace) ?? new Map<string, () => void>();
    this.#waiting.set(namespace, keys);
    if (!keys.has(key)) keys.set(key, onTurn);
    this.#watch();
  }

  clear(): void {
    this.#waiting.clear();
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #watch(): void {
    if (this.#waiting.size === 0) return;
    this.#stopTimer ??= this.#clock.setTimer(this.#bucket.waitMs, () => {
      this.#stopTimer = undefined;
      this.#giveTurns();
      this.#watch();
    });
  }

  #giveTurns(): void {
    for (let next = this.#first(); next !== undefined && this.#bucket.tryTake(); next = this.#first()) {
      const [namespace, keys, key, onTurn] = next;
      keys.delete(key);
      this.#waiting.delete(namespace);
      if (keys.size > 0) this.#waiting.set(namespace, keys);
      onTurn();
    }
  }

  #first() {
    for (const [namespace, keys] of this.#waiting)
      for (const [key, onTurn] of keys) return [namespace, keys, key, onTurn] as const;
    return undefined;
  }
}
