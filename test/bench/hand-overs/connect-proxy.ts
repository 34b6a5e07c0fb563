import * as http from 'node:http';
import * as net from 'node:net';
import type { TcpTarget } from '../../envtest/proxies/tcp-gate';

/** A proxy for HTTPS_PROXY: each process gets one, and so its own way to servers that all processes know by one name. */
export interface ConnectProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Tunnels go to where `routes` leads their host; to other hosts there are none. */
export async function openConnectProxy(routes: ReadonlyMap<string, TcpTarget>): Promise<ConnectProxy> {
  const sockets = new Set<net.Socket>();
  const server = http.createServer();
  server.on('connect', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
    const target = routes.get((request.url ?? '').split(':')[0] ?? '');
    if (target === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = net.connect(target, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
