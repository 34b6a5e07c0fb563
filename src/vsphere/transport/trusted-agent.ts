/** Keep-alive connections to one vCenter that carry no byte before the certificate was checked (R11). */
import { Agent } from 'node:https';
import { isIP, connect as openTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as openTls, type TLSSocket } from 'node:tls';
import { type Clock, deadline } from '../../time/clock';
import { transportError, VsphereError } from '../vim25/vsphere-error';
import { connectRequest, type ProxyAddress, tunnelOpened } from './proxy';
import { type ServerAddress, serverName } from './server-address';
import type { Trust } from './trust';

const CONNECT_TIMEOUT_MS = 10_000;
/** A dead peer is noticed after this and the system's probes, also while a wait is silent for a minute. */
const TCP_KEEP_ALIVE_MS = 15_000;
/** Below what servers and firewalls in between allow: a socket that they closed would cost a call its known outcome. */
const IDLE_SOCKET_MS = 30_000;
const MOST_CONNECTIONS = 24;

type OnConnected = (error: Error | null, socket: Duplex) => void;

export interface TrustedAgentOptions {
  readonly address: ServerAddress;
  readonly trust: Trust;
  readonly clock: Clock;
  /** Default: none. */
  readonly proxy?: ProxyAddress | undefined;
}

export class TrustedAgent extends Agent {
  readonly #options: TrustedAgentOptions;
  readonly #closing = new AbortController();

  constructor(options: TrustedAgentOptions) {
    super({ keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: IDLE_SOCKET_MS });
    this.#options = options;
  }

  /** Hands the socket over only once it is trusted; until then the agent has nothing to write to. */
  override createConnection(_options: unknown, callback?: OnConnected): undefined {
    this.#connect().then(
      (socket) => callback?.(null, socket),
      // The socket parameter is not looked at when there is an error.
      (error: Error) => callback?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  }

  override destroy(): void {
    this.#closing.abort();
    super.destroy();
  }

  async #connect(): Promise<TLSSocket> {
    const { address, clock, proxy } = this.#options;
    const server = serverName(address);
    const limit = deadline(clock, CONNECT_TIMEOUT_MS, this.#closing.signal, () =>
      transportError('Timeout', `No connection to ${server} within ${CONNECT_TIMEOUT_MS / 1000} s.`, 'NotSent'),
    );
    try {
      const tunnel = proxy === undefined ? undefined : await this.#openTunnel(proxy, limit.signal);
      return await this.#openTrusted(tunnel, limit.signal);
    } finally {
      limit.done();
    }
  }

  #openTrusted(tunnel: Socket | undefined, signal: AbortSignal): Promise<TLSSocket> {
    const { address, trust } = this.#options;
    const { host, port } = address;
    const server = serverName(address);
    return new Promise<TLSSocket>((resolve, reject) => {
      const socket = openTls({
        ...(tunnel === undefined ? { host, port } : { socket: tunnel }),
        secureContext: trust.context(),
        // SNI carries names only.
        ...(isIP(host) === 0 ? { servername: host } : {}),
        // Whose name the certificate has to bear; without this a tunnel would be checked against `localhost`.
        host,
        // Not a gap: Trust.objection looks at the result below, before anything is sent. It has to, since a pin may
        // stand instead of the chain, and since the message about a refused certificate must tell its fingerprint.
        rejectUnauthorized: false,
      });
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      const settled = guard(socket, server, signal, reject);
      socket.once('secureConnect', () => {
        const objection = trust.objection(socket, server);
        settled();
        if (objection === undefined) return resolve(socket);
        socket.destroy();
        return reject(objection);
      });
    });
  }

  /** A way through the proxy. TLS with vCenter runs inside, so the proxy sees no byte of it in the clear. */
  #openTunnel(proxy: ProxyAddress, signal: AbortSignal): Promise<Socket> {
    const { host, port, secure } = proxy;
    const name = `the proxy ${serverName(proxy)}`;
    return new Promise<Socket>((resolve, reject) => {
      // A proxy's certificate is judged as any other's in this process: by the system's roots.
      const socket = secure
        ? openTls({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}) })
        : openTcp({ host, port });
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      const settled = guard(socket, name, signal, reject);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        socket.write(connectRequest(proxy, this.#options.address));
        tunnelOpened(socket, proxy, this.#options.address).then(
          () => {
            settled();
            // TLS on top tells of the loss; unheard, the same loss down here would end the process.
            socket.on('error', () => undefined);
            resolve(socket);
          },
          (error: Error) => {
            settled();
            socket.destroy();
            reject(error);
          },
        );
      });
    });
  }
}

/** Whatever ends a socket before it is usable rejects, once. The returned function ends the watch. */
function guard(socket: Socket, server: string, signal: AbortSignal, reject: (error: Error) => void): () => void {
  const fail = (error: Error) => {
    settled();
    // Errors may follow the first; they have nobody left to tell.
    socket.on('error', () => undefined);
    socket.destroy();
    reject(error);
  };
  const onAbort = () => fail(connectError(signal.reason, server));
  const onError = (error: Error) => fail(connectError(error, server));
  const onEnd = () => fail(transportError('ConnectionLost', `${server} closed the connection.`, 'NotSent'));
  const settled = () => {
    signal.removeEventListener('abort', onAbort);
    socket.off('error', onError).off('end', onEnd).off('close', onEnd);
  };
  socket.on('error', onError).on('end', onEnd).on('close', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return settled;
}

/** Before TLS is up nothing was sent, so every call may be repeated. */
function connectError(thrown: unknown, server: string): VsphereError {
  if (thrown instanceof VsphereError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = 'code' in error ? String(error.code) : error.name;
  const options = { cause: thrown };
  switch (code) {
    case 'ECONNREFUSED':
      return transportError('Refused', `${server} refuses connections: nothing listens there.`, 'NotSent', options);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return transportError('Refused', `${server} can't be reached (${code}).`, 'NotSent', options);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return transportError('Unresolvable', `The host name of ${server} has no address.`, 'NotSent', options);
    case 'ETIMEDOUT':
      return transportError('Timeout', `${server} does not answer.`, 'NotSent', options);
    case 'AbortError':
      return transportError('Aborted', `The connection to ${server} was given up.`, 'NotSent', options);
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return transportError(
        'NotVCenter',
        `${server} does not speak HTTPS. Check the host and port.`,
        'NotSent',
        options,
      );
    default:
      return transportError('ConnectionLost', `No connection to ${server}: ${error.message}.`, 'NotSent', options);
  }
}
