import { type Clock, deadline, sleep } from '../time/clock';
import type { Random } from '../time/random';
import type { ApiServer } from './api-server';
import { microTime } from './event';
import { type HeldRecord, isOvertaken, LeaseLock, type LeaseRecord } from './lease-lock';
import { type Log, silentLog } from './log';

/** client-go's three times. Each must be longer than the next, see `checkLeaseTimings`. */
export interface LeaseTimings {
  /** How long others wait since they last saw the lease change before they take it. Whole seconds. */
  readonly leaseDurationMs: number;
  /** How long after the last successful renewal was sent its holder may act, and keeps trying to renew. */
  readonly renewDeadlineMs: number;
  /** Between two renewals, or two tries; the tries of those who wait are stretched by up to 120 %. */
  readonly retryPeriodMs: number;
}

/** client-go, as kube-controller-manager and controller-runtime use it. */
export const LEASE_TIMINGS: LeaseTimings = { leaseDurationMs: 15_000, renewDeadlineMs: 10_000, retryPeriodMs: 2_000 };

const JITTER = 1.2;

/** Leadership ended without our will. The process must not go on: what it knows and plans is another's now. */
export class LeadershipLost extends Error {
  override readonly name = 'LeadershipLost';
  readonly code = 'LeadershipLost';
}

/** What is wrong with these timings, or undefined (client-go: NewLeaderElector). */
export function checkLeaseTimings({
  leaseDurationMs,
  renewDeadlineMs,
  retryPeriodMs,
}: LeaseTimings): string | undefined {
  if (!(leaseDurationMs >= 1_000) || leaseDurationMs % 1_000 !== 0)
    return 'the lease duration must be whole seconds, at least 1 s';
  if (!(retryPeriodMs > 0)) return 'the retry period must be more than 0';
  if (!(leaseDurationMs > renewDeadlineMs)) return 'the lease duration must be longer than the renew deadline';
  if (!(renewDeadlineMs > retryPeriodMs * JITTER))
    return `the renew deadline must be longer than ${JITTER} times the retry period`;
  return undefined;
}

/**
 * client-go's LeaderElector: of all processes that use one Lease at most one leads.
 *
 * 1. Whoever waits takes the lease only when its record did not change for the duration written in it, by the waiting
 *    process's own monotonic clock. Times in the record are never compared with a clock.
 * 2. The holder may act until `renewDeadlineMs` after its last successful renewal was *sent*: whoever waits cannot have
 *    seen that renewal earlier. So no two processes may act at once unless one clock runs half as fast again as the other
 *    (leaseDurationMs / renewDeadlineMs), whatever replies are lost and however long a process is stopped.
 * 3. Wall time only ever makes that stricter: a machine that was suspended whole wakes with a monotonic clock that stood
 *    still, but its wall clock knows.
 * client-go gives up one retry period later than 2 says; here the two are one deadline, so that nobody leads who may not act.
 *
 * Order of calls: `acquire`, then `keep` for as long as the work goes on, then `release` once nothing is sent any more.
 */
export class LeaderElector {
  readonly identity: string;
  readonly #lock: LeaseLock;
  readonly #timings: LeaseTimings;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #onResumed: () => void;
  /** The record as last seen, and since when it is so by our own clock. */
  #observed: (HeldRecord & { readonly sinceMs: number }) | undefined;
  /** When the last successful renewal was sent; undefined while we do not lead. */
  #renewed: { readonly monotonicMs: number; readonly wallMs: number } | undefined;
  #troubleCode: string | undefined;

