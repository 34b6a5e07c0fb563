/**
 * Sends work within limits. There are two lanes, so that many clones do not stop power and delete work. Owners take
 * turns. An owner or a datastore has at most three quarters of a lane, so that one that hangs does not stop the others
 * (R9).
 */

import type { Dispatcher, Lane, ManagedObjectReference, Work, WorkOutcome } from '../port';
import type { Log } from '../session/log';
import { failureOf, toFailure, transportError } from '../vim25/vsphere-error';

export interface WorkDispatcherOptions {
  /** The limit of clones in flight, at least 1. */
  readonly maxConcurrentTasks: number;
  /** No work starts while it returns false (R13). */
  readonly mayStart: () => boolean;
  readonly followTask: (task: ManagedObjectReference, onEnd: (outcome: WorkOutcome) => void) => void;
  readonly log: Log;
}

class LaneState {
  /**
   * In the order of their turns: an owner that had its turn goes to the end. Owners without waiting work are absent.
   */
  readonly waiting = new Map<string, readonly Work[]>();
  readonly inFlight = new Map<string, Set<Work>>();
  readonly limit: number;
  /** The limit of one owner, and of one datastore. */
  readonly shareLimit: number;

  constructor(limit: number) {
    this.limit = limit;
    this.shareLimit = Math.max(1, Math.floor((limit * 3) / 4));
  }

  get inFlightCount(): number {
    let count = 0;
    for (const works of this.inFlight.values()) count += works.size;
    return count;
  }

  get counts() {
    let waiting = 0;
    for (const works of this.waiting.values()) waiting += works.length;
    return { waiting, inFlight: this.inFlightCount, limit: this.limit };
  }

  /** Takes the next work whose owner and datastore are below their limits. Work for a full datastore is passed over. */
  take(): { readonly owner: string; readonly work: Work } | undefined {
    if (this.inFlightCount >= this.limit) return undefined;
    const full = this.#fullDatastores();
    for (const [owner, works] of this.waiting) {
      if ((this.inFlight.get(owner)?.size ?? 0) >= this.shareLimit) continue;
      const index = works.findIndex(({ datastore }) => datastore === undefined || !full.has(datastore));
      const work = works[index];
      if (work === undefined) continue;
      this.waiting.delete(owner);
      if (works.length > 1) this.waiting.set(owner, works.toSpliced(index, 1));
      return { owner, work };
    }
    return undefined;
  }

  #fullDatastores(): ReadonlySet<string> {
    const counts = new Map<string, number>();
    for (const works of this.inFlight.values())
      for (const { datastore } of works)
        if (datastore !== undefined) counts.set(datastore, (counts.get(datastore) ?? 0) + 1);
    return new Set([...counts].filter(([, count]) => count >= this.shareLimit).map(([datastore]) => datastore));
  }
}

export class WorkDispatcher implements Dispatcher {
  readonly #options: WorkDispatcherOptions;
  readonly #lanes: Readonly<Record<Lane, LaneState>>;
  readonly #stopped = new AbortController();
  #pumping = false;

  constructor(options: WorkDispatcherOptions) {
    this.#options = options;
    const clones = Math.max(1, options.maxConcurrentTasks);
    this.#lanes = { Clone: new LaneState(clones), Other: new LaneState(Math.max(4, Math.ceil(clones / 4))) };
  }

  replaceWaiting(owner: string, work: readonly Work[]): void {
    const sent = new Set(this.#inFlight(owner));
    for (const lane of LANES) {
      const { waiting } = this.#lanes[lane];
      const mine = work.filter((item) => item.lane === lane && !sent.has(item.key));
      // A Map keeps the order of a key that is set again, so the owner does not lose its turn.
      if (mine.length > 0) waiting.set(owner, mine);
      else waiting.delete(owner);
    }
    this.pump();
  }

  #inFlight(owner: string): readonly string[] {
    return LANES.flatMap((lane) => [...(this.#lanes[lane].inFlight.get(owner) ?? [])].map(({ key }) => key));
  }

  get counts(): Dispatcher['counts'] {
    return { Clone: this.#lanes.Clone.counts, Other: this.#lanes.Other.counts };
  }

  /** Sends what may be sent, but not within this call: the methods of the work call their owner back. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      for (const lane of LANES) this.#pumpLane(this.#lanes[lane]);
    });
  }

  /** Starts no more work. Work in flight ends Unknown, since its end will not be seen. */
  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort(transportError('Stopped', 'the connection was stopped', 'Unknown'));
    for (const lane of LANES) {
      const state = this.#lanes[lane];
      state.waiting.clear();
      const failure = transportError('Stopped', 'the connection was stopped while the work was in flight', 'Unknown');
      for (const [owner, works] of [...state.inFlight])
        for (const work of [...works]) this.#end(state, owner, work, { kind: 'Unknown', failure: toFailure(failure) });
    }
  }

  #pumpLane(state: LaneState): void {
    while (!this.#stopped.signal.aborted && this.#options.mayStart()) {
      const next = state.take();
      if (next === undefined) return;
      if (this.#guarded(() => next.work.mayStart()) === true) this.#start(state, next.owner, next.work);
    }
  }

  #start(state: LaneState, owner: string, work: Work): void {
    const works = state.inFlight.get(owner) ?? new Set<Work>();
    works.add(work);
    state.inFlight.set(owner, works);
    this.#guarded(() => work.onSent());
    this.#send(state, owner, work).catch((thrown) => {
      const failure = failureOf(thrown);
      this.#end(state, owner, work, { kind: failure.outcome === 'Unknown' ? 'Unknown' : 'Failed', failure });
    });
  }

  async #send(state: LaneState, owner: string, work: Work): Promise<void> {
    const task = await work.send(this.#stopped.signal);
    if (task === undefined) {
      this.#end(state, owner, work, { kind: 'Succeeded' });
      return;
    }
    this.#guarded(() => work.onTask(task));
    this.#options.followTask(task, (outcome) => this.#end(state, owner, work, outcome));
  }

  #end(state: LaneState, owner: string, work: Work, outcome: WorkOutcome): void {
    const works = state.inFlight.get(owner);
    // Ended before, by `stop`: work ends once.
    if (works?.delete(work) !== true) return;
    if (works.size === 0) state.inFlight.delete(owner);
    this.#guarded(() => work.onEnd(outcome));
    this.pump();
  }

  /** If a method of a piece of work throws, only that work is affected, not the lane. */
  #guarded<T>(callback: () => T): T | undefined {
    try {
      return callback();
    } catch (error) {
      this.#options.log.error('a work callback threw', {
        error: error instanceof Error ? error.message : String(error),
      });
      return undefined;
    }
  }
}

const LANES: readonly Lane[] = ['Other', 'Clone'];
