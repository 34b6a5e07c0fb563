import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { httpsServer, sendXml, VERSIONS } from '../../../test/support/https-server';
import { settle, VirtualClock } from '../../../test/support/time/virtual-clock';
import type { VsphereError } from '../vim25/vsphere-error';
import type { CallEnd } from './channels';
import { callEndChannel } from './channels';
import { HttpsTransport } from './https-transport';
import { normalizeFingerprint, Trust } from './trust';

const clock = new VirtualClock();
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A TCP server that calls `onSocket` for each connection. */
async function serving(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function errorOfCall(port: number, signal = new AbortController().signal): Promise<VsphereError> {
  const transport = new HttpsTransport({ address: { host: '127.0.0.1', port }, trust: new Trust({}, clock), clock });
  opened.push(() => transport.close());
  const self = { type: 'Folder', value: 'f' };
  return transport.invoke('CreateFolder', self, { name: 'secret-name' }, { operationId: 'op', signal }).then(
    () => {
      throw new Error('the call succeeded');
    },
    (error) => error,
  );
}

test('a port where nothing listens is Refused, and nothing was sent', async () => {
  const port = await serving(() => undefined);
  opened.pop()?.();
  expect(await errorOfCall(port)).toMatchObject({ name: 'VsphereError', code: 'Refused', outcome: 'NotSent' });
});

test('a server without TLS is NotVCenter, and nothing was sent', async () => {
  const port = await serving((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  expect(await errorOfCall(port)).toMatchObject({ code: 'NotVCenter', outcome: 'NotSent' });
});

test('a connection that is closed before TLS is established is tried once more, then the call ends ConnectionLost with nothing sent', async () => {
  let connections = 0;
  const port = await serving((socket) => {
    connections += 1;
    socket.destroy();
  });
  expect(await errorOfCall(port)).toMatchObject({ code: 'ConnectionLost', outcome: 'NotSent' });
  expect(connections).toBe(2);
});

test('a server that never answers is a Timeout after ten seconds', async () => {
  const port = await serving((socket) => socket.resume());
  const error = errorOfCall(port);
  await settle();
  await clock.advance(10_000);
  expect(await error).toMatchObject({ code: 'Timeout', outcome: 'NotSent' });
});

test('an answer that comes byte by byte is a Timeout after a minute, whatever it still has to say', async () => {
  const server = await httpsServer(({ method }, response) => {
    if (method === 'GET') return sendXml(response, VERSIONS('8.0.2.0'));
    response.writeHead(200, { 'content-type': 'text/xml' }).write(' ');
    drip = () => response.write(' ');
    return undefined;
  });
  opened.push(() => server.close());
  let drip: (() => void) | undefined;
  const trust = new Trust({ caBundle: server.caBundle }, clock);
  const transport = new HttpsTransport({ address: server.address, trust, clock });
  opened.push(() => transport.close());
  let error: VsphereError | undefined;
  const call = { operationId: 'op', signal: new AbortController().signal };
  transport.invoke('CreateFolder', { type: 'Folder', value: 'f' }, { name: 'n' }, call).catch((thrown) => {
    error = thrown;
  });
  await vi.waitUntil(() => drip !== undefined);
  for (let second = 0; second < 59; second += 1) {
    drip?.();
    await clock.advance(1_000);
  }
  expect(error).toBeUndefined();
  await clock.advance(2_000);
  expect(error).toMatchObject({ code: 'Timeout', outcome: 'Unknown' });
});

test('a call that is aborted ends Aborted, and keeps the reason', async () => {
  const port = await serving((socket) => socket.resume());
  const stop = new AbortController();
  const error = errorOfCall(port, stop.signal);
  await settle();
  const reason = new Error('shutdown');
  stop.abort(reason);
  expect(await error).toMatchObject({ code: 'Aborted', outcome: 'NotSent', cause: reason });
  expect(await errorOfCall(port, stop.signal)).toMatchObject({ code: 'Aborted', outcome: 'NotSent' });
});

test('each call is published on the channel, with its code and without its content', async () => {
  const messages: CallEnd[] = [];
  const listener = (message: unknown) => messages.push(message as CallEnd);
  callEndChannel.subscribe(listener);
  opened.push(() => callEndChannel.unsubscribe(listener));
  const port = await serving((socket) => socket.destroy());
  await errorOfCall(port);
  expect(messages).toMatchObject([
    { server: `127.0.0.1:${port}`, method: 'CreateFolder', operationId: 'op', code: 'ConnectionLost' },
  ]);
  expect(JSON.stringify(messages)).not.toContain('secret-name');
});

test.each([
  ['with colons', `${'ab:'.repeat(31)}cd`, `${'AB:'.repeat(31)}CD`],
  ['plain hex', 'AB'.repeat(32), 'AB:'.repeat(32).slice(0, -1)],
  ['with the prefix SHA256:', `SHA256:${'ab'.repeat(32)}`, 'AB:'.repeat(32).slice(0, -1)],
  ['a SHA-1', 'ab'.repeat(20), undefined],
  ['not in hex', 'xy'.repeat(32), undefined],
])('normalizeFingerprint: %s', (_, text, expected) => expect(normalizeFingerprint(text)).toBe(expected));

test.each([
  ['a fingerprint', { fingerprints: ['abc'] }],
  ['a CA bundle', { caBundle: 'not a certificate' }],
  ['a certificate in a CA bundle', { caBundle: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' }],
])('%s that cannot be read is refused when the trust is made', (_, settings) => {
  expect(() => new Trust(settings, clock)).toThrow(expect.objectContaining({ code: 'InvalidInput' }));
});
