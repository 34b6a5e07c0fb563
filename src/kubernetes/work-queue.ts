import type { CancelTimer, Clock } from '../time/clock';
import { ReadyKeys } from './ready-keys';
import { RetryTurns } from './retry-turns';

/** The queue was shut down and is empty: no more keys will come. */
export class QueueShutDown extends Error {
  override readonly name = 'QueueShutDown';
  readonly code = 'QueueShutDown';
}

/** For metrics (controller-runtime's workqueue_* family). Must not throw. */
export interface WorkQueueObserver {
  added?(): void;
  /** `waitedMs` since the key became ready. */
  started?(waitedMs: number): void;
  finished?(workedMs: number): void;
  retried?(): void;
}

/** client-go: DefaultTypedControllerRateLimiter. */
const FIRST_RETRY_MS = 5;
const LONGEST_RETRY_MS = 1_000_000;

/**
 * client-go's rate-limited, delaying work queue of keys. Retries differ, for namespaces take turns (retry-turns.ts), delays, and
 * the order.
 *
 * - A key is never given to two workers at once: between `get` and `done` it is being processed.
 * - A key added several times before it is processed is processed once; added while processed, once more after `done`.
 * - Ready keys come out in the order in which they became ready, those with news before others (ready-keys.ts).
 * - Of several delays for one key the earliest counts. It ends when the key is given out earlier, which client-go's does not:
 *   who processes a key looks at everything, and says after it when to come back.
 */
export class WorkQueue {
  readonly name: string;
  readonly #clock: Clock;
  readonly #observer: WorkQueueObserver;
  readonly #turns: RetryTurns;
  /** Every key that needs processing: those in #ready, and those added while in #processing. */
  readonly #dirty = new Set<string>();
  /** Those of #dirty that were added with news. */
  readonly #news = new Set<string>();
  /** Keys to give out. A subset of #dirty, disjoint from #processing. */
  readonly #ready = new ReadyKeys();
  /** Keys given out and not done, with the time since when. */
  readonly #processing = new Map<string, number>();
  /** Keys added for later. A key may also be in the other sets at the same time. */
  readonly #delayed = new Map<string, { readonly dueMs: number; readonly hasNews: boolean; cancel: CancelTimer }>();
  readonly #failures = new Map<string, number>();
  readonly #waiters = new Set<{ readonly give: () => void; readonly end: (reason: Error) => void }>();
  #shuttingDown = false;

  constructor(options: { readonly clock: Clock; readonly name?: string; readonly observer?: WorkQueueObserver }) {
    this.name = options.name ?? 'queue';
    this.#clock = options.clock;
    this.#observer = options.observer ?? {};
    this.#turns = new RetryTurns(options.clock);
  }

  /** Keys that are ready; neither those being processed nor the delayed ones. */
  get length(): number {
    return this.#ready.size;
  }

