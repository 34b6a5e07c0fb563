import { X509Certificate } from 'node:crypto';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { selfSignedCertificate } from './self-signed-certificate';

const DAY_MS = 86_400_000;
const now = Date.now();
const made = () =>
  selfSignedCertificate({
    names: ['metrics.system.svc', '127.0.0.1', '::1'],
    notBeforeMs: now - DAY_MS,
    notAfterMs: now + DAY_MS,
  });

test('is valid for its names and addresses between its two dates, and self-signed', () => {
  const certificate = new X509Certificate(made().cert);
  expect(certificate.checkHost('metrics.system.svc')).toBe('metrics.system.svc');
  expect(certificate.checkHost('other.system.svc')).toBeUndefined();
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBeDefined();
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(Math.abs(certificate.validFromDate.getTime() - (now - DAY_MS))).toBeLessThan(1_000);
  expect(Math.abs(certificate.validToDate.getTime() - (now + DAY_MS))).toBeLessThan(1_000);
  expect(new X509Certificate(made().cert).serialNumber).not.toBe(certificate.serialNumber);
});

test('serves TLS to a client that trusts it', async () => {
  const { cert, key } = made();
  const server = createServer({ cert, key }, (_request, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const status = await new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, ca: cert, agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    call.once('error', reject);
    call.end();
  });
  expect(status).toBe(200);
  server.close();
});
