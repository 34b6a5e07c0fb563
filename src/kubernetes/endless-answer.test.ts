import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../test/support/time/virtual-clock';
import { type ApiServer, connectApiServer } from './api-server';
import { ResourceClient } from './resource-client';

const MIB = 2 ** 20;
const { signal } = new AbortController();
let folder: string;
let endless: Server;
let api: ApiServer;
let sent: number;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'endless-answer-'));
  sent = 0;
  const piece = Buffer.alloc(64 * 1024, 'x');
  endless = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":"');
    const pump = () => {
      for (let goesOn = true; goesOn && !response.destroyed && sent < 512 * MIB; sent += piece.length)
        goesOn = response.write(piece);
      if (sent >= 512 * MIB) response.end();
    };
    response.on('drain', pump);
    pump();
  });
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  const kubeconfigFile = path.join(folder, 'kubeconfig');
  const server = `http://127.0.0.1:${(endless.address() as AddressInfo).port}`;
  const config = {
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: { token: 't' } }],
  };
  writeFileSync(kubeconfigFile, JSON.stringify(config));
  api = connectApiServer({ clock: new VirtualClock(), kubeconfigFile, userAgent: 'tester/1' });
});

afterEach(async () => {
  api.close();
  endless.closeAllConnections();
  await new Promise((resolve) => endless.close(resolve));
  rmSync(folder, { recursive: true });
});

const SECRETS = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };

test('a Secret without an end is given up after 16 MiB', async () => {
  const secrets = new ResourceClient(api, SECRETS);
  await expect(secrets.get('shop', 'user-data', signal)).rejects.toMatchObject({ code: 'InvalidResponse' });
  expect(sent).toBeLessThan(32 * MIB);
});

test('a list without an end is given up after 256 MiB', async () => {
  const secrets = new ResourceClient(api, SECRETS);
  await expect(secrets.list({ namespace: '' }, signal)).rejects.toMatchObject({ code: 'InvalidResponse' });
  expect(sent).toBeLessThan(272 * MIB);
});

test('a watch event without an end is given up after 16 MiB', async () => {
  const watch = api.stream({ method: 'GET', path: '/watch' }, signal)[Symbol.asyncIterator]();
  await expect(watch.next()).rejects.toMatchObject({ code: 'InvalidResponse' });
  expect(sent).toBeLessThan(32 * MIB);
});
