import { isDeepStrictEqual } from 'node:util';
import { type Clock, deadline, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { ApiError, isApiError, isExpired } from './api-error';
import { DoubtedLists } from './doubted-lists';
import { listAll } from './list-all';
import type { Log } from './log';
import { LATEST_EVENT_MS } from './missed-objects';
import { ReadBackoff } from './read-backoff';
import type { KubernetesObject, ResourceClient } from './resource-client';
import { isOlder } from './resource-version';
import { historyOf, type Lists, type ServerHistory } from './server-history';
import type { Sink } from './sink';

/** The server ends a watch after 5 to 10 minutes. The time is random, so that many watches do not end at once. */
const SHORTEST_WATCH_S = 300;
/** So much later we end the watch ourselves: its connection is dead behind a proxy that answers TCP probes. */
const WATCH_MARGIN_MS = 30_000;
/** A watch that the server ends sooner counts as a failure, so that a loop of empty watches backs off. */
const SHORT_WATCH_MS = 1_000;
/** After so long without an event the server's version is read. It usually sends a bookmark each minute. */
const QUIET_MS = 75_000;
/** Between lists while lists are in doubt. */
const DOUBT_MS = 20_000;

const LIST_AGAIN = new Error('a list is due');

/**
 * Keeps a sink equal to one resource in one namespace or in all. It lists in pages, watches from the version of the list,
 * and after a break watches again from the last version. It lists again only when the server has forgotten that version
 * (410) or went back in time, as after a restore of etcd. Before a watch is opened again, and while it is quiet, a read of
 * one object tells the server's version: a watch from a version in the server's future is accepted and stays silent.
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
  readonly #backoff: ReadBackoff;
  readonly #history: ServerHistory;
  /** The server's history is known up to here; undefined before the first list and after Expired. */
  #resourceVersion: string | undefined;
  /** The newest version that the server is known to have had. */
  #lastSeenVersion: string | undefined;
  #failureCode: string | undefined;
  /** Present while lists are in doubt. */
  #doubt: DoubtedLists<T> | undefined;
  /** When the watch last had an event, by monotonic time. */
  #heardMs = 0;
  /** Ends what is under way when a list is due. */
  #turn = new AbortController();
  readonly #onListed = new Set<() => void>();
  readonly #prepare = (object: T) => this.#sink.prepare(object);
  /** Another reader has found that the server went back in time, and lists are as etcd is. */
  #isRestored = false;
  readonly #onWentBack = (lists: Lists) => {
    if (lists === 'Doubted') return this.#doubtLists('an answer of the API server is older than an earlier one');
    this.#isRestored = true;
    this.#turn.abort(LIST_AGAIN);
  };

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
    this.#history = historyOf(options.client.server);
    this.#backoff = new ReadBackoff({ ...options, server: options.client.server });
  }

  /** Runs until aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const stopListening = this.#history.onWentBack(this.#onWentBack);
    const onAbort = () => this.#turn.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    while (!signal.aborted) {
      this.#turn = new AbortController();
      await this.#takeTurn(this.#turn.signal);
    }
    signal.removeEventListener('abort', onAbort);
    stopListening();
  }

  /** Lists again, also in the middle of a watch. Resolves when a list that is sent from now on is in the sink. */
  listAgain(): Promise<void> {
    return new Promise((resolve) => {
      this.#onListed.add(resolve);
      this.#turn.abort(LIST_AGAIN);
    });
  }

  /** Takes note of a version that the server gave in the answer to a write. */
  saw(version: string): void {
    if (this.#lastSeenVersion === undefined || isOlder(this.#lastSeenVersion, version)) this.#lastSeenVersion = version;
  }

  /** A list or a check, then a watch until it ends. After a failure, the wait until the next try. Never rejects. */
  async #takeTurn(turn: AbortSignal): Promise<void> {
    try {
      if (this.#resourceVersion !== undefined && (await this.#isServerOlder(turn))) this.#resourceVersion = undefined;
      this.#resourceVersion ??= await this.#list(turn);
      await this.#watch(this.#resourceVersion, turn);
    } catch (error) {
      if (!turn.aborted) await this.#recover(error, turn).catch(() => {});
    }
    if (turn.reason === LIST_AGAIN) this.#resourceVersion = undefined;
  }

  #doubtLists(why: string): void {
    this.#log.warn('listing again: the API server may have gone back in time', { resource: this.#name, why });
    this.#doubt = new DoubtedLists(this.#client, this.#prepare, this.#log);
    this.#turn.abort(LIST_AGAIN);
  }

  /** Whether the server's version is older than one that it had before: etcd was restored from a snapshot. */
  async #isServerOlder(signal: AbortSignal): Promise<boolean> {
    const seen = this.#lastSeenVersion;
    const query = { namespace: this.#namespace, limit: 1 };
    return isOlder((await this.#client.list(query, signal)).metadata?.resourceVersion, seen);
  }

  async #list(signal: AbortSignal): Promise<string> {
    const seen = this.#lastSeenVersion;
    const list = await listAll(this.#client, this.#namespace, this.#prepare, signal);
    const { resourceVersion } = list;
    const checked = await this.#doubt?.check(list, signal);
    if (checked?.believed === true) this.#doubt = undefined;
    const older = isOlder(resourceVersion, seen);
    if (older) this.#log.warn('the API server went back in time', { resource: this.#name, resourceVersion });
    const isRewound = older || this.#isRestored || checked !== undefined;
    if (older && !this.#isRestored && checked === undefined) this.#history.wentBack('Restored', this.#onWentBack);
    this.#isRestored = false;
    const history = isRewound ? 'Rewound' : 'Continued';
    this.#sink.replace(checked?.items ?? list.items, { version: resourceVersion, history });
    if (history === 'Rewound') this.#lastSeenVersion = resourceVersion;
    else this.saw(resourceVersion);
    this.#backoff.listed();
    for (const resolve of this.#onListed) resolve();
    this.#onListed.clear();
    return resourceVersion;
  }

  async #watch(from: string, signal: AbortSignal): Promise<void> {
    const timeoutSeconds = Math.round(SHORTEST_WATCH_S * (1 + this.#random()));
    const limit = deadline(
      this.#clock,
      timeoutSeconds * 1000 + WATCH_MARGIN_MS,
      signal,
      () => new ApiError('Timeout', `watch of ${this.#name}: the server did not end it in time`),
    );
    const ended = new AbortController();
    this.#heardMs = this.#clock.monotonicMs();
    this.#checkWhileQuiet(ended.signal).catch(() => {}); // Ends only with the watch.
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
        this.saw(version);
        this.#heardMs = this.#clock.monotonicMs();
        events += 1;
        this.#backoff.progressed();
        this.#reads();
      }
    } finally {
      ended.abort();
      limit.done();
      if (lasted()) this.#backoff.progressed();
    }
    if (events === 0 && !lasted())
      throw new ApiError('Unreachable', `watch of ${this.#name}: the server ended it at once`);
  }

  /** A watch from a version in the server's future is silent. Two small reads tell whether this one is. */
  async #checkWhileQuiet(signal: AbortSignal): Promise<void> {
    if (this.#doubt !== undefined) {
      await sleep(this.#clock, DOUBT_MS, signal);
      this.#turn.abort(LIST_AGAIN);
    }
    for (;;) {
      const leftMs = this.#heardMs + QUIET_MS - this.#clock.monotonicMs();
      if (leftMs > 0) {
        await sleep(this.#clock, leftMs, signal);
        continue;
      }
      try {
        if (await this.#isServerOlder(signal)) this.#turn.abort(LIST_AGAIN);
        else await this.#checkNewest(signal);
      } catch {
        // A server that does not answer is the watch's own business.
      }
      this.#heardMs = this.#clock.monotonicMs();
    }
  }

  /** A read of one object comes from etcd, so it tells of a restore also where the server itself did not notice. */
  async #checkNewest(signal: AbortSignal): Promise<void> {
    const newest = this.#sink.newest();
    if (newest === undefined) return;
    const { namespace = '', name, uid, resourceVersion } = newest.metadata;
    try {
      const stored = await this.#client.get(namespace, name, signal);
      const isSame = () => isDeepStrictEqual(this.#prepare(stored), newest);
      this.#history.compare(resourceVersion, stored.metadata.resourceVersion, isSame);
    } catch (error) {
      if (!isApiError(error, 'NotFound')) throw error;
      // It may have been deleted just now: then its event is on the way.
      await sleep(this.#clock, LATEST_EVENT_MS, signal);
      if (this.#sink.newest()?.metadata.uid !== uid) return;
      this.#doubtLists(`${namespace}/${name} is gone, and no event said so`);
    }
  }

  /** Waits until the next try is due. Rejects only with the signal's reason. */
  async #recover(error: unknown, signal: AbortSignal): Promise<void> {
    if (isExpired(error)) {
      this.#resourceVersion = undefined;
      this.#log.info('listing again: the API server has forgotten the version', { resource: this.#name });
    }
    if (this.#backoff.failed(error)) this.#failed(error);
    await this.#backoff.wait(error, signal);
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
