import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BindAddress } from './flags';
import { SettingsError } from './settings-error';

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

/** Serves plain HTTP for probes and metrics. Throws SettingsError when the address cannot be used. */
export async function serve(flag: string, at: BindAddress, routes: Routes): Promise<HttpEndpoint> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = request.method === 'GET' || request.method === 'HEAD' ? routes[url.pathname] : undefined;
    const answering = route === undefined ? NOT_FOUND : route(url.searchParams);
    Promise.resolve(answering)
      .catch((error: unknown) => ({ status: 500, contentType: 'text/plain', body: `${String(error)}\n` }))
      .then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType, 'x-content-type-options': 'nosniff' });
        response.end(request.method === 'HEAD' ? undefined : body);
      })
      .catch(() => response.destroy());
  });
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

const NOT_FOUND: Answer = { status: 404, contentType: 'text/plain', body: 'not found\n' };
