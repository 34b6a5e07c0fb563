import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settle, VirtualClock } from '../../test/support/time/virtual-clock';
import { type ApiServer, connectApiServer } from './api-server';

const signal = new AbortController().signal;
let folder: string;
let http1: http.Server;
let requests: http.IncomingMessage[];
let answer: (request: http.IncomingMessage, response: http.ServerResponse, number: number) => void;
let connections: number;
let clock: VirtualClock;
let server: ApiServer;

/** Plain http as `kubectl proxy` speaks it, so that the tests need no certificates. */
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'api-server-'));
  requests = [];
  connections = 0;
  answer = (_, response) => json(response, 200, { kind: 'Thing' });
  http1 = http.createServer((request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  });
  http1.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => http1.listen(0, '127.0.0.1', resolve));
  clock = new VirtualClock();
  server = connectApiServer({ clock, kubeconfigFile: kubeconfig({ token: 'one' }), userAgent: 'tester/1' });
});

afterEach(async () => {
  server.close();
  http1.closeAllConnections();
  await new Promise((resolve) => http1.close(resolve));
  rmSync(folder, { recursive: true });
});

function kubeconfig(user: object, cluster: object = {}): string {
  const file = path.join(folder, 'kubeconfig');
  const url = `http://127.0.0.1:${(http1.address() as AddressInfo).port}/base/`;
  const config = {
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true, ...cluster } }],
    users: [{ name: 'u', user }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function json(response: http.ServerResponse, status: number, body: unknown, headers: http.OutgoingHttpHeaders = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

const get = (path = '/api') => server.request({ method: 'GET', path }, signal);

test.each([
  [32, {}],
  [8, { requestsAtOnce: 8 }],
])('at most %i requests are under way at once, and an urgent one does not wait', async (most, limit) => {
  const limited = connectApiServer({ clock, kubeconfigFile: kubeconfig({}), userAgent: 'tester/1', ...limit });
  const held: http.ServerResponse[] = [];
  let urgent = 0;
  answer = (request, response) => {
    if (request.url?.endsWith('/lease')) {
      urgent += 1;
      json(response, 200, {});
    } else held.push(response);
  };
  const normal = Array.from({ length: 50 }, () => limited.request({ method: 'GET', path: '/api' }, signal));
  await until(() => held.length === most);
  await limited.request({ method: 'PUT', path: '/lease', body: {}, priority: 'Urgent' }, signal);
  expect([urgent, held.length]).toEqual([1, most]);
  for (let done = 0; done < 50; done += 1) {
    await until(() => held.length > done);
    const response = held[done];
    if (response !== undefined) json(response, 200, {});
  }
  await Promise.all(normal);
  expect(connections).toBeLessThanOrEqual(most + 1);
  limited.close();
});

/** Real sockets: each turn lets them work a little. */
async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000 && !isSo(); turn += 1) await settle();
  expect(isSo()).toBe(true);
}

