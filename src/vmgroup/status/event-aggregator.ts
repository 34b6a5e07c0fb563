/**
 * Tells what happens to many machines of a group as one event: a group of 500 has 1,000 things to tell while it is made,
 * and an object may have some 25 events before new ones are dropped.
 */
import type { VmGroup } from '../../api/vm-group';
import type { CancelTimer, Clock } from '../../time/clock';
import { nameList } from '../model/name-list';
import type { GroupEvent, GroupEvents } from '../model/port';

/** How long events wait for others like them: a single repair is told after a second, a long update once a minute. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

interface Batch {
  readonly group: VmGroup;
  readonly event: GroupEvent;
  readonly machines: Set<string>;
}

interface Gathering {
  readonly batches: Map<string, Batch>;
  waitMs: number;
  cancelTimer: CancelTimer;
}

export class EventAggregator implements GroupEvents {
  /** By the UID of the group, while it has had events of machines of late. */
  readonly #gatherings = new Map<string, Gathering>();
  #closed = false;

  constructor(
    private readonly sink: Pick<GroupEvents, 'record'>,
    private readonly clock: Clock,
  ) {}

  /**
   * What happened to a machine is gathered with events of the group that differ in the machine alone; anything else is
   * told at once, after what was gathered before it.
   */
  record(group: VmGroup, event: GroupEvent): void {
    const { machine, ...told } = event;
    if (machine === undefined) {
      this.flush(group);
      this.sink.record(group, event);
      return;
    }
    this.#gather(group, told, machine);
    if (this.#closed) this.close();
  }

  flush({ metadata }: VmGroup): void {
    const gathering = this.#gatherings.get(metadata.uid);
    if (gathering !== undefined) this.#tell(gathering);
  }

  /** Tells all that waits. What comes later is told at once. */
  close(): void {
    this.#closed = true;
    for (const gathering of this.#gatherings.values()) {
      gathering.cancelTimer();
      this.#tell(gathering);
    }
    this.#gatherings.clear();
  }

  #gather(group: VmGroup, event: GroupEvent, machine: string): void {
    const { batches } = this.#gatheringOf(group.metadata.uid);
    const key = JSON.stringify(event);
    const batch = batches.get(key);
    if (batch === undefined) batches.set(key, { group, event, machines: new Set([machine]) });
    else batch.machines.add(machine);
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
      // A quiet time ends it: what comes next is told soon again.
      if (gathering.batches.size === 0) {
        this.#gatherings.delete(uid);
        return;
      }
      this.#tell(gathering);
      gathering.waitMs = Math.min(LONGEST_WAIT_MS, 2 * gathering.waitMs);
      this.#startTimer(uid, gathering);
    });
  }

  #tell({ batches }: Gathering): void {
    for (const { group, event, machines } of batches.values()) {
      this.sink.record(group, { ...event, note: `${nameList([...machines])}: ${event.note}` });
    }
    batches.clear();
  }
}
