import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { RawConnection, statusOf } from '../../../test/support/raw-connection';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { type Answer, type EndpointLimits, type HttpEndpoint, serve } from './http-endpoint';
import { selfSignedCertificate } from './self-signed-certificate';

const PROBE = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n';
const pair = selfSignedCertificate({ names: ['127.0.0.1'], notBeforeMs: 0, notAfterMs: Date.UTC(2100, 0) });
/** More than the buffers of both sides. */
const large = 'x'.repeat(16 * 2 ** 20);
const secret = 'password of nobody';

async function started(options: { readonly secure: boolean; readonly limits?: EndpointLimits }) {
  const logged: unknown[] = [];
  let asked = 0;
  const ok: Answer = { status: 200, contentType: 'text/plain', body: 'ok\n' };
  const endpoint = await serve({
    flag: '--test',
    at: { host: '127.0.0.1', port: 0 },
    routes: {
      '/healthz': () => {
        asked += 1;
        return ok;
      },
      '/broken': () => {
        throw new Error(secret);
      },
      '/large': () => ({ ...ok, body: large }),
    },
    protection: options.secure ? { certificate: () => pair, admit: async () => 200 } : undefined,
    clock: new VirtualClock(),
    log: { info: () => {}, warn: (...told) => logged.push(told) },
    ...(options.limits && { limits: options.limits }),
  });
  onTestFinished(() => endpoint.close());
  return { ...endpoint, logged, asked: () => asked };
}

