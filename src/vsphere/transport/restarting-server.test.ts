import type { ServerResponse } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { envelope, httpsServer, sendXml, VERSIONS } from '../../../test/support/https-server';
import { createFolder, failureOf, MADE, TRANSPORT_NAMES, TransportWorld } from '../../../test/support/transport-world';
import { classifyFailure } from '../fault/classify';

const world = new TransportWorld();
afterEach(() => world.close());

const page =
  (status: number, type = 'text/html') =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type, connection: 'close' }).end('<html><body>starting</body></html>');
  };

describe.each(TRANSPORT_NAMES)('a server, over %s,', (name) => {
  test.each<[string, string, (response: ServerResponse) => void]>([
    ['404', 'NotVCenter', page(404)],
    ['405', 'NotVCenter', page(405)],
    ['200 with a page', 'NotVCenter', page(200)],
    ['a redirect', 'NotVCenter', (response) => response.writeHead(302, { location: 'https://elsewhere/' }).end()],
    ['403 with a page', 'Forbidden', page(403)],
  ])(
    'that answers %s is %s at a first contact, and Unavailable if it was a vCenter before',
    async (_, code, answer) => {
      let isUp = false;
      const server = world.keep(
        await httpsServer(({ method }, response) => {
          if (!isUp) answer(response);
          else sendXml(response, method === 'GET' ? VERSIONS('8.0.2.0') : MADE);
        }),
      );
      const transport = world.transportTo(name, server);
      expect(await failureOf(createFolder(transport))).toMatchObject({ code });
      isUp = true;
      await createFolder(transport);
      isUp = false;
      const error = await failureOf(createFolder(transport));
      expect(error).toMatchObject({ code: 'Unavailable', outcome: 'Refused' });
      expect(error.message).toMatch(/has answered as a vCenter before, and may be starting: .* answers with status \d/);
      expect(classifyFailure(error)).toMatchObject({ class: 'soon', apiClass: 'Retryable' });
      // A connect begins with the versions: the lack of them is not taken for an old vCenter.
      const start = { type: 'ServiceInstance', value: 'ServiceInstance' };
      const call = { operationId: 'connect', signal: new AbortController().signal };
      const restart = await failureOf(transport.invoke('RetrieveServiceContent', start, {}, call));
      expect(restart).toMatchObject({ code: 'Unavailable' });
    },
  );

  test.each<[string, string, (response: ServerResponse) => void]>([
    ['503 with a page', 'Unavailable', page(503)],
    ['502', 'Unavailable', page(502)],
    ['504', 'Unavailable', page(504)],
    ['500 with a page', 'Unavailable', page(500)],
    [
      '200 with an empty body',
      'MalformedResponse',
      (response) => response.writeHead(200, { 'content-type': 'text/xml' }).end(),
    ],
    ['200 with a page of XHTML', 'MalformedResponse', page(200, 'application/xhtml+xml')],
    ['an answer that is cut', 'ConnectionLost', (response) => cut(response, MADE.length)],
    ['an answer that is cut at its end', 'MalformedResponse', (response) => sendXml(response, MADE.slice(0, 300))],
  ])('that answers %s is %s, which is tried again soon', async (_, code, answer) => {
    const server = await world.serving((__, response) => answer(response));
    const error = await failureOf(createFolder(world.transportTo(name, server)));
    expect(error).toMatchObject({ code });
    expect(classifyFailure(error).class).toBe('soon');
  });

  test('that tells versions of nothing is asked in the oldest one, and one that told its versions before fails', async () => {
    let versions = VERSIONS('8.0.2.0').replace('urn:vim25', 'urn:other');
    const server = world.keep(
      await httpsServer(({ method }, response) => sendXml(response, method === 'GET' ? versions : MADE)),
    );
    await createFolder(world.transportTo(name, server));
    expect(server.asked.at(-1)?.headers.soapaction).toBe('urn:vim25/6.7');
    versions = VERSIONS('8.0.2.0');
    const transport = world.transportTo(name, server);
    await createFolder(transport);
    versions = envelope('');
    const call = { operationId: 'connect', signal: new AbortController().signal };
    const start = transport.invoke('RetrieveServiceContent', { type: 'ServiceInstance', value: 's' }, {}, call);
    expect(await failureOf(start)).toMatchObject({ code: 'MalformedResponse' });
  });

  test('whose certificate is another one for a while is given nothing, and is tried again soon (R11)', async () => {
    const answer: Parameters<typeof httpsServer>[0] = ({ method }, response) =>
      sendXml(response.setHeader('connection', 'close'), method === 'GET' ? VERSIONS('8.0.2.0') : MADE);
    const [server, stranger] = [world.keep(await httpsServer(answer)), world.keep(await httpsServer(answer))];
    const switched = await aSwitch(server.address.port);
    const transport = world.transportTo(name, { ...server, address: { host: '127.0.0.1', port: switched.port } });
    switched.target = stranger.address.port;
    expect(await failureOf(createFolder(transport))).toMatchObject({ code: 'TLSUntrusted' });
    switched.target = server.address.port;
    await createFolder(transport);
    switched.target = stranger.address.port;
    const error = await failureOf(createFolder(transport));
    expect(error).toMatchObject({ code: 'CertificateChanged', outcome: 'NotSent' });
    expect(error.message).toContain('credentials were not sent; put the CA certificate into VC_CA_FILE');
    expect(classifyFailure(error)).toMatchObject({ class: 'soon', backoff: 'Seconds' });
    expect(stranger.asked).toEqual([]);
    switched.target = server.address.port;
    await createFolder(transport);
    switched.target = 'Plain';
    expect(await failureOf(createFolder(transport))).toMatchObject({ code: 'Unavailable', outcome: 'NotSent' });
  });
});

function cut(response: ServerResponse, length: number): void {
  response.writeHead(200, { 'content-type': 'text/xml', 'content-length': length });
  response.write(MADE.slice(0, 200), () => response.destroy());
}

/** A port that leads to one server or to another. Plain: to something that does not speak TLS. */
async function aSwitch(target: number) {
  const sockets = new Set<Socket>();
  const state = {
    port: 0,
    target: target as number | 'Plain',
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined);
    if (state.target === 'Plain') return client.end('HTTP/1.1 503 starting\r\n\r\n');
    const upstream = connect({ host: '127.0.0.1', port: state.target });
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => upstream.destroy());
    return upstream.pipe(client).pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.keep({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
  const address = server.address();
  state.port = address === null || typeof address === 'string' ? 0 : address.port;
  return state;
}
