import type { IncomingMessage } from 'node:http';

/** What of a request decides whether it is looked at further. */
export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>;

/** A path as it was sent, and its query. */
export interface Target {
  readonly kind: 'Target';
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Why a request gets no further. */
export interface Refusal {
  readonly kind: 'Refusal';
  readonly status: 400 | 405 | 413 | 417 | 431;
  readonly message: string;
}

/** A scraper or a kubelet sends fewer than ten. */
const MOST_HEADERS = 64;

/**
 * Reads the request target. Only a path is taken, as clients send it to a server: no URL, no authority, no asterisk. It is
 * cut by hand, since what a URL parser makes of `//`, or whether it throws, is not what a path shall depend on.
 */
export function readHead({ method, url = '', headers, rawHeaders }: RequestHead): Target | Refusal {
  const refusal = (status: Refusal['status'], message: string): Refusal => ({ kind: 'Refusal', status, message });
  if (rawHeaders.length > 2 * MOST_HEADERS) return refusal(431, `send at most ${MOST_HEADERS} headers`);
  if (!url.startsWith('/')) return refusal(400, 'ask for a path, such as /healthz');
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'use GET or HEAD');
  const { expect, 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  // Nothing here reads a body. To skip one would be to receive it for as long as somebody sends.
  if (length !== '0' || encoding !== undefined) return refusal(413, 'send no body');
  if (expect !== undefined) return refusal(417, 'send no Expect header');
  const end = url.indexOf('?');
  if (end === -1) return { kind: 'Target', path: url, query: new URLSearchParams() };
  return { kind: 'Target', path: url.slice(0, end), query: new URLSearchParams(url.slice(end + 1)) };
}
