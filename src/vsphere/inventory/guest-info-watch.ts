/**
 * Watches guestinfo keys of machines, for those who ask: one list view and one filter of the stream's collector per set of
 * keys. Nobody asks: no call is made. Keys are asked for one by one, since the other settings of a machine hold user-data
 * (R10).
 */
import { type Clock, sleep } from '../../time/clock';
import { jointSignal } from '../../time/joint-signal';
import type { InventoryChange, ManagedObjectReference } from '../port';
import { ListView } from '../property/list-view';
import { type AnswerObject, propertiesOf } from '../property/object-properties';
import { retrieveProperties } from '../property/property-reader';
import type { Extent } from '../property/property-value';
import type { UnreadValues } from '../property/unread-values';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import type { ObjectUpdate, PropertyFilterSpec } from '../vim25/types';
import { VsphereError } from '../vim25/vsphere-error';
import { detailsFilter } from './filter-specs';
import { guestInfoExpectations, guestInfoPaths } from './guest-info-record';
import type { GuestInfoWishes } from './guest-info-wishes';
import type { InventoryStore } from './inventory';

/** Many clones at once are ready to be watched one by one. */
const GATHER_MS = 250;
/** A machine that is no longer asked for may be watched a little longer: it costs some updates only. */
const REMOVALS_WAIT_MS = 5_000;
/** Between two looks at what is asked for: a group whose keys change all the time must not cost vCenter more (R9). */
const PAUSE_MS = 2_000;
/** So many filters without a machine are kept, for a set of keys often comes back. */
const MOST_IDLE = 8;

export interface GuestInfoWatchOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly wishes: GuestInfoWishes;
  readonly collector: ManagedObjectReference;
  readonly clock: Clock;
  readonly log: Log;
  readonly unread: UnreadValues;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** Called if a view or a filter cannot be made: the values would be missing, and the stream starts over. */
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

interface WatchedSet {
  readonly keys: readonly string[];
  readonly view: ManagedObjectReference;
  readonly filter: ManagedObjectReference;
  readonly spec: PropertyFilterSpec;
  readonly members: ListView;
  /** Ends all edits of the view, before it is destroyed. */
  readonly end: () => void;
  /** By the value of their reference. */
  machines: ReadonlyMap<string, ManagedObjectReference>;
}

export class GuestInfoWatch {
  readonly #options: GuestInfoWatchOptions;
  readonly #sets = new Map<string, WatchedSet>();
  /** Sets whose paths vCenter refused: their machines stay unread. */
  readonly #refused = new Set<string>();
  #running: Promise<void> | undefined;
  #isAsked = false;

  private constructor(options: GuestInfoWatchOptions) {
    this.#options = options;
  }

