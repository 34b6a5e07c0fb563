import { type Clock, sleep } from '../time/clock';
import type { ApiServer } from './api-server';

const INTERVAL_MS = 1_000;

/**
 * Notices when a server that was down answers again, so that backoffs can be cut short. It sends one cheap GET /readyz per
 * second for all who wait together, and none while nobody waits. With 30 s of backoff and no probe, a restart of 3 s
 * could cost another 30 s. `/readyz` and not `/version`: a server that starts answers, but refuses lists (403, 429, 503).
 */
export class ServerProbe {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #waiters = new Set<{ readonly sinceProbe: number; readonly down: boolean; readonly resolve: () => void }>();
  #probes = 0;
  #lastFailure = 0;
  #stop: AbortController | undefined;

  constructor(server: ApiServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  /**
   * Resolves at the first successful probe after a failed one. `known` says whether the caller has just seen the server
   * down, so that the next successful probe is enough. Rejects with the signal's reason.
   */
  recovery(known: 'Down' | 'Answering', signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void) => {
        signal.removeEventListener('abort', onAbort);
        this.#waiters.delete(waiter);
        if (this.#waiters.size === 0) this.#stop?.abort();
        end();
      };
      const onAbort = () => finish(() => reject(signal.reason));
      const waiter = { sinceProbe: this.#probes, down: known === 'Down', resolve: () => finish(resolve) };
      if (signal.aborted) {
        reject(signal.reason);
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
      if (this.#stop === undefined || this.#stop.signal.aborted) this.#start();
    });
  }

  #start(): void {
    const stop = new AbortController();
    this.#stop = stop;
    this.#run(stop.signal).catch(() => {}); // It ends by `stop` only: nobody waits any more.
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(this.#clock, INTERVAL_MS, signal);
      this.#probes += 1;
      const number = this.#probes;
      if (!(await this.#answers(signal))) {
        this.#lastFailure = number;
        continue;
      }
      for (const waiter of [...this.#waiters])
        if (waiter.sinceProbe < number && (waiter.down || this.#lastFailure > waiter.sinceProbe)) waiter.resolve();
    }
  }

  async #answers(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#server.request(
        { method: 'GET', path: '/readyz', timeoutMs: INTERVAL_MS, priority: 'Urgent' },
        signal,
      );
      return true;
    } catch (error) {
      signal.throwIfAborted();
      // A refusal comes from a server that works: some clusters hide /readyz. 429 and 5xx come from one that starts.
      const status = (error as { status?: number }).status;
      return status !== undefined && status < 500 && status !== 429;
    }
  }
}

const probes = new WeakMap<ApiServer, ServerProbe>();

/** The one probe of a server: many reflectors share it. */
export function probeOf(server: ApiServer, clock: Clock): ServerProbe {
  let probe = probes.get(server);
  if (probe === undefined) {
    probe = new ServerProbe(server, clock);
    probes.set(server, probe);
  }
  return probe;
}
