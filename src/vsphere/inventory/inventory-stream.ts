/**
 * One property collector, and one wait at a time (docs/vsphere.md#the-stream). A lost or failed wait ends `run`. The
 * next run creates a new collector and starts with the empty version (docs/vsphere.md#a-lost-wait-starts-over); its
 * sync shows what has changed meanwhile.
 */
import { type Clock, deadline, sleep } from '../../time/clock';
import { jointSignal } from '../../time/joint-signal';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { InventoryChange, ManagedObjectReference } from '../port';
import { isReference, propertiesOf } from '../property/object-properties';
import { PageSize } from '../property/page-size';
import type { UnreadValues } from '../property/unread-values';
import type { Log } from '../session/log';
import type { Session } from '../session/session';
import type { TaskTracker } from '../task/tracker';
import type { ObjectUpdate, UpdateSet } from '../vim25/types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { DetailsWatch } from './details-watch';
import { ENTITY_TYPES } from './entity-index';
import { entitiesFilter, machinesFilter, tasksFilter } from './filter-specs';
import { GuestInfoWatch } from './guest-info-watch';
import type { GuestInfoWishes } from './guest-info-wishes';
import { expectationsOf, type InventoryStore } from './inventory';
import { ObjectReread } from './object-reread';
import { OwnFilters } from './own-filters';
import { Reentry } from './reentry';
import { hasTaskEnd } from './task-ends';
import { UnreadableReread } from './unreadable-reread';
import { WaitPace } from './wait-pace';

export const MAX_WAIT_SECONDS = 60;
/** While vCenter calculates, it may answer later than asked (docs/vsphere.md#one-wait-at-a-time). */
const WAIT_TIMEOUT_MS = (MAX_WAIT_SECONDS + 60) * 1000;
/** A wait without an answer for this long may be lost, and what the inventory shows may be old. */
const OVERDUE_MS = (MAX_WAIT_SECONDS + 10) * 1000;
/** Pages of a sync in a row that show nothing new: it would never end. */
const MOST_IDLE_PAGES = 100;
/** After an empty answer that comes sooner than this there is a pause, so that the loop is never hot. */
const SOONEST_EMPTY_MS = 1000;
const KINDS: readonly string[] = ['enter', 'modify', 'leave'];
const CLEANUP_TIMEOUT_MS = 5_000;

export interface InventoryStreamOptions {
  readonly session: Session;
  readonly store: InventoryStore;
  readonly wishes: GuestInfoWishes;
  readonly tasks: TaskTracker;
  readonly watchedKeys: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly unread: UnreadValues;
  readonly emit: (changes: readonly InventoryChange[]) => void;
  /** Called when an overdue wait was answered. */
  readonly onOverdueAnswer: () => void;
}

interface Collector {
  readonly ref: ManagedObjectReference;
  readonly views: readonly ManagedObjectReference[];
  readonly filters: readonly ManagedObjectReference[];
  readonly details: DetailsWatch;
  readonly guestInfo: GuestInfoWatch;
}

export class InventoryStream {
  readonly #options: InventoryStreamOptions;
  /** Whether the running sync has shown an object without a reference. */
  #nameless = false;
  /** Stays small for all later runs when a page was too large once. */
  readonly #pageSize = new PageSize();
  /** When the running wait was sent. */
  #waitingSinceMs = 0;
  /** Resolves when the objects that the last run created in vCenter were removed. */
  cleanup: Promise<void> = Promise.resolve();

  constructor(options: InventoryStreamOptions) {
    this.#options = options;
  }

  /** Monotonic time of the last answer; undefined before the first. One comes at least once a minute. */
  answeredAtMs: number | undefined;

  /** Whether the running wait is so late that it may be lost. Then nobody knows how old the inventory is. */
  get isOverdue(): boolean {
    return this.#options.clock.monotonicMs() - this.#waitingSinceMs > OVERDUE_MS;
  }

  /** Syncs, calls `onSynced`, then follows all changes. Never resolves; rejects when it fails or is aborted. */
  async run(signal: AbortSignal, onSynced: () => void): Promise<never> {
    const { session, tasks } = this.#options;
    const [ended, failed] = [new AbortController(), new AbortController()];
    const { signal: running } = jointSignal(signal, ended.signal, failed.signal);
    let replaced = false;
    const stopListening = session.onReplaced(() => {
      replaced = true;
      failed.abort(transportError('ConnectionLost', 'the session has ended, and its collector with it', 'Refused'));
    });
    let collector: Collector | undefined;
    try {
      collector = await this.#create(running, (error) => failed.abort(error));
      return await this.#follow(collector, running, onSynced, (error) => failed.abort(error));
    } catch (error) {
      throw failed.signal.aborted && !signal.aborted ? failed.signal.reason : error;
    } finally {
      stopListening();
      ended.abort();
      tasks.detach();
      if (collector !== undefined && !replaced) this.cleanup = this.#destroy(collector);
    }
  }

