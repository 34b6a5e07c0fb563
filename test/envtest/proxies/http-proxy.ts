import type * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../../src/operator/endpoints/self-signed-certificate';
import { systemClock } from '../../../src/time/clock';

/** A request with its whole body. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
  /** When its last byte arrived. */
  readonly wallMs: number;
}

/**
 * What happens to one request.
 * - Answer: the proxy answers instead of the server
 * - Reset: the connection breaks before the server gets the request. A TLS socket cannot be reset, so it is closed
 * - LostReply: the connection breaks after the server has done the request
 * - Cut: the answer ends after so many bytes
 * - Slow: the answer comes in small pieces, with pauses
 * - Silent: there is no answer while the connection lasts
 */
export type HttpFault =
  | {
      readonly kind: 'Answer';
      readonly status: number;
      readonly headers?: http.OutgoingHttpHeaders;
      readonly body?: string;
    }
  | { readonly kind: 'Reset' }
  | { readonly kind: 'LostReply' }
  | { readonly kind: 'Cut'; readonly afterBytes: number }
  | { readonly kind: 'Slow'; readonly pieceBytes: number; readonly pauseMs: number }
  | { readonly kind: 'Silent' };

export interface HttpProxyOptions {
  readonly target: { readonly host: string; readonly port: number; readonly ca: string };
  /** Certificate that the proxy uses towards the server, because a client cannot use its own through the proxy. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
  /** Its own certificate. Default: a new one for 127.0.0.1 and localhost. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly onRequest?: (request: SeenRequest) => void;
  /** Called for each request; undefined means no fault. */
  readonly faultFor?: (request: SeenRequest) => HttpFault | undefined;
}

export interface HttpProxy {
  /** Such as 127.0.0.1:8989. */
  readonly host: string;
  readonly port: number;
  /** PEM text of its certificate, which clients must trust. */
  readonly cert: string;
  close(): Promise<void>;
}

const LOST_AFTER_MS = 300;

/** A certificate for 127.0.0.1 and localhost, for a day. */
export function proxyCertificate(): { readonly cert: string; readonly key: string } {
  const nowMs = systemClock.wallMs();
  const names = ['127.0.0.1', 'localhost'];
  return selfSignedCertificate({ names, notBeforeMs: nowMs - 3_600_000, notAfterMs: nowMs + 86_400_000 });
}

/** An HTTPS server that reads requests and forwards them. Watches and long waits are forwarded piece by piece. */
export async function startHttpProxy(options: HttpProxyOptions): Promise<HttpProxy> {
  const own = options.certificate ?? proxyCertificate();
  const { host, port, ca } = options.target;
  const agent = new https.Agent({ keepAlive: true, ca, host, port, ...options.clientCertificate });
  const server = https.createServer({ ...own, keepAliveTimeout: 60_000 }, (request, response) => {
    void forward(request, response, agent, options);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${address.port}`,
    port: address.port,
    cert: own.cert,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      agent.destroy();
    },
  };
}

async function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  agent: https.Agent,
  options: HttpProxyOptions,
): Promise<void> {
  let body = Buffer.alloc(0);
  try {
    body = Buffer.concat(await request.toArray());
  } catch {
    return; // The client has left.
  }
  const { method = 'GET', url = '/' } = request;
  const seen = { method, path: url, body: body.toString(), wallMs: systemClock.wallMs() };
  options.onRequest?.(seen);
  const fault = options.faultFor?.(seen);
  switch (fault?.kind) {
    case 'Answer':
      response.writeHead(fault.status, { 'content-type': 'text/plain', ...fault.headers }).end(fault.body ?? '');
      return;
    case 'Reset':
      request.socket.destroy();
      return;
    case 'Silent':
      return;
    default:
  }
  const { host, port } = options.target;
  // The client may know the server by another name. Node expects the name of this header in the certificate.
  const headers = { ...request.headers, host: `${host}:${port}` };
  const upstream = https.request({ agent, host, port, method, path: url, headers });
  const breakOff = () => request.socket.destroy();
  upstream.once('error', breakOff);
  response.once('close', () => upstream.destroy());
  upstream.once('response', (answer) => {
    answer.once('error', breakOff);
    if (fault?.kind === 'LostReply') {
      answer.resume().once('end', breakOff);
      // A watch does not end by itself, so it breaks before its first event.
      systemClock.setTimer(LOST_AFTER_MS, breakOff);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // The head of a watch must be sent at once. Its first event may come much later.
    response.flushHeaders();
    if (fault === undefined) answer.pipe(response);
    else disturb(answer, response, fault, breakOff);
  });
  upstream.end(body);
}

function disturb(
  answer: http.IncomingMessage,
  response: http.ServerResponse,
  fault: Extract<HttpFault, { kind: 'Cut' | 'Slow' }>,
  breakOff: () => void,
): void {
  if (fault.kind === 'Cut') {
    let left = fault.afterBytes;
    answer.on('data', (chunk: Buffer) => {
      response.write(chunk.subarray(0, left));
      left -= chunk.length;
      // The bytes need a moment to be sent: breaking the connection drops what is still in the buffers.
      if (left <= 0) systemClock.setTimer(20, breakOff);
    });
    answer.once('end', () => response.end());
    return;
  }
  void (async () => {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length && !response.destroyed; at += fault.pieceBytes) {
        response.write(chunk.subarray(at, at + fault.pieceBytes));
        await new Promise<void>((resolve) => systemClock.setTimer(fault.pauseMs, resolve));
      }
    }
    response.end();
  })().catch(breakOff);
}
