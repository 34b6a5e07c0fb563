/**
 * Sends work within a budget. Two lanes, so that a wave of clones can't starve power and delete work; round-robin over
 * owners; and no owner and no datastore holds more than three quarters of a lane, so that what hangs never stops the
 * others (R9).
 */

import type { Dispatcher, Lane, ManagedObjectReference, Work, WorkOutcome } from '../port';
import type { Log } from '../session/log';
import { failureOf, toFailure, transportError } from '../vim25/vsphere-error';

export interface WorkDispatcherOptions {
  /** Clones at once, at least 1. */
  readonly maxConcurrentTasks: number;
  /** Nothing starts while this is false (R13). */
  readonly mayStart: () => boolean;
  readonly followTask: (task: ManagedObjectReference, onEnd: (outcome: WorkOutcome) => void) => void;
  readonly log: Log;
}

class LaneState {
  /** First come, first served: an owner that was served goes to the end. Owners without waiting work are absent. */
  readonly waiting = new Map<string, readonly Work[]>();
  readonly inFlight = new Map<string, Set<Work>>();
  readonly limit: number;
  /** For one owner, and for one datastore. */
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

  /** The next work whose owner and datastore have room. Work of an owner for another datastore goes ahead. */
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
      // Setting keeps the owner's place in the round.
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

  /** Sends what may be sent, soon but not inside the caller's turn: work calls back into its owner. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      for (const lane of LANES) this.#pumpLane(this.#lanes[lane]);
    });
  }

  /** Nothing starts any more, and what was sent ends as Unknown: nobody is left to see how it ends. */
  stop(): void {
    if (this.#stopped.signal.aborted) return;
    this.#stopped.abort(transportError('Stopped', 'The connection was stopped.', 'Unknown'));
    for (const lane of LANES) {
      const state = this.#lanes[lane];
      state.waiting.clear();
      const failure = transportError('Stopped', 'The connection was stopped while the work was under way.', 'Unknown');
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
    // Ended before, by `stop`: a work ends once.
    if (works?.delete(work) !== true) return;
    if (works.size === 0) state.inFlight.delete(owner);
    this.#guarded(() => work.onEnd(outcome));
    this.pump();
  }

  /** A callback that throws costs its own work, never the lane. */
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