describe('a request', () => {
  test('carries the path below the base URL, the query, the user agent and the token', async () => {
    await server.request({ method: 'GET', path: '/api', query: { a: 'b c', n: 1, no: undefined } }, signal);
    expect(requests[0]?.url).toBe('/base/api?a=b+c&n=1');
    expect(requests[0]?.headers).toMatchObject({ 'user-agent': 'tester/1', authorization: 'Bearer one' });
  });

  test('reuses one connection', async () => {
    for (let number = 0; number < 20; number += 1) await get();
    expect(connections).toBe(1);
  });

  test('gives plain text as text, and refuses an answer that is neither text nor JSON', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('ok');
    expect(await get('/readyz')).toBe('ok');
    answer = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>please log in</html>');
    await expect(get()).rejects.toMatchObject({ code: 'InvalidResponse' });
  });

  test.each([
    [
      429,
      { kind: 'Status', reason: 'TooManyRequests', message: 'slow' },
      { 'retry-after': '7' },
      'TooManyRequests',
      7_000,
    ],
    [504, { kind: 'Status', reason: 'Timeout', details: { retryAfterSeconds: 3 } }, {}, 'Timeout', 3_000],
    [404, '404 page not found', {}, 'NotFound', undefined],
    [502, '<html>bad gateway</html>', {}, 'InternalError', undefined],
    [418, {}, {}, 'Unknown', undefined],
  ])('%i is an ApiError with code and retryAfterMs', async (status, body, headers, code, retryAfterMs) => {
    answer = (_, response) => json(response, status, body, headers);
    const error = await get().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'ApiError', code, status });
    expect((error as { retryAfterMs?: number }).retryAfterMs).toBe(retryAfterMs);
  });

  test('rejects with Timeout when the whole answer does not come in time', async () => {
    const halfWay = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"half":', () => resolve());
      };
    });
    const request = server.request({ method: 'GET', path: '/slow', timeoutMs: 5_000 }, signal).catch((error) => error);
    await halfWay;
    await clock.advance(5_000);
    expect(await request).toMatchObject({ code: 'Timeout', message: expect.stringContaining('GET /slow') });
    expect(clock.pending).toBe(0);
  });

  test('rejects with the reason of its signal', async () => {
    const leaving = new AbortController();
    answer = () => leaving.abort(new Error('leaving'));
    await expect(server.request({ method: 'GET', path: '/' }, leaving.signal)).rejects.toThrow('leaving');
    await expect(server.request({ method: 'GET', path: '/' }, leaving.signal)).rejects.toThrow('leaving');
  });

  test('is sent again when the server closed the idle connection, except a POST', async () => {
    await get();
    answer = (request, response, number) => (number === 2 ? request.socket.destroy() : json(response, 200, { number }));
    expect(await get()).toEqual({ number: 3 });
    answer = (request, response, number) => (number === 4 ? request.socket.destroy() : json(response, 200, { number }));
    const post = server.request({ method: 'POST', path: '/api', body: {} }, signal);
    await expect(post).rejects.toMatchObject({ code: 'Unreachable' });
  });

  test('is tried once more with new credentials after a 401', async () => {
    answer = (request, response) =>
      request.headers.authorization === 'Bearer two'
        ? json(response, 200, { fine: true })
        : json(response, 401, { kind: 'Status', reason: 'Unauthorized' });
    kubeconfig({ token: 'two' });
    expect(await get()).toEqual({ fine: true });
    kubeconfig({ token: 'three' });
    answer = (_, response) => json(response, 401, { kind: 'Status', reason: 'Unauthorized' });
    const before = requests.length;
    await expect(get()).rejects.toMatchObject({ code: 'Unauthorized', status: 401 });
    expect(requests.length - before).toBe(1);
  });

  test('reads a token file again', async () => {
    const tokenFile = path.join(folder, 'token');
    writeFileSync(tokenFile, 'first\n');
    const own = connectApiServer({ clock, kubeconfigFile: kubeconfig({ tokenFile }), userAgent: 'tester/1' });
    await own.request({ method: 'GET', path: '/' }, signal);
    writeFileSync(tokenFile, 'second\n');
    await clock.advance(6_000);
    answer = (request, response) =>
      request.headers.authorization === 'Bearer second'
        ? json(response, 200, {})
        : json(response, 401, { kind: 'Status', reason: 'Unauthorized' });
    await own.request({ method: 'GET', path: '/' }, signal);
    expect(requests.map((request) => request.headers.authorization)).toEqual([
      'Bearer first',
      'Bearer first',
      'Bearer second',
    ]);
    own.close();
  });

  test('runs an exec plugin once, and again after a 401', async () => {
    const file = path.join(folder, 'credential');
    const give = (token: string) =>
      writeFileSync(
        file,
        JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } }),
      );
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'cat', args: [file] };
    give('first');
    const own = connectApiServer({ clock, kubeconfigFile: kubeconfig({ exec }), userAgent: 'tester/1' });
    await own.request({ method: 'GET', path: '/' }, signal);
    give('second');
    await clock.advance(6_000);
    await own.request({ method: 'GET', path: '/' }, signal);
    answer = (request, response) => json(response, request.headers.authorization === 'Bearer second' ? 200 : 401, {});
    await own.request({ method: 'GET', path: '/' }, signal);
    const tokens = requests.map((request) => request.headers.authorization?.replace('Bearer ', ''));
    expect(tokens).toEqual(['first', 'first', 'first', 'second']);
    own.close();
  });

  test('does not send the credentials of another cluster when the current context has changed', async () => {
    answer = (_, response) => json(response, 401, {});
    kubeconfig({ token: 'of another cluster' }, { server: 'http://elsewhere.invalid' });
    await expect(get()).rejects.toMatchObject({ code: 'Unauthorized' });
    expect(requests.map((request) => request.headers.authorization)).toEqual(['Bearer one']);
  });

  test('rejects with Unauthorized when an exec plugin gives no credentials', async () => {
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'false' };
    const own = connectApiServer({ clock, kubeconfigFile: kubeconfig({ exec }), userAgent: 'tester/1' });
    await expect(own.request({ method: 'GET', path: '/' }, signal)).rejects.toMatchObject({ code: 'Unauthorized' });
    own.close();
  });

  test('goes through the proxy of the kubeconfig', async () => {
    const port = (http1.address() as AddressInfo).port;
    const cluster = { server: 'http://cluster.invalid', 'proxy-url': `http://127.0.0.1:${port}` };
    const own = connectApiServer({ clock, kubeconfigFile: kubeconfig({}, cluster), userAgent: 'tester/1' });
    await own.request({ method: 'GET', path: '/api' }, signal);
    expect(requests[0]?.url).toBe('http://cluster.invalid/api');
    own.close();
  });
});