describe.each([
  ['over HTTP', false],
  ['over HTTPS', true],
])('an odd request %s is refused, and the next one is answered:', (_, secure) => {
  let endpoint: HttpEndpoint;
  beforeEach(async () => {
    endpoint = await started({ secure });
  });

  const get = (target: string, headers = 'host: a') => `GET ${target} HTTP/1.1\r\n${headers}\r\n\r\n`;
  test.each<[what: string, bytes: string, status: number | 'closed']>([
    ['two slashes', get('//'), 404],
    ['a host after two slashes', get('//[/healthz'), 404],
    ['an asterisk', get('*'), 400],
    ['half a URL', get('http://['), 400],
    ['a whole URL', get('http://a/healthz'), 400],
    ['a part of every JavaScript object as a path', get('data:constructor'), 400],
    ['an escape that is none', get('/%'), 404],
    ['a URL of 1 MB', get(`/${'x'.repeat(2 ** 20)}`), 431],
    ['a token of 1 MB', get('/healthz', `host: a\r\nauthorization: Bearer ${'x'.repeat(2 ** 20)}`), 431],
    ['a thousand headers', get('/healthz', `host: a\r\n${'a: b\r\n'.repeat(1_000)}c: d`), 431],
    ['no host', get('/healthz', 'a: b'), 400],
    ['a method that changes', 'POST /healthz HTTP/1.1\r\nhost: a\r\n\r\n', 405],
    ['a method that nobody knows', 'BREW /healthz HTTP/1.1\r\nhost: a\r\n\r\n', 400],
    ['TRACE', 'TRACE /healthz HTTP/1.1\r\nhost: a\r\n\r\n', 405],
    ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\nhost: a\r\n\r\n', 'closed'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a body that never comes', get('/healthz', 'host: a\r\ncontent-length: 999999999999'), 413],
    ['a body without end', `${get('/healthz', 'host: a\r\ntransfer-encoding: chunked')}5\r\nhello\r\n`, 413],
    ['two lengths', get('/healthz', 'host: a\r\ncontent-length: 1\r\ncontent-length: 2'), 400],
    ['a length and chunks', get('/healthz', 'host: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked'), 400],
    ['the wish to send a body', get('/healthz', 'host: a\r\nexpect: 100-continue'), 417],
    ['another expectation', get('/healthz', 'host: a\r\nexpect: tea'), 417],
    ['no HTTP', '\0\x01\x02garbage\r\n\r\n', 400],
  ])('%s', async (_what, bytes, status) => {
    expect(await statusOf(endpoint.address, bytes, { secure })).toBe(status);
    expect(await statusOf(endpoint.address, PROBE, { secure })).toBe(200);
  });

  test('an upgrade to something else is answered as if it had not been asked for', async () => {
    const bytes = get('/healthz', 'host: a\r\nconnection: upgrade\r\nupgrade: websocket');
    expect(await statusOf(endpoint.address, bytes, { secure })).toBe(200);
  });

  test('an answer says nothing of what failed within, and the log says it once', async () => {
    const { address, logged } = await started({ secure });
    for (let count = 0; count < 3; count += 1) {
      const connection = await RawConnection.open(address, { secure });
      connection.send('GET /broken HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
      await connection.closed;
      expect(connection.received).toMatch(/^HTTP\/1\.1 500 /);
      expect(connection.received).toMatch(/\r\n\r\ninternal error\n$/);
    }
    expect(logged).toEqual([
      [
        'a request could not be answered, this is a bug',
        { endpoint: '--test', error: expect.objectContaining({ message: secret }) },
      ],
    ]);
  });

  test('of requests that do not wait for answers the first is answered, and the connection is closed', async () => {
    const { address, asked } = await started({ secure });
    const connection = await RawConnection.open(address, { secure });
    connection.send(PROBE.repeat(5));
    await connection.closed;
    expect(connection.received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(connection.received).toMatch(/^HTTP\/1\.1 200 (.+\r\n)+connection: close\r\n/);
    expect(asked()).toBe(1);
  });

  test('thousands of them are not even read', async () => {
    let read = 0;
    const onRequest = () => {
      read += 1;
    };
    subscribe('http.server.request.start', onRequest);
    onTestFinished(() => {
      unsubscribe('http.server.request.start', onRequest);
    });
    const connection = await RawConnection.open(endpoint.address, { secure });
    connection.send(PROBE.repeat(50_000));
    await connection.closed;
    // What comes in one piece, of 64 KiB at most, is read to its end.
    expect(read).toBeLessThan(2_000);
  });

  test('one after the other many are answered on one connection', async () => {
    const connection = await RawConnection.open(endpoint.address, { secure });
    for (let count = 1; count <= 50; count += 1) {
      connection.send(PROBE);
      while (connection.received.split('ok\n').length <= count)
        await new Promise((resolve) => connection.socket.once('data', resolve));
    }
    connection.close();
  });
});

describe('who is slow is closed, and others are served meanwhile:', () => {
  const limits = { connections: 16, headMs: 500, handshakeMs: 500, idleMs: 20_000 };

  test.each([
    ['a connection that says nothing', false, ''],
    ['a head that does not end', false, 'GET /healthz HTTP/1.1\r\n'],
    ['a handshake that does not begin', true, ''],
    ['a handshake that does not end', true, '\x16\x03\x01\x02\x00\x01'],
    ['no TLS where TLS is spoken', true, PROBE],
    ['garbage where TLS is spoken', true, '\0\xff'.repeat(1_000)],
  ])('%s', async (_what, secure, bytes) => {
    const { address } = await started({ secure, limits });
    const connection = await RawConnection.open(address);
    connection.send(bytes);
    expect(await statusOf(address, PROBE, { secure })).toBe(200);
    await connection.closed;
    // 408, or an alert of TLS, or nothing.
    expect(connection.received).not.toContain('200');
  });

  test.each([
    ['over HTTP', false],
    ['over HTTPS', true],
  ])('%s one that does not read its answer', async (_what, secure) => {
    const taken = takenSockets();
    const { address } = await started({ secure, limits: { ...limits, headMs: 20_000, idleMs: 300 } });
    const connection = await RawConnection.open(address, { secure });
    connection.socket.pause();
    connection.send('GET /large HTTP/1.1\r\nhost: a\r\n\r\n');
    const [first] = taken;
    const closed = new Promise((resolve) => first?.once('close', resolve));
    expect(await statusOf(address, PROBE, { secure })).toBe(200);
    await closed;
    connection.close();
  });
});

describe.each([
  ['over HTTP', false],
  ['over HTTPS', true],
])('%s', (_, secure) => {
  test('connections are bounded, and a new one is answered while somebody holds as many as there may be', async () => {
    const taken = takenSockets();
    const limits = { connections: 16, headMs: 60_000, handshakeMs: 60_000, idleMs: 60_000 };
    const { address } = await started({ secure, limits });
    const held: RawConnection[] = [];
    for (let count = 0; count < 100; count += 1) held.push(await RawConnection.open(address));
    expect(await statusOf(address, PROBE, { secure })).toBe(200);
    expect(taken).toHaveLength(101);
    expect(taken.filter(({ destroyed }) => !destroyed).length).toBeLessThanOrEqual(16);
    for (const connection of held) connection.close();
  });

  test('the endpoint closes while connections are open that have said nothing', async () => {
    const { address, close } = await started({ secure });
    const connection = await RawConnection.open(address);
    await close();
    await connection.closed;
  });

  test('an error of the server, such as no file descriptor for a connection, is logged once and ends nothing', async () => {
    let server: Server | undefined;
    const onRequest = (message: unknown) => {
      server = (message as { readonly server: Server }).server;
    };
    subscribe('http.server.request.start', onRequest);
    const { address, logged } = await started({ secure });
    expect(await statusOf(address, PROBE, { secure })).toBe(200);
    unsubscribe('http.server.request.start', onRequest);
    for (let count = 0; count < 3; count += 1)
      server?.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    expect(await statusOf(address, PROBE, { secure })).toBe(200);
    expect(logged).toEqual([['a connection could not be accepted', expect.objectContaining({ endpoint: '--test' })]]);
  });
});

/** The sockets that servers of this process accept from now on, until the test ends. */
function takenSockets(): readonly Socket[] {
  const sockets: Socket[] = [];
  const onSocket = (message: unknown) => sockets.push((message as { readonly socket: Socket }).socket);
  subscribe('net.server.socket', onSocket);
  onTestFinished(() => {
    unsubscribe('net.server.socket', onSocket);
  });
  return sockets;
}
