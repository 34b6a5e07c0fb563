/** One lane of the dispatcher: its waiting work, its work in flight, and whose turn it is. */
import type { CancelTimer, Clock } from '../../time/clock';
import type { Work } from '../port';
import { Backpressure } from './backpressure';
import { AdaptiveLimit, fixedLimit, type Limit } from './limit';
import { Turns } from './turns';

export interface LaneOptions {
  /** Limit of work in flight, without what is overdue; undefined: as much as brings something. */
  readonly limit: number | undefined;
  /** A limit that finds itself does not go below. */
  readonly least: number;
  /** Whether tasks that vCenter queues, or refuses as too many, hold others of their kind back. */
  readonly feelsBackpressure: boolean;
  /** Work that is in flight for longer than this is overdue. */
  readonly overdueMs: number;
  readonly clock: Clock;
  /** Called when work becomes overdue, so that other work may start. */
  readonly onOverdue: (works: readonly InFlightWork[]) => void;
}

export interface InFlightWork {
  readonly owner: string;
  readonly work: Work;
  readonly sinceMs: number;
  /** In flight in the lane, and on each of its datastores, as it began; itself among them. */
  readonly begunBeside: readonly number[];
}

/** How work ended, as far as it says something about the limits. */
export type EndSign = 'Succeeded' | 'Failed' | 'RefusedAsTooMuch';

export interface TakenWork {
  readonly owner: string;
  readonly work: Work;
  /** For its turn. */
  readonly waitedMs: number;
}

/** Waiting work of one owner by its kind and datastores, or by what it is sent alone for. The first of each is at the end, where it is cheap to take. */
type Waiting = Map<string, QueuedWork[]>;

interface QueuedWork {
  readonly work: Work;
  readonly order: number;
  /** Since when it waits, also in former plans of its owner. */
  readonly sinceMs: number;
}

export class LaneState {
  readonly #limit: Limit;
  /** Those of datastores that have had work, where the limits find themselves. */
  readonly #datastoreLimits = new Map<string, Limit>();
  readonly #backpressure: Backpressure | undefined;
  readonly #options: LaneOptions;
  readonly #waiting = new Turns<Waiting>();
  readonly #byOwner = new Map<string, Set<InFlightWork>>();
  readonly #byDatastore = new Map<string, number>();
  readonly #alone = new Set<string>();
  /** Work that counts for the limit, the oldest first. */
  readonly #counted = new Set<InFlightWork>();
  #waitingCount = 0;
  #waitingToBringUp = 0;
  #inFlightCount = 0;
  #stopTimer: CancelTimer | undefined;

  constructor(options: LaneOptions) {
    const { limit, feelsBackpressure, clock } = options;
    this.#options = options;
    this.#limit = limit === undefined ? new AdaptiveLimit(clock, options.least) : fixedLimit(limit);
    this.#backpressure = feelsBackpressure ? new Backpressure(clock) : undefined;
  }

  get limit(): number {
    return this.#limit.current;
  }

  /** The limit of one owner, and of one datastore. Overdue work counts here, so that whoever hangs waits. */
  get shareLimit(): number {
    return Math.max(1, Math.floor((this.limit * 3) / 4));
  }

  /** What would bring a machine up waits for the limit of the lane. */
  get holdsUpMachines(): boolean {
    return this.#waitingToBringUp > 0 && this.#counted.size >= this.limit;
  }

