/** One vCenter, connected for as long as it runs: logs in, syncs, follows, and starts over after each loss. */
import { type BackoffPolicy, backoffMs } from '../time/backoff';
import { type Clock, sleep } from '../time/clock';
import type { Random } from '../time/random';
import { CloneSources } from './calls/clone-sources';
import { SessionVimClient } from './calls/vim-client';
import { classifyFailure } from './fault/classify';
import { InventoryStore } from './inventory/inventory';
import { InventoryStream } from './inventory/inventory-stream';
import type { ConnectionStatus, Inventory, InventoryChange, VCenterConnection, VimClient } from './port';
import { UnreadValues } from './property/unread-values';
import type { AuthKind } from './session/authenticator';
import type { CredentialsProvider } from './session/credentials';
import { FailureLog } from './session/failure-log';
import { type Log, silentLog } from './session/log';
import { LoginBreaker } from './session/login-breaker';
import { openTransport } from './session/open-transport';
import { Session } from './session/session';
import { SettingsWatch } from './session/settings-watch';
import { WorkDispatcher } from './task/dispatcher';
import { TaskTracker } from './task/tracker';
import type { ProxyAddress } from './transport/proxy';
import type { ServerAddress } from './transport/server-address';
import type { TransportKind, VimTransport } from './transport/transport';
import { Trust, type TrustProvider, type TrustSettings } from './transport/trust';
import { toFailure, VsphereError } from './vim25/vsphere-error';

export interface ConnectOptions {
  readonly server: ServerAddress;
  /** Default: the roots of Node and of the system. A provider is asked at each connect. */
  readonly trust?: TrustSettings | TrustProvider;
  readonly credentials: CredentialsProvider;
  /** Default: Password. */
  readonly auth?: AuthKind;
  /** Default: none; see `proxyFromEnvironment`. */
  readonly proxy?: ProxyAddress | undefined;
  /** Default: https. */
  readonly transportKind?: TransportKind;
  /** The extraConfig keys to show in `VirtualMachine.extraConfig`. */
  readonly watchedExtraConfigKeys: readonly string[];
  /** Clones at once. Default 16. */
  readonly maxConcurrentTasks?: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log?: Log;
  /** How calls travel, instead of `server`, `trust`, `proxy` and `transportKind`; by password only. The model of a vCenter stands behind the same seam (R12). */
  readonly transport?: VimTransport;
}

const MAX_CONCURRENT_TASKS = 16;
/** SECONDS and MINUTES of the taxonomy: after this many tries the long one. */
const SOON: BackoffPolicy = { firstMs: 1_000, longestMs: 60_000 };
const SOON_TRIES = 6;
const LATER: BackoffPolicy = { firstMs: 30_000, longestMs: 15 * 60_000 };
/** B3: what only a person can change is looked at again every half hour, give or take a fifth. */
const RECHECK_MS = 30 * 60_000;
/** A connection that held this long was a good one: its loss is answered at once. */
const STABLE_MS = 60_000;
/** A sync that was completed is progress: the pauses before the next grow no further than this, and still no loop is hot. */
const SYNCED_TRIES = 4;

/**
 * A connection that does nothing yet: `run` connects. Throws a VsphereError InvalidInput when the trust settings can't be
 * read; nothing else throws or rejects, every later failure is in `status`.
 */
export function connectVCenter(options: ConnectOptions): VCenterConnection {
  return new Connection(options);
}

class Connection implements VCenterConnection {
  readonly inventory: Inventory;
  readonly calls: VimClient;
  readonly dispatcher: WorkDispatcher;
  readonly #options: ConnectOptions;
  readonly #log: Log;
  readonly #told: FailureLog;
  readonly #trustOf: TrustProvider;
  readonly #trust: Trust;
  readonly #watch: SettingsWatch;
  readonly #transport: VimTransport;
  readonly #breaker: LoginBreaker;
  readonly #session: Session;
  readonly #stream: InventoryStream;
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>();
  readonly #changeListeners = new Set<(change: InventoryChange) => void>();
  #status: ConnectionStatus;
  #attempts = 0;