  /** Creates all filters before the first wait (docs/vsphere.md#one-collector-four-filters). */
  async #create(signal: AbortSignal, onFailure: (error: unknown) => void): Promise<Collector> {
    const { session, store, tasks, watchedKeys, clock, log, unread, emit } = this.#options;
    const call = { operationId: 'vmop-inventory', signal };
    const { propertyCollector, viewManager, rootFolder } = session.service;
    const ref = await session.invoke('CreatePropertyCollector', propertyCollector, {}, call);
    const containerView = (type: readonly string[]) =>
      session.invoke('CreateContainerView', viewManager, { container: rootFolder, type, recursive: true }, call);
    const machines = await containerView(['VirtualMachine']);
    const entities = await containerView(ENTITY_TYPES);
    const taskList = await session.invoke('CreateListView', viewManager, {}, call);
    const marked = await session.invoke('CreateListView', viewManager, {}, call);
    const filters: ManagedObjectReference[] = [];
    for (const spec of [machinesFilter(machines, watchedKeys), entitiesFilter(entities), tasksFilter(taskList)])
      filters.push(await session.invoke('CreateFilter', ref, { spec, partialUpdates: false }, call));
    const details = await DetailsWatch.make(
      { session, store, clock, log, unread, emit, onFailure, signal },
      ref,
      marked,
    );
    const { wishes } = this.#options;
    const watched = { session, store, wishes, clock, log, unread, emit, onFailure, signal };
    const guestInfo = await GuestInfoWatch.make({ ...watched, collector: ref });
    tasks.attach(taskList);
    return { ref, views: [machines, entities, taskList, marked], filters, details, guestInfo };
  }

  async #follow(
    collector: Collector,
    signal: AbortSignal,
    onSynced: () => void,
    onFailure: (error: unknown) => void,
  ): Promise<never> {
    const { session, store, clock, watchedKeys, log, unread } = this.#options;
    const { details, guestInfo } = collector;
    const own = [...collector.filters, details.filter];
    const filters = new OwnFilters(own, (filter) => guestInfo.isFrom(filter), { session, log, signal });
    const emit = (changes: readonly InventoryChange[]) => {
      details.note(changes);
      unreadable.note(changes);
      this.#options.emit(changes);
    };
    const reread = new ObjectReread({ session, store, unread, watchedKeys, clock, emit, onFailure, signal });
    const unreadable = new UnreadableReread({ store, clock, want: (ref) => reread.want(ref), signal });
    let version = '';
    let synced = false;
    let round = new Reentry(store);
    const pace = new WaitPace(clock);
    let idlePages = 0;
    store.beginSync();
    this.#nameless = false;
    for (;;) {
      const startMs = clock.monotonicMs();
      this.#waitingSinceMs = startMs;
      const update = await this.#wait(collector.ref, version, signal);
      signal.throwIfAborted();
      const wasOverdue = this.isOverdue;
      this.#waitingSinceMs = clock.monotonicMs();
      this.answeredAtMs = this.#waitingSinceMs;
      if (update !== undefined) {
        version = update.version;
        const seenBefore = store.seenCount;
        emit(this.#apply(update, collector, reread, round, filters));
        idlePages = synced || store.seenCount > seenBefore ? 0 : idlePages + 1;
        if (idlePages > MOST_IDLE_PAGES)
          throw transportError(
            'MalformedResponse',
            `the sync does not end: ${idlePages} pages show nothing new`,
            'Unknown',
          );
        if (hasTaskEnd(update)) unreadable.taskEnded();
      } else if (synced && clock.monotonicMs() - startMs < SOONEST_EMPTY_MS) {
        await sleep(clock, SOONEST_EMPTY_MS, signal);
      }
      const pauseMs = pace.answered();
      if (pauseMs > 0) await sleep(clock, pauseMs, signal);
      if (wasOverdue) this.#options.onOverdueAnswer();
      if (!synced && update?.truncated !== true) {
        synced = true;
        emit(this.#endSync(reread));
        unreadable.begin();
        await details.fill({ operationId: 'vmop-details', signal });
        onSynced();
        round = new Reentry(store);
      } else if (update?.truncated !== true) {
        for (const ref of round.unseen()) reread.want(ref);
        round = new Reentry(store);
      }
    }
  }

  /** What a sync has not shown is gone. One that showed an object without a reference may have meant any: they are read. */
  #endSync(reread: ObjectReread): readonly InventoryChange[] {
    const { store } = this.#options;
    if (!this.#nameless) return store.endSync();
    for (const ref of store.unseen()) reread.want(ref);
    return store.endSync([]);
  }

  #wait(collector: ManagedObjectReference, version: string, signal: AbortSignal): Promise<UpdateSet | undefined> {
    const options = { maxWaitSeconds: MAX_WAIT_SECONDS, maxObjectUpdates: this.#pageSize.objects };
    const call = { operationId: 'vmop-wait', signal, timeoutMs: WAIT_TIMEOUT_MS };
    return this.#options.session.invoke('WaitForUpdatesEx', collector, { version, options }, call).catch((error) => {
      this.#pageSize.shrinkAfter(error);
      throw error;
    });
  }

  /** The whole update first, then the events: a listener sees a picture that is not half old. */
  #apply(
    update: UpdateSet,
    { details, guestInfo }: Pick<Collector, 'details' | 'guestInfo'>,
    reread: ObjectReread,
    round: Reentry,
    filters: OwnFilters,
  ): readonly InventoryChange[] {
    const changes: InventoryChange[] = [];
    for (const filter of update.filterSet ?? []) {
      if (!filters.has(filter.filter)) continue;
      for (const { fault } of filter.missingSet ?? []) throwIfLost(errorOfLocalizedFault(fault));
      for (const object of filter.objectSet ?? []) {
        for (const { fault } of object.missingSet ?? []) throwIfLost(errorOfLocalizedFault(fault));
        if (!this.#isNamed(object)) continue;
        const change = guestInfo.isFrom(filter.filter)
          ? guestInfo.apply(filter.filter, object)
          : details.isFrom(filter.filter)
            ? details.apply(object)
            : this.#applyObject(object, reread, round);
        if (change !== undefined) changes.push(change);
      }
    }
    return changes;
  }

  #isNamed({ obj }: ObjectUpdate): boolean {
    if (isReference(obj)) return true;
    this.#options.unread.report(obj, 'obj', 'an object without a reference');
    this.#nameless = true;
    return false;
  }

  #applyObject(object: ObjectUpdate, reread: ObjectReread, round: Reentry): InventoryChange | undefined {
    const { store, tasks, unread } = this.#options;
    const { kind, obj } = object;
    if (obj.type === 'Task') {
      for (const { path, value } of propertiesOf(object, () => undefined, unread))
        if (path === 'info') tasks.update(obj, value);
      return undefined;
    }
    if (!KINDS.includes(kind)) {
      unread.report(obj, 'kind', `"${kind}" is no kind of update`);
      reread.want(obj);
      return undefined;
    }
    if (kind === 'enter') round.entered(obj);
    reread.touch(obj);
    if (kind === 'leave') return store.remove(obj);
    const before = store.changeVersionOf(obj);
    const properties = propertiesOf(object, expectationsOf(obj), unread);
    const change = store.apply(obj, properties, kind === 'enter' ? 'Whole' : 'Changes');
    if (properties.some(({ path }) => path === '')) reread.want(obj);
    const after = store.changeVersionOf(obj);
    if (kind === 'modify' && after !== undefined && after !== before) reread.want(obj);
    return change;
  }

  /** Not with the signal of the run, which is aborted already. What is not removed ends with the session. */
  async #destroy(collector: Collector): Promise<void> {
    const { session, clock, log } = this.#options;
    const limit = deadline(clock, CLEANUP_TIMEOUT_MS, new AbortController().signal, () =>
      transportError('Timeout', 'no answer to the removal of a collector', 'Unknown'),
    );
    const call = { operationId: 'vmop-inventory', signal: limit.signal };
    try {
      await session.invoke('DestroyPropertyCollector', collector.ref, {}, call);
      for (const view of [...collector.views, ...collector.guestInfo.views])
        await session.invoke('DestroyView', view, {}, call);
    } catch (error) {
      log.info('a collector was not removed; it ends with the session', { code: VsphereError.from(error).code });
    } finally {
      limit.done();
    }
  }
}

/** A property that the account may not read counts as absent. A lost session does not (docs/vsphere.md#missingset). */
function throwIfLost(error: VsphereError): void {
  if (error.code === 'NotAuthenticated') throw error;
}
