import { type Clock, sleep } from '../time/clock';
import { type ApiError, isApiError, isNamespaceGone } from './api-error';
import type { ApiServer } from './api-server';
import { eventBody, namespaceOf, pathOf } from './event';
import type { EventSeries } from './event-series';
import type { Log } from './log';
import { RequestGate } from './request-gate';

/** How soon the count of a series is written the first time, and how often at most after that. */
const SERIES_FIRST_WRITE_MS = 1_000;
const SERIES_WRITE_MS = 60_000;
/** client-go: maxTriesPerEvent. Its sleep is 10 s; ours grows up to that. */
const TRIES = 12;
const LONGEST_RETRY_MS = 10_000;
const REQUESTS = 4;
const QUEUE_LIMIT = 1_000;

/**
 * Writes events.k8s.io/v1 events to the API server in the background: those of one namespace one after the other, at most
 * four requests at a time. A namespace whose events the API server does not take now delays no other one (R9).
 */
export class EventWriter {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #reportingController: string;
  readonly #reportingInstance: string;
  readonly #isEnding: (namespace: string) => boolean;
  readonly #log: Log;
  readonly #onWritten: () => void;
  /** What waits, by namespace. A namespace is there while it has events to write. */
  readonly #queues = new Map<string, EventSeries[]>();
  readonly #gate = new RequestGate(REQUESTS);
  readonly #stop = new AbortController();
  readonly #idleListeners = new Set<() => void>();
  #names = 0;

  constructor(options: {
    readonly server: ApiServer;
    readonly clock: Clock;
    readonly reportingController: string;
    readonly reportingInstance: string;
    /** Whether a namespace is being deleted. */
    readonly isEnding: (namespace: string) => boolean;
    readonly log: Log;
    /** Called after each event that was written. */
    readonly onWritten: () => void;
  }) {
    this.#server = options.server;
    this.#clock = options.clock;
    this.#reportingController = options.reportingController;
    this.#reportingInstance = options.reportingInstance.slice(0, 128);
    this.#isEnding = options.isEnding;
    this.#log = options.log;
    this.#onWritten = options.onWritten;
  }

  /** Whether as many events as may wait do: 1000, of which each namespace that has events to write may hold the same part. */
  isFull(namespace: string): boolean {
    const waiting = this.#queues.get(namespace);
    const namespaces = this.#queues.size + (waiting === undefined ? 1 : 0);
    return (waiting?.length ?? 0) >= Math.max(1, QUEUE_LIMIT / namespaces);
  }

  write(series: EventSeries): void {
    this.cancel(series);
    if (series.queued || this.#stop.signal.aborted) return;
    series.queued = true;
    const namespace = namespaceOf(series.event);
    const known = this.#queues.get(namespace);
    known?.push(series);
    if (known === undefined) void this.#sendAll(namespace, [series]);
  }

  /** Writes the count of a series that has grown, with pauses between two writes. */
  writeLater(series: EventSeries): void {
    if (series.queued || series.cancelTimer !== undefined || this.#stop.signal.aborted) return;
    const pauseMs = series.writtenCount < 2 ? SERIES_FIRST_WRITE_MS : SERIES_WRITE_MS;
    const delayMs = series.lastWriteMs + pauseMs - this.#clock.monotonicMs();
    series.cancelTimer = this.#clock.setTimer(Math.max(0, delayMs), () => this.write(series));
  }

  /** Cancels `writeLater`. */
  cancel(series: EventSeries): void {
    series.cancelTimer?.();
    series.cancelTimer = undefined;
  }

  /** Resolves when nothing waits and no request is under way. Rejects with the signal's reason. */
  async whenIdle(signal: AbortSignal): Promise<void> {
    if (this.#queues.size === 0) return;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#idleListeners.delete(onIdle);
        reject(signal.reason);
      };
      const onIdle = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#idleListeners.add(onIdle);
    });
  }