  /** Watches what is asked for already before the first wait, so that a sync has it. Then it follows what is asked for. */
  static async make(options: GuestInfoWatchOptions): Promise<GuestInfoWatch> {
    const watch = new GuestInfoWatch(options);
    await watch.#look();
    for (const { members } of watch.#sets.values()) await members.edit();
    options.wishes.listen(() => watch.#changed());
    return watch;
  }

  /** Objects of this watch in vCenter, which outlive the collector. */
  get views(): readonly ManagedObjectReference[] {
    return [...this.#sets.values()].map(({ view }) => view);
  }

  /** Whether an update comes from a filter of this watch. */
  isFrom(filter: ManagedObjectReference): boolean {
    return this.#setOf(filter) !== undefined;
  }

  /** Applies an update of one of the filters. A `leave` needs nothing: values are forgotten when nobody asks any more. */
  apply(filter: ManagedObjectReference, update: ObjectUpdate): InventoryChange | undefined {
    const set = this.#setOf(filter);
    if (update.kind === 'leave' || set === undefined) return undefined;
    return this.#applyObject(update, set, update.kind === 'enter' ? 'Whole' : 'Changes');
  }

  #applyObject(told: AnswerObject, { keys }: WatchedSet, extent: Extent): InventoryChange | undefined {
    const { store, unread, wishes } = this.#options;
    // Else the machine is asked for by other keys meanwhile: another filter tells them.
    if (wishes.keysOf(told.obj)?.join(' ') !== keys.join(' ')) return undefined;
    return store.applyGuestInfo(told.obj, keys, propertiesOf(told, guestInfoExpectations, unread), extent);
  }

  #setOf({ value }: ManagedObjectReference): WatchedSet | undefined {
    for (const set of this.#sets.values()) if (set.filter.value === value) return set;
    return undefined;
  }

  #changed(): void {
    const { signal, onFailure } = this.#options;
    this.#isAsked = true;
    if (signal.aborted || this.#running !== undefined) return;
    this.#running = this.#follow()
      .catch((error) => {
        if (!signal.aborted) onFailure(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #follow(): Promise<void> {
    const { clock, signal } = this.#options;
    do {
      await this.#look();
      await sleep(clock, PAUSE_MS, signal);
    } while (this.#isAsked);
  }

  async #look(): Promise<void> {
    this.#isAsked = false;
    const wanted = this.#options.wishes.all();
    for (const [name, { keys, machines }] of wanted) {
      const set = this.#sets.get(name) ?? (await this.#make(name, keys));
      if (set === undefined) continue;
      for (const [value, machine] of set.machines) if (!machines.has(value)) set.members.remove(machine);
      const added = [...machines.values()].filter((machine) => set.members.add(machine));
      set.machines = machines;
      if (added.length > 0) await this.#read(set);
    }
    for (const [name, set] of this.#sets) {
      if (wanted.has(name)) continue;
      for (const machine of set.machines.values()) set.members.remove(machine);
      set.machines = new Map();
    }
    await this.#dropIdle(new Set(wanted.keys()));
  }

  /** For machines that vCenter was not told to leave out before they were asked for again: it does not tell them anew. */
  async #read(set: WatchedSet): Promise<void> {
    const { session, emit, signal } = this.#options;
    const objects = await retrieveProperties(session, set.spec, { operationId: 'vmop-guestinfo', signal });
    emit(objects.flatMap((object) => this.#applyObject(object, set, 'Whole') ?? []));
  }

  async #make(name: string, keys: readonly string[]): Promise<WatchedSet | undefined> {
    if (this.#refused.has(name)) return undefined;
    const { session, collector, clock, log, signal } = this.#options;
    const call = { operationId: 'vmop-guestinfo', signal };
    const view = await session.invoke('CreateListView', session.service.viewManager, {}, call);
    try {
      const spec = detailsFilter(view, guestInfoPaths(keys));
      const filter = await session.invoke('CreateFilter', collector, { spec, partialUpdates: false }, call);
      const ended = new AbortController();
      const members = new ListView({
        ...{ session, view, operationId: 'vmop-guestinfo', clock, log },
        signal: jointSignal(signal, ended.signal).signal,
        gatherMs: GATHER_MS,
        removalsWaitMs: REMOVALS_WAIT_MS,
      });
      const set = { keys, view, filter, spec, members, end: () => ended.abort(), machines: new Map() };
      this.#sets.set(name, set);
      return set;
    } catch (error) {
      const { code } = VsphereError.from(error);
      if (code !== 'InvalidProperty') throw error;
      // One group asked for it: the others go on (R14).
      this.#refused.add(name);
      log.warn('vCenter does not watch these guestinfo keys', { keys: keys.join(' '), code });
      return undefined;
    }
  }

  async #dropIdle(wanted: ReadonlySet<string>): Promise<void> {
    const { session, signal } = this.#options;
    const call = { operationId: 'vmop-guestinfo', signal };
    const idle = [...this.#sets].filter(([name]) => !wanted.has(name));
    for (const [name, { filter, view, end }] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      this.#sets.delete(name);
      end();
      await session.invoke('DestroyPropertyFilter', filter, {}, call);
      await session.invoke('DestroyView', view, {}, call);
    }
  }
}
