/**
 * Node's agents open tunnels through HTTP proxies by themselves, and take no options for the connection to the proxy:
 * whether the certificate of an https proxy is verified would depend on NODE_TLS_REJECT_UNAUTHORIZED, and its answer
 * would have no end. These agents verify it always, by the default roots (R11), and limit the answer.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { CancelTimer, Clock } from '../time/clock';

const TUNNEL_TIMEOUT_MS = 30_000;
/** The answer to CONNECT has some hundred bytes. */
const LONGEST_ANSWER_BYTES = 16 * 1024;

type OnConnected = (error: Error | null, socket: Duplex) => void;

/** For an API server with https. */
export class GuardedHttpsAgent extends https.Agent {
  readonly #clock: Clock;

  constructor(options: https.AgentOptions, clock: Clock) {
    super(options);
    this.#clock = clock;
  }

  override createConnection(options: https.RequestOptions, onConnected?: OnConnected): Duplex | null | undefined {
    let stop: CancelTimer = () => {};
    const socket = super.createConnection(options, (error, made) => {
      stop();
      onConnected?.(error, made);
    }) as Socket;
    const isTunnel = waitsForTunnel(socket);
    // A direct connection has the options of the cluster already, and those may say that nothing is verified.
    if (isTunnel || options.rejectUnauthorized !== false) refuseUnverified(socket);
    if (isTunnel) stop = limitAnswer(socket, this.#clock);
    return socket;
  }
}

/** For an API server without TLS, such as `kubectl proxy`: a socket with TLS is one to a proxy. */
export class GuardedHttpAgent extends http.Agent {
  override createConnection(options: http.ClientRequestArgs, onConnected?: OnConnected): Duplex | null | undefined {
    const socket = super.createConnection(options);
    if (!(socket instanceof TLSSocket)) return socket;
    // The agent gets it only after the certificate was verified: it would write the request, with its token, before.
    const onError = (error: Error) => onConnected?.(error, socket);
    socket.once('error', onError).once('secureConnect', () => {
      if (socket.destroyed) return;
      socket.off('error', onError);
      onConnected?.(null, socket);
    });
    refuseUnverified(socket);
    return undefined;
  }
}

/** Whether Node's agent asks a proxy for a tunnel on this socket. It tells that only by a mark of its own. */
function waitsForTunnel(socket: Socket): boolean {
  return Object.getOwnPropertySymbols(socket).some(({ description }) => description === 'kWaitForProxyTunnel');
}

/** Before Node hears of the handshake, and so before anything is written. */
function refuseUnverified(socket: Socket): void {
  if (!(socket instanceof TLSSocket)) return;
  socket.prependOnceListener('secureConnect', () => {
    if (!socket.authorized)
      socket.destroy(new Error(`its certificate cannot be trusted: ${socket.authorizationError}`));
  });
}

function limitAnswer(socket: Socket, clock: Clock): CancelTimer {
  const onReadable = () => {
    if (socket.bytesRead > LONGEST_ANSWER_BYTES) socket.destroy(new Error('the answer of the proxy does not end'));
  };
  socket.on('readable', onReadable);
  const cancel = clock.setTimer(TUNNEL_TIMEOUT_MS, () =>
    socket.destroy(new Error(`the proxy opened no tunnel within ${TUNNEL_TIMEOUT_MS / 1000} s`)),
  );
  return () => {
    cancel();
    socket.off('readable', onReadable);
  };
}
