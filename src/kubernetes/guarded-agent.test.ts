import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { connect as connectTcp, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectProxy, httpsServer, type TestServer } from '../../test/support/https-server';
import { callFromUnverifyingProcess } from '../../test/support/proxied-child';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { connectApiServer } from './api-server';

const signal = new AbortController().signal;
const opened: { close(): void }[] = [];
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'guarded-agent-'));
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true });
});

async function apiServer(): Promise<TestServer> {
  const answer = (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"major":"1"}');
  };
  const server = await httpsServer(answer, ['127.0.0.1', 'cluster.example.com']);
  opened.push(server);
  return server;
}

async function proxyTo(server: TestServer, speaks: 'http' | 'https') {
  const proxy = await connectProxy(server.address, () => 200, speaks);
  opened.push(proxy);
  return proxy;
}

function kubeconfig(server: TestServer, cluster: object): string {
  const file = path.join(folder, 'kubeconfig');
  const data = Buffer.from(server.caBundle).toString('base64');
  const config = {
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { ...urlOf('https', server), 'certificate-authority-data': data, ...cluster } }],
    users: [{ name: 'u', user: { token: 'a-token' } }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

const urlOf = (scheme: string, { address }: { address: { readonly port: number } }) => ({
  server: `${scheme}://127.0.0.1:${address.port}`,
});
const proxied = (scheme: string, of: TestServer) => ({ 'proxy-url': urlOf(scheme, of).server });

describe('R11: with NODE_TLS_REJECT_UNAUTHORIZED=0 an https proxy that nobody knows', () => {
  test.each([
    ['an API server', {}],
    [
      'an API server that is not verified',
      { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
    ],
    ['an API server without TLS', { server: 'http://127.0.0.2:1', 'insecure-skip-tls-verify': true }],
  ])('is refused, on the way to %s', async (_, cluster) => {
    const server = await apiServer();
    const proxy = await proxyTo(server, 'https');
    const kubeconfigFile = kubeconfig(server, { ...cluster, ...proxied('https', proxy) });
    expect(await callFromUnverifyingProcess({ to: 'API server', kubeconfigFile })).toMatch(
      /^failed .*its certificate cannot be trusted: DEPTH_ZERO_SELF_SIGNED_CERT/,
    );
    expect([proxy.tunnels, proxy.asked, server.asked]).toEqual([[], [], []]);
  });

  test('is refused, when the environment names it', async () => {
    const server = await apiServer();
    const proxy = await proxyTo(server, 'https');
    // A name: for an address of this machine no proxy is used.
    const kubeconfigFile = kubeconfig(server, { server: 'https://cluster.example.com' });
    const call = { to: 'API server', kubeconfigFile } as const;
    expect(await callFromUnverifyingProcess(call, urlOf('https', proxy).server)).toMatch(
      /its certificate cannot be trusted/,
    );
    expect(proxy.tunnels).toEqual([]);
  });
});

test('R11: with NODE_TLS_REJECT_UNAUTHORIZED=0 the API server is verified, through a SOCKS proxy too', async () => {
  const [server, stranger] = [await apiServer(), await apiServer()];
  const socks = await socksProxy(server.address.port);
  const call = (from: TestServer) => {
    const kubeconfigFile = kubeconfig(from, {
      server: 'https://cluster.example.com',
      'proxy-url': `socks5h://127.0.0.1:${socks}`,
    });
    return callFromUnverifyingProcess({ to: 'API server', kubeconfigFile });
  };
  expect(await call(server)).toBe('answered {"major":"1"}');
  expect(await call(stranger)).toMatch(/^failed .*self-signed/);
});

test('a tunnel of a proxy that speaks http is opened, and one whose answer never ends is given up', async () => {
  const server = await apiServer();
  const clock = new VirtualClock();
  const connect = (cluster: object) => {
    const kubeconfigFile = kubeconfig(server, cluster);
    const connection = connectApiServer({ clock, kubeconfigFile, userAgent: 'tester/1' });
    opened.push(connection);
    return connection.request({ method: 'GET', path: '/version' }, signal);
  };
  expect(await connect(proxied('http', await proxyTo(server, 'http')))).toEqual({ major: '1' });
  const endless = await endlessProxy();
  await expect(connect({ 'proxy-url': `http://127.0.0.1:${endless.port}` })).rejects.toMatchObject({
    code: 'Unreachable',
    message: expect.stringContaining('the answer of the proxy does not end'),
  });
  await expect.poll(() => endless.closed).toBe(1);
});

/** Answers with a head that has no end. */
async function endlessProxy() {
  const seen = { port: 0, closed: 0 };
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('close', () => {
        seen.closed += 1;
      });
    socket.write('HTTP/1.1 200 OK\r\n');
    const drip = () => {
      while (!socket.destroyed && socket.write(`X-More: ${'x'.repeat(1000)}\r\n`));
    };
    socket.on('drain', drip);
    drip();
  });
  seen.port = await listen(server);
  return seen;
}

/** As much of SOCKS 5 as a client needs that asks for a connection without an account. */
async function socksProxy(target: number): Promise<number> {
  const server = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', () => {
      client.write(Buffer.of(5, 0));
      client.once('data', () => {
        const upstream = connectTcp({ host: '127.0.0.1', port: target }, () => {
          client.write(Buffer.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
          upstream.pipe(client).pipe(upstream);
        });
        upstream.on('error', () => client.destroy());
      });
    });
  });
  return await listen(server);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({ close: () => server.close() });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
