/** HTTP proxies: which one the environment names for a vCenter, and the CONNECT request that opens the tunnel. */
import type { Socket } from 'node:net';
import { transportError, type VsphereError } from '../vim25/vsphere-error';
import type { ServerAddress } from './server-address';
import { serverName } from './server-address';

/** A proxy that knows CONNECT. User name and password are sent to the proxy only, and are in no message (R10). */
export interface ProxyAddress extends ServerAddress {
  /** Whether the connection to the proxy itself uses TLS (https://proxy). */
  readonly secure: boolean;
  readonly userName?: string;
  readonly password?: string;
}

const ANSWER_LIMIT_BYTES = 16 * 1024;

/**
 * The proxy for a server, from the usual environment variables in upper or lower case: HTTPS_PROXY or ALL_PROXY, with
 * the exceptions of NO_PROXY. NO_PROXY is `*`, or a list of names, domains, addresses and IPv4 blocks (ADDRESS/BITS),
 * each with an optional port. As in Go programs, no proxy is used for a server on this machine.
 *
 * Throws a VsphereError InvalidInput if the URL cannot be used. The message does not have the URL, since the URL may
 * have a password (R10).
 */
export function proxyFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  server: ServerAddress,
): ProxyAddress | undefined {
  const read = (name: string) => (environment[name] ?? environment[name.toLowerCase()])?.trim() || undefined;
  const url = read('HTTPS_PROXY') ?? read('ALL_PROXY');
  if (url === undefined || isExempt(read('NO_PROXY') ?? '', server)) return undefined;
  return parseProxy(url);
}

function parseProxy(text: string): ProxyAddress {
  let url: URL;
  try {
    url = new URL(text.includes('://') ? text : `http://${text}`);
  } catch {
    throw invalid('it is not a URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw invalid(`${url.protocol}// is not supported`);
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '') throw invalid('it has no host');
  // Host and port are a part of the account then, and they are in messages.
  if (/@/.test(`${url.pathname}${url.search}${url.hash}`))
    throw invalid('it has a "@" behind its host: write "/", "#" and "?" in a password as %2F, %23 and %3F');
  const account = url.username === '' ? {} : { userName: decoded(url.username), password: decoded(url.password) };
  return { host, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), secure, ...account };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid('its account is not encoded as in a URL: write "%" as %25');
  }
}

function isExempt(list: string, { host, port }: ServerAddress): boolean {
  const name = host.toLowerCase();
  if (name === 'localhost' || name === '::1' || isInBlock(name, '127.0.0.0/8')) return true;
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, pattern = '', ofPort] = /^(\[[^\]]*\]|[^:]*|.*:.*:.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (ofPort !== undefined && Number(ofPort) !== port) return false;
      const plain = pattern.replace(/^\[(.*)\]$/, '$1').replace(/^\*?\./, '');
      return plain !== '' && (name === plain || name.endsWith(`.${plain}`) || isInBlock(name, plain));
    });
}

/** Whether an IPv4 address is in a block such as 10.0.0.0/8. */
function isInBlock(host: string, block: string): boolean {
  const [base = '', bits = ''] = block.split('/');
  const [address, network, length] = [ipv4(host), ipv4(base), Number(bits)];
  if (address === undefined || network === undefined || !/^\d{1,2}$/.test(bits) || length > 32) return false;
  const size = 2 ** (32 - length);
  return Math.floor(address / size) === Math.floor(network / size);
}

function ipv4(text: string): number | undefined {
  const parts = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : Number.NaN));
  if (parts.length !== 4 || parts.some((part) => !(part <= 255))) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** The CONNECT request to the proxy. */
export function connectRequest(proxy: ProxyAddress, target: ServerAddress): string {
  const { userName, password = '' } = proxy;
  const account =
    userName === undefined
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(`${userName}:${password}`).toString('base64')}\r\n`;
  const server = serverName(target);
  return `CONNECT ${server} HTTP/1.1\r\nHost: ${server}\r\n${account}\r\n`;
}

/**
 * Waits for the answer of the proxy. Resolves when the tunnel is open, and rejects with a VsphereError if the proxy
 * refuses. The caller has to handle errors of the socket. Nothing was sent to vCenter in either case.
 */
export function tunnelOpened(socket: Socket, proxy: ProxyAddress, target: ServerAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0 && answer.length <= ANSWER_LIMIT_BYTES) return;
      socket.off('data', onData);
      socket.pause();
      const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer.toString('latin1', 0, 64))?.[1] ?? 0);
      if (end < 0 || status === 0) reject(notAProxy(proxy));
      else if (status >= 200 && status < 300) {
        // In TLS the client speaks first. If there are more bytes nevertheless, they come from vCenter.
        if (answer.length > end + 4) socket.unshift(answer.subarray(end + 4));
        resolve();
      } else reject(refusal(status, proxy, target));
    };
    socket.on('data', onData);
  });
}

function refusal(status: number, proxy: ProxyAddress, target: ServerAddress): VsphereError {
  const name = `the proxy ${serverName(proxy)}`;
  if (status === 407)
    return transportError(
      'Forbidden',
      `${name} asks for ${proxy.userName === undefined ? 'an account' : 'another account'} (status 407): ` +
        'give it in the URL of HTTPS_PROXY, as http://user:password@proxy:port',
      'NotSent',
    );
  if (status === 401 || status === 403)
    return transportError(
      'Forbidden',
      `${name} does not allow connections to ${serverName(target)} (status ${status}): allow them there, ` +
        'or name the server in NO_PROXY',
      'NotSent',
    );
  return transportError('Refused', `${name} cannot reach ${serverName(target)} (status ${status})`, 'NotSent');
}

function notAProxy(proxy: ProxyAddress): VsphereError {
  const message = `${serverName(proxy)} does not answer as an HTTP proxy; check HTTPS_PROXY`;
  return transportError('NotVCenter', message, 'NotSent');
}

function invalid(why: string): VsphereError {
  return transportError('InvalidInput', `HTTPS_PROXY cannot be used: ${why}; use http://host:port`, 'NotSent');
}
