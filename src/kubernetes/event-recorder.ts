import type { Clock } from '../time/clock';
import type { ApiServer } from './api-server';
import { BoundedMap } from './bounded-map';
import { namespaceOf, type RecordedEvent } from './event';
import { EventAggregator } from './event-aggregator';
import { EventWriter } from './event-writer';
import { type Log, silentLog } from './log';
import { TokenBucket } from './token-bucket';

/** client-go's spam filter: 25 different events per object at once, then one in 5 minutes. */
const OBJECT_BURST = 25;
const OBJECT_PER_SECOND = 1 / 300;
const OBJECTS = 1_000;

/**
 * Records events.k8s.io/v1 events about objects. They are written in the background, one request at a time for each
 * namespace.
 *
 * - `record` never blocks and never throws. New events are dropped, with a line in the log, while 1000 events wait (fewer
 *   of one namespace when others have events too), and beyond 25 different ones of one type for one object. Each type counts
 *   for itself: many Normal events drop no Warning.
 * - Events that differ in their subject only become one event, and equal events one series (event-aggregator.ts).
 * - A refusal that will not change (forbidden) is logged, and the event is dropped. Everything else is tried 12 times. An
 *   event for a namespace that is being deleted is dropped without a line, as in client-go; also where `isEnding` alone
 *   tells that, since the right to write events there was in a Role of that namespace.
 * Needs the rights to create and patch events of events.k8s.io.
 */
export class EventRecorder {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #writer: EventWriter;
  readonly #aggregator: EventAggregator;
  readonly #buckets = new BoundedMap<TokenBucket>({ limit: OBJECTS, mayGo: (bucket) => bucket.full });
  /** Dropped since the last event that was written. */
  #dropped = 0;
  #closed = false;

  constructor(options: {
    readonly server: ApiServer;
    readonly clock: Clock;
    readonly reportingController: string;
    readonly reportingInstance: string;
    /** Whether a namespace is being deleted. Default: not known of any. */
    readonly isEnding?: (namespace: string) => boolean;
    readonly log?: Log;
  }) {
    const { clock, log = silentLog, isEnding = () => false } = options;
    this.#clock = clock;
    this.#log = log;
    const onWritten = () => {
      this.#dropped = 0;
    };
    const writer = new EventWriter({ ...options, log, isEnding, onWritten });
    this.#writer = writer;
    this.#aggregator = new EventAggregator(
      {
        admit: (event) => this.#admit(event),
        write: (series) => writer.write(series),
        writeLater: (series) => writer.writeLater(series),
        cancel: (series) => writer.cancel(series),
      },
      clock,
    );
  }

  record(event: RecordedEvent): void {
    if (!this.#closed) this.#aggregator.record(event);
  }

  /** Queues at once what waits for more events about this object. Call it before the object goes away. */
  queueGathered(uid: string): void {
    this.#aggregator.passOn(uid);
  }

  /** From now on no event waits for more like it. Call it when the process stops. */
  stopGathering(): void {
    this.#aggregator.stopGathering();
  }

  /** Writes what waits, the counts of series too. Resolves when all is written or dropped; rejects with the signal's reason. */
  async flush(signal: AbortSignal): Promise<void> {
    this.#aggregator.flush();
    await this.#writer.whenIdle(signal);
  }

  /** Drops what was not written and stops. After it `record` does nothing. */
  close(): void {
    this.#closed = true;
    this.#aggregator.close();
    this.#writer.close();
  }

  /** The spam filter, for events that begin a series. */
  #admit(event: RecordedEvent): boolean {
    if (!this.#writer.isFull(namespaceOf(event)) && this.#bucketOf(event).tryTake()) return true;
    this.#dropped += 1;
    const { kind, namespace, name } = event.regarding;
    if (this.#dropped === 1) this.#log.warn('events are dropped', { kind, namespace, name, reason: event.reason });
    return false;
  }

  #bucketOf({ regarding, type }: RecordedEvent): TokenBucket {
    const key = `${type} ${regarding.uid}`;
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const bucket = new TokenBucket({ clock: this.#clock, perSecond: OBJECT_PER_SECOND, burst: OBJECT_BURST });
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
