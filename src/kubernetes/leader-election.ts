import { type Clock, deadline, sleep } from '../time/clock';
import type { Random } from '../time/random';
import type { ApiServer } from './api-server';
import { microTime } from './event';
import { LeadershipLost } from './leadership-lost';
import { type HeldRecord, isOvertaken, LeaseLock, type LeaseRecord } from './lease-lock';
import type { LeaseNews } from './lease-news';
import { checkLeaseTimings, JITTER, LEASE_TIMINGS, type LeaseTimings } from './lease-timings';
import { type Log, silentLog } from './log';
import { isOlder } from './resource-version';
import { historyOf, type ServerHistory } from './server-history';
import { WakeablePause } from './wakeable-pause';

/**
 * client-go's LeaderElector: of all processes that use one Lease at most one leads.
 *
 * 1. A waiting process takes the lease only when its record did not change for the duration written in it, by the
 *    process's own monotonic clock. Times in the record are never compared with a clock.
 * 2. The holder may act until `renewDeadlineMs` after its last successful renewal was *sent*. A waiting process cannot have
 *    seen that renewal earlier. So two processes never act at once, also when replies are lost or a process is stopped for
 *    long. Only a clock that runs 1.5 times as fast as another (leaseDurationMs / renewDeadlineMs) could break this.
 * 3. The wall clock can only make rule 2 stricter. When a machine was suspended, its monotonic clock stood still, but its
 *    wall clock shows the time that passed.
 * client-go gives up one retry period later than rule 2 says. Here both are one deadline, so a leader is always one that
 * may act.
 *
 * Order of calls: `acquire`, then `renew` for as long as the work goes on, then `release` once nothing is sent any more.
 */
export class LeaderElector {
  readonly identity: string;
  readonly #lock: LeaseLock;
  readonly #history: ServerHistory;
  readonly #timings: LeaseTimings;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Log;
  readonly #onResumed: () => void;
  readonly #takeFree: (write: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  readonly #follow: (listener: (held: HeldRecord) => void) => () => void;
  readonly #pause: WakeablePause;
  /** The record as last seen, and since when it has not changed, by our own clock. */
  #observed: (HeldRecord & { readonly sinceMs: number }) | undefined;
  /** When the last successful renewal was sent; undefined while we do not lead. */
  #renewed: { readonly monotonicMs: number; readonly wallMs: number } | undefined;
  #failureCode: string | undefined;

