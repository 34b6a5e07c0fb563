/**
 * A property collector of one session: views, filters, and one wait at a time. It tells the state at the moment of the
 * answer, not each step to it, after a drawn delay, as vCenter does.
 */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { ObjectUpdate, UpdateSet } from '../../../src/vsphere/vim25/types';
import { type Quirks, within } from './chance';
import type { Change } from './inventory-truth';

/** Where a collector reads. */
export interface PropertySource {
  exists(ref: ManagedObjectReference): boolean;
  /** Objects of a view, in the order in which they are told. */
  members(view: ManagedObjectReference): readonly ManagedObjectReference[];
  property(ref: ManagedObjectReference, path: string): AnyValue | undefined;
}

interface Filter {
  readonly view: ManagedObjectReference;
  readonly pathsByType: ReadonlyMap<string, readonly string[]>;
}

/** How a wait ends: with news, with nothing in time, or with an error, since its session or the network is gone. */
export interface WaitEnds {
  answer(update: ReturnOf<'WaitForUpdatesEx'>): void;
  fail(error: Error): void;
}

export class ModelCollector {
  readonly #filters: Filter[] = [];
  /** What has been told and has not left. */
  readonly #told = new Set<string>();
  /** What is to be told, and from when on. */
  readonly #due = new Map<string, { readonly ref: ManagedObjectReference; dueMs: number }>();
  #waiting: { readonly ends: WaitEnds; readonly cancel: () => void } | undefined;
  /** Pages of the first answer that are left to tell. */
  #pages: ManagedObjectReference[] | undefined;
  #version = 0;

  constructor(
    private readonly source: PropertySource,
    private readonly quirks: Quirks,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  addFilter({ objectSet, propSet }: ParametersOf<'CreateFilter'>['spec']): void {
    const view = objectSet[0]?.obj;
    if (view === undefined) throw new Error('the model knows filters through a view only');
    this.#filters.push({ view, pathsByType: new Map(propSet.map(({ type, pathSet }) => [type, pathSet ?? []])) });
  }

  /** Something has changed; `lag` delays it beyond the usual. */
  changed(ref: ManagedObjectReference, change: Change, lagMs: number): void {
    if (this.#version === 0) return;
    const key = refKey(ref);
    if (change === 'Gone' ? !this.#told.has(key) && !this.#due.has(key) : !this.#isMember(ref)) return;
    const dueMs = this.clock.monotonicMs() + within(this.quirks.newsDelayMs, this.random) + lagMs;
    const known = this.#due.get(key);
    if (known !== undefined && known.dueMs <= dueMs) return;
    this.#due.set(key, { ref, dueMs });
    this.#wake();
  }

  /** The function that ends the wait without an answer is returned. */
  wait(version: string, maxWaitMs: number, ends: WaitEnds): () => void {
    this.#waiting?.cancel();
    if (version === '') this.#restart();
    const timers = new Set<() => void>();
    const cancel = () => {
      for (const stop of timers) stop();
      if (this.#waiting?.cancel === cancel) this.#waiting = undefined;
    };
    this.#waiting = { ends, cancel };
    timers.add(this.clock.setTimer(maxWaitMs, () => this.#answer(undefined)));
    this.#wake();
    return cancel;
  }

  /** Ends the wait under way, if there is one. */
  fail(error: Error): void {
    const waiting = this.#waiting;
    waiting?.cancel();
    waiting?.ends.fail(error);
  }

  #restart(): void {
    this.#told.clear();
    this.#due.clear();
    this.#version = 1;
    this.#pages = this.#filters.flatMap(({ view }) => [...this.source.members(view)]);
  }

  #wake(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    if (this.#pages !== undefined) {
      const page = this.#pages.splice(0, this.quirks.pageObjects);
      const isLast = this.#pages.length === 0;
      if (isLast) this.#pages = undefined;
      this.#answer(this.#updateOf(page, isLast ? 'Complete' : 'Truncated'));
      return;
    }
    const soonest = Math.min(...[...this.#due.values()].map(({ dueMs }) => dueMs));
    if (soonest === Number.POSITIVE_INFINITY) return;
    // The timer finds out for itself whether somebody still waits: waits come and go before it fires.
    this.clock.setTimer(soonest - this.clock.monotonicMs(), () => this.#tellDue());
  }

  #tellDue(): void {
    if (this.#waiting === undefined || this.#pages !== undefined) return;
    const nowMs = this.clock.monotonicMs();
    const ready = [...this.#due].filter(([, { dueMs }]) => dueMs <= nowMs);
    for (const [key] of ready) this.#due.delete(key);
    if (ready.length > 0)
      this.#answer(
        this.#updateOf(
          ready.map(([, { ref }]) => ref),
          'Complete',
        ),
      );
  }

  #answer(update: UpdateSet | undefined): void {
    const waiting = this.#waiting;
    waiting?.cancel();
    waiting?.ends.answer(update);
  }

  #updateOf(refs: readonly ManagedObjectReference[], ending: 'Complete' | 'Truncated'): UpdateSet {
    this.#version += 1;
    const objectSet = refs.flatMap((ref) => this.#objectUpdate(ref) ?? []);
    return {
      version: String(this.#version),
      filterSet: [{ filter: { type: 'PropertyFilter', value: 'filter' }, objectSet }],
      truncated: ending === 'Truncated',
    };
  }

  #objectUpdate(ref: ManagedObjectReference): ObjectUpdate | undefined {
    const key = refKey(ref);
    const paths = this.#isMember(ref) && this.source.exists(ref) ? this.#pathsFor(ref) : undefined;
    if (paths === undefined) return this.#told.delete(key) ? { kind: 'leave', obj: ref } : undefined;
    const kind = this.#told.has(key) ? 'modify' : 'enter';
    this.#told.add(key);
    const changeSet = paths.map((name) => ({ name, op: 'assign', val: this.source.property(ref, name) }));
    return { kind, obj: ref, changeSet };
  }

  #pathsFor(ref: ManagedObjectReference): readonly string[] | undefined {
    for (const { pathsByType } of this.#filters) {
      const paths = pathsByType.get(ref.type);
      if (paths !== undefined) return paths;
    }
    return undefined;
  }

  #isMember(ref: ManagedObjectReference): boolean {
    if (this.#pathsFor(ref) === undefined) return false;
    // Views of the whole inventory hold all; the view of tasks holds what was put into it.
    if (ref.type !== 'Task') return true;
    return this.#filters.some(({ view }) => this.source.members(view).some((member) => member.value === ref.value));
  }
}
