/** One vCenter: logs in, syncs, follows all changes, and starts over after each loss. */
import { backoffMs } from '../time/backoff';
import { sleep } from '../time/clock';
import { jointSignal } from '../time/joint-signal';
import { SessionVimClient } from './calls/vim-client';
import type { ConnectOptions } from './connect-options';
import { GuestInfoWishes } from './inventory/guest-info-wishes';
import { InventoryStore } from './inventory/inventory';
import { InventoryStream } from './inventory/inventory-stream';
import type {
  ConnectionStatus,
  Inventory,
  InventoryChange,
  ManagedObjectReference,
  ShownCertificate,
  VCenterConnection,
  VimClient,
} from './port';
import { UnreadValues } from './property/unread-values';
import { mayNeedPerson, reconnectDelayMs, SECONDS } from './reconnect-delay';
import { AuthKind } from './session/authenticator';
import { FailureLog } from './session/failure-log';
import { type Log, silentLog } from './session/log';
import { LoginBreaker } from './session/login-breaker';
import { openRestSession } from './session/open-rest-session';
import { openTransport } from './session/open-transport';
import { RefusedLogins } from './session/refused-logins';
import type { RestSession } from './session/rest-session';
import { Session } from './session/session';
import { SettingsWatch } from './session/settings-watch';
import { WorkDispatcher } from './task/dispatcher';
import { TaskTracker } from './task/tracker';
import { publishInventoryRead } from './transport/channels';
import { serverName } from './transport/server-address';
import type { VimTransport } from './transport/transport';
import { Trust, type TrustProvider } from './transport/trust';
import { toFailure, VsphereError } from './vim25/vsphere-error';

/** After a connection that was ready for this long the next connect begins at once. */
const STABLE_MS = 60_000;
/**
 * After a complete sync the count of failures stays below this: the pauses stay short, and still the loop is not hot.
 */
const SYNCED_TRIES = 4;
/** A complete read costs vCenter and all groups something, and one machine that it never shows asks for it again and again. */
const READ_AGAIN_MS = 15 * 60_000;

/**
 * Makes a connection that does nothing until `run` is called. Throws a VsphereError InvalidInput if the trust settings
 * cannot be read, or if options do not fit together. Later failures are in `status`.
 */
export function connectVCenter(options: ConnectOptions): VCenterConnection {
  return new Connection(options);
}

class Connection implements VCenterConnection {
  readonly inventory: Inventory;
  readonly guestInfo: GuestInfoWishes;
  readonly calls: VimClient;
  readonly dispatcher: WorkDispatcher;
  readonly #options: ConnectOptions;
  readonly #log: Log;
  readonly #failureLog: FailureLog;
  readonly #trustOf: TrustProvider;
  readonly #trust: Trust;
  readonly #watch: SettingsWatch;
  readonly #transport: VimTransport;
  readonly #breaker: LoginBreaker;
  readonly #session: Session;
  readonly #rest: RestSession | undefined;
  readonly #stream: InventoryStream;
  readonly #statusListeners = new Set<(status: ConnectionStatus) => void>();
  readonly #changeListeners = new Set<(change: InventoryChange) => void>();
  #status: ConnectionStatus;
  #attempts = 0;
  #mayProbe = () => true;

