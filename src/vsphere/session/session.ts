/**
 * A login that lasts: keep-alive before the idle limit, one shared re-login when the session has ended, log-out at the
 * end. A call that met the lost session goes out once more, since vCenter refused it before doing anything.
 * New credentials are taken while the old session still serves; it is ended last.
 */
import { type Clock, deadline } from '../../time/clock';
import { classifyFailure } from '../fault/classify';
import { errorOfLocalizedFault } from '../fault/fault-error';
import type { CallContext, ManagedObjectReference } from '../port';
import { publishSessionExpired } from '../transport/channels';
import type { TransportCall, VimTransport } from '../transport/transport';
import type { MethodName, ParametersOf, ReturnOf } from '../vim25/methods';
import type { ServiceContent } from '../vim25/types';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { type Authenticator, passwordLogin } from './authenticator';
import { type Credentials, type CredentialsProvider, digestOf } from './credentials';
import type { Log } from './log';
import type { LoginBreaker } from './login-breaker';

const SERVICE_INSTANCE: ManagedObjectReference = { type: 'ServiceInstance', value: 'ServiceInstance' };
/** Sessions end after 30 minutes without a call by default, and a wait is no call. */
const KEEP_ALIVE_MS = 5 * 60_000;
const LOGOUT_TIMEOUT_MS = 5_000;

export interface SessionOptions {
  readonly transport: VimTransport;
  readonly credentials: CredentialsProvider;
  readonly breaker: LoginBreaker;
  /** Default: by password. */
  readonly authenticator?: Authenticator;
  readonly clock: Clock;
  readonly log: Log;
}

