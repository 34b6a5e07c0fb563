/** One HTTP request to one vCenter over a trusted connection, with a deadline and cookies. Every failure has a code. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { type Clock, deadline } from '../../time/clock';
import { LARGEST_ANSWER_BYTES } from '../vim25/answer-limits';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { ACCEPTED_ENCODINGS, readBody } from './body-text';
import type { CookieJar } from './cookie-jar';
import type { ProxyAddress } from './proxy';
import { type ServerAddress, serverName } from './server-address';
import { statusError } from './status-error';
import type { Trust } from './trust';
import { TrustedAgent } from './trusted-agent';

export interface HttpExchangeOptions {
  readonly address: ServerAddress;
  readonly trust: Trust;
  readonly clock: Clock;
  /** Default: none. */
  readonly proxy?: ProxyAddress | undefined;
}

/** Bytes of one call, resends included. */
export interface Meter {
  requestBytes: number;
  responseBytes: number;
}

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The name of the method, for messages. */
  readonly what: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** CallContext.maySend. */
  readonly maySend?: (() => boolean) | undefined;
  readonly cookies?: CookieJar;
  readonly meter?: Meter;
  /** Of the body, inflated. Default: LARGEST_ANSWER_BYTES. */
  readonly largestBytes?: number;
  /** The error for an HTTP status, before the body is read. Default: statusError, which expects SOAP. */
  readonly refusal?: (server: string, response: IncomingMessage) => VsphereError | undefined;
}

/** Takes the text of a body in pieces. An error that `write` throws ends the call. */
export interface TextSink {
  write(text: string): void;
}

export interface HttpAnswer {
  readonly status: number;
  /** The server's clock in ms since 1970, if the answer has the header Date. */
  readonly serverWallMs?: number;
}

export class HttpExchange {
  readonly server: string;
  readonly #options: HttpExchangeOptions;
  readonly #agent: TrustedAgent;

  constructor(options: HttpExchangeOptions) {
    this.server = serverName(options.address);
    this.#options = options;
    this.#agent = new TrustedAgent(options);
  }

  /** Closes all connections; calls in flight fail. */
  close(): void {
    this.#agent.destroy();
  }

  /** Resolves after the whole body was written to the sink. Rejects with a VsphereError only. */
  send(call: HttpCall, sink: TextSink): Promise<HttpAnswer> {
    const { what, timeoutMs, cookies, meter } = call;
    const { clock, address } = this.#options;
    const body = call.body === undefined ? undefined : Buffer.from(call.body);
    if (meter !== undefined) meter.requestBytes += body?.length ?? 0;
    const limit = deadline(clock, timeoutMs, call.signal, () =>
      transportError('Timeout', `${this.server} did not answer ${what} within ${timeoutMs / 1000} s`, 'Unknown'),
    );
    return new Promise<HttpAnswer>((resolve, reject) => {
      if (limit.signal.aborted) {
        reject(interrupted(limit.signal.reason, what, 'NotSent'));
        return;
      }
      const cookie = cookies?.header(call.path);
      const sent = request({
        agent: this.#agent,
        host: address.host,
        port: address.port,
        path: call.path,
        method: call.method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'text/xml; charset="utf-8"', 'Content-Length': body.length }),
          ...call.headers,
          'Accept-Encoding': ACCEPTED_ENCODINGS,
          // vCenter shows it in the list of its sessions.
          'User-Agent': 'codeconnect-vm-operator',
          ...(cookie === undefined ? {} : { Cookie: cookie }),
        },
      });
      let outcome: 'NotSent' | 'Unknown' = 'NotSent';
      const fail = (error: VsphereError) => {
        reject(error);
        sent.destroy();
      };
      // The agent gets the socket only after the certificate was checked. Node writes the request right after this
      // event, and writes nothing if the socket was destroyed in the event.
      sent.once('socket', () => {
        if (call.maySend?.() !== false) outcome = 'Unknown';
        else fail(transportError('Stopped', `${what} was stopped while it waited for a connection`, 'NotSent'));
      });
      limit.signal.addEventListener('abort', () => fail(interrupted(limit.signal.reason, what, outcome)), {
        once: true,
      });
      sent.on('error', (error) => fail(this.#lost(error, what, outcome)));
      sent.once('response', (response) => {
        cookies?.store(call.path, response.headers['set-cookie'] ?? []);
        const refused = (call.refusal ?? statusError)(this.server, response);
        if (refused !== undefined) return fail(refused);
        return this.#receive(call, response, sink, resolve, fail);
      });
      sent.end(body);
    }).finally(limit.done);
  }

  #receive(
    { what, meter, largestBytes = LARGEST_ANSWER_BYTES }: HttpCall,
    response: IncomingMessage,
    sink: TextSink,
    resolve: (answer: HttpAnswer) => void,
    fail: (error: VsphereError) => void,
  ): void {
    if (meter !== undefined)
      response.on('data', (chunk: Buffer) => {
        meter.responseBytes += chunk.length;
      });
    readBody(response, {
      what,
      largestBytes,
      onText: (text) => sink.write(text),
      onEnd: () => resolve({ status: response.statusCode ?? 0, ...serverClock(response) }),
      onError: fail,
    });
    response.once('error', (error) => fail(this.#lost(error, what, 'Unknown')));
    response.once('close', () => {
      if (!response.complete) fail(this.#lost(new Error('the answer was cut'), what, 'Unknown'));
    });
  }

  #lost(error: Error, what: string, outcome: 'NotSent' | 'Unknown'): VsphereError {
    if (error instanceof VsphereError) return error;
    const code = 'code' in error ? String(error.code) : '';
    const options = { cause: error };
    if (code.startsWith('HPE_'))
      return transportError('NotVCenter', `${this.server} does not answer in HTTP (${code})`, outcome, options);
    const message = `the connection to ${this.server} was lost during ${what}: ${error.message}`;
    return transportError('ConnectionLost', message, outcome, options);
  }
}

function interrupted(reason: unknown, what: string, outcome: 'NotSent' | 'Unknown'): VsphereError {
  if (reason instanceof VsphereError) return transportError('Timeout', reason.message, outcome, { cause: reason });
  return transportError('Aborted', `${what} was aborted`, outcome, { cause: reason });
}

function serverClock(response: IncomingMessage): { readonly serverWallMs?: number } {
  const wallMs = Date.parse(response.headers.date ?? '');
  return Number.isNaN(wallMs) ? {} : { serverWallMs: wallMs };
}
