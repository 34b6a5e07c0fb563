import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aVCenter } from '../../../test/support/builders/vcenter-object';
import { httpsServer, type TestServer } from '../../../test/support/https-server';
import type { VCenterSpecTls } from '../../api/vcenter';
import { systemClock } from '../../time/clock';
import { type ConnectionStatus, RefusedLogins, type VCenterConnection } from '../../vsphere';
import { Logger } from '../telemetry/logger';
import { connectVCenterObject } from './vcenter-object';

/** As it may be stored past the CRD: without defaults. */
type Tls = Partial<VCenterSpecTls> | undefined;

const PIN = Array.from({ length: 32 }, () => 'AB').join(':');

let server: TestServer;
let stop: AbortController;
beforeEach(async () => {
  stop = new AbortController();
  server = await httpsServer((_, response) => response.writeHead(404).end());
});
afterEach(() => {
  stop.abort();
  server.close();
});

/** How the first try to connect fails. No server of these tests is a vCenter. */
async function failureWith(tls: Tls): Promise<string> {
  const { status } = await firstTry(tls);
  return status.kind === 'Failed' ? `${status.error.code}: ${status.error.message}` : status.kind;
}

async function firstTry(tls: Tls): Promise<Pick<VCenterConnection, 'certificate' | 'status'>> {
  const clock = systemClock;
  const { host, port } = server.address;
  const connection = connectVCenterObject(
    aVCenter({ endpoint: { host, port }, ...(tls && { tls: tls as VCenterSpecTls }) }),
    async () => ({ userName: 'operator', password: 'hunter2' }),
    {
      flags: { vsphereTransport: 'https', maxConcurrentTasks: 4 },
      environment: {},
      ...{ clock, random: () => 0.5, refusedLogins: new RefusedLogins(clock, () => 0.5) },
      logger: new Logger({ level: 'error', format: 'text', clock, write: () => {} }),
    },
  );
  const failed = new Promise<ConnectionStatus>((resolve) => connection.onStatus(resolve));
  const running = connection.run(stop.signal);
  const status = await failed;
  stop.abort();
  await running;
  return { status, certificate: connection.certificate };
}

describe('R11: the certificate of a vCenter is verified', () => {
  test.each<[string, Tls]>([
    ['without spec.tls', undefined],
    ['with an empty spec.tls', {}],
    ['unless spec.tls says otherwise', { insecureSkipVerify: false }],
    ['with an empty list of fingerprints, stored past the CRD', { sha256Fingerprints: [] }],
  ])('%s', async (_, tls) => {
    expect(await failureWith(tls)).toContain('TLSUntrusted');
    expect(server.asked).toEqual([]);
  });

  test('against the fingerprints that spec.tls pins, and the remedy names the field', async () => {
    const failure = await failureWith({ sha256Fingerprints: [PIN] });
    expect(failure).toContain('FingerprintMismatch');
    expect(failure).toContain('spec.tls.sha256Fingerprints');
    expect(server.asked).toEqual([]);
  });

  test('against the bundle that spec.tls gives', async () => {
    expect(await failureWith({ caBundle: server.caBundle })).not.toContain('TLSUntrusted');
    expect(server.asked.length).toBeGreaterThan(0);
  });

  test('but not with insecureSkipVerify', async () => {
    expect(await failureWith({ insecureSkipVerify: true })).not.toContain('TLSUntrusted');
    expect(server.asked.length).toBeGreaterThan(0);
  });
});

test.each<[string, Tls]>([
  ['refused for its issuer', {}],
  ['refused for its fingerprint', { sha256Fingerprints: [PIN] }],
  ['not verified', { insecureSkipVerify: true }],
])('the certificate that the server showed is known, also if it is %s', async (_, tls) => {
  const { certificate } = await firstTry(tls);
  expect(certificate?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(certificate?.notAfterMs).toBeGreaterThan(systemClock.wallMs());
});

test('R14: a bundle that cannot be read is a failure of the connection, which its status tells', async () => {
  const caBundle = '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n';
  expect(await failureWith({ caBundle })).toContain(
    'InvalidInput: the CA bundle has a certificate that cannot be read',
  );
  expect(server.asked).toEqual([]);
});
