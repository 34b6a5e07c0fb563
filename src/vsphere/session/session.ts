/**
 * A login that lasts (docs/vsphere.md#sessions). Keep-alive calls go out before the idle limit. When the session has
 * ended, all calls share one new login, and each is sent once more: vCenter refused it before it did anything. New
 * credentials get a session of their own while the old one is still used; the old one is logged out last.
 */
import { type Clock, deadline } from '../../time/clock';
import { classifyFailure } from '../fault/classify';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { CallContext, ManagedObjectReference } from '../port';
import { publishSessionExpired } from '../transport/channels';
import type { TransportCall, VimTransport } from '../transport/transport';
import type { MethodName, ParametersOf, ReturnOf } from '../vim25/methods';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { type Authenticator, passwordLogin } from './authenticator';
import { type Credentials, type CredentialsProvider, digestOf } from './credentials';
import { HangWatch, PROBE_TIMEOUT_MS } from './hang-watch';
import type { Log } from './log';
import type { LoginBreaker } from './login-breaker';
import { type Service, serviceOf } from './service';

const SERVICE_INSTANCE: ManagedObjectReference = { type: 'ServiceInstance', value: 'ServiceInstance' };
/**
 * By default a session ends after 30 minutes without a call; a pending wait does not count (docs/vsphere.md#idle-time).
 */
const KEEP_ALIVE_MS = 5 * 60_000;
const LOGOUT_TIMEOUT_MS = 5_000;

export interface SessionOptions {
  readonly transport: VimTransport;
  readonly credentials: CredentialsProvider;
  readonly breaker: LoginBreaker;
  /** Default: passwordLogin. */
  readonly authenticator?: Authenticator;
  readonly clock: Clock;
  readonly log: Log;
}

export class Session {
  readonly hangs: HangWatch;
  readonly #options: SessionOptions;
  readonly #closing = new AbortController();
  readonly #replacedListeners = new Set<() => void>();
  #service: Service | undefined;
  #userName: string | undefined;
  /** The number of logins. A call that failed in a session that was replaced meanwhile needs no new login. */
  #generation = 0;
  #loggingIn: Promise<void> | undefined;
  /** The transport with the current session; another one after a change of credentials. */
  #transport: VimTransport;
  /** The digest of the credentials that are logged in. */
  #digest: string | undefined;
  /** Calls in flight without the wait: their session is not logged out. */
  readonly #busy = new Set<Promise<unknown>>();
  /** Sessions with other credentials that are not logged out yet. */
  readonly #former = new Set<VimTransport>();
  /** A look for new credentials that is under way: two would log in twice. */
  #rotating: Promise<boolean> | undefined;
  #stopKeepAlive: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#transport = options.transport;
    const { clock, log, transport } = options;
    const call = { operationId: 'vmop-probe', signal: this.#closing.signal, timeoutMs: PROBE_TIMEOUT_MS };
    const probe = () => this.#transport.invoke('CurrentTime', SERVICE_INSTANCE, {}, call);
    this.hangs = new HangWatch({ server: transport.server, clock, log, probe });
  }

