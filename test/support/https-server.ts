/** An HTTPS server whose answers a test gives, and a CONNECT proxy in front of it: real sockets without the simulator. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { selfSignedCertificate } from '../../src/operator/endpoints/self-signed-certificate';
import { systemClock } from '../../src/time/clock';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  readonly address: { readonly host: string; readonly port: number };
  readonly asked: Asked[];
  readonly caBundle: string;
  close(): void;
}

const DAY_MS = 86_400_000;

export async function httpsServer(
  answer: (asked: Asked, response: ServerResponse) => void,
  names: readonly string[] = ['127.0.0.1'],
): Promise<TestServer> {
  const { cert, key } = certificateFor(names);
  const asked: Asked[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      asked.push(one);
      answer(one, response);
    });
  });
  return { ...(await listening(server)), asked, caBundle: cert };
}

export function certificateFor(names: readonly string[]) {
  const nowMs = systemClock.wallMs();
  return selfSignedCertificate({ names, notBeforeMs: nowMs - DAY_MS, notAfterMs: nowMs + DAY_MS });
}

/**
 * Every tunnel leads to the target. The name that the client asks for does not matter. `https`: with a certificate that
 * nobody knows.
 */
export async function connectProxy(
  target: { readonly port: number },
  admit: (authorization: string | undefined) => number = () => 200,
  speaks: 'http' | 'https' = 'http',
): Promise<TestServer & { readonly tunnels: string[] }> {
  const tunnels: string[] = [];
  const server = speaks === 'http' ? createHttpServer() : createServer(certificateFor(['127.0.0.1']));
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const status = admit(request.headers['proxy-authorization']);
    tunnels.push(request.url ?? '');
    client.on('error', () => undefined);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const upstream = connect({ host: '127.0.0.1', port: target.port }, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
  });
  return { ...(await listening(server)), asked: [], caBundle: '', tunnels };
}

async function listening(server: Server): Promise<{ readonly address: TestServer['address']; close(): void }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    socket.on('error', () => undefined);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port }, close };
}

export const VERSIONS = (version: string, ...prior: readonly string[]) =>
  `<?xml version="1.0"?><namespaces version="1.0"><namespace><name>urn:vim25</name><version>${version}</version>` +
  `<priorVersions>${prior.map((name) => `<version>${name}</version>`).join('')}</priorVersions></namespace></namespaces>`;

export const envelope = (body: string) =>
  '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
  ' xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

export const soapFault = (code: string, text: string, detail = '') =>
  envelope(
    `<soapenv:Fault><faultcode>${code}</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail></soapenv:Fault>`,
  );

export function sendXml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(body);
}
