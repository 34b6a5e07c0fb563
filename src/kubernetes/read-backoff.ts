import { type BackoffPolicy, backoffMs } from '../time/backoff';
import { type Clock, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { type ApiError, isExpired } from './api-error';
import type { ApiServer } from './api-request';
import { probeOf } from './server-probe';

/** client-go: reflector.go. */
const BACKOFF: BackoffPolicy = { firstMs: 800, longestMs: 30_000 };
/**
 * Between lists while the answer to each watch is Expired; the first list comes at once. Short at first: the lists of a
 * server that has just started are older than its watch cache, so the first watch after a restart expires too.
 */
const EXPIRED_BACKOFF: BackoffPolicy = { firstMs: 200, longestMs: 30_000 };
/** So many in a row are usual, and no warning. */
const USUAL_EXPIRED = 2;
/**
 * A server that was away a moment ago runs, but refuses requests for a while: 403 while RBAC loads, 429 with a Retry-After
 * of several seconds while a storage initializes. During this time it is asked once per second, like its probe.
 */
const STARTING_MS = 15_000;
const STARTING_PAUSE_MS = 1_000;
/** So often without progress, an answer to the probe shortens the backoff. After that something else is broken. */
const TRUSTED_PROBES = 3;

/** How long a reader stays away from a server after a list or a watch has failed. */
export class ReadBackoff {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #random: Random;
  /** Failures in a row, without Expired. Reset by a list, by events and by a watch that lasts. */
  #failures = 0;
  /** Expired in a row. Not reset by a list: list, 410, list, 410 must back off. */
  #expired = 0;
  /** Backoffs that the probe cut short since the last progress. */
  #cutShort = 0;
  /** When the server was last seen away, by monotonic time. */
  #awayMs = Number.NEGATIVE_INFINITY;

  constructor(options: { readonly server: ApiServer; readonly clock: Clock; readonly random: Random }) {
    this.#server = options.server;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  listed(): void {
    this.#failures = 0;
  }

  progressed(): void {
    this.#failures = 0;
    this.#expired = 0;
    this.#cutShort = 0;
  }

  /** Counts a failure. Returns whether it is one that people should know of. */
  failed(error: unknown): boolean {
    if (!isExpired(error)) {
      this.#failures += 1;
      return true;
    }
    this.#expired += 1;
    return this.#expired > USUAL_EXPIRED;
  }

  /** Waits until the next try after that failure is due. Rejects only with the signal's reason. */
  async wait(error: unknown, signal: AbortSignal): Promise<void> {
    const expired = isExpired(error);
    if (expired && this.#expired === 1) return;
    const failure = error as Partial<ApiError>;
    const backoff = expired
      ? backoffMs(EXPIRED_BACKOFF, this.#expired - 1, this.#random)
      : backoffMs(BACKOFF, this.#failures, this.#random);
    const down = failure.code === 'Unreachable' || failure.code === 'Timeout';
    const nowMs = this.#clock.monotonicMs();
    if (down) this.#awayMs = nowMs;
    const starting = !down && nowMs - this.#awayMs < STARTING_MS;
    const waitMs = Math.min(Math.max(backoff, failure.retryAfterMs ?? 0), starting ? STARTING_PAUSE_MS : Infinity);
    const wait = new AbortController();
    const onAbort = () => wait.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const waits = [sleep(this.#clock, waitMs, wait.signal)];
      if (failure.status === undefined || failure.status >= 500) {
        const known = down && this.#cutShort < TRUSTED_PROBES ? 'Down' : 'Answering';
        const recovery = probeOf(this.#server, this.#clock).recovery(known, wait.signal);
        waits.push(recovery.then(() => this.#serverIsBack()));
      }
      await Promise.race(waits);
    } finally {
      signal.removeEventListener('abort', onAbort);
      wait.abort();
    }
    signal.throwIfAborted();
  }

  #serverIsBack(): void {
    this.#cutShort += 1;
    // A server that has just started may still refuse requests (RBAC not loaded): the backoff starts with its first wait.
    this.#failures = 0;
  }
}