  /** How long each key has been processed so far, longest first. */
  get unfinishedMs(): readonly number[] {
    const nowMs = this.#clock.monotonicMs();
    return Array.from(this.#processing.values(), (sinceMs) => nowMs - sinceMs);
  }

  add(key: string): void {
    if (this.#shuttingDown || this.#dirty.has(key)) return;
    this.#dirty.add(key);
    this.#observer.added?.();
    if (!this.#processing.has(key)) this.#makeReady(key);
  }

  /** Adds the key after the delay; at once if that is 0 or less. A delay may be longer than a timer can be. */
  addAfter(key: string, delayMs: number): void {
    this.#addAfter(key, delayMs, false);
  }

  /** As addAfter, for a key that something has happened to. It comes before keys that were added without news. */
  addNews(key: string, delayMs: number): void {
    this.#addAfter(key, delayMs, true);
  }

  /**
   * Adds the key after its backoff: 5 ms, doubling up to 1000 s. The wait is longer while all keys together have more than
   * 10 retries per second, and it is at least `atLeastMs`. A key that waits for its turn already keeps that.
   */
  addRateLimited(key: string, atLeastMs = 0): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#observer.retried?.();
    const backoffMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 30));
    const dueMs = this.#clock.monotonicMs() + Math.max(backoffMs, atLeastMs);
    if (!this.#shuttingDown) this.#turns.wait(key, () => this.addAfter(key, dueMs - this.#clock.monotonicMs()));
  }

  /** Ends the key's backoff; does not take it out of the queue. */
  forget(key: string): void {
    this.#failures.delete(key);
  }

  /** How often the key was added rate-limited since it was last forgotten. */
  retries(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  /**
   * The next ready key; `done` must be called for it. Rejects with the signal's reason, and with QueueShutDown once the
   * queue is shut down and empty. An aborted caller takes no key.
   */
  get(signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.#ready.size > 0) {
        resolve(this.#take());
        return;
      }
      if (this.#shuttingDown) {
        reject(new QueueShutDown(`${this.name} is shut down`));
        return;
      }
      const leave = () => {
        this.#waiters.delete(waiter);
        signal.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        leave();
        reject(signal.reason);
      };
      const waiter = {
        give: () => {
          leave();
          resolve(this.#take());
        },
        end: (reason: Error) => {
          leave();
          reject(reason);
        },
      };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** The key's processing has ended, well or not. If it was added meanwhile it becomes ready again. */
  done(key: string): void {
    const sinceMs = this.#processing.get(key);
    if (sinceMs === undefined) return;
    this.#processing.delete(key);
    this.#observer.finished?.(this.#clock.monotonicMs() - sinceMs);
    if (this.#dirty.has(key)) this.#makeReady(key);
    this.#endIfDrained();
  }

  /** Takes no more keys and drops the delayed ones. What is ready is still given out, then every `get` rejects. */
  shutDown(): void {
    this.#shuttingDown = true;
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    this.#turns.clear();
    this.#endIfDrained();
  }

  #addAfter(key: string, delayMs: number, hasNews: boolean): void {
    if (this.#shuttingDown) return;
    if (!(delayMs > 0)) {
      this.#addNow(key, hasNews);
      return;
    }
    const dueMs = this.#clock.monotonicMs() + delayMs;
    const known = this.#delayed.get(key);
    if (known !== undefined && known.dueMs <= dueMs && (known.hasNews || !hasNews)) return;
    known?.cancel();
    // What is due earlier does not become later, and news is not forgotten.
    this.#delay(key, Math.min(dueMs, known?.dueMs ?? dueMs), hasNews || known?.hasNews === true);
  }

  #addNow(key: string, hasNews: boolean): void {
    if (hasNews && !this.#shuttingDown) {
      this.#news.add(key);
      this.#ready.hasNews(key);
    }
    this.add(key);
  }

  #makeReady(key: string): void {
    this.#ready.add(key, this.#clock.monotonicMs(), this.#news.has(key));
    const [waiter] = this.#waiters;
    waiter?.give();
  }

  #take(): string {
    const { key, sinceMs } = this.#ready.take();
    const nowMs = this.#clock.monotonicMs();
    this.#dirty.delete(key);
    this.#news.delete(key);
    this.#delayed.get(key)?.cancel();
    this.#delayed.delete(key);
    this.#processing.set(key, nowMs);
    this.#observer.started?.(nowMs - sinceMs);
    return key;
  }

  #delay(key: string, dueMs: number, hasNews: boolean): void {
    const cancel = this.#clock.setTimer(dueMs - this.#clock.monotonicMs(), () => {
      // A timer takes at most 24.8 days, and may fire a moment early.
      if (this.#clock.monotonicMs() < dueMs - 1) {
        this.#delay(key, dueMs, hasNews);
        return;
      }
      this.#delayed.delete(key);
      this.#addNow(key, hasNews);
    });
    this.#delayed.set(key, { dueMs, hasNews, cancel });
  }

  #endIfDrained(): void {
    if (!this.#shuttingDown || this.#ready.size > 0) return;
    for (const waiter of [...this.#waiters]) waiter.end(new QueueShutDown(`${this.name} is shut down`));
  }
}
