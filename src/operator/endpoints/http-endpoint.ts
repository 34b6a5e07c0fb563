import { createServer, type RequestListener, type ServerOptions, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server, type ServerOptions as TlsServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../../kubernetes';
import type { Clock } from '../../time/clock';
import { PROXIED_AUTHORIZATION } from '../settings/decisions-path';
import type { BindAddress } from '../settings/flags';
import { SettingsError } from '../settings/settings-error';
import { ConnectionLimit } from './connection-limit';
import type { Admission, Reader } from './metrics-authorizer';
import { type RequestHead, readHead } from './request-head';
import type { KeyAndCertificate } from './self-signed-certificate';

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Answers GET requests for known paths; `query` is the decoded query string. */
export type Routes = Readonly<Record<string, (query: URLSearchParams) => Answer | Promise<Answer>>>;

export interface HttpEndpoint {
  readonly address: string;
  close(): Promise<void>;
}

/** HTTPS, and only for readers who are admitted. */
export interface Protection {
  /** Asked for each new connection, so that a certificate can be renewed while the process runs. Must not throw. */
  certificate(): KeyAndCertificate;
  /** Asked only for paths that exist. */
  admit(reader: Reader): Promise<Admission>;
}

export interface EndpointOptions {
  /** The flag that gave the address, for messages. */
  readonly flag: string;
  readonly at: BindAddress;
  readonly routes: Routes;
  readonly protection?: Protection | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Default: those of a process that serves a kubelet and a few scrapers. */
  readonly limits?: EndpointLimits;
}

/**
 * Whoever reaches the port may send anything. Node answers what is no HTTP by 400 and closes (408 what is too slow, 431
 * what is too large), and closes a TLS handshake that fails. None of that reaches a listener of ours.
 */
export interface EndpointLimits {
  /** Connections at once. Each costs some 100 KiB at most. */
  readonly connections: number;
  /** From the connection, or from the first byte of a later request, to the end of its head. */
  readonly headMs: number;
  /** The TLS handshake. */
  readonly handshakeMs: number;
  /** Without a byte in either direction, as with somebody who does not read the answer. */
  readonly idleMs: number;
}

const LIMITS: EndpointLimits = { connections: 64, headMs: 5_000, handshakeMs: 5_000, idleMs: 15_000 };
/** The token of an account is 1 to 2 KiB, and up to 4 KiB where an identity provider writes it. */
const LARGEST_HEAD_BYTES = 16 * 1024;
/** Node makes objects for each request that it reads, so thousands of them would stop the event loop for a second. */
const MOST_IGNORED = 8;
/** Prometheus connects anew for its next scrape. */
const KEEP_ALIVE_MS = 5_000;
/** What fails without end is logged once in this time. */
const LOG_PAUSE_MS = 60_000;

/**
 * Serves probes and metrics: plain HTTP, or HTTPS with a protection. Throws SettingsError when the address cannot be used.
 */
export async function serve(options: EndpointOptions): Promise<HttpEndpoint> {
  const { flag, at, protection, limits = LIMITS } = options;
  const warn = seldom(options);
  const listener = listenerFor(options, warn);
  const settings: ServerOptions = {
    maxHeaderSize: LARGEST_HEAD_BYTES,
    headersTimeout: limits.headMs,
    // No request has a body, so this is the same time. Node looks at both every 30 s unless told otherwise.
    requestTimeout: limits.headMs,
    connectionsCheckingInterval: limits.headMs / 5,
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const server =
    protection === undefined
      ? createServer(settings, listener)
      : secureServer(protection, { ...settings, handshakeTimeout: limits.handshakeMs }, listener);
  const connections = new ConnectionLimit(limits.connections);
  server.timeout = limits.idleMs;
  // Without a listener Node itself would ask for the body.
  server.on('checkContinue', listener).on('checkExpectation', listener);
  // Before the listener that begins the handshake or reads the request.
  server.prependListener('connection', (socket) => connections.admit(socket));
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      const where = `${at.host ?? ''}:${at.port}`;
      reject(
        new SettingsError(
          `${flag} ${where}: ${error.code ?? error.message}; choose another address, or 0 to turn it off`,
        ),
      );
    };
    server.once('error', onError);
    server.listen({ port: at.port, ...(at.host !== undefined && { host: at.host }) }, () => {
      server.off('error', onError);
      resolve();
    });
  });
  // Such as EMFILE: no connection can be accepted now. The process goes on, and the server tries the next one.
  server.on('error', (error) => warn('a connection could not be accepted', error));
  const { address, family, port } = server.address() as AddressInfo;
  return {
    address: family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        connections.closeAll();
      }),
  };
}