describe('a stream', () => {
  const stream = () => server.stream({ method: 'GET', path: '/watch' }, signal);

  test('gives values as they come, and lasts longer than the timeout of its head', async () => {
    let send: http.ServerResponse | undefined;
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"a":1}\n{"a"');
      send = response;
    };
    const values = stream()[Symbol.asyncIterator]();
    expect((await values.next()).value).toEqual({ a: 1 });
    await clock.advance(120_000);
    send?.end(':2}\n');
    expect((await values.next()).value).toEqual({ a: 2 });
    expect((await values.next()).done).toBe(true);
  });

  test('rejects with Timeout when its head does not come within 30 s', async () => {
    const asked = new Promise<void>((resolve) => {
      answer = () => resolve();
    });
    const first = stream()
      [Symbol.asyncIterator]()
      .next()
      .catch((error) => error);
    await asked;
    await clock.advance(30_000);
    expect(await first).toMatchObject({ code: 'Timeout', message: expect.stringContaining('GET /watch') });
    expect(clock.pending).toBe(0);
  });

  test('rejects with an ApiError when it is refused, and when it breaks', async () => {
    answer = (_, response) => json(response, 410, { kind: 'Status', reason: 'Expired', message: 'too old' });
    await expect(stream()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'Expired', status: 410 });
    answer = (request, response) => {
      response.writeHead(200).write('{"a":1}\n', () => setImmediate(() => request.socket.resetAndDestroy()));
    };
    const values = stream()[Symbol.asyncIterator]();
    await values.next();
    await expect(values.next()).rejects.toMatchObject({ code: 'Unreachable' });
  });

  test('closes its connection when the reader leaves the loop', async () => {
    const closed = new Promise<void>((resolve) => {
      answer = (request, response) => {
        request.socket.on('close', () => resolve());
        response.writeHead(200).write('{"a":1}\n');
      };
    });
    for await (const _ of stream()) break;
    await closed;
    await settle();
    expect(clock.pending).toBe(0);
  });
});
