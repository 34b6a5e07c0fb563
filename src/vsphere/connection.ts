/** One vCenter, connected for as long as it runs: logs in, syncs, follows, and starts over after each loss. */
import { type BackoffPolicy, backoffMs } from '../time/backoff';
import { type Clock, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { type CredentialsProvider, digestOf } from './credentials';
import { WorkDispatcher } from './dispatcher';
import { classifyFailure } from './faults/classify';
import { HttpsTransport } from './https-transport';
import { InventoryStore } from './inventory';
import { InventoryStream } from './inventory-stream';
import { type Log, silentLog } from './log';
import { LoginBreaker } from './login-breaker';
import type { ConnectionStatus, Inventory, InventoryChange, VCenterConnection, VimCalls } from './port';
import { Session } from './session';
import { TaskTracker } from './tasks';
import { Trust, type TrustSettings } from './trust';
import type { ServerAddress } from './trusted-agent';
import { SessionCalls } from './vim-calls';
import { toFailure, VsphereError } from './vsphere-error';

export interface ConnectOptions {
  readonly server: ServerAddress;
  /** Default: the roots of Node and of the system. */
  readonly trust?: TrustSettings;
  readonly credentials: CredentialsProvider;
  /** The extraConfig keys to show in `VirtualMachine.extraConfig`. */
  readonly watchedExtraConfigKeys: readonly string[];
  /** Clones at once. Default 16. */
  readonly maxConcurrentTasks?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
}

const MAX_CONCURRENT_TASKS = 16;
/** B1 and B2 of the taxonomy: after this many tries the long one. */
const SOON: BackoffPolicy = { firstMs: 1_000, longestMs: 60_000 };
const SOON_TRIES = 6;
const LATER: BackoffPolicy = { firstMs: 30_000, longestMs: 15 * 60_000 };
/** B3: what only a person can change is looked at again every half hour, give or take a fifth. */
const RECHECK_MS = 30 * 60_000;
const CREDENTIALS_POLL_MS = 10_000;
/** A connection that held this long was a good one: its loss is answered at once. */
const STABLE_MS = 60_000;

/**
 * A connection that does nothing yet: `run` connects. Throws a VsphereError InvalidInput when the trust settings can't be
 * read; nothing else throws or rejects, every later failure is in `status`.
 */
export function connectVCenter(options: ConnectOptions): VCenterConnection {
  return new Connection(options);
}

class Connection implements VCenterConnection {
  readonly inventory: Inventory;
  readonly calls: VimCalls;
  readonly dispatcher: WorkDispatcher;
  readonly #options: ConnectOptions;
  readonly #log: Log;
  readonly #transport: HttpsTransport;
  readonly #breaker: LoginBreaker;
  readonly #session: Session;
  readonly #stream: InventoryStream;
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>();
  readonly #changeListeners = new Set<(change: InventoryChange) => void>();
  #status: ConnectionStatus;
  #attempts = 0;

  constructor(options: ConnectOptions) {
    const { server, trust = {}, credentials, clock, log = silentLog, watchedExtraConfigKeys: watchedKeys } = options;
    this.#options = options;
    this.#log = log;
    this.#status = { kind: 'Connecting', sinceMonotonicMs: clock.monotonicMs() };
    this.#transport = new HttpsTransport({ address: server, trust: new Trust(trust, clock), clock });
    this.#breaker = new LoginBreaker(clock);
    const session = new Session({ transport: this.#transport, credentials, breaker: this.#breaker, clock, log });
    const store = new InventoryStore();
    const tasks = new TaskTracker(session, clock, log);
    const emit = (changes: readonly InventoryChange[]) => this.#emit(changes);
    this.#session = session;
    this.#stream = new InventoryStream({ session, store, tasks, watchedKeys, clock, log, emit });
    this.inventory = store;
    this.calls = new SessionCalls(session, watchedKeys);
    this.dispatcher = new WorkDispatcher({
      maxConcurrentTasks: options.maxConcurrentTasks ?? MAX_CONCURRENT_TASKS,
      mayStart: () => this.#status.kind === 'Ready',
      followTask: (task, onEnd) => tasks.follow(task, onEnd),
      log,
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get userName(): string | undefined {
    return this.#session.userName;
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onInventoryChange(listener: (change: InventoryChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#runOnce(signal);
      } catch (thrown) {
        if (signal.aborted) break;
        await this.#afterFailure(VsphereError.from(thrown), signal).catch(() => undefined);
      }
    }
    this.dispatcher.stop();
    this.#leaveReady();
    await this.#stream.cleanup;
    await this.#session.close();
    this.#transport.close();
  }

  async #runOnce(signal: AbortSignal): Promise<never> {
    await this.#session.open({ operationId: 'vmop-connect', signal });
    return await this.#stream.run(signal, () => {
      const { fullName, version, apiVersion, instanceUuid = '' } = this.#session.service.about;
      this.#readySinceMs = this.#options.clock.monotonicMs();
      this.#setStatus({ kind: 'Ready', about: { fullName, version, apiVersion, instanceUuid } });
      this.#log.info('connected to vCenter', { server: this.#transport.server, version });
      this.dispatcher.pump();
    });
  }

  #readySinceMs = 0;

  /** Shows what happened and waits until the next try is due. */
  async #afterFailure(error: VsphereError, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const wasReady = this.#status.kind === 'Ready';
    if (wasReady && clock.monotonicMs() - this.#readySinceMs >= STABLE_MS) this.#attempts = 0;
    else this.#attempts += 1;
    const { code, message } = error;
    this.#log.warn(wasReady ? 'lost vCenter' : 'not connected to vCenter', {
      server: this.#transport.server,
      code,
      error: message,
    });
    if (wasReady) {
      this.#leaveReady();
      // The stream alone may have broken: try before calling it a failure.
      if (this.#attempts > 0) await sleep(clock, backoffMs(SOON, this.#attempts, this.#options.random), signal);
      return;
    }
    if (classifyFailure(error).backoff === 'BA') {
      const probeInMs = this.#breaker.probeInMs;
      this.#fail(error, probeInMs);
      await this.#untilCredentialsMayWork(signal);
      return;
    }
    const delayMs = this.#delayMs(error);
    this.#fail(error, delayMs);
    await sleep(clock, delayMs, signal);
  }

  #delayMs(error: VsphereError): number {
    const { random } = this.#options;
    const rule = classifyFailure(error).backoff;
    switch (rule) {
      case 'B3':
        return RECHECK_MS * (0.8 + 0.4 * random());
      case 'B2':
        return Math.max(error.retryAfterMs ?? 0, backoffMs(LATER, this.#attempts, random));
      case 'B0':
      case 'B1':
      case 'BT':
      case 'BA':
        return this.#attempts <= SOON_TRIES
          ? backoffMs(SOON, this.#attempts, random)
          : backoffMs(LATER, this.#attempts - SOON_TRIES, random);
    }
  }

  /** Files may change at any time and tell nobody: while the breaker is open, and only then, they are looked at. */
  async #untilCredentialsMayWork(signal: AbortSignal): Promise<void> {
    const { clock, credentials } = this.#options;
    for (;;) {
      await sleep(clock, CREDENTIALS_POLL_MS, signal);
      try {
        if (this.#breaker.objection(digestOf(await credentials())) === undefined) return;
      } catch (error) {
        this.#log.warn('credentials not read', { code: VsphereError.from(error).code });
      }
    }
  }

  #fail(error: VsphereError, delayMs: number | undefined): void {
    const { clock } = this.#options;
    const retry = delayMs === undefined ? {} : { retryAtWallMs: clock.wallMs() + delayMs };
    this.#setStatus({ kind: 'Failed', sinceMonotonicMs: this.#notReadySince(), error: toFailure(error), ...retry });
  }

  #leaveReady(): void {
    if (this.#status.kind === 'Ready')
      this.#setStatus({ kind: 'Connecting', sinceMonotonicMs: this.#options.clock.monotonicMs() });
  }

  #notReadySince(): number {
    return this.#status.kind === 'Ready' ? this.#options.clock.monotonicMs() : this.#status.sinceMonotonicMs;
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of [...this.#statusListeners]) this.#guarded(() => listener(status));
  }

  #emit(changes: readonly InventoryChange[]): void {
    for (const change of changes) for (const listener of this.#changeListeners) this.#guarded(() => listener(change));
  }

  /** A listener that throws must not break the stream, nor keep others from hearing. */
  #guarded(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.#log.error('a listener threw', { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
