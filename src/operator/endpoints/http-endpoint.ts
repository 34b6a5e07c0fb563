import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { BindAddress } from '../settings/flags';
import { SettingsError } from '../settings/settings-error';
import type { Admission } from './metrics-authorizer';
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
  /** `authorization` is the header of that name. */
  admit(authorization: string | undefined, path: string): Promise<Admission>;
}

/**
 * Serves probes and metrics: plain HTTP, or HTTPS with a protection. Throws SettingsError when the address cannot be used.
 */
export async function serve(
  flag: string,
  at: BindAddress,
  routes: Routes,
  protection?: Protection,
): Promise<HttpEndpoint> {
  const answer = async (path: string, query: URLSearchParams, authorization: string | undefined): Promise<Answer> => {
    const admission = (await protection?.admit(authorization, path)) ?? 200;
    if (admission !== 200) return { status: admission, contentType: 'text/plain', body: `${REFUSALS[admission]}\n` };
    return routes[path]?.(query) ?? NOT_FOUND;
  };
  const listener: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const answering = reads ? answer(url.pathname, url.searchParams, request.headers.authorization) : NOT_FOUND;
    Promise.resolve(answering)
      .catch((error: unknown) => ({ status: 500, contentType: 'text/plain', body: `${String(error)}\n` }))
      .then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType, 'x-content-type-options': 'nosniff' });
        response.end(request.method === 'HEAD' ? undefined : body);
      })
      .catch(() => response.destroy());
  };
  const server = protection === undefined ? createServer(LIMITS, listener) : secureServer(protection, listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = `${at.host ?? ''}:${at.port}`;
      reject(
        new SettingsError(
          `${flag} ${where}: ${error.code ?? error.message}; choose another address, or 0 to turn it off`,
        ),
      );
    });
    server.listen({ port: at.port, ...(at.host !== undefined && { host: at.host }) }, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  return {
    address: family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function secureServer(protection: Protection, listener: RequestListener): Server {
  let certificate = protection.certificate();
  const server = createTlsServer({ ...LIMITS, ...certificate }, listener);
  // Before the listener that begins the handshake.
  server.prependListener('connection', () => {
    const newest = protection.certificate();
    if (newest === certificate) return;
    certificate = newest;
    server.setSecureContext(newest);
  });
  return server;
}

const LIMITS = { requestTimeout: 10_000 };

const REFUSALS = {
  401: 'send a bearer token of the cluster',
  403: 'this account may not get this path: grant it get on the non-resource URL',
  503: 'the API server did not say whether you may read this: try again later',
} as const;

const NOT_FOUND: Answer = { status: 404, contentType: 'text/plain', body: 'not found\n' };
