import * as http from 'node:http';
import * as https from 'node:https';
import { type Clock, deadline } from '../time/clock';
import { type AnswerBody, WholeBody } from './answer-body';
import { ApiError, errorFromStatus } from './api-error';
import { type ApiRequest, type ApiRequestEnd, type ApiServer, describe, encodeQuery } from './api-request';
import { CredentialSource, type Credentials, TCP_KEEP_ALIVE_MS } from './credentials';
import { JsonLines } from './json-lines';
import { loadKubeConfig } from './kube-config';
import { ListBody } from './list-body';
import { RequestGate } from './request-gate';

export type { ApiRequest, ApiRequestEnd, ApiServer };

const TIMEOUT_MS = 30_000;
/** Normal requests at once. Enough to keep a server busy; each may need a connection of its own. */
const REQUESTS_AT_ONCE = 32;

/**
 * Connects to the API server of a kubeconfig (default: KUBECONFIG, ~/.kube/config, or the pod's service account).
 * Throws KubeConfigError when that is missing or invalid. Nothing is sent yet, so an unreachable server shows later.
 * At most `requestsAtOnce` normal requests are under way, watches not counted. Urgent requests do not wait.
 */
export function connectApiServer(options: {
  readonly clock: Clock;
  readonly kubeconfigFile?: string;
  /** Default: the current one. */
  readonly context?: string;
  readonly userAgent: string;
  /** For metrics. Called at the head of each answer, and for each request that got none. Must not throw. */
  readonly onRequestEnd?: (end: ApiRequestEnd) => void;
  /** Default 32. */
  readonly requestsAtOnce?: number;
}): ApiServer {
  const load = () => loadKubeConfig(options.kubeconfigFile, options.context);
  const config = load();
  return new HttpApiServer({
    server: config.getCurrentCluster()?.server ?? '',
    clock: options.clock,
    userAgent: options.userAgent,
    credentials: new CredentialSource({ config, load, clock: options.clock }),
    onRequestEnd: options.onRequestEnd ?? (() => {}),
    requestsAtOnce: options.requestsAtOnce ?? REQUESTS_AT_ONCE,
  });
}

class HttpApiServer implements ApiServer {
  readonly server: string;
  readonly #base: URL;
  readonly #clock: Clock;
  readonly #userAgent: string;
  readonly #credentials: CredentialSource;
  readonly #onRequestEnd: (end: ApiRequestEnd) => void;
  readonly #gate: RequestGate;

  constructor(options: {
    server: string;
    clock: Clock;
    userAgent: string;
    credentials: CredentialSource;
    onRequestEnd: (end: ApiRequestEnd) => void;
    requestsAtOnce: number;
  }) {
    this.#base = new URL(options.server);
    // For messages: without an account and a query (R10).
    this.server = this.#base.origin + this.#base.pathname.replace(/\/$/, '');
    this.#clock = options.clock;
    this.#userAgent = options.userAgent;
    this.#credentials = options.credentials;
    this.#onRequestEnd = options.onRequestEnd;
    this.#gate = new RequestGate(options.requestsAtOnce);
  }

  async request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    const limit = this.#limit(request, signal);
    let leave = () => {};
    try {
      leave = await this.#enter(request, limit.signal);
      const response = await this.#exchange(request, limit.signal);
      return (await this.#readAnswer(request, response, limit.signal)) as T;
    } finally {
      leave();
      limit.done();
    }
  }

