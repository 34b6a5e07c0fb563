import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type Asked,
  connectProxy,
  envelope,
  httpsServer,
  sendXml,
  soapFault,
  type TestServer,
  VERSIONS,
} from '../../../test/support/https-server';
import { systemClock } from '../../time/clock';
import type { VsphereError } from '../vim25/vsphere-error';
import { HttpsTransport } from './https-transport';
import type { ProxyAddress } from './proxy';
import { SoapTransport } from './soap/soap-transport';
import { Trust } from './trust';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

const FOLDER = { type: 'Folder', value: 'group-1' };
const MADE = envelope(
  '<CreateFolderResponse xmlns="urn:vim25"><returnval type="Folder">group-2</returnval></CreateFolderResponse>',
);
type Answer = Parameters<typeof httpsServer>[0];

async function serving(answer: Answer, versions = VERSIONS('8.0.2.0', '7.0', '6.7')): Promise<TestServer> {
  const server = await httpsServer((asked, response) =>
    asked.method === 'GET' ? sendXml(response, versions) : answer(asked, response),
  );
  opened.push(server);
  return server;
}

const TRANSPORTS = { https: HttpsTransport, soap: SoapTransport } as const;

describe.each(['https', 'soap'] as const)('over %s', (kind) => {
  const transportTo = (server: TestServer, proxy?: ProxyAddress) => {
    const trust = new Trust({ caBundle: server.caBundle }, systemClock);
    const transport = new TRANSPORTS[kind]({ address: server.address, trust, clock: systemClock, proxy });
    opened.push(transport);
    return transport;
  };
  const create = (transport: ReturnType<typeof transportTo>) =>
    transport.invoke(
      'CreateFolder',
      FOLDER,
      { name: 'n' },
      { operationId: 'vmop-1', signal: AbortSignal.timeout(5_000) },
    );
  const failureOf = (promise: Promise<unknown>): Promise<VsphereError> =>
    promise.then(
      (value) => {
        throw new Error(`succeeded: ${JSON.stringify(value)}`);
      },
      (error) => error,
    );
  const posts = (server: TestServer) => server.asked.filter(({ method }: Asked) => method === 'POST');

  describe('the version of the API', () => {
    test('is the newest that both know, asked once for all calls of a connection', async () => {
      const server = await serving((_, response) => sendXml(response, MADE), VERSIONS('99.0', '8.0.2.0', '7.0'));
      const transport = transportTo(server);
      expect(await create(transport)).toEqual({ type: 'Folder', value: 'group-2' });
      await create(transport);
      expect(posts(server).map(({ headers }) => headers.soapaction)).toEqual([
        'urn:vim25/8.0.2.0',
        'urn:vim25/8.0.2.0',
      ]);
      expect(server.asked.filter(({ method }) => method === 'GET')).toHaveLength(1);
      expect(server.asked[0]?.path).toBe('/sdk/vimServiceVersions.xml');
    });

    test('that nobody here knows is VersionUnsupported, naming both sides, before anything else is sent', async () => {
      const server = await serving((_, response) => sendXml(response, MADE), VERSIONS('99.0', '98.0'));
      const error = await failureOf(create(transportTo(server)));
      expect(error).toMatchObject({ code: 'VersionUnsupported', outcome: 'NotSent' });
      expect(error.message).toContain('99.0, 98.0');
      expect(posts(server)).toHaveLength(0);
    });

    test('is agreed again once when the server refuses it', async () => {
      let upgraded = false;
      const server = await httpsServer((asked, response) => {
        if (asked.method === 'GET') sendXml(response, upgraded ? VERSIONS('9.0.0.0') : VERSIONS('7.0'));
        else if (asked.headers.soapaction === 'urn:vim25/9.0.0.0') sendXml(response, MADE);
        else {
          upgraded = true;
          sendXml(response, soapFault('VersionMismatchFaultCode', 'Unsupported version URI "urn:vim25/7.0"'), 500);
        }
      });
      opened.push(server);
      expect(await create(transportTo(server))).toEqual({ type: 'Folder', value: 'group-2' });
      expect(posts(server).map(({ headers }) => headers.soapaction)).toEqual(['urn:vim25/7.0', 'urn:vim25/9.0.0.0']);
    });

    test('that is refused although it was offered ends in VersionUnsupported, not in a loop', async () => {
      const server = await serving((_, response) =>
        sendXml(response, soapFault('VersionMismatchFaultCode', 'Unsupported version URI "urn:vim25/8.0.2.0"'), 500),
      );
      expect(await failureOf(create(transportTo(server)))).toMatchObject({ code: 'VersionUnsupported' });
      expect(posts(server)).toHaveLength(1);
    });

    test.each([
      ['8.0.2.0', true],
      ['8.0.0.1', true],
      ['7.0', false],
    ])('%s: a field that came with 8.0.0.1 is sent: %s', async (version, isSent) => {
      const task =
        '<CloneVM_TaskResponse xmlns="urn:vim25"><returnval type="Task">t</returnval></CloneVM_TaskResponse>';
      const server = await serving((_, response) => sendXml(response, envelope(task)), VERSIONS(version));
      const spec = { location: {}, template: false, powerOn: false, tpmProvisionPolicy: 'copy' };
      const call = { operationId: 'x', signal: AbortSignal.timeout(5_000) };
      await transportTo(server).invoke('CloneVM_Task', FOLDER, { folder: FOLDER, name: 'n', spec }, call);
      expect(posts(server)[0]?.body.includes('tpmProvisionPolicy')).toBe(isSent);
    });
  });

  describe('a call that may be called off', () => {
    const createIf = (maySend: () => boolean, transport: ReturnType<typeof transportTo>) =>
      transport.invoke(
        'CreateFolder',
        FOLDER,
        { name: 'n' },
        { operationId: 'vmop-1', signal: AbortSignal.timeout(5_000), maySend },
      );

    test('is not written when that happens while its connection is made', async () => {
      const server = await serving((_, response) => sendXml(response, MADE));
      let may = true;
      const proxy = await connectProxy(server.address, () => {
        may = false;
        return 200;
      });
      opened.push(proxy);
      const error = await failureOf(createIf(() => may, transportTo(server, { ...proxy.address, secure: false })));
      expect(error).toMatchObject({ code: 'Stopped', outcome: 'NotSent' });
      expect(posts(server)).toHaveLength(0);
    });

    test('is not written when that happens while it waits for a free connection', async () => {
      let may = true;
      const server = await serving((_, response) => {
        may = false;
        sendXml(response, MADE);
      });
      const transport = transportTo(server);
      const calls = Array.from({ length: 40 }, () => createIf(() => may, transport));
      const ends = await Promise.allSettled(calls);
      const failures = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
      expect(failures.length).toBeGreaterThan(0);
      for (const error of failures) expect(error).toMatchObject({ code: 'Stopped', outcome: 'NotSent' });
      expect(posts(server)).toHaveLength(ends.length - failures.length);
    });

    test('is written as any other as long as it may', async () => {
      const server = await serving((_, response) => sendXml(response, MADE));
      expect(await createIf(() => true, transportTo(server))).toEqual({ type: 'Folder', value: 'group-2' });
    });
  });

  describe('an answer', () => {
    test.each([
      ['gzip', gzipSync],
      ['deflate', deflateSync],
    ])('in %s is inflated', async (encoding, compress) => {
      const server = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': encoding }).end(compress(MADE));
      });
      expect(await create(transportTo(server))).toEqual({ type: 'Folder', value: 'group-2' });
      expect(posts(server)[0]?.headers['accept-encoding']).toBe('gzip, deflate');
    });

    test('that inflates beyond measure is given up, long before it fills the memory', async () => {
      const bomb = gzipSync(Buffer.alloc(192 * 2 ** 20, ' '));
      const server = await serving((_, response) => {
        response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }).end(bomb);
      });
      expect(bomb.length).toBeLessThan(300_000);
      expect(await failureOf(create(transportTo(server)))).toMatchObject({ code: 'ResponseTooLarge' });
    });

    const cut = gzipSync(MADE).subarray(0, 40);
    test.each<[string, Record<string, string>, string | Buffer]>([
      ['garbage', {}, 'garbage'],
      ['half of one', {}, MADE.slice(0, -30)],
      ['bytes that are no UTF-8', {}, Buffer.concat([Buffer.from(MADE.slice(0, -60)), Buffer.of(0xff, 0xfe)])],
      ['an encoding nobody asked for', { 'content-encoding': 'br' }, MADE],
      ['gzip that is cut', { 'content-encoding': 'gzip' }, cut],
      ['gzip that is none', { 'content-encoding': 'gzip' }, MADE],
      ['another method', {}, envelope('<LogoutResponse xmlns="urn:vim25"/>')],
      ['an empty body', {}, envelope('')],
      ['a document type', {}, `<!DOCTYPE x [<!ENTITY a "b">]>${MADE.slice(MADE.indexOf('?>') + 2)}`],
      ['an entity', {}, MADE.replace('group-2', '&boom;')],
      ['a second root', {}, `${MADE}<more/>`],
      [
        'names of every object',
        {},
        MADE.replace('group-2', '<constructor><__proto__ id="__proto__" href="#__proto__">x</__proto__></constructor>'),
      ],
    ])('that is %s ends in an error with a code, and the process goes on', async (_, headers, body) => {
      const server = await serving((__, response) => {
        response.writeHead(200, { 'content-type': 'text/xml', ...headers }).end(body);
      });
      const transport = transportTo(server);
      const outcome = await create(transport).then(
        () => 'no failure',
        (error) => error,
      );
      // The last one is read as a text or an object by one, refused by the other; neither may break.
      if (outcome !== 'no failure') expect(outcome).toMatchObject({ name: 'VsphereError', code: 'MalformedResponse' });
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    });

    test('that is nested without end is refused in no time', async () => {
      const deep = envelope('<a>'.repeat(200_000) + '</a>'.repeat(200_000));
      const server = await serving((_, response) => sendXml(response, deep));
      const startMs = systemClock.monotonicMs();
      expect(await failureOf(create(transportTo(server)))).toMatchObject({ code: 'ResponseTooLarge' });
      expect(systemClock.monotonicMs() - startMs).toBeLessThan(2_000);
    });
  });

  describe('through a proxy', () => {
    test('the tunnel is asked for by name, vCenter’s certificate is verified inside, and the account goes to the proxy only', async () => {
      const server = await serving((_, response) => sendXml(response, MADE));
      let seen: string | undefined;
      const proxy = await connectProxy(server.address, (authorization) => {
        seen = authorization;
        return 200;
      });
      opened.push(proxy);
      const account = { userName: 'me', password: 'proxy-secret' };
      const transport = transportTo(server, { ...proxy.address, secure: false, ...account });
      expect(await create(transport)).toEqual({ type: 'Folder', value: 'group-2' });
      expect(proxy.tunnels).toEqual([`127.0.0.1:${server.address.port}`]);
      expect(seen).toBe(`Basic ${Buffer.from('me:proxy-secret').toString('base64')}`);
      expect(server.asked.every(({ headers }) => headers['proxy-authorization'] === undefined)).toBe(true);
    });

    test('a certificate for another name is refused, as without a proxy', async () => {
      const server = await httpsServer((_, response) => sendXml(response, MADE), ['other.example.com']);
      opened.push(server);
      const proxy = await connectProxy(server.address);
      opened.push(proxy);
      const error = await failureOf(create(transportTo(server, { ...proxy.address, secure: false })));
      expect(error).toMatchObject({ code: 'TLSUntrusted', outcome: 'NotSent' });
      expect(error.message).toContain('other.example.com');
    });

    test.each([
      [407, 'Forbidden'],
      [403, 'Forbidden'],
      [502, 'Refused'],
    ])('that answers %i the call ends %s, without the password in the message', async (status, code) => {
      const server = await serving((_, response) => sendXml(response, MADE));
      const proxy = await connectProxy(server.address, () => status);
      opened.push(proxy);
      const account = { userName: 'me', password: 'proxy-secret' };
      const error = await failureOf(create(transportTo(server, { ...proxy.address, secure: false, ...account })));
      expect(error).toMatchObject({ code, outcome: 'NotSent' });
      expect(error.message).toContain(`${proxy.address.port}`);
      expect(JSON.stringify([error.message, String(error.cause)])).not.toContain('secret');
    });

    test('that hangs up, or is none, is told', async () => {
      const server = await serving((_, response) => sendXml(response, MADE));
      const error = await failureOf(create(transportTo(server, { ...server.address, secure: false })));
      expect(error).toMatchObject({ name: 'VsphereError', outcome: 'NotSent' });
      expect(server.asked).toEqual([]);
    });
  });
});

test('who waits for another one’s question about the version does not give up with that one', async () => {
  const waiting: (() => void)[] = [];
  const server = await httpsServer((asked, response) => {
    if (asked.method === 'GET') waiting.push(() => sendXml(response, VERSIONS('8.0.2.0')));
    else sendXml(response, MADE);
  });
  opened.push(server);
  const trust = new Trust({ caBundle: server.caBundle }, systemClock);
  const transport = new HttpsTransport({ address: server.address, trust, clock: systemClock });
  opened.push(transport);
  const first = new AbortController();
  const create = (signal: AbortSignal) =>
    transport.invoke('CreateFolder', FOLDER, { name: 'n' }, { operationId: 'x', signal });
  const given = create(first.signal);
  const kept = create(AbortSignal.timeout(5_000));
  await expect.poll(() => waiting.length).toBe(1);
  first.abort();
  await expect(given).rejects.toMatchObject({ code: 'Aborted' });
  await expect.poll(() => waiting.length).toBe(2);
  for (const answer of waiting) answer();
  expect(await kept).toEqual({ type: 'Folder', value: 'group-2' });
  transport.close();
  await expect(create(AbortSignal.timeout(5_000))).rejects.toMatchObject({ name: 'VsphereError' });
});
