/**
 * Sends work within limits. There are two lanes, so that many clones do not stop power and delete work. Tenants
 * take turns, and so do the owners of each. An owner or a datastore has at most three quarters of a lane. Work that has been in flight for long no longer
 * counts for its lane. So what hangs, even in many groups, does not stop the others (R9).
 */

import type { Clock } from '../../time/clock';
import type { Dispatcher, Lane, ManagedObjectReference, Work, WorkOutcome } from '../port';
import type { Log } from '../session/log';
import { publishWorkSent } from '../transport/channels';
import { failureOf, toFailure, transportError } from '../vim25/vsphere-error';
import { type EndSign, type InFlightWork, LaneState, type TakenWork } from './lane';
import { ADAPTIVE } from './limit';
import type { TaskWatcher } from './tracker';

export interface WorkDispatcherOptions {
  /**
   * The limit of clones in flight, at least 1. Other work has the same limit: a machine is useful when it is powered on.
   * 0: each lane and each datastore finds its own, from 16 up to 128 (limit.ts).
   */
  readonly maxConcurrentTasks: number;
  /** No work starts while it returns false (R1, R13). */
  readonly mayStart: () => boolean;
  readonly followTask: (task: ManagedObjectReference, watcher: TaskWatcher) => void;
  readonly clock: Clock;
  readonly log: Log;
}

/** Other work takes seconds and clones take minutes. Work that takes longer may hang, and must not stop others (R9). */
const OVERDUE_MS: Readonly<Record<Lane, number>> = { Other: 30_000, Clone: 10 * 60_000 };
const FEWEST_OTHER = 4;
/**
 * What an adaptive limit does not go below. Other work is short, so its times are mostly those of news and of the network: they
 * say little of how much vCenter can do, and machines that are cloned wait for it.
 */
const FEWEST: Readonly<Record<Lane, number>> = { Other: ADAPTIVE.start, Clone: 1 };
/** Of the clones, while machines that exist wait to be brought up: fewer are made, and nobody waits for ever (R9). */
const PART_WHILE_OTHERS_LAG = 0.25;

export class WorkDispatcher implements Dispatcher {
  readonly #options: WorkDispatcherOptions;
  readonly #lanes: Readonly<Record<Lane, LaneState>>;
  readonly #stopped = new AbortController();
  #pumping = false;

  constructor(options: WorkDispatcherOptions) {
    this.#options = options;
    const limit = options.maxConcurrentTasks === 0 ? undefined : Math.max(1, options.maxConcurrentTasks);
    const other = limit === undefined ? undefined : Math.max(FEWEST_OTHER, limit);
    this.#lanes = { Clone: this.#lane('Clone', limit), Other: this.#lane('Other', other) };
  }

  #lane(lane: Lane, limit: number | undefined): LaneState {
    const { clock, log } = this.#options;
    const overdueMs = OVERDUE_MS[lane];
    const onOverdue = (works: readonly InFlightWork[]) => {
      const which = works.map(({ owner, work }) => `${owner} ${work.key}`);
      const fields = { lane, seconds: overdueMs / 1000, count: works.length, first: which[0] };
      log.info('work takes long, it no longer counts for its lane', fields);
      this.pump();
    };
    // Of other work, what waits or fails in vCenter says something of one machine or host, not of all of its kind (R9).
    return new LaneState({
      limit,
      least: FEWEST[lane],
      feelsBackpressure: limit === undefined && lane === 'Clone',
      overdueMs,
      clock,
      onOverdue,
    });
  }

  replaceWaiting(owner: string, work: readonly Work[]): void {
    const sent = new Set<string>();
    for (const lane of LANES) for (const { work: own } of this.#lanes[lane].inFlightOf(owner)) sent.add(own.key);
    for (const lane of LANES)
      this.#lanes[lane].replace(
        owner,
        work.filter((item) => item.lane === lane && !sent.has(item.key)),
      );
    this.pump();
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
      state.clearWaiting();
      const failure = transportError('Stopped', 'the connection was stopped while the work was in flight', 'Unknown');
      for (const work of state.inFlight()) this.#end(state, work, { kind: 'Unknown', failure: toFailure(failure) });
    }
  }

  #pumpLane(state: LaneState): void {
    const part = state === this.#lanes.Clone && this.#lanes.Other.holdsUpMachines ? PART_WHILE_OTHERS_LAG : 1;
    while (!this.#stopped.signal.aborted && this.#options.mayStart()) {
      const next = state.take(part);
      if (next === undefined) return;
      if (this.#guarded(() => next.work.mayStart()) === true) this.#start(state, next);
    }
  }

  #start(state: LaneState, { owner, work, waitedMs }: TakenWork): void {
    const begun = state.begin(owner, work);
    publishWorkSent({ lane: work.lane, waitedMs });
    this.#guarded(() => work.onSent());
    this.#send(state, begun).catch((thrown) => {
      const failure = failureOf(thrown);
      this.#end(state, begun, { kind: failure.outcome === 'Unknown' ? 'Unknown' : 'Failed', failure });
    });
  }

  async #send(state: LaneState, begun: InFlightWork): Promise<void> {
    const { work } = begun;
    const task = await work.send(this.#stopped.signal);
    if (task === undefined) {
      this.#end(state, begun, { kind: 'Succeeded' });
      return;
    }
    this.#guarded(() => work.onTask(task));
    this.#options.followTask(task, {
      onQueued: (isQueued) => {
        state.queued(begun, isQueued);
        if (!isQueued) this.pump();
      },
      onEnd: (outcome) => this.#end(state, begun, outcome),
    });
  }

  #end(state: LaneState, begun: InFlightWork, outcome: WorkOutcome): void {
    // Ended before, by `stop`: work ends once.
    if (!state.end(begun, signOf(outcome))) return;
    this.#guarded(() => begun.work.onEnd(outcome));
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

/** Faults of a clone that say that too many are under way (docs/failures.md). */
const TOO_MUCH = new Set(['TooManyConcurrentNativeClones', 'LimitExceeded']);

function signOf(outcome: WorkOutcome): EndSign {
  if (outcome.kind === 'Succeeded') return 'Succeeded';
  return TOO_MUCH.has(outcome.failure.code) ? 'RefusedAsTooMuch' : 'Failed';
}

const LANES: readonly Lane[] = ['Other', 'Clone'];
