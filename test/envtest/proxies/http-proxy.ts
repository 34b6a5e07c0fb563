import type * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../../src/operator/endpoints/self-signed-certificate';
import { systemClock } from '../../../src/time/clock';

/** A request as it came in, with its whole body. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
  /** When its last byte was here. */
  readonly wallMs: number;
}

/**
 * What is done to one request instead of passing it on and back.
 * - Answer: an answer that the server never gave
 * - Reset: the connection breaks (a TLS socket cannot be reset, so it is closed without a word), before the server has seen the request, or after it has done what was asked (LostReply)
 * - Cut: the answer breaks off after so many bytes
 * - Slow: the answer comes in small pieces with pauses
 * - Silent: no answer for as long as the connection lasts
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
  /** What the proxy itself shows to the server, for clients that cannot show a certificate through it. */
  readonly clientCertificate?: { readonly cert: string; readonly key: string };
  readonly onRequest?: (request: SeenRequest) => void;
  /** Asked for each request; undefined lets it pass. */
  readonly faultFor?: (request: SeenRequest) => HttpFault | undefined;
}

export interface HttpProxy {
  /** As in 127.0.0.1:8989. */
  readonly host: string;
  readonly port: number;
  /** PEM of its certificate, which clients have to trust. */
  readonly cert: string;
  close(): Promise<void>;
}

const LOST_AFTER_MS = 300;

/** An HTTPS server that reads what goes through it. Watches and long waits pass piece by piece. */
export async function startHttpProxy(options: HttpProxyOptions): Promise<HttpProxy> {
  const nowMs = systemClock.wallMs();
  const names = ['127.0.0.1', 'localhost'];
  const own = selfSignedCertificate({ names, notBeforeMs: nowMs - 3_600_000, notAfterMs: nowMs + 86_400_000 });
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
  const upstream = https.request({ agent, host, port, method, path: url, headers: request.headers });
  const breakOff = () => request.socket.destroy();
  upstream.once('error', breakOff);
  response.once('close', () => upstream.destroy());
  upstream.once('response', (answer) => {
    answer.once('error', breakOff);
    if (fault?.kind === 'LostReply') {
      answer.resume().once('end', breakOff);
      // A watch does not end: it breaks before its first event.
      systemClock.setTimer(LOST_AFTER_MS, breakOff);
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    // The head of a watch comes at once, its first event perhaps much later.
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
      // The written part gets a moment to leave: a reset throws away what is still in the buffers.
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
