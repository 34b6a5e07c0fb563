import type { SeenCall } from '../../fakes/vcenter';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import { isMutation, type WatchedWorld, type Watcher } from './watcher';

const MINUTE_MS = 60_000;

/** How long one and the same change is counted: two that fail in turn may be slower than a hot loop, and still never wait. */
const REPEATS_MS = 10 * MINUTE_MS;

/**
 * Far above what any seed needs (see the summary), and far below a hot loop: in a minute, and `repeats` of one change in ten.
 */
export const PACE_LIMITS = { calls: 1_000, writes: 600, reconciles: 3_000, repeats: 60 } as const;
type Pace = keyof typeof PACE_LIMITS;

/** R8: no hot loop. What a process does in a time is limited, also while everything fails. */
export class PaceWatcher implements Watcher {
  /** The busiest minute of the seed. */
  readonly busiest: Record<Pace, number> = { calls: 0, writes: 0, reconciles: 0, repeats: 0 };
  readonly #now: Record<Exclude<Pace, 'repeats'>, number> = { calls: 0, writes: 0, reconciles: 0 };
  readonly #reconcilesBefore = new WeakMap<OperatorProcess, number>();
  #minute = 0;
  /** How often each change was sent since then, by operation ID. */
  #repeats = new Map<string, number>();
  #repeatsSinceMs = 0;

  constructor(private readonly watched: WatchedWorld) {}

  callLeaves(process: OperatorProcess, call: SeenCall): void {
    const { method, operationId } = call;
    if (method !== 'WaitForUpdatesEx') this.#count('calls', 1, `${method} by ${process.name}`);
    if (isMutation(call)) this.#repeat(`${method} ${operationId}`);
  }

  requestArrives(process: OperatorProcess, { name, request }: ApiCall): void {
    if (request.method !== 'GET') this.#count('writes', 1, `${name} by ${process.name}`);
  }

  stepped(): void {
    for (const process of this.watched.processes) {
      const before = this.#reconcilesBefore.get(process) ?? 0;
      if (process.reconciles > before)
        this.#count('reconciles', process.reconciles - before, `a reconcile by ${process.name}`);
      this.#reconcilesBefore.set(process, process.reconciles);
    }
  }

  #repeat(change: string): void {
    const nowMs = this.watched.clock.monotonicMs();
    if (nowMs - this.#repeatsSinceMs > REPEATS_MS) {
      this.#repeats = new Map();
      this.#repeatsSinceMs = nowMs;
    }
    const times = (this.#repeats.get(change) ?? 0) + 1;
    this.#repeats.set(change, times);
    this.busiest.repeats = Math.max(this.busiest.repeats, times);
    if (times > PACE_LIMITS.repeats) this.watched.violated(`R8: ${change} was sent ${times} times in ten minutes`);
  }

  #count(what: Exclude<Pace, 'repeats'>, more: number, last: string): void {
    const minute = Math.floor(this.watched.clock.monotonicMs() / MINUTE_MS);
    if (minute !== this.#minute) {
      for (const pace of ['calls', 'writes', 'reconciles'] as const) this.#now[pace] = 0;
      this.#minute = minute;
    }
    this.#now[what] += more;
    this.busiest[what] = Math.max(this.busiest[what], this.#now[what]);
    if (this.#now[what] > PACE_LIMITS[what])
      this.watched.violated(`R8: more than ${PACE_LIMITS[what]} ${what} in a minute, the last one ${last}`);
  }
}