  get counts() {
    const overdue = this.#inFlightCount - this.#counted.size;
    return { waiting: this.#waitingCount, inFlight: this.#inFlightCount, overdue, limit: this.limit };
  }

  /** Replaces all waiting work of an owner, which keeps its turn. Work that is planned again has waited since it first was. */
  replace(owner: string, works: readonly Work[]): void {
    const former = [...(this.#waiting.get(owner)?.values() ?? [])].flat();
    const sinceMs = new Map(former.map((queued) => [queued.work.key, queued.sinceMs]));
    const nowMs = this.#options.clock.monotonicMs();
    this.#waitingCount += works.length - former.length;
    this.#waitingToBringUp += works.filter(bringsUp).length - former.filter(({ work }) => bringsUp(work)).length;
    if (works.length === 0) {
      this.#waiting.delete(owner);
      return;
    }
    const queued = works.map((work, order) => ({ work, order, sinceMs: sinceMs.get(work.key) ?? nowMs })).reverse();
    this.#waiting.set(
      works[0]?.tenant ?? owner,
      owner,
      Map.groupBy(queued, ({ work }) => queueKey(work)),
    );
  }

  inFlightOf(owner: string): Iterable<InFlightWork> {
    return this.#byOwner.get(owner) ?? [];
  }

  inFlight(): readonly InFlightWork[] {
    return [...this.#byOwner.values()].flatMap((works) => [...works]);
  }

  /**
   * Takes the next work whose owner and datastore are below their limits. Work for a full datastore is passed over.
   * `part` of the limit, 0 to 1, is used.
   */
  take(part = 1): TakenWork | undefined {
    if (this.#counted.size >= this.limit * part) return undefined;
    const { shareLimit } = this;
    for (const [owner, waiting] of this.#waiting.inOrder()) {
      if ((this.#byOwner.get(owner)?.size ?? 0) >= shareLimit) continue;
      const taken = this.#takeFrom(waiting, shareLimit);
      if (taken === undefined) continue;
      this.#waitingCount -= 1;
      if (bringsUp(taken.work)) this.#waitingToBringUp -= 1;
      this.#waiting.hadTurn(owner);
      if (waiting.size === 0) this.#waiting.delete(owner);
      const { work, sinceMs } = taken;
      return { owner, work, waitedMs: this.#options.clock.monotonicMs() - sinceMs };
    }
    return undefined;
  }

  #takeFrom(waiting: Waiting, shareLimit: number): QueuedWork | undefined {
    let first: { readonly queue: QueuedWork[]; readonly next: QueuedWork } | undefined;
    for (const queue of waiting.values()) {
      const next = queue.at(-1);
      if (next === undefined || this.#isFull(next.work, shareLimit)) continue;
      if (first === undefined || next.order < first.next.order) first = { queue, next };
    }
    if (first === undefined) return undefined;
    first.queue.pop();
    if (first.queue.length === 0) waiting.delete(queueKey(first.next.work));
    return first.next;
  }

  #isFull(work: Work, shareLimit: number): boolean {
    const { datastores = [], alone } = work;
    if (alone !== undefined && this.#alone.has(alone)) return true;
    if (this.#backpressure?.holds(kindOf(work)) === true) return true;
    return datastores.some((datastore) => {
      const limit = this.#limitOf(datastore)?.current ?? shareLimit;
      return (this.#byDatastore.get(datastore) ?? 0) >= Math.min(shareLimit, limit);
    });
  }

  begin(owner: string, work: Work): InFlightWork {
    this.#countDatastores(work, 1);
    this.#inFlightCount += 1;
    const begun = { owner, work, sinceMs: this.#options.clock.monotonicMs(), begunBeside: this.#beside(work) };
    const own = this.#byOwner.get(owner) ?? new Set();
    this.#byOwner.set(owner, own.add(begun));
    if (work.alone !== undefined) this.#alone.add(work.alone);
    this.#backpressure?.begun(kindOf(work));
    this.#counted.add(begun);
    this.#watch();
    return begun;
  }

  /** vCenter has not begun with the work yet, or has now. */
  queued(work: InFlightWork, isQueued: boolean): void {
    if (this.#byOwner.get(work.owner)?.has(work) === true)
      this.#backpressure?.queued(kindOf(work.work), work, isQueued);
  }

  /** Returns false if it had ended before. */
  end(work: InFlightWork, sign: EndSign): boolean {
    const own = this.#byOwner.get(work.owner);
    if (own?.delete(work) !== true) return false;
    if (own.size === 0) this.#byOwner.delete(work.owner);
    if (sign === 'Succeeded') this.#measured(work);
    this.#backpressure?.ended(kindOf(work.work), work, sign === 'RefusedAsTooMuch');
    this.#countDatastores(work.work, -1);
    if (work.work.alone !== undefined) this.#alone.delete(work.work.alone);
    this.#counted.delete(work);
    this.#inFlightCount -= 1;
    this.#watch();
    return true;
  }

  clearWaiting(): void {
    this.#waiting.clear();
    this.#waitingCount = 0;
    this.#waitingToBringUp = 0;
  }

  #beside({ datastores = [] }: Work): readonly number[] {
    return [this.#inFlightCount, ...datastores.map((datastore) => this.#byDatastore.get(datastore) ?? 0)];
  }

  /** Undefined where a person set the limit of the lane. */
  #limitOf(datastore: string): Limit | undefined {
    if (this.#options.limit !== undefined) return undefined;
    const limit = this.#datastoreLimits.get(datastore) ?? new AdaptiveLimit(this.#options.clock, this.#options.least);
    this.#datastoreLimits.set(datastore, limit);
    return limit;
  }

  #measured({ work, sinceMs, begunBeside }: InFlightWork): void {
    const durationMs = this.#options.clock.monotonicMs() - sinceMs;
    const limits = (work.datastores ?? []).map((datastore) => this.#limitOf(datastore));
    const sawQueue = this.#backpressure?.waitedSince(kindOf(work), sinceMs) === true;
    const endedBeside = this.#beside(work);
    for (const [index, limit] of [this.#limit, ...limits].entries()) {
      const concurrency = ((begunBeside[index] ?? 0) + (endedBeside[index] ?? 0)) / 2;
      limit?.measured({ kind: kindOf(work), concurrency, durationMs, sawQueue });
    }
  }

  #countDatastores({ datastores = [] }: Work, change: 1 | -1): void {
    for (const datastore of datastores) {
      const count = (this.#byDatastore.get(datastore) ?? 0) + change;
      if (count > 0) this.#byDatastore.set(datastore, count);
      else this.#byDatastore.delete(datastore);
    }
  }

  /** One timer, for the oldest work. When it fires, that work may have ended, and another one is the oldest. */
  #watch(): void {
    const [oldest] = this.#counted;
    if (oldest === undefined) {
      this.#stopTimer?.();
      this.#stopTimer = undefined;
    } else if (this.#stopTimer === undefined) {
      const { clock, overdueMs } = this.#options;
      this.#stopTimer = clock.setTimer(oldest.sinceMs + overdueMs - clock.monotonicMs(), () => this.#look());
    }
  }

  #look(): void {
    const { clock, overdueMs, onOverdue } = this.#options;
    this.#stopTimer = undefined;
    // A timer may fire a rounding error too early.
    const begunUntilMs = clock.monotonicMs() - overdueMs + 1;
    const overdue: InFlightWork[] = [];
    for (const work of this.#counted) {
      if (work.sinceMs > begunUntilMs) break;
      overdue.push(work);
    }
    for (const work of overdue) this.#counted.delete(work);
    this.#watch();
    if (overdue.length > 0) onOverdue(overdue);
  }
}

/** What may have to wait while other work goes on has a queue of its own. */
function queueKey({ datastores = [], alone, kind = '' }: Work): string {
  return alone === undefined ? [kind, ...datastores].join(' ') : `alone ${alone}`;
}

function kindOf({ kind = '' }: Work): string {
  return kind;
}

function bringsUp({ bringsUp: does = false }: Work): boolean {
  return does;
}
