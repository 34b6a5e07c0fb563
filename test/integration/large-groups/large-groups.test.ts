import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';

const GROUPS = 400;
let folder: string;
let server: http.Server;

/** Lists the groups in pages, and then sends a change of each. */
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'large-groups-'));
  server = http.createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://server');
    response.setHeader('content-type', 'application/json');
    if (searchParams.has('watch')) void writeAll(response, changes()).catch(() => {});
    else
      void writeAll(response, page(Number(searchParams.get('continue')), Number(searchParams.get('limit')))).catch(
        () => {},
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

function* page(from: number, limit: number): Generator<string> {
  const to = Math.min(GROUPS, from + (limit || GROUPS));
  const token = to < GROUPS ? `,"continue":"${to}"` : '';
  yield `{"kind":"VmGroupList","metadata":{"resourceVersion":"1000"${token}},"items":[`;
  for (let number = from; number < to; number += 1) yield (number === from ? '' : ',') + largeGroup(number, 1);
  yield ']}';
}

function* changes(): Generator<string> {
  for (let number = 0; number < GROUPS; number += 1)
    yield `{"type":"MODIFIED","object":${largeGroup(number, 1_001 + number)}}\n`;
}

/** 0.65 MB: as much of annotations and cloud-init data as the API server takes. */
function largeGroup(number: number, version: number): string {
  const text = { value: `${number} ${version} ${'\u4e2d'.repeat(65_000)}` };
  return JSON.stringify({
    metadata: {
      ...{ name: `group-${number}`, namespace: 'tenant', uid: `uid-${number}`, resourceVersion: String(version) },
      annotations: { 'tenant.example/note': 'x'.repeat(260_000) },
    },
    spec: {
      replicas: 0,
      cpu: 1,
      memory: 1,
      template: 'none',
      guest: { cloudInit: { userData: text, metadata: text } },
    },
  });
}

async function writeAll(response: http.ServerResponse, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!response.write(piece)) await once(response, 'drain');
  response.end();
}

function kubeconfig(): string {
  const file = path.join(folder, 'kubeconfig');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = {
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'c', user: 'u' } }],
    clusters: [{ name: 'c', cluster: { server: url, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'u', user: {} }],
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

test('R14: 400 groups as large as the API server takes, and a change of each, need little memory', async () => {
  // Bundled, as the operator is: the compiler of the sources needs more memory than the reader.
  const reader = path.join(folder, 'read-groups.cjs');
  const entryPoints = [path.join(__dirname, 'read-groups.ts')];
  await build({ entryPoints, outfile: reader, bundle: true, platform: 'node', logLevel: 'silent' });
  const { stdout } = await promisify(execFile)(process.execPath, [reader, kubeconfig()]);
  const { groups, peakMiB } = JSON.parse(stdout) as { groups: number; peakMiB: number };
  expect(groups).toBe(GROUPS);
  // The container may have 256 MiB.
  expect(peakMiB).toBeLessThan(200);
});
