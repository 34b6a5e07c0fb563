import type { SeenCall } from '../../fakes/vcenter';
import type { ApiCall } from '../api-connection';
import type { OperatorProcess } from '../operator-process';
import type { WatchedWorld, Watcher } from './watcher';

const MINUTE_MS = 60_000;

/** Far above what any seed needs (see the busiest minute in the summary), and far below a hot loop. */
export const PACE_LIMITS = { calls: 1_000, writes: 600, reconciles: 3_000 } as const;
type Pace = keyof typeof PACE_LIMITS;

/** R8: no hot loop. What a process does in a minute is limited, also while everything fails. */
export class PaceWatcher implements Watcher {
  /** The busiest minute of the seed. */
  readonly busiest: Record<Pace, number> = { calls: 0, writes: 0, reconciles: 0 };
  readonly #now: Record<Pace, number> = { calls: 0, writes: 0, reconciles: 0 };
  readonly #reconcilesBefore = new WeakMap<OperatorProcess, number>();
  #minute = 0;

  constructor(private readonly watched: WatchedWorld) {}

  callLeaves(process: OperatorProcess, { method }: SeenCall): void {
    if (method !== 'WaitForUpdatesEx') this.#count('calls', 1, `${method} by ${process.name}`);
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

  #count(what: Pace, more: number, last: string): void {
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
