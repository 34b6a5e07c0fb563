/** Keep-alive connections to one vCenter that carry no byte before the certificate was checked (R11). */
import { Agent } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { type Clock, deadline } from '../time/clock';
import type { Trust } from './trust';
import { transportError, VsphereError } from './vsphere-error';

const CONNECT_TIMEOUT_MS = 10_000;
/** A dead peer is noticed after this and the system's probes, also while a wait is silent for a minute. */
const TCP_KEEP_ALIVE_MS = 15_000;
/** Below what servers and firewalls in between allow: a socket that they closed would cost a call its known outcome. */
const IDLE_SOCKET_MS = 30_000;
const MOST_CONNECTIONS = 24;

export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** host:port, with the brackets of an IPv6 address. */
export function serverName({ host, port }: ServerAddress): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}

type OnConnected = (error: Error | null, socket: Duplex) => void;

export class TrustedAgent extends Agent {
  readonly #address: ServerAddress;
  readonly #trust: Trust;
  readonly #clock: Clock;
  readonly #closing = new AbortController();

  constructor(address: ServerAddress, trust: Trust, clock: Clock) {
    super({ keepAlive: true, maxSockets: MOST_CONNECTIONS, timeout: IDLE_SOCKET_MS });
    this.#address = address;
    this.#trust = trust;
    this.#clock = clock;
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

  #connect(): Promise<TLSSocket> {
    const { host, port } = this.#address;
    const server = serverName(this.#address);
    const limit = deadline(this.#clock, CONNECT_TIMEOUT_MS, this.#closing.signal, () =>
      transportError('Timeout', `No connection to ${server} within ${CONNECT_TIMEOUT_MS / 1000} s.`, 'NotSent'),
    );
    return new Promise<TLSSocket>((resolve, reject) => {
      const socket = connect({
        host,
        port,
        secureContext: this.#trust.context(),
        // SNI carries names only.
        ...(isIP(host) === 0 ? { servername: host } : {}),
        // Not a gap: Trust.objection looks at the result below, before anything is sent. It has to, since a pin may
        // stand instead of the chain, and since the message about a refused certificate must tell its fingerprint.
        rejectUnauthorized: false,
      });
      socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      limit.signal.addEventListener('abort', () => fail(connectError(limit.signal.reason, server)), { once: true });
      socket.once('error', (error) => fail(connectError(error, server)));
      socket.once('end', () => fail(transportError('ConnectionLost', `${server} closed the connection.`, 'NotSent')));
      socket.once('secureConnect', () => {
        const objection = this.#trust.objection(socket, server);
        if (objection !== undefined) return fail(objection);
        socket.removeAllListeners('error').removeAllListeners('end');
        return resolve(socket);
      });
    }).finally(limit.done);
  }
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