  get service(): Service {
    if (this.#service === undefined) throw transportError('Internal', 'the session was not opened', 'NotSent');
    return this.#service;
  }

  get userName(): string | undefined {
    return this.#userName;
  }

  /** Calls `listener` after each login but the first: the views, filters and collectors of the old session are gone. */
  onReplaced(listener: () => void): () => void {
    this.#replacedListeners.add(listener);
    return () => this.#replacedListeners.delete(listener);
  }

  /** Reads the ServiceContent, then logs in, or checks that the session is still valid. */
  async open(call: CallContext): Promise<void> {
    const content = await this.#transport.invoke('RetrieveServiceContent', SERVICE_INSTANCE, {}, call);
    this.#service = serviceOf(content, this.#transport.server);
    if (this.#generation === 0) await this.#relogin(0, call.signal);
    else await this.invoke('CurrentTime', SERVICE_INSTANCE, {}, call);
  }

  async invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const generation = this.#generation;
    try {
      return await this.#invokeOnce(method, self, parameters, call);
    } catch (error) {
      if (!(error instanceof VsphereError) || error.code !== 'NotAuthenticated') throw error;
      await this.#relogin(generation, call.signal);
      return await this.#invokeOnce(method, self, parameters, call);
    }
  }

  /** Looks for new credentials at once, as each keep-alive does. */
  checkCredentials(): void {
    if (this.#closing.signal.aborted || this.#generation === 0) return;
    this.#keepAliveIn(0);
  }

  /** Logs out, with a deadline of its own: the signal that ended the work is aborted already. */
  async close(): Promise<void> {
    this.#stopKeepAlive?.();
    this.#closing.abort();
    if (this.#generation === 0 || this.#service === undefined) return;
    const all = [...this.#former, this.#transport];
    this.#former.clear();
    await Promise.all(all.map((transport) => this.#logout(transport)));
    this.#generation = 0;
    this.#transport.forgetSession();
  }

  async #logout(transport: VimTransport): Promise<void> {
    const { clock, log } = this.#options;
    const limit = deadline(clock, LOGOUT_TIMEOUT_MS, new AbortController().signal, () =>
      transportError('Timeout', 'no answer to Logout', 'Unknown'),
    );
    try {
      const call = { operationId: 'vmop-logout', signal: limit.signal };
      await transport.invoke('Logout', this.service.sessionManager, {}, call);
    } catch (error) {
      const { code } = VsphereError.from(error);
      if (code !== 'NotAuthenticated') log.warn('not logged out; the session ends when it has been idle', { code });
    } finally {
      limit.done();
    }
  }

  async #invokeOnce<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const isWait = method === 'WaitForUpdatesEx';
    const { options } = parameters as ParametersOf<'WaitForUpdatesEx'>;
    const waitMs = isWait ? (options?.maxWaitSeconds ?? 0) * 1000 : undefined;
    const work = this.hangs.watch(method, this.#transport.invoke(method, self, parameters, call), waitMs);
    if (!isWait) this.#busy.add(work);
    try {
      const result = await work;
      if (method === 'RetrievePropertiesEx') throwIfSessionLost(result as ReturnOf<'RetrievePropertiesEx'>);
      return result;
    } finally {
      this.#busy.delete(work);
    }
  }

  /** One login for all calls whose session has ended. `generation` is the number of that session. */
  async #relogin(generation: number, signal: AbortSignal): Promise<void> {
    if (this.#generation !== generation) return;
    this.#closing.signal.throwIfAborted();
    this.#loggingIn ??= this.#login().finally(() => {
      this.#loggingIn = undefined;
    });
    await unlessAborted(this.#loggingIn, signal);
  }

  async #login(): Promise<void> {
    const { breaker, credentials } = this.#options;
    const first = this.#generation === 0;
    if (!first) publishSessionExpired({ server: this.#transport.server });
    const content = await credentials();
    const objection = breaker.objection(digestOf(content));
    if (objection !== undefined) throw objection;
    this.#transport.forgetSession();
    await this.#loginOn(this.#transport, content);
    if (!first) this.#replaced('logged in again');
  }

  /** Logs in on a transport without a session, and counts the login. */
  async #loginOn(transport: VimTransport, content: Credentials): Promise<void> {
    const { breaker, authenticator = passwordLogin } = this.#options;
    const digest = digestOf(content);
    const { signal } = this.#closing;
    const call = { operationId: 'vmop-login', signal };
    const session = await breaker.attempt(digest, signal, async () => {
      try {
        return await authenticator.login(transport, this.service.sessionManager, content, call);
      } catch (thrown) {
        throw this.#told(VsphereError.from(thrown), content.userName);
      }
    });
    this.#userName = session.userName;
    this.#digest = digest;
    this.#generation += 1;
    this.#keepAlive();
  }

  #replaced(why: string): void {
    this.#options.log.info(why);
    for (const listener of [...this.#replacedListeners]) listener();
  }

  /**
   * Each keep-alive looks for new credentials, since files change without notice. True if a new session is used now.
   */
  async #rotated(): Promise<boolean> {
    const { breaker, credentials, log } = this.#options;
    const old = this.#transport;
    if (this.#digest === undefined || old.withoutSession === undefined) return false;
    try {
      const content = await credentials();
      const digest = digestOf(content);
      if (digest === this.#digest || breaker.objection(digest) !== undefined) return false;
      const next = old.withoutSession();
      await this.#loginOn(next, content);
      this.#transport = next;
    } catch (error) {
      if (this.#closing.signal.aborted) throw error;
      const { code, message } = VsphereError.from(error);
      log.warn('the new credentials were not taken, the session goes on with the old ones', { code, error: message });
      return false;
    }
    void this.#leave(old);
    this.#replaced('logged in with new credentials');
    return true;
  }

  /** A call in flight would lose its outcome with the session, so the old session is logged out last. */
  async #leave(old: VimTransport): Promise<void> {
    this.#former.add(old);
    await Promise.allSettled([...this.#busy]);
    if (this.#former.has(old)) await this.#logout(old);
    this.#former.delete(old);
  }

  /** A refusal names the account and the remedy. */
  #told(error: VsphereError, userName: string): VsphereError {
    if (classifyFailure(error).backoff !== 'LoginBreaker') return error;
    const message =
      `${this.#options.transport.server} refuses the login of ${userName}: ${error.message}; ` +
      'it is tried again when the credentials change, else about every half hour, so that the account is not locked';
    const options = error.fault === undefined ? { cause: error } : { cause: error, fault: error.fault };
    return new VsphereError(error.code, message, 'Refused', options);
  }

  async #stayAlive(): Promise<void> {
    const call = { operationId: 'vmop-keepalive', signal: this.#closing.signal };
    this.#rotating ??= this.#rotated().finally(() => {
      this.#rotating = undefined;
    });
    if (!(await this.#rotating)) await this.invoke('CurrentTime', SERVICE_INSTANCE, {}, call);
  }

  #keepAlive(): void {
    this.#keepAliveIn(KEEP_ALIVE_MS);
  }

  #keepAliveIn(ms: number): void {
    this.#stopKeepAlive?.();
    this.#stopKeepAlive = this.#options.clock.setTimer(ms, () => {
      this.#stayAlive().then(
        () => this.#keepAlive(),
        (error) => {
          if (this.#closing.signal.aborted) return;
          // The stream notices a lost vCenter by itself. Here only the next keep-alive has to come in time.
          this.#options.log.warn('keep-alive failed', { code: VsphereError.from(error).code });
          this.#keepAlive();
        },
      );
    });
  }
}

/** The loss of the session may show in the properties only, with HTTP status 200 (docs/vsphere.md#missingset). */
function throwIfSessionLost(result: ReturnOf<'RetrievePropertiesEx'>): void {
  for (const { missingSet } of result?.objects ?? [])
    for (const { fault } of missingSet ?? [])
      if (fault?.fault?.xsiType === 'NotAuthenticated') throw errorOfLocalizedFault(fault);
}

/** Waits for shared work until `signal` is aborted. The work itself goes on, since other calls wait for it too. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(transportError('Aborted', 'the wait for the login was aborted', 'NotSent', { cause: signal.reason }));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