  constructor(options: {
    readonly server: ApiServer;
    readonly namespace: string;
    readonly name: string;
    /** Differs from that of every other process, also of an earlier one on this machine. */
    readonly identity: string;
    readonly timings?: LeaseTimings;
    readonly clock: Clock;
    readonly random: Random;
    readonly log?: Log;
    /** Called when `mayMutate` is true again after it was false: work that was dropped in between is due. */
    readonly onResumed?: () => void;
    /** Calls `write` when a free lease may be taken, which fails if another process was faster. Default: at once. */
    readonly takeFree?: (write: () => Promise<void>, signal: AbortSignal) => Promise<void>;
    /** Tells of the lease while this process waits for it. Absent: it hears of a release at its next try. */
    readonly news?: Pick<LeaseNews, 'follow'>;
  }) {
    this.#timings = options.timings ?? LEASE_TIMINGS;
    const problem = checkLeaseTimings(this.#timings);
    if (problem !== undefined) throw new RangeError(problem);
    const { server, namespace, name } = options;
    this.#history = historyOf(server);
    // Half of the deadline, as in controller-runtime: after a request that hangs there is time for another one.
    this.#lock = new LeaseLock({ server, namespace, name, timeoutMs: this.#timings.renewDeadlineMs / 2 });
    this.identity = options.identity;
    this.#follow = (listener) => options.news?.follow(name, listener) ?? (() => {});
    this.#clock = options.clock;
    this.#pause = new WakeablePause(options.clock);
    this.#random = options.random;
    this.#log = options.log ?? silentLog;
    this.#onResumed = options.onResumed ?? (() => {});
    this.#takeFree = options.takeFree ?? ((write) => write());
  }

  /** The holder as last seen; empty when there is none. */
  get holder(): string {
    return this.#observed?.record.holderIdentity ?? '';
  }

  get isLeader(): boolean {
    return this.#renewed !== undefined;
  }

  /** Monotonic time at which the last successful renewal was sent; undefined while this process does not lead. */
  get renewedAtMs(): number | undefined {
    return this.#renewed?.monotonicMs;
  }

  /** R6: whether this process may make a change now. Ask as late as possible before each change is sent. */
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
    const unfollow = this.#follow((held) => this.#hear(held));
    try {
      for (;;) {
        signal.throwIfAborted();
        if (await this.#tryAcquire(signal)) {
          this.#log.info('leading', { lease: this.#lock.key, identity: this.identity });
          return;
        }
        await this.#pause.wait(this.#pauseMs(), signal);
      }
    } finally {
      unfollow();
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
   * Releases the lease, so that another process need not wait for its end. Call it after the last change was sent and
   * answered. Rejects with the signal's reason only: if the release fails, the lease ends by itself.
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
          (this.#failureCode === undefined ? '' : ` (${this.#failureCode})`),
      );
    const last = this.#renewed;
    if (last === undefined) throw lost();
    const leftMs = last.monotonicMs + this.#timings.renewDeadlineMs - this.#clock.monotonicMs();
    const limit = deadline(this.#clock, leftMs, signal, lost);
    try {
      for (;;) {
        // The timer is not enough: when a stopped process wakes, answers and timers come in any order.
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
      this.#pause.begin();
      const seen = this.#observed?.resourceVersion;
      const held = await this.#lock.read(signal);
      if (held !== undefined) this.#observe(held, seen);
      const observed = this.#observed;
      const mine = observed?.record.holderIdentity === this.identity;
      // Also when the Lease was deleted: its holder does not know that yet, and may act until its deadline.
      if (observed !== undefined && !mine && this.#expiresInMs(observed) > 0) return false;
      if (mine) await this.#write(held, held?.record, signal);
      else await this.#takeFree(() => this.#write(held, undefined, signal), signal);
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
    if (quick || this.#failureCode !== 'Overtaken') return quick;
    // The lease was written since it was read, perhaps by us: the reply to a renewal can be lost.
    return this.#attempt(signal, async () => {
      const held = await this.#lock.read(signal);
      if (held !== undefined) this.#observe(held);
      if (held !== undefined && held.record.holderIdentity !== this.identity && held.record.holderIdentity !== '')
        return false;
      await this.#write(held, held?.record ?? observed?.record, signal);
      return true;
    });
  }

  /** Makes this process the holder. `since` is the record of its current term; undefined begins a new term. */
  async #write(held: HeldRecord | undefined, since: LeaseRecord | undefined, signal: AbortSignal): Promise<void> {
    const seen = this.#observed?.resourceVersion;
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
    this.#observe(written, seen);
    const paused = this.#renewed !== undefined && !this.mayMutate();
    this.#renewed = sent;
    if (paused && this.mayMutate()) this.#onResumed();
  }

  /** `seen` is the version that was known when the answer was asked for. What was heard since may be newer. */
  #observe(held: HeldRecord, seen = this.#observed?.resourceVersion): void {
    this.#history.compare(seen, held.resourceVersion);
    if (!isOlder(held.resourceVersion, seen) && isOlder(held.resourceVersion, this.#observed?.resourceVersion)) return;
    // Compares what the server sent: it may write a time in another form than we did. A changed label is no renewal.
    const same = JSON.stringify(held.record) === JSON.stringify(this.#observed?.record);
    const sinceMs = same && this.#observed !== undefined ? this.#observed.sinceMs : this.#clock.monotonicMs();
    const before = this.holder;
    this.#observed = { ...held, sinceMs };
    if (this.holder !== before && this.holder !== this.identity)
      this.#log.info(this.holder === '' ? 'the lease is free' : 'another process leads', { holder: this.holder });
  }

  #expiresInMs({ record, sinceMs }: { readonly record: LeaseRecord; readonly sinceMs: number }): number {
    if (record.holderIdentity === '') return 0;
    return sinceMs + record.leaseDurationSeconds * 1000 - this.#clock.monotonicMs();
  }

  /**
   * A watch may be late, and older than what was read. It only makes the waiting exact: the lease is taken after a read, when
   * it is free, or when what was heard last did not change for its duration.
   */
  #hear(held: HeldRecord): void {
    if (this.#observed !== undefined && !isOlder(this.#observed.resourceVersion, held.resourceVersion)) return;
    this.#observe(held);
    if (this.holder === '') this.#pause.wake();
  }

  /** Until the next try: with jitter as in client-go, but not much longer than the lease lasts. */
  #pauseMs(): number {
    const { retryPeriodMs } = this.#timings;
    const jittered = retryPeriodMs * (1 + JITTER * this.#random());
    const expiresInMs = this.#observed === undefined ? 0 : this.#expiresInMs(this.#observed);
    // Also with jitter, a tenth of it: several waiting processes see the same end.
    return expiresInMs > 0 ? Math.min(jittered, expiresInMs + (retryPeriodMs / 10) * this.#random()) : jittered;
  }

  /** False after a failure, which is logged once per kind. Rejects with the signal's reason only. */
  async #attempt(signal: AbortSignal, attempt: () => Promise<boolean>): Promise<boolean> {
    try {
      const done = await attempt();
      this.#failureCode = undefined;
      return done;
    } catch (error) {
      signal.throwIfAborted();
      const code = isOvertaken(error) ? 'Overtaken' : String((error as { code?: unknown }).code ?? error);
      if (code !== this.#failureCode && code !== 'Overtaken')
        this.#log.warn('the lease cannot be read or written, trying again', { lease: this.#lock.key, error });
      this.#failureCode = code;
      return false;
    }
  }
}
