/**
 * The login to the REST API, which has sessions of its own (docs/vsphere.md#tags). It is made with the first request, so a
 * vCenter whose groups have no tags never sees one. A session that has ended is replaced once for all requests that met its end;
 * each of them was refused before it did anything, and is sent once more.
 */
import { Buffer } from 'node:buffer';
import { type Clock, deadline } from '../../time/clock';
import type { CallContext } from '../port';
import type { RestAnswer, RestTransport } from '../transport/rest-transport';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { type Credentials, type CredentialsProvider, digestOf } from './credentials';
import type { Log } from './log';
import type { LoginBreaker } from './login-breaker';
import { type RestBase, restError, restPath, restValue, SESSION_PATHS } from './rest-form';

const LOGOUT_TIMEOUT_MS = 5_000;

export interface RestSessionOptions {
  readonly transport: RestTransport;
  readonly credentials: CredentialsProvider;
  /** Of this API: what it refuses says nothing about the other one, on which all depends. */
  readonly breaker: LoginBreaker;
  /** Where sessions are tried first: vCenter has had `api` since 7.0 U2, and `rest` since 6.5. */
  readonly firstBase: () => RestBase;
  readonly clock: Clock;
  readonly log: Log;
}

/** One operation of the tagging service. */
export interface RestCall {
  readonly what: string;
  readonly effect: 'read' | 'mutation';
  readonly method: 'GET' | 'POST';
  readonly resource: 'category' | 'tag' | 'tag-association';
  readonly id?: string;
  readonly action?: string;
  readonly body?: object;
}

/** A secret (R10). */
interface Held {
  readonly id: string;
  readonly base: RestBase;
  readonly digest: string;
}

export class RestSession {
  readonly #options: RestSessionOptions;
  readonly #closing = new AbortController();
  #held: Held | undefined;
  #loggingIn: Promise<Held> | undefined;

  constructor(options: RestSessionOptions) {
    this.#options = options;
  }

  /** The value that the operation returns. Rejects with a VsphereError. */
  async request(rest: RestCall, call: CallContext): Promise<unknown> {
    const { transport } = this.#options;
    for (let isFirst = true; ; isFirst = false) {
      const held = await this.#session(call.signal);
      const answer = await this.#send(rest, held, call);
      if (answer.status === 401) {
        if (this.#held === held) this.#held = undefined;
        if (isFirst) continue;
      }
      if (answer.status >= 400 || answer.status < 200) throw restError(transport.server, rest.what, answer);
      return restValue(answer, held.base, rest.what);
    }
  }

  /** Ends the session, if there is one, with a deadline of its own. Later requests are refused. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#loggingIn?.catch(() => undefined);
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) await this.#end(held);
  }

  #send(rest: RestCall, { id, base }: Held, call: CallContext): Promise<RestAnswer> {
    const { what, effect, method, body } = rest;
    const headers = { 'vmware-api-session-id': id, 'Content-Type': 'application/json' };
    const path = restPath(base, rest);
    const request = { what, effect, method, path, headers };
    return this.#options.transport.send(
      body === undefined ? request : { ...request, body: JSON.stringify(body) },
      call,
    );
  }

  /** The session of the credentials as they are now. */
  async #session(signal: AbortSignal): Promise<Held> {
    if (this.#closing.signal.aborted) throw transportError('Stopped', 'the connection was stopped', 'NotSent');
    const content = await this.#options.credentials();
    const held = this.#held;
    if (held !== undefined && held.digest === digestOf(content)) return held;
    this.#loggingIn ??= this.#login(content).finally(() => {
      this.#loggingIn = undefined;
    });
    return await unlessAborted(this.#loggingIn, signal);
  }

  async #login(content: Credentials): Promise<Held> {
    const { breaker } = this.#options;
    const former = this.#held;
    const digest = digestOf(content);
    const made = await breaker.attempt(digest, this.#closing.signal, () => this.#loginAnywhere(content, digest));
    this.#held = made;
    // New credentials: the session of the old ones is of no use any more.
    if (former !== undefined) void this.#end(former);
    return made;
  }

  async #loginAnywhere(content: Credentials, digest: string): Promise<Held> {
    const first = this.#options.firstBase();
    const id = (await this.#loginAt(first, content)) ?? undefined;
    if (id !== undefined) return { id, base: first, digest };
    const base = first === 'api' ? 'rest' : 'api';
    const other = await this.#loginAt(base, content);
    if (other !== undefined) return { id: other, base, digest };
    const { server } = this.#options.transport;
    throw transportError('NotVCenter', `${server} has no REST API for tags: check that it is a vCenter`, 'Refused');
  }

  /** Undefined if there is no such API. */
  async #loginAt(base: RestBase, { userName, password }: Credentials): Promise<string | undefined> {
    const { transport } = this.#options;
    const what = 'RestLogin';
    const basic = Buffer.from(`${userName}:${password}`, 'utf8').toString('base64');
    const headers = {
      Authorization: `Basic ${basic}`,
      'vmware-use-header-authn': 'true',
      'Content-Type': 'application/json',
    };
    const call = { operationId: 'vmop-rest-login', signal: this.#closing.signal };
    const path = SESSION_PATHS[base];
    const answer = await transport.send({ what, effect: 'mutation', method: 'POST', path, headers }, call);
    if (answer.status === 404) return undefined;
    if (answer.status === 401) {
      const why = `${transport.server} refuses the login of ${userName} to its REST API, which tags need`;
      const remedy = 'correct the password, or allow the account to use the API';
      throw new VsphereError('InvalidLogin', `${why}: ${remedy}`, 'Refused');
    }
    if (answer.status >= 400) throw restError(transport.server, what, answer);
    const id = restValue(answer, base, what);
    if (typeof id === 'string' && /^[\x21-\x7e]{1,4096}$/.test(id)) return id;
    throw transportError('MalformedResponse', `the answer to ${what} has no session`, 'Unknown');
  }

  async #end({ id, base }: Held): Promise<void> {
    const { transport, clock, log } = this.#options;
    const limit = deadline(clock, LOGOUT_TIMEOUT_MS, new AbortController().signal, () =>
      transportError('Timeout', 'no answer to RestLogout', 'Unknown'),
    );
    const request = { what: 'RestLogout', effect: 'mutation', method: 'DELETE', path: SESSION_PATHS[base] } as const;
    try {
      const headers = { 'vmware-api-session-id': id };
      await transport.send({ ...request, headers }, { operationId: 'vmop-rest-logout', signal: limit.signal });
    } catch (error) {
      log.warn('not logged out of the REST API; the session ends when it has been idle', {
        code: VsphereError.from(error).code,
      });
    } finally {
      limit.done();
    }
  }
}

/** Waits for a shared login until `signal` is aborted. The login goes on, since other requests wait for it too. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () =>
    aborted.reject(
      transportError('Aborted', 'the wait for the login was aborted', 'NotSent', { cause: signal.reason }),
    );
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