  constructor(options: {
    readonly server: ApiServer;
    readonly namespace: string;
    readonly name: string;
    /** Unlike that of any other process, one before us on this machine included. */
    readonly identity: string;
    readonly timings?: LeaseTimings;
    readonly clock: Clock;
    readonly random: Random;
    readonly log?: Log;
    /** Called when `mayMutate` turns true again after it was false for a while: what was dropped meanwhile is due. */
    readonly onResumed?: () => void;
  }) {
    this.#timings = options.timings ?? LEASE_TIMINGS;
    const problem = checkLeaseTimings(this.#timings);
    if (problem !== undefined) throw new RangeError(problem);
    const { server, namespace, name } = options;
    // Half of the deadline, as controller-runtime: a hanging request leaves time for another on a new connection.
    this.#lock = new LeaseLock({ server, namespace, name, timeoutMs: this.#timings.renewDeadlineMs / 2 });
    this.identity = options.identity;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log ?? silentLog;
    this.#onResumed = options.onResumed ?? (() => {});
  }

  /** Who holds the lease as far as we know; empty when nobody does. */
  get holder(): string {
    return this.#observed?.record.holderIdentity ?? '';
  }

  get isLeader(): boolean {
    return this.#renewed !== undefined;
  }

  /** R6: whether this process may change the world right now. Ask as late as possible before each change is sent. */
  mayMutate(): boolean {
    if (this.#renewed === undefined) return false;
    const { renewDeadlineMs } = this.#timings;
    return (
      this.#clock.monotonicMs() < this.#renewed.monotonicMs + renewDeadlineMs &&
      this.#clock.wallMs() < this.#renewed.wallMs + renewDeadlineMs
    );
  }

  /** Resolves once this process leads. Rejects with the signal's reason only. */
  async acquire(signal: AbortSignal): Promise<void> {
    this.#log.info('waiting for the lease', { lease: this.#lock.key, identity: this.identity });
    for (;;) {
      signal.throwIfAborted();
      if (await this.#tryAcquire(signal)) {
        this.#log.info('leading', { lease: this.#lock.key, identity: this.identity });
        return;
      }
      await sleep(this.#clock, this.#pauseMs(), signal);
    }
  }

  /** Renews until aborted. Rejects with LeadershipLost when that did not work in time, else with the signal's reason. */
  async renew(signal: AbortSignal): Promise<never> {
    for (;;) {
      await sleep(this.#clock, this.#timings.retryPeriodMs, signal);
      await this.#renew(signal);
    }
  }

  /**
   * Lets the lease go, so that another need not wait for its end. Only after the last change has been sent and answered.
   * Never rejects but by the signal: if it fails the lease ends by itself.
   */
  async release(signal: AbortSignal): Promise<void> {
    if (this.#renewed === undefined) return;
    this.#renewed = undefined;
    try {
      // Read first: the reply to our last renewal may have been lost.
      const held = await this.#lock.read(signal);
      if (held?.record.holderIdentity !== this.identity) return;
      const now = microTime(this.#clock.wallMs());
      const { leaseTransitions } = held.record;
      // One second: the shortest duration that the API takes.
      const record = {
        holderIdentity: '',
        leaseDurationSeconds: 1,
        acquireTime: now,
        renewTime: now,
        leaseTransitions,
      };
      await this.#lock.replace(record, held.resourceVersion, signal);
      this.#log.info('released the lease', { lease: this.#lock.key });
    } catch (error) {
      signal.throwIfAborted();
      this.#log.warn('the lease could not be released and ends by itself', { lease: this.#lock.key, error });
    }
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const lost = () =>
      new LeadershipLost(
        `lost the lease ${this.#lock.key}: it could not be renewed within ${this.#timings.renewDeadlineMs} ms` +
          (this.#troubleCode === undefined ? '' : ` (${this.#troubleCode})`),
      );
    const last = this.#renewed;
    if (last === undefined) throw lost();
    const leftMs = last.monotonicMs + this.#timings.renewDeadlineMs - this.#clock.monotonicMs();
    const limit = deadline(this.#clock, leftMs, signal, lost);
    try {
      for (;;) {
        // Not left to the timer: a process that was stopped wakes with answers and timers in any order.
        if (this.#clock.monotonicMs() >= last.monotonicMs + this.#timings.renewDeadlineMs) throw lost();
        if (await this.#tryRenew(limit.signal)) return;
        if (this.holder !== this.identity && this.holder !== '')
          throw new LeadershipLost(`lost the lease ${this.#lock.key} to ${this.holder}`);
        await sleep(this.#clock, this.#timings.retryPeriodMs, limit.signal);
      }
    } catch (error) {
      if (error instanceof LeadershipLost) this.#renewed = undefined;
      throw error;
    } finally {
      limit.done();
    }
  }

  /** Whether we lead now. Rejects with the signal's reason only. */
  async #tryAcquire(signal: AbortSignal): Promise<boolean> {
    return this.#attempt(signal, async () => {
      const held = await this.#lock.read(signal);
      if (held !== undefined) this.#observe(held);
      const observed = this.#observed;
      const mine = observed?.record.holderIdentity === this.identity;
      // Also when the Lease was deleted: its holder does not know yet and may act until its deadline.
      if (observed !== undefined && !mine && this.#expiresInMs(observed) > 0) return false;
      await this.#write(held, mine ? held?.record : undefined, signal);
      return true;
    });
  }

  async #tryRenew(signal: AbortSignal): Promise<boolean> {
    const observed = this.#observed;
    const quick =
      observed !== undefined &&
      (await this.#attempt(signal, async () => {
        await this.#write(observed, observed.record, signal);
        return true;
      }));
    if (quick || this.#troubleCode !== 'Overtaken') return quick;
    // Somebody has written the lease, which may be us: the reply to a renewal can be lost.
    return this.#attempt(signal, async () => {
      const held = await this.#lock.read(signal);
      if (held !== undefined) this.#observe(held);
      if (held !== undefined && held.record.holderIdentity !== this.identity && held.record.holderIdentity !== '')
        return false;
      await this.#write(held, held?.record ?? observed?.record, signal);
      return true;
    });
  }

  /** Writes us in as the holder. `since` is the record of the term that goes on; undefined begins a new one. */
  async #write(held: HeldRecord | undefined, since: LeaseRecord | undefined, signal: AbortSignal): Promise<void> {
    const sent = { monotonicMs: this.#clock.monotonicMs(), wallMs: this.#clock.wallMs() };
    const now = microTime(sent.wallMs);
    const record: LeaseRecord = {
      holderIdentity: this.identity,
      leaseDurationSeconds: this.#timings.leaseDurationMs / 1000,
      acquireTime: since?.acquireTime ?? now,
      renewTime: now,
      leaseTransitions: since?.leaseTransitions ?? (held === undefined ? 0 : held.record.leaseTransitions + 1),
    };
    const written =
      held === undefined
        ? await this.#lock.create(record, signal)
        : await this.#lock.replace(record, held.resourceVersion, signal);
    this.#observe(written);
    const paused = this.#renewed !== undefined && !this.mayMutate();
    this.#renewed = sent;
    if (paused && this.mayMutate()) this.#onResumed();
  }

  #observe(held: HeldRecord): void {
    // As the server spells it: it may write a time otherwise than we did. A change of a label is not a renewal.
    const same = JSON.stringify(held.record) === JSON.stringify(this.#observed?.record);
    const sinceMs = same && this.#observed !== undefined ? this.#observed.sinceMs : this.#clock.monotonicMs();
    const before = this.holder;
    this.#observed = { ...held, sinceMs };
    if (this.holder !== before && this.holder !== this.identity)
      this.#log.info(this.holder === '' ? 'the lease is free' : 'another leads', { holder: this.holder });
  }

  #expiresInMs({ record, sinceMs }: { readonly record: LeaseRecord; readonly sinceMs: number }): number {
    if (record.holderIdentity === '') return 0;
    return sinceMs + record.leaseDurationSeconds * 1000 - this.#clock.monotonicMs();
  }

  /** Until the next try: jittered as in client-go, but not past the end of a lease that we see ending. */
  #pauseMs(): number {
    const { retryPeriodMs } = this.#timings;
    const jittered = retryPeriodMs * (1 + JITTER * this.#random());
    const expiresInMs = this.#observed === undefined ? 0 : this.#expiresInMs(this.#observed);
    // A tenth of jitter there too: several who wait see the same end.
    return expiresInMs > 0 ? Math.min(jittered, expiresInMs + (retryPeriodMs / 10) * this.#random()) : jittered;
  }

  /** A failure is false, and said once a kind. Rejects with the signal's reason only. */
  async #attempt(signal: AbortSignal, attempt: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await attempt();
      this.#troubleCode = undefined;
      return done;
    } catch (error) {
      signal.throwIfAborted();
      const code = isOvertaken(error) ? 'Overtaken' : String((error as { code?: unknown }).code ?? error);
      if (code !== this.#troubleCode && code !== 'Overtaken')
        this.#log.warn('the lease cannot be read or written, trying again', { lease: this.#lock.key, error });
      this.#troubleCode = code;
      return false;
    }
  }
}