type Warn = (message: string, error: unknown) => void;

function listenerFor({ routes, protection }: EndpointOptions, warn: Warn): RequestListener {
  const byPath = new Map(Object.entries(routes));
  const answer = async (head: RequestHead, address: string): Promise<Answer> => {
    const target = readHead(head);
    if (target.kind === 'Refusal') return plain(target.status, target.message);
    const route = byPath.get(target.path);
    if (route === undefined) return plain(404, 'not found');
    const authorization = head.headers.authorization ?? textOf(head.headers[PROXIED_AUTHORIZATION]);
    const admission = (await protection?.admit({ authorization, address, path: target.path })) ?? 200;
    if (admission !== 200) return plain(admission, REFUSALS[admission]);
    return route(target.query);
  };
  const underWay = new WeakMap<Socket, ServerResponse>();
  /** Connections that end after the answer under way, and how many requests came since. None of these is looked at. */
  const ending = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const ignored = ending.get(socket);
    if (ignored !== undefined) {
      ending.set(socket, ignored + 1);
      if (ignored === MOST_IGNORED) socket.destroy();
      return;
    }
    const former = underWay.get(socket);
    if (former !== undefined && !former.headersSent) {
      // The first of several requests that do not wait for answers is answered, and then the connection is closed, as
      // RFC 9112 9.3.2 allows; a client sends the others again.
      former.setHeader('connection', 'close');
      ending.set(socket, 1);
      return;
    }
    underWay.set(socket, response);
    answer(request, socket.remoteAddress ?? '')
      .catch((error: unknown): Answer => {
        // Its message is for us: a stranger gets none of it.
        warn('a request could not be answered, this is a bug', error);
        return plain(500, 'internal error');
      })
      .then((reply) => {
        const headers = Object.entries(HEADERS[reply.status] ?? {});
        for (const [name, value] of headers) response.setHeader(name, value);
        if (response.getHeader('connection') === 'close') ending.set(socket, ending.get(socket) ?? 0);
        const length = Buffer.byteLength(reply.body);
        response.writeHead(reply.status, {
          'content-type': reply.contentType,
          'content-length': length,
          'x-content-type-options': 'nosniff',
        });
        response.end(request.method === 'HEAD' ? undefined : reply.body);
      })
      .catch(() => socket.destroy());
  };
}

function secureServer(protection: Protection, settings: TlsServerOptions, listener: RequestListener): Server {
  let certificate = protection.certificate();
  const server = createTlsServer({ ...settings, ...certificate }, listener);
  // Before the listener that begins the handshake.
  server.prependListener('connection', () => {
    const newest = protection.certificate();
    if (newest === certificate) return;
    certificate = newest;
    server.setSecureContext(newest);
  });
  return server;
}

/** Strangers may cause these lines, so they are few. */
function seldom({ clock, log, flag }: EndpointOptions): Warn {
  let loggedAtMs = Number.NEGATIVE_INFINITY;
  return (message, error) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - loggedAtMs < LOG_PAUSE_MS) return;
    loggedAtMs = nowMs;
    log.warn(message, { endpoint: flag, error });
  };
}

function textOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function plain(status: number, message: string): Answer {
  return { status, contentType: 'text/plain', body: `${message}\n` };
}

const REFUSALS = {
  401: 'send a bearer token of the cluster',
  403: 'this account may not get this path: grant it get on the non-resource URL',
  429: 'too many unknown tokens: try again later',
  503: 'the API server did not say whether you may read this: try again later',
} as const;

/** After what was not read to its end, the rest of the connection cannot be trusted to be a request. */
const CLOSE = { connection: 'close' };
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  400: CLOSE,
  401: { 'www-authenticate': 'Bearer' },
  405: { ...CLOSE, allow: 'GET, HEAD' },
  413: CLOSE,
  417: CLOSE,
  429: { 'retry-after': '10' },
  431: CLOSE,
};
