import { createServer as createTcpServer, Socket } from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { certificateFor, connectProxy } from '../../../test/support/https-server';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { ProxyAddress } from './proxy';
import { Trust } from './trust';
import { TCP_KEEP_ALIVE_MS, TrustedAgent } from './trusted-agent';

const opened: (() => void)[] = [];
const defaultRoots = getCACertificates('default');

afterEach(() => {
  for (const close of opened.splice(0)) close();
  setDefaultCACertificates(defaultRoots);
  vi.restoreAllMocks();
});

/** A TLS server for these names, the names that clients asked for, and what they sent. */
async function aServer(...names: readonly string[]) {
  const shown = certificateFor(names);
  const asked: (string | false | null)[] = [];
  const server = createServer(shown, (socket) => {
    asked.push(socket.servername ?? null);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, asked, caBundle: shown.cert };
}

/** Connects as the agent does for a request. Resolves with the socket that it gets, or with the error. */
async function connected(
  { host, port, caBundle }: { readonly host: string; readonly port: number; readonly caBundle?: string },
  proxy?: ProxyAddress,
  clock = new VirtualClock(),
) {
  const trust = new Trust(caBundle === undefined ? {} : { caBundle }, clock);
  const agent = new TrustedAgent({ address: { host, port }, trust, clock, proxy });
  opened.push(() => agent.destroy());
  return new Promise<{ readonly error?: Error; readonly socket?: Socket }>((resolve) => {
    agent.createConnection({}, (error, socket) => {
      if (error === null) opened.push(() => socket.destroy());
      resolve(error === null ? { socket: socket as Socket } : { error });
    });
  });
}

describe('R11: the server that is connected to', () => {
  test('is asked for by its name, and its certificate must have that name', async () => {
    const { port, asked, caBundle } = await aServer('localhost');
    expect((await connected({ host: 'localhost', port, caBundle })).error).toBeUndefined();
    await vi.waitFor(() => expect(asked).toEqual(['localhost']));
  });

  test('is not asked for by an address: names are for names', async () => {
    const { port, asked, caBundle } = await aServer('127.0.0.1');
    expect((await connected({ host: '127.0.0.1', port, caBundle })).error).toBeUndefined();
    await vi.waitFor(() => expect(asked).toEqual([false]));
  });

  test('is not trusted with a certificate for another name', async () => {
    const { port, caBundle } = await aServer('vc.example.com');
    expect((await connected({ host: 'localhost', port, caBundle })).error).toMatchObject({ code: 'TLSUntrusted' });
  });

  test('is asked for and checked by its own name through a proxy too', async () => {
    const target = await aServer('vc.example.com');
    const proxy = await connectProxy(target);
    opened.push(() => proxy.close());
    const through = { ...proxy.address, secure: false };
    const { port, caBundle } = target;
    expect((await connected({ host: 'vc.example.com', port, caBundle }, through)).error).toBeUndefined();
    await vi.waitFor(() => expect(target.asked).toEqual(['vc.example.com']));
    const other = await connected({ host: 'other.example.com', port, caBundle }, through);
    expect(other.error).toMatchObject({ code: 'TLSUntrusted' });
  });
});

describe('R11: an https proxy', () => {
  /** A proxy that shows this certificate to all, and the accounts that it got. */
  async function aSecureProxy() {
    const target = await aServer('vc.example.com');
    const proxy = await connectProxy(target, undefined, 'https');
    opened.push(() => proxy.close());
    return { target, proxy };
  }

  test('that nobody knows gets nothing', async () => {
    const { target, proxy } = await aSecureProxy();
    const { error } = await connected({ host: 'vc.example.com', ...target }, { ...proxy.address, secure: true });
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'NotSent' });
    expect(error?.message).toContain(`the proxy ${proxy.address.host}:${proxy.address.port}`);
    expect([proxy.tunnels, target.asked]).toEqual([[], []]);
  });

  test.each([
    ['localhost', 'localhost'],
    ['127.0.0.1', false],
  ])('that the default roots know is used: %s', async (host, name) => {
    const shown = certificateFor([host]);
    const target = await aServer('vc.example.com');
    const names: (string | false | null)[] = [];
    const server = createServer(shown, (client) => {
      names.push(client.servername ?? null);
      client
        .on('error', () => undefined)
        .once('data', () => {
          client.write('HTTP/1.1 200 Connection established\r\n\r\n');
          const upstream = new Socket().connect(target.port, '127.0.0.1');
          upstream
            .on('error', () => client.destroy())
            .pipe(client)
            .pipe(upstream);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    setDefaultCACertificates([...defaultRoots, shown.cert]);
    const through = { host, port: address.port, secure: true };
    expect((await connected({ host: 'vc.example.com', ...target }, through)).error).toBeUndefined();
    await vi.waitFor(() => expect([names, target.asked]).toEqual([[name], ['vc.example.com']]));
  });
});

describe('a connect', () => {
  test('that hangs ends after ten seconds, and says so', async () => {
    const clock = new VirtualClock();
    const { port, caBundle } = await aServer('localhost');
    vi.spyOn(Socket.prototype, 'connect').mockReturnThis();
    const attempt = connected({ host: '127.0.0.1', port, caBundle }, undefined, clock);
    await settle();
    await clock.advance(10_000);
    const { error } = await attempt;
    expect(error).toMatchObject({ code: 'Timeout', outcome: 'NotSent' });
    expect(error?.message).toContain(`no connection to 127.0.0.1:${port} within 10 s`);
  });

  test('that the end of the agent interrupts is told as aborted', async () => {
    const { port, caBundle } = await aServer('localhost');
    const attempt = connected({ host: '127.0.0.1', port, caBundle });
    opened.pop()?.();
    expect((await attempt).error).toMatchObject({ code: 'Aborted', outcome: 'NotSent' });
  });

  test('that the server ends is told as a lost connection, and a further error of the socket ends nothing', async () => {
    const server = createTcpServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const { error } = await connected({ host: '127.0.0.1', port: address.port });
    expect(error).toMatchObject({ code: 'ConnectionLost', outcome: 'NotSent' });
    expect(error?.message).toContain(`127.0.0.1:${address.port}`);
    const [socket] = noDelay.mock.contexts;
    expect(() => (socket as Socket).emit('error', new Error('reset'))).not.toThrow();
  });

  test('through a proxy: an error of the tunnel is that of the connection on top, and ends nothing else', async () => {
    const target = await aServer('localhost');
    const proxy = await connectProxy(target);
    opened.push(() => proxy.close());
    const connects = vi.spyOn(Socket.prototype, 'connect');
    const { socket } = await connected({ host: 'localhost', ...target }, { ...proxy.address, secure: false });
    const [tunnel] = connects.mock.contexts as readonly Socket[];
    socket?.on('error', () => undefined);
    expect(tunnel).toBeDefined();
    expect(() => tunnel?.emit('error', new Error('reset'))).not.toThrow();
  });

  test('that is over leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const { port, caBundle } = await aServer('localhost');
    await connected({ host: 'localhost', port, caBundle }, undefined, clock);
    expect(clock.pending).toBe(0);
    await connected({ host: 'localhost', port }, undefined, clock);
    expect(clock.pending).toBe(0);
  });

  test('asks the system to probe a silent connection, and sends small requests at once', async () => {
    const keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive');
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    const target = await aServer('localhost');
    await connected({ host: 'localhost', ...target });
    expect(keepAlive.mock.calls).toContainEqual([true, TCP_KEEP_ALIVE_MS]);
    expect(noDelay.mock.calls).toContainEqual([true]);
    const proxy = await connectProxy(target);
    opened.push(() => proxy.close());
    keepAlive.mockClear();
    noDelay.mockClear();
    await connected({ host: 'localhost', ...target }, { ...proxy.address, secure: false });
    expect(keepAlive.mock.calls.filter(([on, ms]) => on === true && ms === TCP_KEEP_ALIVE_MS)).toHaveLength(2);
    expect(noDelay.mock.calls.filter(([on]) => on === true).length).toBeGreaterThanOrEqual(2);
  });
});
