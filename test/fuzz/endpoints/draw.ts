/** Draws what a stranger may send: requests that are almost right, and bytes that are none. */
import type { Random } from '../../../src/time/random';
import { type Conversation, PORTS, type Port, type Step } from './conversation';

const METHODS = [
  ...['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT', 'PRI', 'get', 'G', '', 'BREW'],
  ...['M-SEARCH', 'PROPFIND', 'QUERY', 'GET\0', 'GÉT'],
];
const PATHS = ['/healthz', '/readyz', '/readyz?exclude=vcenter', '/metrics', '/metrics', '/metrics'];
const TARGETS = [
  ...['/', '/healthz', '/readyz', '/metrics', '//', '///', '*', '', '.', '/..', '/../metrics', '/%', '/%00', '/%2f%zz'],
  ...['http://', 'http://[', 'http://a:99999/', 'http://a/metrics', 'https://user:x@a/', '//[', '//a:b:c', 'a:1'],
  ...[
    'data:constructor',
    'javascript:toString',
    '/constructor',
    '/__proto__',
    '/toString',
    '/metrics?a=b#c',
    '/metrics/',
  ],
  ...[
    '/readyz?exclude=vcenter',
    '/readyz?exclude=__proto__',
    '/readyz?exclude',
    '/readyz?%',
    '/healthz?exclude=%ff',
    '?',
    '#',
  ],
];
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/2.0',
  'HTTP/0.9',
  'HTTP/1.2',
  'HTTP/9',
  '',
  'ICY',
];
const HEADERS = [
  ...[
    'host: a',
    'host: a',
    'Host:',
    'host: a\r\nhost: b',
    'connection: close',
    'connection: keep-alive',
    'connection: upgrade',
  ],
  ...[
    'upgrade: websocket',
    'upgrade: h2c',
    'http2-settings: AAMAAABk',
    'expect: 100-continue',
    'expect: tea',
    'te: trailers',
  ],
  ...[
    'content-length: 0',
    'content-length: 5',
    'content-length: -1',
    'content-length: 99999999999999999999',
    'content-length: 1 2',
  ],
  ...['transfer-encoding: chunked', 'transfer-encoding: chunked, gzip', 'transfer-encoding: \x0bchunked', 'trailer: x'],
  ...['authorization: Bearer', 'authorization: Bearer  ', 'authorization: Basic Og==', 'authorization: bearer x y'],
  ...[
    'range: bytes=0-',
    'accept-encoding: gzip',
    'cookie: a=b',
    '__proto__: x',
    'constructor: x',
    ' folded: x',
    'x',
    ': x',
    'x y: z',
  ],
];
const BODIES = [
  '',
  'hello',
  '5\r\nhello\r\n',
  '0\r\n\r\n',
  'FFFFFFFFFFFFFFFF\r\n',
  '5;a=b\r\nhel',
  '-1\r\n',
  '0\r\nx: y\r\n\r\n',
];
/** A ClientHello of TLS 1.3. */
const HELLO = Buffer.from(
  '16030100cb010000c703039e13f5f5893254912cc641a848948c2fa9e573147d19841729789d67124fb68a20734962fc3c1ccb5af6dd980f9dea' +
    '32959bd72aacf2d143c06fc6e747397421bd000213010100007c000b000403000102000a00040002001700230000001600000017000000' +
    '0d000400020403002b0003020304002d0002010100330047004500170041043b1df8d6230942bf54731fc8bfe294576247935bfd5738a247a5' +
    'bee442a68cc68d26277cf9189b41918138cdea7997d823a91d0cf6f11ec71047a633ebd46b77',
  'hex',
).toString('latin1');
/** Characters in one go. */
const MOST_SENT = 2 ** 22;
const ENDS = ['half', 'reset', 'hold', 'deaf'] as const;

export function drawConversation(random: Random): Conversation {
  const to = pick(PORTS, random);
  const steps: Step[] = [];
  for (let left = 1 + Math.floor(random() * random() * 6); left > 0; left -= 1) steps.push(...sent(to, random));
  if (random() < 0.3) steps.push({ end: pick(ENDS, random) });
  return { to, steps };
}

function sent(to: Port, random: Random): readonly Step[] {
  const whole = to === 'handshake' && random() < 0.8 ? HELLO : request(random);
  const text = random() < 0.4 ? damaged(whole, random) : whole;
  const often = random() < 0.1 ? Math.ceil(random() * 3_000) : 1;
  const times = Math.max(1, Math.min(often, Math.floor(MOST_SENT / text.length)));
  if (random() < 0.7) return [times === 1 ? { send: text } : { send: text, times }];
  const cut = Math.floor(random() * text.length);
  return [{ send: text.slice(0, cut) }, { waitMs: Math.floor(random() * 20) }, { send: text.slice(cut) }];
}

function request(random: Random): string {
  // Half of them nearly right: what is refused at once goes no deeper.
  const isNear = random() < 0.5;
  const target = random() < 0.1 ? `/${longText(random)}` : pick(isNear ? PATHS : TARGETS, random);
  const headers = Array.from({ length: Math.floor(random() * (isNear ? 2 : 5)) }, () => header(random));
  if (isNear || random() < 0.5) headers.unshift('host: a');
  if (isNear && random() < 0.5) headers.push(`authorization: Bearer ${random().toString(36).slice(2)}`);
  const line = isNear ? `GET ${target} HTTP/1.1` : `${pick(METHODS, random)} ${target} ${pick(VERSIONS, random)}`;
  const end = random() < 0.9 ? '\r\n' : pick(['\n', '\r', '', '\r\r\n'], random);
  return [line, ...headers, '', ''].join(end) + (random() < 0.3 ? pick(BODIES, random) : '');
}

function header(random: Random): string {
  const kind = random();
  if (kind < 0.6) return pick(HEADERS, random);
  if (kind < 0.8)
    return `authorization: Bearer ${random().toString(36).slice(2)}${random() < 0.2 ? longText(random) : ''}`;
  if (kind < 0.9) return `x: ${longText(random)}`;
  return Array.from({ length: Math.ceil(random() * 300) }, (_, index) => `x${index}: y`).join('\r\n');
}

function longText(random: Random): string {
  const length = Math.ceil(2 ** (random() * 20));
  return pick(['a', '/', '%', '..', '\xff', ' ', '?a=b&', '\t'], random).repeat(length).slice(0, length);
}

function damaged(text: string, random: Random): string {
  let result = text;
  for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
    const at = Math.floor(random() * result.length);
    const length = Math.floor(random() * 8);
    const rubbish = Array.from({ length }, () => String.fromCharCode(Math.floor(random() * 256))).join('');
    const kind = Math.floor(random() * 4);
    if (kind === 0) result = result.slice(0, at) + rubbish + result.slice(at + length);
    else if (kind === 1) result = result.slice(0, at) + rubbish + result.slice(at);
    else if (kind === 2) result = result.slice(0, at) + result.slice(at + length);
    else result = result.slice(0, at) + result.slice(Math.max(0, at - length));
  }
  return result;
}

function pick<T>(from: readonly T[], random: Random): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
