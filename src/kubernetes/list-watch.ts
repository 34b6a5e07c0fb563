import { type BackoffPolicy, backoffMs } from '../time/backoff';
import { type Clock, deadline, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { ApiError, isExpired } from './api-error';
import type { Log } from './log';
import type { KubernetesObject, ResourceClient } from './resource-client';
import { isOlder } from './resource-version';
import { probeOf } from './server-probe';

/** Where the objects go. Called in the order of the server's history. */
export interface Sink<T> {
  /** All objects at one version. `history` is Rewound when that version is older than one seen before. */
  replace(items: readonly T[], history: 'Continued' | 'Rewound'): void;
  upsert(object: T): void;
  remove(object: T): void;
  /** Called with the error when reading fails, and with undefined when it works again. */
  readError(error: unknown): void;
}

/** client-go: reflector.go. */
const BACKOFF: BackoffPolicy = { firstMs: 800, longestMs: 30_000 };
/**
 * Between lists while the answer to each watch is Expired; the first list comes at once. Short at first: the lists of a
 * server that has just started are older than its watch cache, so the first watch after a restart expires too.
 */
const EXPIRED_BACKOFF: BackoffPolicy = { firstMs: 200, longestMs: 30_000 };
/** So many in a row are usual, and no warning. */
const USUAL_EXPIRED = 2;
const PAGE_SIZE = 500;
/** The server ends a watch after 5 to 10 minutes. The time is random, so that many watches do not end at once. */
const SHORTEST_WATCH_S = 300;
/** So much later we end the watch ourselves: its connection is dead behind a proxy that answers TCP probes. */
const WATCH_MARGIN_MS = 30_000;
/** A watch that the server ends sooner counts as a failure, so that a loop of empty watches backs off. */
const SHORT_WATCH_MS = 1_000;
/** Lists of thousands of objects on a busy server take longer than a single read. */
const LIST_TIMEOUT_MS = 60_000;
/**
 * A server that was away a moment ago runs, but refuses requests for a while: 403 while RBAC loads, 429 with a Retry-After
 * of several seconds while a storage initializes. During this time it is asked once per second, like its probe.
 */
const STARTING_MS = 15_000;
const STARTING_PAUSE_MS = 1_000;
/** So often without progress, an answer to the probe shortens the backoff. After that something else is broken. */
const TRUSTED_PROBES = 3;

/**
 * Keeps a sink equal to one resource in one namespace or in all. It lists in pages, watches from the version of the list,
 * and after a break watches again from the last version. It lists again only when the server has forgotten that version
 * (410) or went back in time.
 *
 * A list is always a consistent read, not client-go's "any version" (resourceVersion=0). With a stale view the operator
 * could act on groups that are gone (R13), and pages need a consistent read.
 */
export class ListWatch<T extends KubernetesObject> {
  readonly #client: ResourceClient<T>;
  readonly #namespace: string | undefined;
  readonly #sink: Sink<T>;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  /** The server's history is known up to here; undefined before the first list and after Expired. */
  #resourceVersion: string | undefined;
  #lastSeenVersion: string | undefined;
  /** Failures in a row, without Expired. Reset by a list, by events and by a watch that lasts. */
  #failures = 0;
  /** Expired in a row. Not reset by a list: list, 410, list, 410 must back off. */
  #expired = 0;
  /** Backoffs that the probe cut short since the last progress. */
  #cutShort = 0;
  #failureCode: string | undefined;
  /** When the server was last seen away, by monotonic time. */
  #awayMs = Number.NEGATIVE_INFINITY;

  constructor(options: {
    readonly client: ResourceClient<T>;
    readonly namespace: string | undefined;
    readonly sink: Sink<T>;
    readonly clock: Clock;
    readonly random: Random;
    readonly log: Log;
  }) {
    this.#client = options.client;
    this.#namespace = options.namespace;
    this.#sink = options.sink;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
  }

  /** Runs until aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#resourceVersion ??= await this.#list(signal);
        await this.#watch(this.#resourceVersion, signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#recover(error, signal).catch(() => {});
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    let items: readonly T[];
    let resourceVersion: string;
    try {
      ({ items, resourceVersion } = await this.#pages(PAGE_SIZE, signal));
    } catch (error) {
      if (!isExpired(error)) throw error;
      // The history was compacted while the pages were read. Ask for one large answer, as client-go's pager does.
      ({ items, resourceVersion } = await this.#pages(undefined, signal));
    }
    const rewound = isOlder(resourceVersion, this.#lastSeenVersion);
    if (rewound) this.#log.warn('the API server went back in time', { resource: this.#name, resourceVersion });
    this.#sink.replace(items, rewound ? 'Rewound' : 'Continued');
    this.#lastSeenVersion = resourceVersion;
    this.#failures = 0;
    return resourceVersion;
  }

  async #pages(limit: number | undefined, signal: AbortSignal): Promise<{ items: T[]; resourceVersion: string }> {
    const items: T[] = [];
    let token: string | undefined;
    for (;;) {
      const query = { namespace: this.#namespace, limit, continue: token, timeoutMs: LIST_TIMEOUT_MS };
      const page = await this.#client.list(query, signal);
      const resourceVersion = page.metadata?.resourceVersion;
      if (!Array.isArray(page.items) || !resourceVersion)
        throw new ApiError('InvalidResponse', `list of ${this.#name}: the answer is not a list`);
      for (const item of page.items) items.push(item);
      token = page.metadata.continue;
      if (!token) return { items, resourceVersion };
    }
  }

  async #watch(from: string, signal: AbortSignal): Promise<void> {
    const timeoutSeconds = Math.round(SHORTEST_WATCH_S * (1 + this.#random()));
    const limit = deadline(
      this.#clock,
      timeoutSeconds * 1000 + WATCH_MARGIN_MS,
      signal,
      () => new ApiError('Timeout', `watch of ${this.#name}: the server did not end it in time`),
    );
    let openedMs: number | undefined;
    let events = 0;
    const lasted = () => openedMs !== undefined && this.#clock.monotonicMs() - openedMs >= SHORT_WATCH_MS;
    try {
      const onOpen = () => {
        openedMs = this.#clock.monotonicMs();
        this.#reads();
      };
      const query = { namespace: this.#namespace, resourceVersion: from, timeoutSeconds, onOpen };
      for await (const event of this.#client.watch(query, limit.signal)) {
        const version = event.object?.metadata?.resourceVersion;
        if (!version) throw new ApiError('InvalidResponse', `watch of ${this.#name}: an event has no resourceVersion`);
        // In a watch, versions only grow, unless etcd was restored from a backup. What we hold is not its history then.
        if (isOlder(version, this.#resourceVersion))
          throw new ApiError('Expired', `watch of ${this.#name}: version ${version} after ${this.#resourceVersion}`);
        switch (event.type) {
          case 'ADDED':
          case 'MODIFIED':
            this.#sink.upsert(event.object);
            break;
          case 'DELETED':
            this.#sink.remove(event.object);
            break;
          case 'BOOKMARK':
            break;
          default:
            // Going on after an unknown type could lose a change for ever.
            throw new ApiError(
              'InvalidResponse',
              `watch of ${this.#name}: event of type ${event.type satisfies never}`,
            );
        }
        this.#resourceVersion = version;
        this.#lastSeenVersion = version;
        events += 1;
        this.#progressed();
        this.#reads();
      }
    } finally {
      limit.done();
      if (lasted()) this.#progressed();
    }
    if (events === 0 && !lasted())
      throw new ApiError('Unreachable', `watch of ${this.#name}: the server ended it at once`);
  }

  /** Waits until the next try is due. Rejects only with the signal's reason. */
  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    const expired = isExpired(error);
    if (expired) {
      this.#resourceVersion = undefined;
      this.#expired += 1;
      this.#log.info('listing again: the API server has forgotten the version', { resource: this.#name });
      if (this.#expired === 1) return;
    } else {
      this.#failures += 1;
    }
    if (!expired || this.#expired > USUAL_EXPIRED) this.#failed(error);
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
        const recovery = probeOf(this.#client.server, this.#clock).recovery(known, wait.signal);
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

  #progressed(): void {
    this.#failures = 0;
    this.#expired = 0;
    this.#cutShort = 0;
  }

  /** The watch is open: reading works. */
  #reads(): void {
    if (this.#failureCode === undefined) return;
    this.#failureCode = undefined;
    this.#log.info('reading from the API server again', { resource: this.#name });
    this.#sink.readError(undefined);
  }

  /** Logs each kind of failure once, not each attempt. */
  #failed(error: unknown): void {
    this.#sink.readError(error);
    const code = String((error as Partial<ApiError>).code ?? error);
    if (code === this.#failureCode) return;
    this.#failureCode = code;
    this.#log.warn('cannot read from the API server, trying again', { resource: this.#name, error });
  }

  get #name(): string {
    return this.#namespace ? `${this.#client.type.plural} in ${this.#namespace}` : this.#client.type.plural;
  }
}
