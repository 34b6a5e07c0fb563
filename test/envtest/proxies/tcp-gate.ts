import * as net from 'node:net';

/**
 * What happens to bytes.
 * - Open: they pass
 * - Refuse: connections are reset, old and new ones
 * - Hang: no byte passes, without an error, as behind a firewall that drops packets; new connections are accepted
 */
export type GateMode = 'Open' | 'Refuse' | 'Hang';

/** A TCP port in front of a server. It forwards bytes without reading them, so it works for TLS too. */
export interface TcpGate {
  readonly port: number;
  readonly host: string;
  /** Number of connections that were accepted. */
  readonly connections: number;
  set(mode: GateMode): void;
  /** Resets all connections once; new ones are accepted. */
  reset(): void;
  /** Connects new connections to another target. */
  lead(target: TcpTarget): void;
  close(): Promise<void>;
}

export interface TcpTarget {
  readonly host: string;
  readonly port: number;
}

export function targetOf(url: string): TcpTarget {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

export async function openTcpGate(first: TcpTarget): Promise<TcpGate> {
  let target = first;
  let mode: GateMode = 'Open';
  let connections = 0;
  const sockets = new Set<net.Socket>();
  const pairs = new Set<() => void>();
  const resetAll = () => {
    for (const socket of [...sockets]) socket.resetAndDestroy();
  };
  const listener = net.createServer((socket) => {
    if (mode === 'Refuse') {
      socket.resetAndDestroy();
      return;
    }
    connections += 1;
    const upstream = net.connect(target);
    const link = () => {
      for (const [from, to] of [
        [socket, upstream],
        [upstream, socket],
      ] as const) {
        from.unpipe();
        if (mode === 'Open') from.pipe(to);
        else from.pause();
      }
    };
    pairs.add(link);
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.resetAndDestroy());
      from.on('close', () => {
        sockets.delete(from);
        pairs.delete(link);
        to.destroy();
      });
    }
    link();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as net.AddressInfo;
  return {
    port,
    host: `127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    set: (next) => {
      mode = next;
      if (mode === 'Refuse') resetAll();
      for (const link of pairs) link();
    },
    reset: resetAll,
    lead: (next) => {
      target = next;
    },
    close: () => {
      resetAll();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}
