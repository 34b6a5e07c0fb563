import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { silentLog } from '../../kubernetes/log';
import { CertificateFiles } from './certificate-files';
import { serve } from './http-endpoint';
import { selfSignedCertificate } from './self-signed-certificate';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'certificate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const aPair = () =>
  selfSignedCertificate({ names: ['127.0.0.1'], notBeforeMs: Date.UTC(2026, 0), notAfterMs: Date.UTC(2100, 0) });

function write(name: 'tls.crt' | 'tls.key', text: string): void {
  writeFileSync(path.join(folder, name), text);
}

function written() {
  const pair = aPair();
  write('tls.crt', pair.cert);
  write('tls.key', pair.key);
  return pair;
}

function openFiles() {
  const clock = new VirtualClock();
  const logged: unknown[] = [];
  const log = {
    info: (message: string) => logged.push(message),
    warn: (message: string, fields: unknown) => logged.push(message, fields),
  };
  return { clock, logged, files: new CertificateFiles({ folder, clock, log }) };
}

/** The certificate that a server presents. */
function shownBy(address: string): Promise<string> {
  const [host, port] = address.split(':');
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.toString() ?? 'none');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

test('a renewed certificate is used for the next connection, without a restart', async () => {
  const first = written();
  const { clock, files } = openFiles();
  const protection = { certificate: () => files.current(), admit: async () => 200 as const };
  const at = { host: '127.0.0.1', port: 0 };
  const endpoint = await serve({ flag: '--test', at, routes: {}, protection, clock, log: silentLog });
  expect(await shownBy(endpoint.address)).toBe(first.cert);
  const second = written();
  await clock.advance(1_000);
  expect(await shownBy(endpoint.address)).toBe(second.cert);
  await endpoint.close();
});

test('a pair that is half written is skipped and logged once, and used when it is complete', async () => {
  const first = written();
  const { clock, logged, files } = openFiles();
  const second = aPair();
  write('tls.crt', second.cert);
  for (let look = 0; look < 3; look += 1) {
    await clock.advance(1_000);
    expect(files.current()).toEqual(first);
  }
  expect(logged).toEqual([
    'the certificate of the metrics cannot be read, going on with the former one',
    { folder, code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' },
  ]);
  write('tls.key', second.key);
  await clock.advance(1_000);
  expect(files.current()).toEqual(second);
});

test('the certificate stays in use when the files are gone', async () => {
  const pair = written();
  const { clock, files } = openFiles();
  rmSync(path.join(folder, 'tls.key'));
  await clock.advance(1_000);
  expect(files.current()).toEqual(pair);
});

test.each([
  ['a missing key', () => write('tls.crt', aPair().cert), 'ENOENT'],
  ['a key of another certificate', () => [written(), write('tls.key', aPair().key)], 'KEY_VALUES_MISMATCH'],
])('%s at the start is a setting that cannot be used', (_what, prepare, code) => {
  prepare();
  expect(openFiles).toThrow(code);
});
