/** What a stranger sends on one connection. */
import { type Clock, sleep } from '../../../src/time/clock';
import { RawConnection } from '../../support/raw-connection';

/** `secure` is the metrics server over TLS, after the handshake; `handshake` is the same port, before it. */
export const PORTS = ['probes', 'metrics', 'secure', 'handshake'] as const;
export type Port = (typeof PORTS)[number];

export type Step =
  /** Text of the characters 0 to 255, sent so many times. */
  | { readonly send: string; readonly times?: number }
  | { readonly waitMs: number }
  /** `half`: no more is sent. `reset`: as when the machine is gone. `hold`: the connection stays open. */
  | { readonly end: 'half' | 'reset' | 'hold' | 'deaf' };

export interface Conversation {
  readonly to: Port;
  readonly steps: readonly Step[];
}

export type Addresses = Readonly<Record<Port, string>>;

/** How long somebody waits for an answer to the last step. */
const PATIENCE_MS = 150;

/** Plays it, and resolves with what came back. A connection that is held is added to `held`. */
export async function play(
  { to, steps }: Conversation,
  addresses: Addresses,
  held: RawConnection[],
  clock: Clock,
): Promise<string> {
  const connection = await RawConnection.open(addresses[to], { secure: to === 'secure' });
  for (const step of steps) {
    if ('send' in step) connection.send(Buffer.from(step.send.repeat(step.times ?? 1), 'latin1'));
    else if ('waitMs' in step) await pause(clock, step.waitMs);
    else
      switch (step.end) {
        case 'half':
          connection.socket.end();
          break;
        case 'reset':
          connection.reset();
          return connection.received;
        case 'deaf':
          connection.socket.pause();
          held.push(connection);
          return connection.received;
        case 'hold':
          held.push(connection);
          return connection.received;
      }
  }
  await Promise.race([connection.closed, connection.status(), pause(clock, PATIENCE_MS)]);
  connection.close();
  return connection.received;
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return sleep(clock, delayMs, new AbortController().signal);
}