/** ServiceContent with all managers that we use. */
export interface Service extends ServiceContent {
  readonly sessionManager: ManagedObjectReference;
  readonly viewManager: ManagedObjectReference;
  readonly searchIndex: ManagedObjectReference;
  readonly taskManager: ManagedObjectReference;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #closing = new AbortController();
  readonly #replacedListeners = new Set<() => void>();
  #service: Service | undefined;
  #userName: string | undefined;
  /** Counts logins: a call that fails for a session which was replaced meanwhile needs no further login. */
  #generation = 0;
  #loggingIn: Promise<void> | undefined;
  /** Carries the session; another one after a change of credentials. */
  #transport: VimTransport;
  /** Of the credentials that are logged in. */
  #digest: string | undefined;
  /** Calls under way besides the wait: a session is not ended beneath them. */
  readonly #busy = new Set<Promise<unknown>>();
  #stopKeepAlive: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#transport = options.transport;
  }

  get service(): Service {
    if (this.#service === undefined) throw transportError('Internal', 'The session was not opened.', 'NotSent');
    return this.#service;
  }

  get userName(): string | undefined {
    return this.#userName;
  }

  /** After each login but the first: views, filters and collectors died with the session before. */
  onReplaced(listener: () => void): () => void {
    this.#replacedListeners.add(listener);
    return () => this.#replacedListeners.delete(listener);
  }

  /** Learns what the server is, and logs in or makes sure that the login still holds. */
  async open(call: CallContext): Promise<void> {
    const content = await this.#transport.invoke('RetrieveServiceContent', SERVICE_INSTANCE, {}, call);
    this.#service = complete(content, this.#transport.server);
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

  /** Logs out, with a deadline of its own: the signal that ended the work would end this too. */
  async close(): Promise<void> {
    this.#stopKeepAlive?.();
    this.#closing.abort();
    if (this.#generation === 0 || this.#service === undefined) return;
    await this.#logout(this.#transport);
    this.#generation = 0;
    this.#transport.forgetSession();
  }

  async #logout(transport: VimTransport): Promise<void> {
    const { clock, log } = this.#options;
    const limit = deadline(clock, LOGOUT_TIMEOUT_MS, new AbortController().signal, () =>
      transportError('Timeout', 'No answer to the log-out.', 'Unknown'),
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
    const work = this.#transport.invoke(method, self, parameters, call);
    const isWait = method === 'WaitForUpdatesEx';
    if (!isWait) this.#busy.add(work);
    try {
      const result = await work;
      if (method === 'RetrievePropertiesEx') throwIfSessionLost(result as ReturnOf<'RetrievePropertiesEx'>);
      return result;
    } finally {
      this.#busy.delete(work);
    }
  }

  /** One login for all who noticed. `generation` is that of the session which was seen to have ended. */
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

  /** Opens a session on a transport that has none, and counts it. */
  async #loginOn(transport: VimTransport, content: Credentials): Promise<void> {
    const { breaker, authenticator = passwordLogin } = this.#options;
    const digest = digestOf(content);
    const call = { operationId: 'vmop-login', signal: this.#closing.signal };
    try {
      const session = await authenticator.login(transport, this.service.sessionManager, content, call);
      breaker.succeeded(digest);
      this.#userName = session.userName;
    } catch (thrown) {
      throw this.#refusal(VsphereError.from(thrown), content.userName, digest);
    }
    this.#digest = digest;
    this.#generation += 1;
    this.#keepAlive();
  }

  #replaced(why: string): void {
    this.#options.log.info(why);
    for (const listener of [...this.#replacedListeners]) listener();
  }

  /** Files change and tell nobody, so each keep-alive looks. True when a session with other credentials took over. */
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
    const begun = [...this.#busy];
    this.#replaced('logged in with new credentials');
    // Last, and not beneath a call whose outcome would be lost with it.
    await Promise.allSettled(begun);
    await this.#logout(old);
    return true;
  }

  #refusal(error: VsphereError, userName: string, digest: string): VsphereError {
    if (classifyFailure(error).backoff !== 'LoginBreaker') return error;
    const message =
      `${this.#options.transport.server} refuses the login of ${userName}: ${error.message} ` +
      'No further try is made until the credentials change, so that the account is not locked.';
    const options = error.fault === undefined ? { cause: error } : { cause: error, fault: error.fault };
    const refusal = new VsphereError(error.code, message, 'Refused', options);
    this.#options.breaker.refused(digest, refusal);
    return refusal;
  }

  async #stayAlive(): Promise<void> {
    const call = { operationId: 'vmop-keepalive', signal: this.#closing.signal };
    if (!(await this.#rotated())) await this.invoke('CurrentTime', SERVICE_INSTANCE, {}, call);
  }

  #keepAlive(): void {
    this.#stopKeepAlive?.();
    this.#stopKeepAlive = this.#options.clock.setTimer(KEEP_ALIVE_MS, () => {
      this.#stayAlive().then(
        () => this.#keepAlive(),
        (error) => {
          if (this.#closing.signal.aborted) return;
          // The stream notices a lost vCenter by itself; here it only matters that the next call comes in time.
          this.#options.log.warn('keep-alive failed', { code: VsphereError.from(error).code });
          this.#keepAlive();
        },
      );
    });
  }
}

function complete(content: ServiceContent, server: string): Service {
  const { apiType, fullName } = content.about;
  if (apiType !== 'VirtualCenter')
    throw transportError('NotVCenter', `${server} is ${fullName} (${apiType}), not a vCenter.`, 'Refused');
  const { sessionManager, viewManager, searchIndex, taskManager } = content;
  if (!sessionManager || !viewManager || !searchIndex || !taskManager)
    throw transportError('NotVCenter', `${server} (${fullName}) lacks a manager that a vCenter has.`, 'Refused');
  return { ...content, sessionManager, viewManager, searchIndex, taskManager };
}

/** A lost session can show in the properties only, under HTTP status 200. */
function throwIfSessionLost(result: ReturnOf<'RetrievePropertiesEx'>): void {
  for (const { missingSet } of result?.objects ?? [])
    for (const { fault } of missingSet ?? [])
      if (fault?.fault?.xsiType === 'NotAuthenticated') throw errorOfLocalizedFault(fault);
}

/** Waits for shared work, but not longer than the own signal allows; the work itself goes on for the others. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () =>
      reject(transportError('Aborted', 'The login was given up.', 'NotSent', { cause: signal.reason }));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