  constructor(options: ConnectOptions) {
    const { credentials, clock, log = silentLog, watchedExtraConfigKeys: watchedKeys } = options;
    const { trust = {} } = options;
    this.#options = options;
    this.#log = log;
    this.#status = { kind: 'Connecting', sinceMonotonicMs: clock.monotonicMs() };
    this.#told = new FailureLog(log);
    this.#trustOf = typeof trust === 'function' ? trust : async () => trust;
    this.#trust = new Trust(typeof trust === 'function' ? {} : trust, clock);
    this.#watch = new SettingsWatch({ credentials, trust: this.#trustOf, clock, log });
    const { transport, authenticator } = openTransport(options, this.#trust);
    this.#transport = transport;
    this.#breaker = new LoginBreaker(clock);
    const session = new Session({ transport, authenticator, credentials, breaker: this.#breaker, clock, log });
    const store = new InventoryStore();
    const unread = new UnreadValues(transport.server, log);
    const tasks = new TaskTracker(session, clock, log);
    const emit = (changes: readonly InventoryChange[]) => this.#emit(changes);
    this.#session = session;
    this.#stream = new InventoryStream({ session, store, tasks, watchedKeys, clock, log, unread, emit });
    this.inventory = store;
    const cloneSources = new CloneSources(session, clock, (ref) => store.versionOf(ref));
    const calls = new SessionVimClient(session, watchedKeys, cloneSources, unread);
    this.calls = calls;
    this.dispatcher = new WorkDispatcher({
      maxConcurrentTasks: options.maxConcurrentTasks ?? MAX_CONCURRENT_TASKS,
      mayStart: () => this.#status.kind === 'Ready',
      followTask: (task, onEnd) =>
        tasks.follow(task, (outcome) => {
          if (outcome.kind !== 'Succeeded') calls.taskFailed(task);
          onEnd(outcome);
        }),
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
    this.#trust.replace(await this.#trustOf());
    await this.#session.open({ operationId: 'vmop-connect', signal });
    return await this.#stream.run(signal, () => {
      const { fullName, version, apiVersion, instanceUuid = '' } = this.#session.service.about;
      this.#readySinceMs = this.#options.clock.monotonicMs();
      this.#setStatus({ kind: 'Ready', about: { fullName, version, apiVersion, instanceUuid } });
      this.#told.forget();
      this.#log.info('connected to vCenter', { server: this.#transport.server, version });
      this.dispatcher.pump();
    });
  }

  #readySinceMs = 0;
  /** Before the last try to connect again. */
  #pauseMs = 0;

  /** Shows what happened and waits until the next try is due. */
  async #afterFailure(error: VsphereError, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const wasReady = this.#status.kind === 'Ready';
    this.#attempts = wasReady ? this.#attemptsAfter(clock.monotonicMs() - this.#readySinceMs) : this.#attempts + 1;
    this.#told.failure(wasReady ? 'lost vCenter' : 'not connected to vCenter', this.#transport.server, error);
    if (wasReady) {
      this.#leaveReady();
      // The stream alone may have broken: try before calling it a failure.
      this.#pauseMs = this.#attempts === 0 ? 0 : backoffMs(SOON, this.#attempts, this.#options.random);
      if (this.#pauseMs > 0) await sleep(clock, this.#pauseMs, signal);
      return;
    }
    const { backoff } = classifyFailure(error);
    const isForAPerson = backoff === 'LoginBreaker' || backoff === 'HalfHour';
    const known = isForAPerson ? await this.#watch.digest() : '';
    const delayMs = backoff === 'LoginBreaker' ? this.#breaker.probeInMs : this.#delayMs(error);
    this.#fail(error, delayMs);
    if (!isForAPerson) return await sleep(clock, delayMs ?? 0, signal);
    const dueMs = clock.monotonicMs() + (delayMs ?? Number.POSITIVE_INFINITY);
    return await this.#watch.until(known, () => clock.monotonicMs() >= dueMs, signal);
  }

  /** A connection that served for longer than it was waited for starts over with the pauses. */
  #attemptsAfter(servedMs: number): number {
    if (servedMs >= STABLE_MS) return 0;
    return servedMs > Math.max(this.#pauseMs, SOON.firstMs) ? 1 : Math.min(this.#attempts + 1, SYNCED_TRIES);
  }

  #delayMs(error: VsphereError): number {
    const { random } = this.#options;
    const rule = classifyFailure(error).backoff;
    switch (rule) {
      case 'HalfHour':
        return RECHECK_MS * (0.8 + 0.4 * random());
      case 'Minutes':
        return Math.max(error.retryAfterMs ?? 0, backoffMs(LATER, this.#attempts, random));
      case 'AtOnce':
      case 'Seconds':
      case 'BlockingTask':
      case 'LoginBreaker':
        return this.#attempts <= SOON_TRIES
          ? backoffMs(SOON, this.#attempts, random)
          : backoffMs(LATER, this.#attempts - SOON_TRIES, random);
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