  /** Stops. What was not written is dropped. */
  close(): void {
    this.#stop.abort(new Error('the event recorder is closed'));
    for (const queue of this.#queues.values()) queue.length = 0;
  }

  /** Never rejects. */
  async #sendAll(namespace: string, queue: EventSeries[]): Promise<void> {
    this.#queues.set(namespace, queue);
    for (let series = queue.shift(); series !== undefined; series = queue.shift()) {
      series.queued = false;
      try {
        await this.#send(series);
        this.#onWritten();
      } catch (error) {
        if (this.#stop.signal.aborted) break;
        series.writtenCount = series.count; // Given up: a later flush does not try again.
        // Nobody can read the events of a namespace that is being deleted (client-go drops them too).
        const isExpected = isNamespaceGone(error) || (isApiError(error, 'Forbidden') && this.#isEnding(namespace));
        if (!isExpected) this.#log.warn('an event could not be written', { reason: series.event.reason, error });
      }
    }
    this.#queues.delete(namespace);
    if (this.#queues.size > 0) return;
    for (const onIdle of this.#idleListeners) onIdle();
    this.#idleListeners.clear();
  }

  async #send(series: EventSeries): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#sendOnce(series);
        return;
      } catch (error) {
        const failure = error as Partial<ApiError>;
        // The Event has expired, or its name is taken: create it again under a new name.
        const anew = isApiError(error, series.name === undefined ? 'AlreadyExists' : 'NotFound');
        if (anew) series.name = undefined;
        const lasting = failure.status !== undefined && failure.status < 500 && failure.status !== 429 && !anew;
        if (this.#stop.signal.aborted || lasting || tries >= TRIES) throw error;
        const waitMs = Math.min(LONGEST_RETRY_MS, 1_000 * 2 ** (tries - 1));
        if (!anew) await sleep(this.#clock, Math.max(waitMs, failure.retryAfterMs ?? 0), this.#stop.signal);
      }
    }
  }

  async #sendOnce(series: EventSeries): Promise<void> {
    const leave = await this.#gate.enter(this.#stop.signal);
    try {
      if (series.name === undefined) await this.#create(series);
      else await this.#patch(series, series.name);
    } finally {
      leave();
    }
  }

  async #create(series: EventSeries): Promise<void> {
    const namespace = namespaceOf(series.event);
    const name = this.#nextName(series.event.regarding.name);
    const { count } = series;
    const body = {
      ...eventBody(series.event, namespace, name),
      eventTime: series.eventTime,
      reportingController: this.#reportingController,
      reportingInstance: this.#reportingInstance,
      ...(count > 1 ? { series: { count, lastObservedTime: series.lastObservedTime } } : {}),
    };
    await this.#server.request({ method: 'POST', path: pathOf(namespace), body }, this.#stop.signal);
    series.name = name;
    this.#written(series, count);
  }

  async #patch(series: EventSeries, name: string): Promise<void> {
    const { count } = series;
    if (count <= series.writtenCount) return;
    const path = `${pathOf(namespaceOf(series.event))}/${name}`;
    const body = { series: { count, lastObservedTime: series.lastObservedTime } };
    const contentType = 'application/merge-patch+json';
    await this.#server.request({ method: 'PATCH', path, contentType, body }, this.#stop.signal);
    this.#written(series, count);
  }

  #written(series: EventSeries, count: number): void {
    series.writtenCount = count;
    series.lastWriteMs = this.#clock.monotonicMs();
    if (series.count > count) this.writeLater(series);
  }

  /** As client-go: name, dot, nanoseconds in hex. The clock has milliseconds only; a counter makes the name unique. */
  #nextName(object: string): string {
    this.#names = (this.#names + 1) % 1_000_000;
    const nanoseconds = BigInt(Math.trunc(this.#clock.wallMs())) * 1_000_000n + BigInt(this.#names);
    return `${object.slice(0, 230).replace(/[^a-z0-9]+$/, '')}.${nanoseconds.toString(16)}`;
  }
}