  async *stream(request: ApiRequest, signal: AbortSignal): AsyncGenerator<unknown> {
    const limit = this.#limit(request, signal);
    let response: http.IncomingMessage;
    let leave = () => {};
    try {
      leave = await this.#enter(request, limit.signal);
      response = await this.#exchange(request, limit.signal);
    } finally {
      leave();
      limit.done();
    }
    const onAbort = () => response.destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      request.onOpen?.();
      const lines = new JsonLines();
      for await (const chunk of response) yield* lines.push(chunk);
      yield* lines.end();
    } catch (error) {
      throw this.#failure(request, error, signal);
    } finally {
      signal.removeEventListener('abort', onAbort);
      response.destroy();
    }
  }

  close(): void {
    this.#credentials.close();
  }

  #limit(request: ApiRequest, signal: AbortSignal) {
    const timeoutMs = request.timeoutMs ?? TIMEOUT_MS;
    return deadline(this.#clock, timeoutMs, signal, () => {
      this.#credentials.dropIdleConnections();
      return new ApiError('Timeout', `${describe(request)}: no answer from ${this.server} within ${timeoutMs} ms`);
    });
  }

  async #enter(request: ApiRequest, signal: AbortSignal): Promise<() => void> {
    return request.priority === 'Urgent' ? () => {} : this.#gate.enter(signal);
  }

  /** Sends, and resolves at the head of a 2xx answer. Renews credentials once, and replaces one stale connection. */
  async #exchange(request: ApiRequest, signal: AbortSignal): Promise<http.IncomingMessage> {
    const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
    for (let renewed = false; ; renewed = true) {
      const credentials = await abortable(this.#credentials.current(), signal);
      const response = await this.#send(request, body, credentials, signal);
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 300) return response;
      const answer = await this.#readBody(request, response, new WholeBody(), signal);
      if (status === 401 && !renewed && this.#credentials.renew()) continue;
      throw errorFromStatus(describe(request), status, answer, response.headers['retry-after']);
    }
  }

  async #send(
    request: ApiRequest,
    body: Buffer | undefined,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    try {
      return await this.#sendOnce(request, body, credentials, signal);
    } catch (error) {
      // The server closed an idle connection just as we took it from the pool: it has not seen this request. A POST is
      // not sent again, since the same symptom can follow a crash after the object was created.
      if (!(error instanceof StaleConnection) || signal.aborted) throw this.#failure(request, error, signal);
    }
    try {
      return await this.#sendOnce(request, body, credentials, signal);
    } catch (error) {
      throw this.#failure(request, error, signal);
    }
  }

  #sendOnce(
    request: ApiRequest,
    body: Buffer | undefined,
    credentials: Credentials,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const send = this.#base.protocol === 'http:' ? http.request : https.request;
      const outgoing = send({
        protocol: this.#base.protocol,
        hostname: this.#base.hostname.replace(/^\[|\]$/g, ''),
        port: this.#base.port,
        path: this.#base.pathname.replace(/\/$/, '') + request.path + encodeQuery(request.query),
        method: request.method,
        agent: credentials.agent,
        headers: {
          accept: 'application/json',
          'user-agent': this.#userAgent,
          ...request.headers,
          ...credentials.headers,
          ...(body === undefined
            ? {}
            : { 'content-type': request.contentType ?? 'application/json', 'content-length': body.length }),
        },
      });
      const onAbort = () => outgoing.destroy();
      signal.addEventListener('abort', onAbort, { once: true });
      outgoing.on('socket', (socket) => socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS));
      outgoing.on('response', (response) => {
        signal.removeEventListener('abort', onAbort);
        this.#ended(request, String(response.statusCode));
        resolve(response);
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        signal.removeEventListener('abort', onAbort);
        this.#ended(request, '<error>');
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale && request.method !== 'POST' ? new StaleConnection(error.message, { cause: error }) : error);
      });
      outgoing.end(body);
    });
  }

  #ended({ method }: ApiRequest, code: string): void {
    this.#onRequestEnd({ method, host: this.#base.host, code });
  }

  async #readAnswer(request: ApiRequest, response: http.IncomingMessage, signal: AbortSignal): Promise<unknown> {
    const body = request.takeItem === undefined ? new WholeBody() : new ListBody(request.takeItem);
    const answer = await this.#readBody(request, response, body, signal);
    if (typeof answer !== 'string' || response.headers['content-type']?.startsWith('text/plain')) return answer;
    throw new ApiError('InvalidResponse', `${describe(request)}: ${this.server} answered something that is not JSON`);
  }

  async #readBody(
    request: ApiRequest,
    response: http.IncomingMessage,
    body: AnswerBody,
    signal: AbortSignal,
  ): Promise<unknown> {
    const onAbort = () => response.destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      for await (const chunk of response) body.push(chunk);
      return body.end();
    } catch (error) {
      throw this.#failure(request, error, signal);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** The error for the caller. If the signal is aborted this is its reason: the other errors follow from it. */
  #failure(request: ApiRequest, error: unknown, signal: AbortSignal): unknown {
    if (signal.aborted) return signal.reason;
    if (error instanceof ApiError) return error;
    const cause = error instanceof StaleConnection ? error.cause : error;
    const { code, message } = cause as NodeJS.ErrnoException;
    const words = code === undefined ? message : message?.includes(code) ? message : `${message} (${code})`;
    return new ApiError('Unreachable', `${describe(request)}: cannot reach ${this.server}: ${words || cause}`, {
      cause,
    });
  }
}

class StaleConnection extends Error {}

/** An exec plugin cannot be aborted. The caller stops waiting for it. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
