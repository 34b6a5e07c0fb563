import type { CancelTimer, Clock } from '../time/clock';
import { BoundedMap } from './bounded-map';
import { microTime, type RecordedEvent } from './event';
import type { EventSeries } from './event-series';

/** How long events wait for others like them. A single repair is written after 1 s, a long update once a minute. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** Equal events within this time are one series (client-go: finishTime). */
const SERIES_ENDS_MS = 6 * 60_000;
const SERIES_LIMIT = 1_000;

/** What takes the series. */
export interface SeriesWriter {
  /** Whether a new event may be written; counts it if so. */
  admit(event: RecordedEvent): boolean;
  write(series: EventSeries): void;
  /** Writes the count of a series that has grown, with pauses between two writes. */
  writeLater(series: EventSeries): void;
  /** Cancels `writeLater`. */
  cancel(series: EventSeries): void;
}

/** Events of one object that differ in their subject only. */
interface Batch {
  readonly event: RecordedEvent;
  readonly subjects: Set<string>;
}

/** The events of one object that wait. */
interface Gathering {
  readonly batches: Map<string, Batch>;
  waitMs: number;
  cancelTimer: CancelTimer;
}

/**
 * Makes few events of many, in two steps:
 *
 * 1. Events of one object that differ in their subject only become one event that names the subjects. A group of 500
 *    machines has 1,000 things to report while it is created, and an object may have some 25 events before new ones are
 *    dropped. Such events wait, 1 s at first. The wait doubles up to 60 s while more of them come.
 * 2. An event equal to one of the last 6 minutes counts up the series of that one.
 */
export class EventAggregator {
  /** By the UID of the object, while it has events with a subject. */
  readonly #gatherings = new Map<string, Gathering>();
  readonly #series: BoundedMap<EventSeries>;
  #gathers = true;

  constructor(
    private readonly writer: SeriesWriter,
    private readonly clock: Clock,
  ) {
    const mayGo = (series: EventSeries) => clock.monotonicMs() - series.lastObservedMs >= SERIES_ENDS_MS;
    this.#series = new BoundedMap({ limit: SERIES_LIMIT, mayGo });
  }

  /** An event without a subject does not wait. It is passed on after what was gathered for its object before it. */
  record(event: RecordedEvent): void {
    const { subject, ...rest } = event;
    const { uid } = event.regarding;
    if (subject === undefined) {
      this.passOn(uid);
      this.#countOrBegin(rest);
      return;
    }
    this.#gather(uid, rest, subject);
    if (!this.#gathers) this.stopGathering();
  }

  /** Passes on what was gathered for this object. */
  passOn(uid: string): void {
    const gathering = this.#gatherings.get(uid);
    if (gathering !== undefined) this.#passOn(gathering);
  }

  /** Passes on all that waits: gathered events, and the counts of series. */
  flush(): void {
    for (const gathering of this.#gatherings.values()) this.#passOn(gathering);
    for (const series of this.#series.values()) if (series.count > series.writtenCount) this.writer.write(series);
  }

  /** Passes on what was gathered. From now on no event waits. */
  stopGathering(): void {
    this.#gathers = false;
    for (const gathering of this.#gatherings.values()) {
      gathering.cancelTimer();
      this.#passOn(gathering);
    }
    this.#gatherings.clear();
  }

  /** Drops all that waits. */
  close(): void {
    for (const { cancelTimer } of this.#gatherings.values()) cancelTimer();
    this.#gatherings.clear();
    for (const series of this.#series.values()) this.writer.cancel(series);
    this.#series.clear();
  }

  #gather(uid: string, event: RecordedEvent, subject: string): void {
    const { batches } = this.#gatheringOf(uid);
    const key = keyOf(event);
    const batch = batches.get(key);
    if (batch === undefined) batches.set(key, { event, subjects: new Set([subject]) });
    else batch.subjects.add(subject);
  }

  #gatheringOf(uid: string): Gathering {
    const known = this.#gatherings.get(uid);
    if (known !== undefined) return known;
    const gathering: Gathering = { batches: new Map(), waitMs: FIRST_WAIT_MS, cancelTimer: () => undefined };
    this.#gatherings.set(uid, gathering);
    this.#startTimer(uid, gathering);
    return gathering;
  }

  #startTimer(uid: string, gathering: Gathering): void {
    gathering.cancelTimer = this.clock.setTimer(gathering.waitMs, () => {
      // Nothing came during the last wait: the next event waits for the first wait only.
      if (gathering.batches.size === 0) {
        this.#gatherings.delete(uid);
        return;
      }
      this.#passOn(gathering);
      gathering.waitMs = Math.min(LONGEST_WAIT_MS, 2 * gathering.waitMs);
      this.#startTimer(uid, gathering);
    });
  }

  #passOn({ batches }: Gathering): void {
    for (const { event, subjects } of batches.values())
      this.#countOrBegin({ ...event, note: `${nameList([...subjects])}: ${event.note}` });
    batches.clear();
  }

  #countOrBegin(event: RecordedEvent): void {
    const nowMs = this.clock.monotonicMs();
    const now = microTime(this.clock.wallMs());
    const key = keyOf(event);
    const known = this.#series.get(key);
    if (known !== undefined && nowMs - known.lastObservedMs < SERIES_ENDS_MS) {
      known.count += 1;
      known.lastObservedTime = now;
      known.lastObservedMs = nowMs;
      this.writer.writeLater(known);
      return;
    }
    if (!this.writer.admit(event)) return;
    if (known !== undefined) this.writer.cancel(known);
    const series = newSeries(event, now, nowMs);
    // A removed series that is queued is written all the same: the writer's queue holds it.
    for (const removed of this.#series.set(key, series)) this.writer.cancel(removed);
    this.writer.write(series);
  }
}

function newSeries(event: RecordedEvent, now: string, nowMs: number): EventSeries {
  return {
    event,
    eventTime: now,
    count: 1,
    lastObservedTime: now,
    lastObservedMs: nowMs,
    name: undefined,
    writtenCount: 0,
    lastWriteMs: nowMs,
    queued: false,
    cancelTimer: undefined,
  };
}

function keyOf({ regarding, type, reason, action, note }: RecordedEvent): string {
  return JSON.stringify([regarding.uid, type, reason, action, note]);
}

/** At most three names, and how many more there are. */
function nameList(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
