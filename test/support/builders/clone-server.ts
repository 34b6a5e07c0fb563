/**
 * vCenter as its clones meet it: how many run at once, and how fast each of them is then. Time is virtual and nothing else of
 * vCenter is here, so that a budget of clones can be judged by what it does to a wave of them.
 */

import type { CancelTimer } from '../../../src/time/clock';
import type { VsphereFailure, Work, WorkOutcome } from '../../../src/vsphere/port';
import { silentLog } from '../../../src/vsphere/session/log';
import { WorkDispatcher } from '../../../src/vsphere/task/dispatcher';
import type { TaskWatcher } from '../../../src/vsphere/task/tracker';
import { VirtualClock } from '../time/virtual-clock';

export interface CloneServer {
  readonly name: string;
  /** How many run at once; vCenter queues the rest. Default: no limit. Depends on the seconds since the wave began. */
  readonly slots?: (seconds: number) => number;
  /** More in flight than this are refused. Default: none is. */
  readonly refusesBeyond?: number;
  /** Seconds that a clone takes alone, on average: each takes from four to six fifths of it. */
  readonly seconds: number;
  /** How much of its speed a clone has beside so many that run on its datastore, itself among them. */
  readonly speed: (running: number, datastore: number) => number;
  /** Clones take turns on so many. Default 1. */
  readonly datastores?: number;
}

interface Clone {
  readonly watcher: TaskWatcher;
  readonly datastore: number;
  remaining: number;
}

const RETRY_MS = 30_000;
const OWNERS = 4;
/** Its multiples spread evenly between whole numbers. */
const GOLDEN = 0.618034;

export interface Wave {
  readonly seconds: number;
  /** Highest number in vCenter's queue once the first clones had ended. */
  readonly mostQueued: number;
  /** The number in it when half of the clones had ended. */
  readonly queuedHalfway: number;
  /** When the last clone had ended, by datastore. */
  readonly datastoreSeconds: readonly number[];
  readonly refused: number;
  /** The limit at its end. */
  readonly limit: number;
}

/** Runs so many clones of four owners. `maxConcurrentTasks` as of a VCenter: 0 finds itself. */
export async function runWave(server: CloneServer, clones: number, maxConcurrentTasks: number): Promise<Wave> {
  const wave = new RunningWave(server, clones, maxConcurrentTasks);
  return wave.run();
}

class RunningWave {
  readonly #server: CloneServer;
  readonly #clock = new VirtualClock();
  readonly #dispatcher: WorkDispatcher;
  /** The keys that each owner still wants. */
  readonly #wanted: Set<string>[];
  /** The keys whose clones were refused. */
  readonly #backingOff: string[][] = Array.from({ length: OWNERS }, () => []);
  readonly #running: Clone[] = [];
  readonly #queued: Clone[] = [];
  #atMs = 0;
  #stopTimer: CancelTimer | undefined;
  #mostQueued = 0;
  #refused = 0;
  #ended = 0;
  #lastEndMs = 0;
  #begun = 0;
  #queuedHalfway = 0;
  readonly #datastoreSeconds: number[] = [];
  readonly #clones: number;

