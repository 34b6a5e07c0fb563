/**
 * A login that lasts: keep-alive before the idle limit, one shared re-login when the session has ended, log-out at the
 * end. A call that met the lost session goes out once more, since vCenter refused it before doing anything.
 */
import { type Clock, deadline } from '../time/clock';
import { publishSessionExpired } from './channels';
import { type CredentialsProvider, digestOf } from './credentials';
import { classifyFailure } from './faults/classify';
import { errorOfLocalizedFault } from './faults/fault-error';
import type { Log } from './log';
import type { LoginBreaker } from './login-breaker';
import type { CallContext, ManagedObjectReference } from './port';
import type { TransportCall, VimTransport } from './transport';
import type { MethodName, ParametersOf, ReturnOf } from './vim25/methods';
import type { ServiceContent } from './vim25/types';
import { transportError, VsphereError } from './vsphere-error';

const SERVICE_INSTANCE: ManagedObjectReference = { type: 'ServiceInstance', value: 'ServiceInstance' };
/** Sessions end after 30 minutes without a call by default, and a wait is no call. */
const KEEP_ALIVE_MS = 5 * 60_000;
const LOGOUT_TIMEOUT_MS = 5_000;

export interface SessionOptions {
  readonly transport: VimTransport;
  readonly credentials: CredentialsProvider;
  readonly breaker: LoginBreaker;
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
  #stopKeepAlive: (() => void) | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
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
    const { transport } = this.#options;
    const content = await transport.invoke('RetrieveServiceContent', SERVICE_INSTANCE, {}, call);
    this.#service = complete(content, transport.server);
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
    const { clock, transport, log } = this.#options;
    const limit = deadline(clock, LOGOUT_TIMEOUT_MS, new AbortController().signal, () =>
      transportError('Timeout', 'No answer to the log-out.', 'Unknown'),
    );
    try {
      const call = { operationId: 'vmop-logout', signal: limit.signal };
      await transport.invoke('Logout', this.#service.sessionManager, {}, call);
    } catch (error) {
      const { code } = VsphereError.from(error);
      if (code !== 'NotAuthenticated') log.warn('not logged out; the session ends when it has been idle', { code });
    } finally {
      limit.done();
      this.#generation = 0;
      transport.forgetSession();
    }
  }

  async #invokeOnce<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const result = await this.#options.transport.invoke(method, self, parameters, call);
    if (method === 'RetrievePropertiesEx') throwIfSessionLost(result as ReturnOf<'RetrievePropertiesEx'>);
    return result;
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
    const { transport, breaker, credentials, log } = this.#options;
    const first = this.#generation === 0;
    if (!first) publishSessionExpired({ server: transport.server });
    const content = await credentials();
    const digest = digestOf(content);
    const objection = breaker.objection(digest);
    if (objection !== undefined) throw objection;
    transport.forgetSession();
    const call = { operationId: 'vmop-login', signal: this.#closing.signal };
    try {
      const session = await transport.invoke('Login', this.service.sessionManager, { ...content }, call);
      breaker.succeeded(digest);
      this.#userName = session.userName;
    } catch (thrown) {
      throw this.#refusal(VsphereError.from(thrown), content.userName, digest);
    }
    this.#generation += 1;
    this.#keepAlive();
    if (first) return;
    log.info('logged in again');
    for (const listener of [...this.#replacedListeners]) listener();
  }

  #refusal(error: VsphereError, userName: string, digest: string): VsphereError {
    if (classifyFailure(error).backoff !== 'BA') return error;
    const message =
      `${this.#options.transport.server} refuses the login of ${userName}: ${error.message} ` +
      'No further try is made until the credentials change, so that the account is not locked.';
    const options = error.fault === undefined ? { cause: error } : { cause: error, fault: error.fault };
    const refusal = new VsphereError(error.code, message, 'Refused', options);
    this.#options.breaker.refused(digest, refusal);
    return refusal;
  }

  #keepAlive(): void {
    this.#stopKeepAlive?.();
    this.#stopKeepAlive = this.#options.clock.setTimer(KEEP_ALIVE_MS, () => {
      const call = { operationId: 'vmop-keepalive', signal: this.#closing.signal };
      this.invoke('CurrentTime', SERVICE_INSTANCE, {}, call).then(
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
      if (fault.fault.xsiType === 'NotAuthenticated') throw errorOfLocalizedFault(fault);
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
