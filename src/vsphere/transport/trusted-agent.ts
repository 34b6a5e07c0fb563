/** Keep-alive connections to one vCenter. No byte of a request is sent before the certificate was checked (R11). */
import { Agent } from 'node:https';
import { isIP, connect as openTcp, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as openTls, type TLSSocket } from 'node:tls';
import { type Clock, deadline } from '../../time/clock';
import { transportError } from '../vim25/vsphere-error';
import { connectError } from './connect-error';
import { connectRequest, type ProxyAddress, tunnelOpened } from './proxy';
import { type ServerAddress, serverName } from './server-address';
import type { Trust } from './trust';

const CONNECT_TIMEOUT_MS = 10_000;
/**
 * A broken connection is noticed after this time and the probes of the system, even while a wait is silent for a
 * minute.
 */
export const TCP_KEEP_ALIVE_MS = 15_000;
/**
 * Shorter than the limits of servers and firewalls: on a socket that they have closed a call fails, and its outcome is
 * unknown.
 */
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

  /** Gives the socket to the agent only after the certificate was checked; until then the agent cannot write. */
  override createConnection(_options: unknown, callback?: OnConnected): undefined {
    this.#connect().then(
      (socket) => callback?.(null, socket),
      // Node ignores the socket if there is an error.
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
      transportError('Timeout', `no connection to ${server} within ${CONNECT_TIMEOUT_MS / 1000} s`, 'NotSent'),
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
        // SNI is for names only, not for addresses.
        ...(isIP(host) === 0 ? { servername: host } : {}),
        // The name that the certificate must have. Without it Node would check a tunnel against `localhost`.
        host,
        // The certificate is checked below by Trust.objection, before anything is sent. Node cannot do it: a
        // fingerprint may replace the chain, and the message about a refused certificate must have its fingerprint.
        rejectUnauthorized: false,
      });
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      const stopGuard = guard(socket, server, signal, reject);
      socket.once('secureConnect', () => {
        const objection = trust.objection(socket, server);
        stopGuard();
        if (objection === undefined) return resolve(socket);
        socket.destroy();
        return reject(objection);
      });
    });
  }

  /** A tunnel through the proxy. TLS with vCenter runs inside, so the proxy cannot read it. */
  #openTunnel(proxy: ProxyAddress, signal: AbortSignal): Promise<Socket> {
    const { host, port, secure } = proxy;
    const name = `the proxy ${serverName(proxy)}`;
    return new Promise<Socket>((resolve, reject) => {
      // The certificate of the proxy is checked by the default roots. Said here, because NODE_TLS_REJECT_UNAUTHORIZED=0
      // would else turn that off for the account that the proxy gets (R11).
      const socket = secure
        ? openTls({ host, port, rejectUnauthorized: true, ...(isIP(host) === 0 ? { servername: host } : {}) })
        : openTcp({ host, port });
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      const stopGuard = guard(socket, name, signal, reject);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        socket.write(connectRequest(proxy, this.#options.address));
        tunnelOpened(socket, proxy, this.#options.address).then(
          () => {
            stopGuard();
            // The TLS socket on top reports a loss. Without a listener here, the same error would end the process.
            socket.on('error', () => undefined);
            resolve(socket);
          },
          (error: Error) => {
            stopGuard();
            socket.destroy();
            reject(error);
          },
        );
      });
    });
  }
}

/** Rejects once if anything ends the socket before it can be used. The returned function removes the listeners. */
function guard(socket: Socket, server: string, signal: AbortSignal, reject: (error: Error) => void): () => void {
  const fail = (error: Error) => {
    stop();
    // Further errors may follow. Without a listener they would end the process.
    socket.on('error', () => undefined);
    socket.destroy();
    reject(error);
  };
  const onAbort = () => fail(connectError(signal.reason, server));
  const onError = (error: Error) => fail(connectError(error, server));
  const onEnd = () => fail(transportError('ConnectionLost', `${server} closed the connection`, 'NotSent'));
  const stop = () => {
    signal.removeEventListener('abort', onAbort);
    socket.off('error', onError).off('end', onEnd).off('close', onEnd);
  };
  socket.on('error', onError).on('end', onEnd).on('close', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return stop;
}
