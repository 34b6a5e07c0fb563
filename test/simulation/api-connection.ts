/** The connection of one process to the model of an API server: latency, faults, and crashes at each step of a call. */

import { ApiError, type ApiRequest, type ApiServer } from '../../src/kubernetes';
import { type Clock, deadline, sleep } from '../../src/time/clock';
import type { Random } from '../../src/time/random';
import type { KubernetesModel } from '../fakes/kubernetes/kubernetes-model';
import { ModelWatch } from '../fakes/kubernetes/watch';
import { within } from '../fakes/vcenter/chance';
import type { ApiFaults, ApiNetwork } from './api-network';
import { OPERATOR_NAMESPACE } from './vcenter-administrator';

const LATE_MS = 1_000;
const RETRY_AFTER_MS = 2_000;
const TIMEOUT_MS = 30_000;
const OVERTAKEN_MS = { from: 100, to: 5_000 };

export interface ApiCall {
  /** Method and object, such as `PATCH status`. */
  readonly name: string;
  readonly request: ApiRequest;
}

/** Is called at each step of a request, and may end the process there. */
export interface ApiCallWatch {
  /** The request is about to leave the process. Returns false if it must not, because the process has just died. */
  leaves(call: ApiCall): boolean;
  /** The request has arrived at the server, which has not handled it yet. */
  arrives(call: ApiCall): void;
  served(call: ApiCall): void;
  answered(call: ApiCall): void;
  /** An event of a watch has arrived. Returns false if it is not read, because the process has just died. */
  eventComes(event: unknown): boolean;
  onFault(kind: keyof ApiFaults): void;
}

export interface ApiConnectionOptions {
  readonly model: KubernetesModel;
  readonly apiNetwork: ApiNetwork;
  readonly world: Clock;
  /** The clock of the process. */
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: ApiCallWatch;
}

export class ApiConnection implements ApiServer {
  readonly server = 'https://model';
  /** Number of pending requests that a reconcile may wait for (R3). */
  awaited = 0;
  readonly #options: ApiConnectionOptions;
  readonly #streams = new Set<() => void>();
  #partitioned = false;

  constructor(options: ApiConnectionOptions) {
    this.#options = options;
  }

  /** No message passes in either direction, without an error, until `reconnect`. */
  partition(): void {
    this.#partitioned = true;
  }

