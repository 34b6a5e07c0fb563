/**
 * Joins the events of many machines of a group into one: while a group of 500 is made there are 1,000 of them, and an
 * object may have about 25 events before new ones are dropped.
 */
import type { VmGroup } from '../../api/vm-group';
import type { CancelTimer, Clock } from '../../time/clock';
import { nameList } from '../model/name-list';
import type { GroupEvent, GroupEvents } from '../model/port';

/**
 * How long events wait for others like them: a single repair is written after a second, a long update once per minute.
 */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

interface Batch {
  readonly group: VmGroup;
  readonly event: GroupEvent;
  readonly machines: Set<string>;
}

interface Window {
  readonly batches: Map<string, Batch>;
  waitMs: number;
  cancelTimer: CancelTimer;
}

export class EventAggregator implements GroupEvents {
  /** By the UID of each group that has had events of machines recently. */
  readonly #windows = new Map<string, Window>();
  #closed = false;

  constructor(
    private readonly sink: Pick<GroupEvents, 'record'>,
    private readonly clock: Clock,
  ) {}

  /**
   * An event of a machine waits for events of the group that differ only in the machine. Any other event is written at
   * once, after those that wait.
   */
  record(group: VmGroup, event: GroupEvent): void {
    const { machine, ...rest } = event;
    if (machine === undefined) {
      this.flush(group);
      this.sink.record(group, event);
      return;
    }
    this.#gather(group, rest, machine);
    if (this.#closed) this.close();
  }

  flush({ metadata }: VmGroup): void {
    const window = this.#windows.get(metadata.uid);
    if (window !== undefined) this.#write(window);
  }

  /** Writes all events that wait. Later ones are written at once. */
  close(): void {
    this.#closed = true;
    for (const window of this.#windows.values()) {
      window.cancelTimer();
      this.#write(window);
    }
    this.#windows.clear();
  }

  #gather(group: VmGroup, event: GroupEvent, machine: string): void {
    const { batches } = this.#windowOf(group.metadata.uid);
    const key = JSON.stringify(event);
    const batch = batches.get(key);
    if (batch === undefined) batches.set(key, { group, event, machines: new Set([machine]) });
    else batch.machines.add(machine);
  }

  #windowOf(uid: string): Window {
    const known = this.#windows.get(uid);
    if (known !== undefined) return known;
    const window: Window = { batches: new Map(), waitMs: FIRST_WAIT_MS, cancelTimer: () => undefined };
    this.#windows.set(uid, window);
    this.#startTimer(uid, window);
    return window;
  }

  #startTimer(uid: string, window: Window): void {
    window.cancelTimer = this.clock.setTimer(window.waitMs, () => {
      // Without events the window ends: the next event is written after a second again.
      if (window.batches.size === 0) {
        this.#windows.delete(uid);
        return;
      }
      this.#write(window);
      window.waitMs = Math.min(LONGEST_WAIT_MS, 2 * window.waitMs);
      this.#startTimer(uid, window);
    });
  }

  #write({ batches }: Window): void {
    for (const { group, event, machines } of batches.values()) {
      this.sink.record(group, { ...event, note: `${nameList([...machines])}: ${event.note}` });
    }
    batches.clear();
  }
}
