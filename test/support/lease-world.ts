import { ApiError } from '../../src/kubernetes/api-error';
import type { ApiRequest, ApiServer } from '../../src/kubernetes/api-server';
import { LeaderElector } from '../../src/kubernetes/leader-election';
import type { HeldRecord, LeaseRecord } from '../../src/kubernetes/lease-lock';
import type { LeaseNews } from '../../src/kubernetes/lease-news';
import type { LeaseTimings } from '../../src/kubernetes/lease-timings';
import type { CancelTimer, Clock } from '../../src/time/clock';
import { type Random, seededRandom } from '../../src/time/random';

/** The Leases of an API server: one object, with optimistic concurrency. */
export class ModelLeases {
  #lease: { spec: LeaseRecord; version: number } | undefined;
  #version = 0;
  down = false;
  /** The holders in the order of their writes; consecutive writes of one holder count once. */
  readonly holders: string[] = [];

  readonly #watches = new Set<(held: HeldRecord) => void>();

  /** Calls the listener with each write. The returned function ends that. */
  watch(listener: (held: HeldRecord) => void): () => void {
    this.#watches.add(listener);
    return () => this.#watches.delete(listener);
  }

  get record(): LeaseRecord | undefined {
    return this.#lease?.spec;
  }

  delete(): void {
    this.#lease = undefined;
  }

  handle({ method, body }: ApiRequest): unknown {
    if (this.down) throw new ApiError('InternalError', 'down', { status: 500 });
    const wanted = body as { metadata: { resourceVersion?: string }; spec: LeaseRecord } | undefined;
    if (method !== 'POST' && this.#lease === undefined) throw new ApiError('NotFound', 'no lease', { status: 404 });
    if (method === 'POST' && this.#lease !== undefined) throw new ApiError('AlreadyExists', 'lease', { status: 409 });
    if (wanted !== undefined) {
      if (method === 'PUT' && wanted.metadata.resourceVersion !== String(this.#lease?.version))
        throw new ApiError('Conflict', 'the lease was changed', { status: 409 });
      this.#version += 1;
      this.#lease = { spec: structuredClone(wanted.spec), version: this.#version };
      const held = { record: structuredClone(wanted.spec), resourceVersion: String(this.#version) };
      for (const tell of this.#watches) tell(held);
      if (this.holders.at(-1) !== wanted.spec.holderIdentity) this.holders.push(wanted.spec.holderIdentity);
    }
    return structuredClone({
      metadata: { resourceVersion: String(this.#lease?.version) },
      spec: this.#lease?.spec,
    });
  }
}

/**
 * A process with its own clock, which may run fast or slow. While the process is stopped, its timers and the answers to
 * its requests wait; then they all come at once. Its network may delay and lose requests and replies.
 */
export class ModelProcess implements ApiServer, Clock {
  readonly server = 'https://model';
  readonly elector: LeaderElector;
  readonly #leases: ModelLeases;
  readonly #true: Clock;
  readonly #rate: number;
  readonly #random: Random;
  readonly #stop = new AbortController();
  /** Callbacks that wait for SIGCONT; undefined while the process runs. */
  #held: (() => void)[] | undefined;
  /** What the network loses. */
  cut: 'Nothing' | 'Requests' | 'Replies' = 'Nothing';
  longestDelayMs = 50;
  alive = true;
  lost: unknown;
  resumed = 0;

  constructor(options: {
    readonly identity: string;
    readonly leases: ModelLeases;
    readonly clock: Clock;
    /** Seconds of its clock per true second. */
    readonly rate?: number;
    readonly seed?: number;
    readonly timings?: LeaseTimings;
    /** How late its watch of the Lease is at most. Absent: it has none. */
    readonly hearsWithinMs?: number;
  }) {
    this.#leases = options.leases;
    this.#true = options.clock;
    this.#rate = options.rate ?? 1;
    this.#random = seededRandom(options.seed ?? 1);
    this.elector = new LeaderElector({
      server: this,
      namespace: 'system',
      name: 'lease',
      identity: options.identity,
      clock: this,
      random: this.#random,
      onResumed: () => {
        this.resumed += 1;
      },
      ...(options.timings === undefined ? {} : { timings: options.timings }),
      ...(options.hearsWithinMs === undefined ? {} : { news: this.#news(options.hearsWithinMs) }),
    });
  }

  /** Events come in their order, late, and not while the network is cut or the process is stopped. */
  #news(withinMs: number): Pick<LeaseNews, 'follow'> {
    return {
      follow: (_, listener) =>
        this.#leases.watch((held) => {
          if (this.cut !== 'Nothing') return;
          this.#true.setTimer(withinMs, () => this.#whenRunning(() => listener(held)));
        }),
    };
  }

  get stopped(): boolean {
    return this.#held !== undefined;
  }

  /** Whether this process could send a change at this moment. */
  get mutates(): boolean {
    return this.alive && !this.stopped && this.elector.mayMutate();
  }

  /** Acquires the Lease and renews it until it is lost or the process is killed, as the operator does. */
  async run(): Promise<void> {
    try {
      await this.elector.acquire(this.#stop.signal);
      await this.elector.renew(this.#stop.signal);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.lost = error;
      this.alive = false;
    }
  }

  kill(): void {
    this.alive = false;
    this.#stop.abort(new Error('killed'));
  }

  /** Stops in order: first no more changes, then the Lease is released. */
  async leave(): Promise<void> {
    this.#stop.abort(new Error('shutting down'));
    await this.elector.release(new AbortController().signal);
    this.alive = false;
  }

  /** SIGSTOP. */
  stop(): void {
    this.#held ??= [];
  }

  /** SIGCONT: the callbacks that waited run in a random order. */
  continue(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (let left = held.length; left > 0; left -= 1) {
      const [next] = held.splice(Math.floor(this.#random() * left), 1);
      next?.();
    }
  }

  wallMs(): number {
    return this.#true.wallMs();
  }

  monotonicMs(): number {
    return this.#true.monotonicMs() * this.#rate;
  }

  setTimer(delayMs: number, callback: () => void): CancelTimer {
    let cancelled = false;
    const fire = () => {
      if (!cancelled) callback();
    };
    const cancel = this.#true.setTimer(delayMs / this.#rate, () => this.#whenRunning(fire));
    return () => {
      cancelled = true;
      cancel();
    };
  }

  request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const cancels: CancelTimer[] = [];
      const finish = (end: () => void) => {
        for (const cancel of cancels) cancel();
        signal.removeEventListener('abort', onAbort);
        end();
      };
      const onAbort = () => finish(() => reject(signal.reason));
      signal.addEventListener('abort', onAbort, { once: true });
      // The timeout goes by the clock of the process.
      const timeout = () => finish(() => reject(new ApiError('Timeout', 'no answer')));
      cancels.push(this.setTimer(request.timeoutMs ?? 30_000, timeout));
      if (this.cut === 'Requests') return;
      // Request and reply travel by true time, also while the process is stopped.
      this.#true.setTimer(this.#random() * this.longestDelayMs, () => {
        let answer: () => void;
        try {
          const value = this.#leases.handle(request) as T;
          answer = () => finish(() => resolve(value));
        } catch (error) {
          answer = () => finish(() => reject(error));
        }
        if (this.cut === 'Replies') return;
        this.#true.setTimer(this.#random() * this.longestDelayMs, () => this.#whenRunning(answer));
      });
    });
  }

  stream(): AsyncIterable<unknown> {
    throw new Error('leases are not watched');
  }

  close(): void {}

  #whenRunning(callback: () => void): void {
    if (this.#held === undefined) callback();
    else this.#held.push(callback);
  }
}
