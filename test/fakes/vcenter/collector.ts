/**
 * A property collector of one session: views, filters, and one wait at a time. It answers after a drawn delay, with the
 * state at that moment and not with each step to it, as vCenter does.
 */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import type { AnyValue } from '../../../src/vsphere/vim25/describe';
import type { ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { ObjectUpdate, UpdateSet } from '../../../src/vsphere/vim25/types';
import { type Quirks, within } from './chance';
import type { Change } from './inventory-truth';

/** What a collector reads from. */
export interface PropertySource {
  exists(ref: ManagedObjectReference): boolean;
  /** Objects of a view, in the order in which they are sent. */
  members(view: ManagedObjectReference): readonly ManagedObjectReference[];
  isMember(view: ManagedObjectReference, ref: ManagedObjectReference): boolean;
  property(ref: ManagedObjectReference, path: string): AnyValue | undefined;
  /** What is shown once of an object that does not exist. */
  ghost(ref: ManagedObjectReference): ObjectUpdate['changeSet'];
}

interface Filter {
  readonly ref: ManagedObjectReference;
  readonly view: ManagedObjectReference;
  readonly pathsByType: ReadonlyMap<string, readonly string[]>;
  /** Objects that the client knows through this filter. */
  readonly sent: Set<string>;
}

/** A change to send. An object is sent once per filter that covers it. */
interface News {
  readonly filter: Filter;
  readonly ref: ManagedObjectReference;
}

/** How a wait ends: with changes, without any at its timeout, or with an error when the session or connection is lost. */
export interface WaitEnds {
  answer(update: ReturnOf<'WaitForUpdatesEx'>): void;
  fail(error: Error): void;
}

const ROUNDING_MS = 0.001;

export class ModelCollector {
  readonly #filters: Filter[] = [];
  /** What must be sent, and when. */
  readonly #due = new Map<string, News & { readonly dueMs: number }>();
  #waiting: { readonly ends: WaitEnds; readonly cancel: () => void } | undefined;
  /** Objects of the first answer that are not sent yet. */
  #pages: News[] | undefined;
  #version = 0;

  constructor(
    private readonly source: PropertySource,
    private readonly quirks: Quirks,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  addFilter(ref: ManagedObjectReference, { objectSet, propSet }: ParametersOf<'CreateFilter'>['spec']): void {
    const view = objectSet[0]?.obj;
    if (view === undefined) throw new Error('the model knows filters through a view only');
    const pathsByType = new Map(propSet.map(({ type, pathSet }) => [type, pathSet ?? []]));
    this.#filters.push({ ref, view, pathsByType, sent: new Set() });
  }

  removeFilter({ value }: ManagedObjectReference): void {
    const index = this.#filters.findIndex(({ ref }) => ref.value === value);
    if (index >= 0) this.#filters.splice(index, 1);
    for (const [key, { filter }] of this.#due) if (filter.ref.value === value) this.#due.delete(key);
  }

  get filterCount(): number {
    return this.#filters.length;
  }

  /** An object, or its membership in one view, has changed. `lagMs` adds to the usual delay. */
  changed(ref: ManagedObjectReference, change: Change, lagMs: number, inView?: ManagedObjectReference): void {
    if (this.#version === 0) return;
    for (const filter of this.#filters) {
      if (inView !== undefined && inView.value !== filter.view.value) continue;
      const key = `${filter.ref.value} ${refKey(ref)}`;
      const known = this.#due.get(key);
      const isKnown = filter.sent.has(refKey(ref)) || known !== undefined;
      if (!isKnown && (change === 'Gone' || !this.#watches(filter, ref))) continue;
      const dueMs = this.clock.monotonicMs() + within(this.quirks.newsDelayMs, this.random) + lagMs;
      if (known === undefined || known.dueMs > dueMs) this.#due.set(key, { filter, ref, dueMs });
    }
    this.#wake();
  }

  /** Starts a wait. Returns a function that ends it without an answer. */
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

  /** Ends the current wait with an error, if there is one. */
  fail(error: Error): void {
    const waiting = this.#waiting;
    waiting?.cancel();
    waiting?.ends.fail(error);
  }

  #restart(): void {
    for (const { sent } of this.#filters) sent.clear();
    this.#due.clear();
    this.#version = 1;
    this.#pages = this.#filters.flatMap((filter) => this.source.members(filter.view).map((ref) => ({ filter, ref })));
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
    // The timer is not cancelled when this wait ends: another wait may have begun when it fires.
    this.clock.setTimer(soonest - this.clock.monotonicMs(), () => this.#sendDue());
  }

  #sendDue(): void {
    if (this.#waiting === undefined || this.#pages !== undefined) return;
    // A timer may fire too early by a rounding error, and no other timer would follow it.
    const nowMs = this.clock.monotonicMs() + ROUNDING_MS;
    const ready = [...this.#due].filter(([, { dueMs }]) => dueMs <= nowMs);
    const page = ready.slice(0, this.quirks.pageObjects);
    for (const [key] of page) this.#due.delete(key);
    const news = page.map(([, due]) => due);
    if (news.length > 0) this.#answer(this.#updateOf(news, page.length < ready.length ? 'Truncated' : 'Complete'));
    // A timer of the system fires up to a millisecond early.
    else this.#wake();
  }

  #answer(update: UpdateSet | undefined): void {
    const waiting = this.#waiting;
    waiting?.cancel();
    waiting?.ends.answer(update);
  }

  #updateOf(news: readonly News[], ending: 'Complete' | 'Truncated'): UpdateSet {
    this.#version += 1;
    const filterSet = [...Map.groupBy(news, ({ filter }) => filter)].map(([filter, own]) => ({
      filter: filter.ref,
      objectSet: own.flatMap(({ ref }) => this.#objectUpdate(filter, ref) ?? []),
    }));
    return { version: String(this.#version), filterSet, truncated: ending === 'Truncated' };
  }

  #objectUpdate(filter: Filter, ref: ManagedObjectReference): ObjectUpdate | undefined {
    const key = refKey(ref);
    const paths = filter.pathsByType.get(ref.type);
    const ghost = this.source.ghost(ref);
    if (ghost !== undefined && this.#watches(filter, ref)) return { kind: 'enter', obj: ref, changeSet: ghost };
    if (paths === undefined || !this.#watches(filter, ref) || !this.source.exists(ref))
      return filter.sent.delete(key) ? { kind: 'leave', obj: ref } : undefined;
    const kind = filter.sent.has(key) ? 'modify' : 'enter';
    filter.sent.add(key);
    const all = paths.map((name) => ({ name, op: 'assign', val: this.source.property(ref, name) }));
    // For a new object only properties with values are sent; later an unset property is a change.
    return { kind, obj: ref, changeSet: kind === 'enter' ? all.filter(({ val }) => val !== undefined) : all };
  }

  #watches({ view, pathsByType }: Filter, ref: ManagedObjectReference): boolean {
    return pathsByType.has(ref.type) && this.source.isMember(view, ref);
  }
}