  constructor(options: ConnectOptions) {
    const { credentials, clock, log = silentLog, trust = {}, watchedExtraConfigKeys: watchedKeys } = options;
    this.#options = options;
    this.#log = log;
    this.#status = { kind: 'Connecting', sinceMonotonicMs: clock.monotonicMs() };
    this.#failureLog = new FailureLog(log);
    this.#trustOf = typeof trust === 'function' ? trust : async () => trust;
    this.#trust = new Trust(typeof trust === 'function' ? {} : trust, clock);
    this.#watch = new SettingsWatch({ credentials, trust: this.#trustOf, clock, log });
    const { transport, authenticator, rest } = openTransport(options, this.#trust);
    this.#transport = transport;
    const { refusedLogins: refused = new RefusedLogins(clock, options.random), auth = AuthKind.Password } = options;
    const place = `${serverName(options.server).toLowerCase()} ${auth}`;
    const mayProbe = () => this.#mayProbe();
    this.#breaker = new LoginBreaker({ refused, place, mayProbe });
    const session = new Session({ transport, authenticator, credentials, breaker: this.#breaker, clock, log });
    const store = new InventoryStore();
    const wishes = new GuestInfoWishes((machine) => store.forgetGuestInfo(machine));
    this.guestInfo = wishes;
    const [unread, tasks] = [new UnreadValues(transport.server, log), new TaskTracker(session, clock, log)];
    const emit = (changes: readonly InventoryChange[]) => this.#emit(changes);
    this.#session = session;
    this.#rest = openRestSession({ transport: rest, session, credentials, refused, place, mayProbe, clock, log });
    const onOverdueAnswer = () => this.dispatcher.pump();
    const stream = { session, store, wishes, tasks, watchedKeys, clock, log, unread, emit, onOverdueAnswer };
    this.#stream = new InventoryStream(stream);
    this.inventory = store;
    const versionOf = (ref: ManagedObjectReference) => store.versionOf(ref);
    const nameOf = (ref: ManagedObjectReference) => store.entity(ref)?.name ?? ref.value;
    const liveKeys = [...watchedKeys, ...(options.liveExtraConfigKeys ?? [])];
    const calls = new SessionVimClient({ session, rest: this.#rest, liveKeys, clock, versionOf, nameOf, unread });
    this.calls = calls;
    this.dispatcher = new WorkDispatcher({
      maxConcurrentTasks: options.maxConcurrentTasks ?? 0,
      mayStart: () => this.#status.kind === 'Ready' && !this.#stream.isOverdue,
      followTask: (task, watcher) =>
        tasks.follow(task, {
          ...watcher,
          onEnd: (outcome) => {
            if (outcome.kind !== 'Succeeded') calls.taskFailed(task);
            watcher.onEnd(outcome);
          },
        }),
      clock,
      log,
    });
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  get userName(): string | undefined {
    return this.#session.userName;
  }

  get streamAnsweredAtMs(): number | undefined {
    return this.#stream.answeredAtMs;
  }

  get certificate(): ShownCertificate | undefined {
    return this.#trust.shown;
  }

  onStatus(listener: (status: ConnectionStatus) => void): () => void {
    this.#statusListeners.add(listener);
    return () => this.#statusListeners.delete(listener);
  }

  onInventoryChange(listener: (change: InventoryChange) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  checkCredentials(): void {
    this.#session.checkCredentials();
  }

  readAgain(reason: string, pauseMs = 0): number {
    const shortestMs = Math.max(pauseMs, READ_AGAIN_MS);
    if (this.#status.kind !== 'Ready') return shortestMs;
    const leftMs = shortestMs - (this.#options.clock.monotonicMs() - this.#readySinceMs);
    if (leftMs > 0) return leftMs;
    this.#log.info('reading the whole inventory again', { server: this.#transport.server, reason });
    this.#endStream();
    return shortestMs;
  }

  async run(signal: AbortSignal, mayProbe = () => true): Promise<void> {
    this.#mayProbe = mayProbe;
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
    await Promise.all([this.#session.close(), this.#rest?.close()]);
    this.#transport.close();
  }

  /** Rejects with the failure that ended it; resolves if everything is to be read again. */
  async #runOnce(signal: AbortSignal): Promise<void> {
    // Before they are used: what changes during the attempt is a change, too.
    this.#settings = await this.#watch.digest();
    this.#hang = undefined;
    this.#trust.replace(await this.#trustOf());
    await this.#session.open({ operationId: 'vmop-connect', signal });
    const [hangs, again] = [new AbortController(), new AbortController()];
    const stopListening = this.#session.hangs.onHang((error, sinceMonotonicMs) => {
      this.#hang = { error, sinceMonotonicMs };
      hangs.abort(error);
    });
    this.#endStream = () => again.abort();
    const running = jointSignal(signal, hangs.signal, again.signal);
    try {
      await this.#follow(running.signal);
    } catch (error) {
      if (hangs.signal.aborted) throw hangs.signal.reason;
      if (signal.aborted || !again.signal.aborted) throw error;
      this.#leaveReady();
    } finally {
      running.done();
      stopListening();
      this.#endStream = () => {};
    }
  }

  #follow(signal: AbortSignal): Promise<never> {
    return this.#stream.run(signal, () => {
      const { fullName, version, build, apiVersion, instanceUuid = '' } = this.#session.service.about;
      const about = { fullName, version, ...(build !== undefined && { build }), apiVersion, instanceUuid };
      this.#readySinceMs = this.#options.clock.monotonicMs();
      this.#wasGood = true;
      publishInventoryRead({ server: this.#transport.server });
      this.#setStatus({ kind: 'Ready', about });
      this.#failureLog.forget();
      this.#log.info('connected to vCenter', { server: this.#transport.server, version });
      this.dispatcher.pump();
    });
  }

  /** Digest of the credentials and trust settings of the last attempt. */
  #settings = '';
  /** What ended the last run, if vCenter answered nothing any more. */
  #hang: { readonly error: VsphereError; readonly sinceMonotonicMs: number } | undefined;
  #readySinceMs = 0;
  #endStream: () => void = () => {};
  /** Whether this process has been connected before. */
  #wasGood = false;
  /** The pause before the last connect. */
  #pauseMs = 0;

  /** Shows the failure in `status`, and waits until the next connect is due. */
  async #afterFailure(error: VsphereError, signal: AbortSignal): Promise<void> {
    const { clock, random } = this.#options;
    const wasReady = this.#status.kind === 'Ready';
    this.#attempts = wasReady ? this.#attemptsAfter(clock.monotonicMs() - this.#readySinceMs) : this.#attempts + 1;
    this.#failureLog.failure(wasReady ? 'lost vCenter' : 'not connected to vCenter', this.#transport.server, error);
    if (wasReady && this.#hang === undefined) {
      this.#leaveReady();
      // Perhaps only the stream has broken. So the next connect is tried before the status is Failed.
      this.#pauseMs = this.#attempts === 0 ? 0 : backoffMs(SECONDS, this.#attempts, random);
      if (this.#pauseMs > 0) await sleep(clock, this.#pauseMs, signal);
      return;
    }
    const delayMs = reconnectDelayMs(error, {
      attempts: this.#attempts,
      wasGood: this.#wasGood,
      loginProbeInMs: this.#breaker.probeInMs,
      random,
    });
    this.#fail(error, delayMs);
    if (!mayNeedPerson(error)) return await sleep(clock, delayMs, signal);
    const dueMs = clock.monotonicMs() + delayMs;
    const isDue = this.#breaker.hasRefused(error) ? () => this.#breaker.isDue : () => clock.monotonicMs() >= dueMs;
    return await this.#watch.until(this.#settings, dueMs, isDue, signal);
  }

  /** The count of failures after a loss. It starts again if the connection was ready for longer than its last pause. */
  #attemptsAfter(readyMs: number): number {
    if (readyMs >= STABLE_MS) return 0;
    return readyMs > Math.max(this.#pauseMs, SECONDS.firstMs) ? 1 : Math.min(this.#attempts + 1, SYNCED_TRIES);
  }

  #fail(error: VsphereError, delayMs: number): void {
    const retryAtWallMs = this.#options.clock.wallMs() + delayMs;
    const sinceMonotonicMs = this.#notReadySince();
    this.#setStatus({ kind: 'Failed', sinceMonotonicMs, error: toFailure(error), retryAtWallMs });
  }

  #leaveReady(): void {
    if (this.#status.kind === 'Ready')
      this.#setStatus({ kind: 'Connecting', sinceMonotonicMs: this.#options.clock.monotonicMs() });
  }

  #notReadySince(): number {
    if (this.#status.kind !== 'Ready') return this.#status.sinceMonotonicMs;
    return this.#hang?.sinceMonotonicMs ?? this.#options.clock.monotonicMs();
  }

  #setStatus(status: ConnectionStatus): void {
    this.#status = status;
    for (const listener of [...this.#statusListeners]) this.#guarded(() => listener(status));
  }

  #emit(changes: readonly InventoryChange[]): void {
    for (const change of changes) for (const listener of this.#changeListeners) this.#guarded(() => listener(change));
  }

  /** A listener that throws must not break the stream, or stop the calls of other listeners. */
  #guarded(callback: () => void): void {
    try {
      callback();
    } catch (error) {
      this.#log.error('a listener threw', { error: error instanceof Error ? error.message : String(error) });
    }
  }
}
