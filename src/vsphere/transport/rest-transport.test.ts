import { afterEach, expect, test } from 'vitest';
import { httpsServer, type TestServer } from '../../../test/support/https-server';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { HttpExchange } from './http-exchange';
import { HttpRestTransport, type RestRequest } from './rest-transport';
import { Trust } from './trust';

const closing: { close(): void }[] = [];
afterEach(() => {
  for (const one of closing.splice(0)) one.close();
});

async function serving(answer: Parameters<typeof httpsServer>[0], trusted = true) {
  const server = await httpsServer(answer);
  const clock = new VirtualClock();
  const trust = new Trust(trusted ? { caBundle: server.caBundle } : {}, clock);
  const exchange = new HttpExchange({ address: server.address, trust, clock });
  closing.push(exchange, server);
  return { server, transport: new HttpRestTransport(exchange, clock) };
}
const read: RestRequest = {
  method: 'GET',
  path: '/rest/x?~action=y',
  headers: { a: 'b' },
  what: 'Read',
  effect: 'read',
};
const write: RestRequest = { ...read, method: 'POST', what: 'Write', effect: 'mutation', body: '{"ä":1}' };
const call = () => ({ operationId: 'vmop-1', signal: new AbortController().signal });
const asked = ({ asked: [first] }: TestServer) => first;

test('a request has its path, headers and body, and any status is an answer', async () => {
  const { server, transport } = await serving((_asked, response) => {
    response.writeHead(429, { 'retry-after': '7' }).end('{"no":1}');
  });
  expect(await transport.send({ ...write, headers: { 'Content-Type': 'application/json' } }, call())).toEqual({
    ...{ status: 429, text: '{"no":1}', retryAfterMs: 7_000 },
  });
  expect(asked(server)).toMatchObject({ method: 'POST', path: '/rest/x?~action=y', body: '{"ä":1}' });
  expect(asked(server)?.headers).toMatchObject({ 'content-type': 'application/json', 'x-request-id': 'vmop-1' });
});

test('after a lost connection a read is sent once more, a change is not', async () => {
  let count = 0;
  const { transport } = await serving((_asked, response) => {
    count += 1;
    if (count % 2 === 1) response.destroy();
    else response.end('[]');
  });
  expect(await transport.send(read, call())).toEqual({ status: 200, text: '[]' });
  await expect(transport.send(write, call())).rejects.toMatchObject({ code: 'ConnectionLost', outcome: 'Unknown' });
  expect(count).toBe(3);
});

test('R6: a change that may not be sent any more is stopped before its first byte', async () => {
  const { server, transport } = await serving((_asked, response) => response.end());
  await expect(transport.send(write, { ...call(), maySend: () => false })).rejects.toMatchObject({ code: 'Stopped' });
  expect(server.asked).toEqual([]);
});

test('R11: nothing is sent to a server with another certificate', async () => {
  const { server, transport } = await serving((_asked, response) => response.end(), false);
  await expect(transport.send(read, call())).rejects.toMatchObject({ code: 'TLSUntrusted', outcome: 'NotSent' });
  expect(server.asked).toEqual([]);
});