  constructor(server: CloneServer, clones: number, maxConcurrentTasks: number) {
    this.#server = server;
    this.#clones = clones;
    this.#dispatcher = new WorkDispatcher({
      maxConcurrentTasks,
      mayStart: () => true,
      followTask: (task, watcher) => this.#begin(task.value, watcher),
      clock: this.#clock,
      log: silentLog,
    });
    this.#wanted = Array.from({ length: OWNERS }, (_, owner) => {
      const own = Array.from({ length: clones }, (__, index) => index).filter((index) => index % OWNERS === owner);
      return new Set(own.map((index) => `${index}`));
    });
  }

  async run(): Promise<Wave> {
    for (const owner of this.#wanted.keys()) this.#plan(owner);
    while (this.#isUnderWay()) await this.#clock.advance(600_000);
    const seconds = this.#lastEndMs / 1_000;
    const { limit } = this.#dispatcher.counts.Clone;
    this.#dispatcher.stop();
    const [mostQueued, queuedHalfway, datastoreSeconds] = [
      this.#mostQueued,
      this.#queuedHalfway,
      this.#datastoreSeconds,
    ];
    return { seconds, mostQueued, queuedHalfway, datastoreSeconds, refused: this.#refused, limit };
  }

  #isUnderWay(): boolean {
    return [...this.#wanted, ...this.#backingOff.map((keys) => new Set(keys))].some(({ size }) => size > 0);
  }

  #plan(owner: number): void {
    this.#dispatcher.replaceWaiting(
      `owner-${owner}`,
      [...(this.#wanted[owner] ?? [])].map((key) => this.#work(owner, key)),
    );
  }

  #work(owner: number, key: string): Work {
    const { datastores = 1 } = this.#server;
    return {
      key,
      lane: 'Clone',
      kind: `template ${owner % datastores}`,
      ...(datastores > 1 && { datastores: [`datastore-${owner % datastores}`] }),
      mayStart: () => this.#wanted[owner]?.has(key) === true,
      onSent: () => {},
      send: async () => ({ type: 'Task', value: `${owner}/${key}` }),
      onTask: () => {},
      onEnd: (outcome) => this.#onEnd(owner, key, outcome),
    };
  }

  #onEnd(owner: number, key: string, outcome: WorkOutcome): void {
    if (outcome.kind === 'Succeeded') {
      this.#wanted[owner]?.delete(key);
      this.#lastEndMs = this.#clock.monotonicMs();
      return;
    }
    this.#wanted[owner]?.delete(key);
    this.#backingOff[owner]?.push(key);
    if (this.#backingOff[owner]?.length === 1) this.#clock.setTimer(RETRY_MS, () => this.#retry(owner));
  }

  /** As groups do it: what failed is planned again later, and the rest goes on. */
  #retry(owner: number): void {
    for (const key of this.#backingOff[owner]?.splice(0) ?? []) this.#wanted[owner]?.add(key);
    this.#plan(owner);
  }

  #begin(task: string, watcher: TaskWatcher): void {
    this.#pass();
    const { refusesBeyond = Number.POSITIVE_INFINITY, seconds, datastores = 1 } = this.#server;
    if (this.#running.length + this.#queued.length >= refusesBeyond) {
      this.#refused += 1;
      // The news comes a moment later, as from the stream.
      this.#clock.setTimer(100, () => watcher.onEnd({ kind: 'Failed', failure: TOO_MANY }));
      return;
    }
    const owner = Number(task.slice(0, task.indexOf('/')));
    this.#begun += 1;
    const remaining = seconds * (0.8 + 0.4 * ((this.#begun * GOLDEN) % 1));
    this.#queued.push({ watcher, datastore: owner % datastores, remaining });
    this.#startQueued();
  }

  #startQueued(): void {
    const slots = this.#server.slots?.(this.#atMs / 1_000) ?? Number.POSITIVE_INFINITY;
    while (this.#running.length < slots) {
      const next = this.#queued.shift();
      if (next === undefined) break;
      this.#running.push(next);
      next.watcher.onQueued?.(false);
    }
    for (const { watcher } of this.#queued) watcher.onQueued?.(true);
    if (this.#ended > 0) this.#mostQueued = Math.max(this.#mostQueued, this.#queued.length);
    this.#schedule();
  }

  /** Lets the running clones go on until now. */
  #pass(): void {
    const nowMs = this.#clock.monotonicMs();
    const seconds = (nowMs - this.#atMs) / 1_000;
    const speeds = this.#speeds();
    for (const clone of this.#running) clone.remaining -= seconds * (speeds[clone.datastore] ?? 1);
    this.#atMs = nowMs;
  }

  #speeds(): readonly number[] {
    const { datastores = 1, speed } = this.#server;
    const running = Array.from({ length: datastores }, () => 0);
    for (const { datastore } of this.#running) running[datastore] = (running[datastore] ?? 0) + 1;
    return running.map((count, datastore) => speed(count, datastore));
  }

  #schedule(): void {
    this.#stopTimer?.();
    const speeds = this.#speeds();
    const nextSeconds = Math.min(
      ...this.#running.map(({ remaining, datastore }) => remaining / (speeds[datastore] ?? 1)),
    );
    if (!Number.isFinite(nextSeconds)) return;
    this.#stopTimer = this.#clock.setTimer(Math.max(0, nextSeconds * 1_000), () => this.#endThoseDone());
  }

  #endThoseDone(): void {
    this.#pass();
    const done = this.#running.filter(({ remaining }) => remaining <= 1e-6);
    for (const clone of done) {
      this.#running.splice(this.#running.indexOf(clone), 1);
      this.#datastoreSeconds[clone.datastore] = this.#atMs / 1_000;
    }
    if (this.#ended < this.#clones / 2 && this.#ended + done.length >= this.#clones / 2)
      this.#queuedHalfway = this.#queued.length;
    this.#ended += done.length;
    this.#startQueued();
    for (const { watcher } of done) watcher.onEnd({ kind: 'Succeeded' });
  }
}

const TOO_MANY: VsphereFailure = { code: 'TooManyConcurrentNativeClones', message: 'too many', outcome: 'Refused' };
