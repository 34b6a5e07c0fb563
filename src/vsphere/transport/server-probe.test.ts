import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { httpsServer } from '../../../test/support/https-server';
import { systemClock } from '../../time/clock';
import { probeServer } from './server-probe';

const opened: (() => unknown)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

async function aServer(date?: string) {
  const server = await httpsServer((_, response) => {
    if (date !== undefined) response.setHeader('date', date);
    response.writeHead(405).end();
  });
  opened.push(() => server.close());
  return server;
}

const probe = (server: { host: string; port: number }, trust: Parameters<typeof probeServer>[0]['trust']) =>
  probeServer({ server, trust, clock: systemClock, signal: new AbortController().signal });

describe('a probe of a server', () => {
  test('returns its certificate and its clock, and sends no credentials', async () => {
    const { address, caBundle, asked } = await aServer('Thu, 01 Jan 1970 00:00:10 GMT');
    const seen = await probe(address, { caBundle });
    expect(seen.failure).toBeUndefined();
    expect(seen.certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(seen.certificate?.notAfterMs).toBeGreaterThan(systemClock.wallMs());
    expect(seen.clockAheadMs).toBeLessThan(0);
    expect(asked).toMatchObject([{ method: 'HEAD', path: '/sdk', body: '' }]);
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
  });

  test('returns a certificate that is not trusted, and sends nothing', async () => {
    const { address, asked } = await aServer();
    const seen = await probe(address, {});
    expect(seen).toMatchObject({ certificate: { fingerprint: expect.any(String) }, failure: { code: 'TLSUntrusted' } });
    const wrong = Array.from({ length: 32 }, () => 'AA').join(':');
    expect(await probe(address, { fingerprints: [wrong] })).toMatchObject({ failure: { code: 'FingerprintMismatch' } });
    expect(asked).toEqual([]);
  });

  test('returns a failure and no certificate if nothing listens, or if the server does not speak TLS', async () => {
    const { address, close } = await aServer();
    close();
    expect(await probe(address, {})).toMatchObject({ failure: { code: 'Refused', outcome: 'NotSent' } });
    const plain = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0\r\n'));
    opened.push(() => plain.close());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const listening = plain.address();
    const port = typeof listening === 'object' && listening !== null ? listening.port : 0;
    const seen = await probe({ host: '127.0.0.1', port }, {});
    expect(seen).toMatchObject({ failure: { code: expect.stringMatching(/^(NotVCenter|ConnectionLost)$/) } });
    expect(seen.certificate).toBeUndefined();
  });

  test('rejects when it is aborted', async () => {
    const gone = new AbortController();
    gone.abort(new Error('given up'));
    const { address, caBundle } = await aServer();
    const looking = probeServer({ server: address, trust: { caBundle }, clock: systemClock, signal: gone.signal });
    await expect(looking).rejects.toThrow('given up');
  });
});
