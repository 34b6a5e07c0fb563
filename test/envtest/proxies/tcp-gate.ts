import * as net from 'node:net';

/**
 * What happens to bytes.
 * - Open: they pass
 * - Refuse: connections are reset, old and new ones
 * - Hang: nothing passes and nobody is told, as behind a firewall that drops packets; new connections are accepted
 */
export type GateMode = 'Open' | 'Refuse' | 'Hang';

/** A TCP port in front of a server that can be shut in several ways. Sees bytes only, so TLS goes through it untouched. */
export interface TcpGate {
  readonly port: number;
  readonly host: string;
  /** Connections that were let in. */
  readonly connections: number;
  set(mode: GateMode): void;
  /** Resets all connections once; new ones are welcome. */
  reset(): void;
  /** Leads new connections elsewhere. */
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
