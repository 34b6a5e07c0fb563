import { type CancelTimer, type Clock, sleep } from '../time/clock';
import { type ApiError, isApiError } from './api-error';
import type { ApiServer } from './api-server';
import { eventBody, microTime, namespaceOf, pathOf, type RecordedEvent } from './event';
import { type Log, silentLog } from './log';
import { TokenBucket } from './token-bucket';

/** Equal events within this time are one series (client-go: finishTime). */
const SERIES_ENDS_MS = 6 * 60_000;
/** How soon the count of a series is written, and how often at most. */
const SERIES_FIRST_WRITE_MS = 1_000;
const SERIES_WRITE_MS = 60_000;
/** client-go's spam filter: 25 different events an object at once, then one in 5 minutes. */
const OBJECT_BURST = 25;
const OBJECT_PER_SECOND = 1 / 300;
const QUEUE_LIMIT = 1_000;
/** client-go: maxTriesPerEvent and its sleep, though ours starts shorter. */
const TRIES = 12;
const LONGEST_RETRY_MS = 10_000;

/** One event and its repetitions. Unwritten while `name` is undefined or `count` is ahead of `writtenCount`. */
interface Series {
  readonly event: RecordedEvent;
  readonly eventTime: string;
  name: string | undefined;
  count: number;
  writtenCount: number;
  lastObservedTime: string;
  lastObservedMs: number;
  lastWriteMs: number;
  queued: boolean;
  cancelTimer: CancelTimer | undefined;
}

/**
 * Writes events.k8s.io/v1 events in the background, one request at a time.
 *
 * - `record` never blocks and never throws. Beyond 1000 waiting events, or 25 different ones of one type for one object,
 *   new events are dropped, with a line in the log. Each type counts for itself: no amount of good news drops a warning.
 * - An event equal in all its fields to one of the last 6 minutes counts up that one's series instead.
 * - What fails for good (forbidden, namespace terminating) is logged and dropped; the rest is tried 12 times.
 * Needs the rights to create and patch events of events.k8s.io.
 */
export class EventRecorder {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #reportingController: string;
  readonly #reportingInstance: string;
  readonly #log: Log;
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #queue: Series[] = [];
  readonly #stop = new AbortController();
  readonly #flushing = new Set<() => void>();
  #sending = false;
  #names = 0;
  #dropped = 0;

  constructor(options: {
    readonly server: ApiServer;
    readonly clock: Clock;
    readonly reportingController: string;
    readonly reportingInstance: string;
    readonly log?: Log;
  }) {
    this.#server = options.server;
    this.#clock = options.clock;
    this.#reportingController = options.reportingController;
    this.#reportingInstance = options.reportingInstance.slice(0, 128);
    this.#log = options.log ?? silentLog;
  }

  record(event: RecordedEvent): void {
    if (this.#stop.signal.aborted) return;
    const nowMs = this.#clock.monotonicMs();
    const now = microTime(this.#clock.wallMs());
    const key = JSON.stringify([event.regarding.uid, event.type, event.reason, event.action, event.note]);
    const known = this.#series.get(key);
    if (known !== undefined && nowMs - known.lastObservedMs < SERIES_ENDS_MS) {
      known.count += 1;
      known.lastObservedTime = now;
      known.lastObservedMs = nowMs;
      this.#scheduleWrite(known);
      return;
    }
    if (this.#queue.length >= QUEUE_LIMIT || !this.#bucketOf(event).tryTake()) {
      this.#drop(event);
      return;
    }
    known?.cancelTimer?.();
    const series: Series = {
      event,
      eventTime: now,
      name: undefined,
      count: 1,
      writtenCount: 0,
      lastObservedTime: now,
      lastObservedMs: nowMs,
      lastWriteMs: nowMs,
      queued: false,
      cancelTimer: undefined,
    };
    this.#series.delete(key);
    this.#series.set(key, series);
    this.#forgetOldest(nowMs);
    this.#enqueue(series);
  }

  /** Writes what waits, the counts of series too. Resolves when all is written or dropped; rejects with the signal's reason. */
  async flush(signal: AbortSignal): Promise<void> {
    for (const series of this.#series.values()) if (series.count > series.writtenCount) this.#enqueue(series);
    if (!this.#sending) return;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        this.#flushing.delete(onIdle);
        reject(signal.reason);
      };
      const onIdle = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#flushing.add(onIdle);
    });
  }

  /** Drops what was not written and stops. After it `record` does nothing. */
  close(): void {
    this.#stop.abort(new Error('the event recorder is closed'));
    for (const series of this.#series.values()) series.cancelTimer?.();
    this.#series.clear();
    this.#queue.length = 0;
  }

  #scheduleWrite(series: Series): void {
    if (series.queued || series.cancelTimer !== undefined) return;
    const pauseMs = series.writtenCount < 2 ? SERIES_FIRST_WRITE_MS : SERIES_WRITE_MS;
    const delayMs = series.lastWriteMs + pauseMs - this.#clock.monotonicMs();
    series.cancelTimer = this.#clock.setTimer(Math.max(0, delayMs), () => this.#enqueue(series));
  }