  reconnect(): void {
    if (this.#partitioned) this.breakStreams();
    this.#partitioned = false;
  }

  breakStreams(): void {
    for (const end of [...this.#streams]) end();
  }

  close(): void {
    this.breakStreams();
  }

  async request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    const { clock, watch } = this.#options;
    const call = { name: nameOf(request), request };
    signal.throwIfAborted();
    const limit = deadline(clock, request.timeoutMs ?? TIMEOUT_MS, signal, () => new ApiError('Timeout', call.name));
    const counts = AWAITED.has(call.name);
    if (counts) this.awaited += 1;
    try {
      return await this.#exchange<T>(call, limit.signal);
    } finally {
      if (counts) this.awaited -= 1;
      limit.done();
      clock.setTimer(0, () => watch.answered(call));
    }
  }

  #exchange<T>(call: ApiCall, signal: AbortSignal): Promise<T> {
    const { clock, world, model, watch } = this.#options;
    const fate = this.#fateOf(call.request);
    if (!watch.leaves(call)) return new Promise(() => {});
    return new Promise<T>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      const answer = (give: () => void) => {
        if (!this.#partitioned) clock.setTimer(this.#latencyMs(), give);
      };
      const arrive = (delayMs: number, reply: (give: () => void) => void) =>
        world.setTimer(delayMs, () => {
          if (this.#partitioned) return;
          watch.arrives(call);
          model.direct
            .request<T>(call.request, NEVER)
            .then(
              (value) => reply(() => resolve(value)),
              (error: unknown) => reply(() => reject(error)),
            )
            .finally(() => watch.served(call));
        });
      switch (fate) {
        case 'hang':
          return;
        case 'requestLost':
          answer(() => reject(lost()));
          return;
        case 'requestLate':
          answer(() => reject(lost()));
          arrive(LATE_MS, () => {});
          return;
        case 'tooMany':
          answer(() => reject(refused('TooManyRequests', 429)));
          return;
        case 'unavailable':
          answer(() => reject(refused('ServiceUnavailable', 503)));
          return;
        case 'replyLost':
          arrive(this.#latencyMs(), () => answer(() => reject(lost())));
          return;
        case 'Down':
          answer(() => reject(new ApiError('Unreachable', 'connection refused')));
          return;
        case 'Arrives':
          arrive(this.#latencyMs(), answer);
      }
    });
  }

  async *stream(request: ApiRequest, signal: AbortSignal): AsyncGenerator<unknown> {
    const { clock, model, watch, random, apiNetwork } = this.#options;
    const call = { name: nameOf(request), request };
    const fate = this.#fateOf(request);
    if (!watch.leaves(call)) await new Promise(() => {});
    await sleep(clock, 2 * this.#latencyMs(), signal);
    if (fate !== 'Arrives' && fate !== 'hang' && fate !== 'requestLate') throw lost();
    const channel = new ModelWatch('', undefined);
    const server = new AbortController();
    const end = () => channel.fail(lost());
    this.#streams.add(end);
    const onAbort = () => channel.fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    let lastDueMs = 0;
    const steps: (() => void)[] = [];
    const deliver = (step: () => void) => {
      const nowMs = clock.monotonicMs();
      lastDueMs = Math.max(lastDueMs, nowMs + within(apiNetwork.watchDelayMs, random));
      steps.push(step);
      // In order, also when a process that was stopped gets many events at once.
      clock.setTimer(lastDueMs - nowMs, () => {
        const next = steps.shift();
        if (!this.#partitioned) next?.();
      });
    };
    const push = (value: unknown) => {
      if (watch.eventComes(value)) channel.push(value);
    };
    const pump = async () => {
      const onOpen = () => deliver(() => request.onOpen?.());
      for await (const value of model.direct.stream({ ...request, onOpen }, server.signal)) {
        const { eventTwice, eventOvertaken, watchBreaks } = apiNetwork.faults;
        if (this.#happens('watchBreaks', watchBreaks)) deliver(end);
        if (this.#happens('eventOvertaken', eventOvertaken))
          lastDueMs = Math.max(lastDueMs, clock.monotonicMs() + within(OVERTAKEN_MS, random));
        deliver(() => push(value));
        if (this.#happens('eventTwice', eventTwice)) deliver(() => push(structuredClone(value)));
      }
      deliver(() => channel.end());
    };
    pump().catch((error: unknown) => deliver(() => channel.fail(error)));
    try {
      yield* channel.values();
    } finally {
      this.#streams.delete(end);
      signal.removeEventListener('abort', onAbort);
      server.abort(new Error('the watch was left'));
      watch.answered(call);
    }
  }

  #fateOf(request: ApiRequest): keyof ApiFaults | 'Arrives' | 'Down' {
    const { faults, hanging } = this.#options.apiNetwork;
    if (this.#options.model.down) return 'Down';
    if (hanging?.(request) === true) return 'hang';
    if (this.#happens('requestLost', faults.requestLost)) return 'requestLost';
    if (this.#happens('replyLost', faults.replyLost)) return 'replyLost';
    if (request.method !== 'GET' && this.#happens('requestLate', faults.requestLate)) return 'requestLate';
    if (this.#happens('tooMany', faults.tooMany)) return 'tooMany';
    if (this.#happens('unavailable', faults.unavailable)) return 'unavailable';
    return this.#happens('hang', faults.hang) ? 'hang' : 'Arrives';
  }

  #happens(kind: keyof ApiFaults, chance: number): boolean {
    if (chance === 0 || this.#options.random() >= chance) return false;
    this.#options.watch.onFault(kind);
    return true;
  }

  #latencyMs(): number {
    return within(this.#options.apiNetwork.latencyMs, this.#options.random);
  }
}

const NEVER = new AbortController().signal;

/** The requests of reconciles. A reconcile may wait for nothing else. */
const AWAITED: ReadonlySet<string> = new Set([
  'PATCH status',
  'GET vmgroup',
  'PATCH finalizers',
  'GET crd',
  'GET secret',
  'GET account',
  'PATCH vcenter',
  'PATCH vcenter status',
]);

function lost(): ApiError {
  return new ApiError('Unreachable', 'the connection broke');
}

function refused(code: string, status: number): ApiError {
  return new ApiError(code, 'drawn by the simulation', { status, retryAfterMs: RETRY_AFTER_MS });
}

function nameOf({ method, path, query }: ApiRequest): string {
  if (path.includes('/customresourcedefinitions')) return 'GET crd';
  if (path.includes('/vmgroups')) {
    if (path.endsWith('/status')) return 'PATCH status';
    if (method === 'PATCH') return 'PATCH finalizers';
    if (query?.watch === true) return 'WATCH vmgroups';
    if (!path.endsWith('/vmgroups')) return 'GET vmgroup';
    return query?.limit === 1 ? 'CHECK vmgroups' : 'LIST vmgroups';
  }
  if (path.includes(`/namespaces/${OPERATOR_NAMESPACE}/secrets/`)) return 'GET account';
  if (path.includes('/secrets/')) return 'GET secret';
  if (path.includes('/leases/') || (path.endsWith('/leases') && method === 'POST')) return `${method} lease`;
  if (path.includes('/events')) return `${method} event`;
  if (/^\/api\/v1\/namespaces\/[^/]+$/.test(path)) return 'GET namespace';
  if (path.includes('/vcenters/')) return path.endsWith('/status') ? 'PATCH vcenter status' : `${method} vcenter`;
  const [, collection] = /\/(vcenters|namespaces|leases)$/.exec(path) ?? [];
  if (collection === undefined) return `${method} ${path}`;
  if (query?.watch === true) return `WATCH ${collection}`;
  return `${query?.limit === 1 ? 'CHECK' : 'LIST'} ${collection}`;
}