  #enqueue(series: Series): void {
    series.cancelTimer?.();
    series.cancelTimer = undefined;
    if (series.queued) return;
    series.queued = true;
    this.#queue.push(series);
    if (!this.#sending) void this.#sendAll();
  }

  /** Never rejects. */
  async #sendAll(): Promise<void> {
    this.#sending = true;
    for (let series = this.#queue.shift(); series !== undefined; series = this.#queue.shift()) {
      series.queued = false;
      try {
        await this.#send(series);
        this.#dropped = 0;
      } catch (error) {
        if (this.#stop.signal.aborted) break;
        series.writtenCount = series.count; // Given up: not again at each flush.
        this.#log.warn('an event could not be written', { reason: series.event.reason, error });
      }
    }
    this.#sending = false;
    for (const onIdle of this.#flushing) onIdle();
    this.#flushing.clear();
  }

  async #send(series: Series): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        if (series.name === undefined) await this.#create(series);
        else await this.#patch(series, series.name);
        return;
      } catch (error) {
        const failure = error as Partial<ApiError>;
        // Its time to live has passed, or another process took the name: the same again under a new name.
        const anew = isApiError(error, series.name === undefined ? 'AlreadyExists' : 'NotFound');
        if (anew) series.name = undefined;
        const lasting = failure.status !== undefined && failure.status < 500 && failure.status !== 429 && !anew;
        if (this.#stop.signal.aborted || lasting || tries >= TRIES) throw error;
        const waitMs = Math.min(LONGEST_RETRY_MS, 1_000 * 2 ** (tries - 1));
        if (!anew) await sleep(this.#clock, Math.max(waitMs, failure.retryAfterMs ?? 0), this.#stop.signal);
      }
    }
  }

  async #create(series: Series): Promise<void> {
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

  async #patch(series: Series, name: string): Promise<void> {
    const { count } = series;
    if (count <= series.writtenCount) return;
    const path = `${pathOf(namespaceOf(series.event))}/${name}`;
    const body = { series: { count, lastObservedTime: series.lastObservedTime } };
    const contentType = 'application/merge-patch+json';
    await this.#server.request({ method: 'PATCH', path, contentType, body }, this.#stop.signal);
    this.#written(series, count);
  }

  #written(series: Series, count: number): void {
    series.writtenCount = count;
    series.lastWriteMs = this.#clock.monotonicMs();
    if (series.count > count) this.#scheduleWrite(series);
  }

  /** client-go: name, dot, nanoseconds in hex. The counter stands in for the nanoseconds that we don't have. */
  #nextName(object: string): string {
    this.#names = (this.#names + 1) % 1_000_000;
    const nanoseconds = BigInt(Math.trunc(this.#clock.wallMs())) * 1_000_000n + BigInt(this.#names);
    return `${object.slice(0, 230).replace(/[^a-z0-9]+$/, '')}.${nanoseconds.toString(16)}`;
  }

  #bucketOf({ regarding, type }: RecordedEvent): TokenBucket {
    const key = `${type} ${regarding.uid}`;
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      bucket = new TokenBucket({ clock: this.#clock, perSecond: OBJECT_PER_SECOND, burst: OBJECT_BURST });
      if (this.#buckets.size >= QUEUE_LIMIT) evict(this.#buckets, (other) => other.full);
      this.#buckets.set(key, bucket);
    }
    return bucket;
  }

  #forgetOldest(nowMs: number): void {
    if (this.#series.size <= QUEUE_LIMIT) return;
    // One that is still queued is written all the same; the queue holds it.
    for (const series of evict(this.#series, (old) => nowMs - old.lastObservedMs >= SERIES_ENDS_MS))
      series.cancelTimer?.();
  }

  #drop(event: RecordedEvent): void {
    this.#dropped += 1;
    const { kind, namespace, name } = event.regarding;
    if (this.#dropped === 1) this.#log.warn('events are dropped', { kind, namespace, name, reason: event.reason });
  }
}

/** Removes all that may go; if none may, the oldest. */
function evict<V>(map: Map<string, V>, mayGo: (value: V) => boolean): readonly V[] {
  const gone: V[] = [];
  for (const [key, value] of map) {
    if (!mayGo(value)) continue;
    gone.push(value);
    map.delete(key);
  }
  const [oldest] = map;
  if (gone.length > 0 || oldest === undefined) return gone;
  map.delete(oldest[0]);
  return [oldest[1]];
}
