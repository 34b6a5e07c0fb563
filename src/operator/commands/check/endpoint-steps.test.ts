import { describe, expect, test } from 'vitest';
import { checkCertificate, checkClock, checkTrust } from './endpoint-steps';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 0, 10);
const certificate = (notBeforeMs: number, notAfterMs: number) => ({
  certificate: { subject: 'vcenter', issuer: 'Our CA', notBeforeMs, notAfterMs, fingerprint: 'AA:BB' },
});
const verified = (rest: { caFile?: string; fingerprints?: readonly string[] } = {}) =>
  ({ trust: { kind: 'Verified', fingerprints: [], ...rest } }) as const;

describe('a certificate', () => {
  test('is shown with issuer, last day and fingerprint', () => {
    expect(checkCertificate(certificate(0, NOW + 100 * DAY_MS), NOW)).toEqual([
      {
        status: 'ok',
        message: 'vcenter, issued by Our CA, valid until 2026-04-20 (100 days), SHA-256 AA:BB',
      },
    ]);
  });

  test.each([
    ['that ends soon', 0, NOW + 3 * DAY_MS, 'valid until 2026-01-13 (3 days)', 'within 3 days'],
    ['that has ended', 0, NOW - DAY_MS, 'expired on 2026-01-09', 'correct the clock'],
    ['that has not begun', NOW + DAY_MS, NOW + 9 * DAY_MS, 'valid only from 2026-01-11', 'correct the clock'],
  ])('%s is a warning', (_, from, to, message, remedy) => {
    expect(checkCertificate(certificate(from, to), NOW)).toEqual([
      {
        status: 'warning',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining(remedy),
      },
    ]);
  });

  test.each([
    ['last', 0, Number.NaN, 'valid from 1970-01-01 until (no date)'],
    ['first', Number.NaN, NOW + 9 * DAY_MS, 'valid from (no date) until 2026-01-19'],
    ['last, far beyond all time,', 0, Number.MAX_VALUE, 'valid from 1970-01-01 until (no date)'],
  ])('R14: whose %s day is no date is a warning with a remedy', (_, from, to, message) => {
    expect(checkCertificate(certificate(from, to), NOW)).toEqual([
      {
        status: 'warning',
        message: expect.stringContaining(message),
        remedy: expect.stringContaining("renew vCenter's certificate"),
      },
    ]);
  });

  test('that was not shown fails with the reason', () => {
    const failure = { code: 'NotVCenter', message: 'does not speak HTTPS', outcome: 'NotSent' } as const;
    expect(checkCertificate({ failure }, NOW)).toMatchObject([{ status: 'failed', message: 'does not speak HTTPS' }]);
  });
});

describe('trust', () => {
  test.each([
    [verified(), "by the system's CA certificates"],
    [verified({ caFile: 'ca.pem' }), 'by the CA certificates in ca.pem'],
    [verified({ fingerprints: ['AA'] }), 'by its fingerprint in VC_FINGERPRINTS'],
    [
      verified({ caFile: 'ca.pem', fingerprints: ['AA'] }),
      'by the CA certificates in ca.pem and by its fingerprint in VC_FINGERPRINTS',
    ],
  ])('is explained: %j', (settings, how) => {
    expect(checkTrust({}, settings)).toEqual([{ status: 'ok', message: `the certificate is trusted ${how}` }]);
  });

  test('that is turned off is a warning, also when the certificate would be refused', () => {
    const failure = { code: 'TLSUntrusted', message: '', outcome: 'NotSent' } as const;
    expect(checkTrust({ failure }, { trust: { kind: 'Insecure' } })).toMatchObject([{ status: 'warning' }]);
  });

  test.each(['TLSUntrusted', 'FingerprintMismatch'])('fails for %s with a remedy', (code) => {
    const failure = { code, message: 'refused', outcome: 'NotSent' } as const;
    expect(checkTrust({ failure }, verified())).toEqual([
      { status: 'failed', message: 'refused', remedy: expect.stringContaining('VC_FINGERPRINTS') },
    ]);
  });
});

test.each([
  [400, 'ok', 'both clocks show the same time'],
  [-30_000, 'ok', 'the clocks are 30 s apart'],
  [90_000, 'warning', "vCenter's clock is 90 s ahead of the one here"],
  [-90_000, 'warning', "vCenter's clock is 90 s behind the one here"],
  [undefined, 'ok', 'the server does not tell its time'],
])('clocks %s ms apart: %s', (clockAheadMs, status, message) => {
  expect(checkClock(clockAheadMs === undefined ? {} : { clockAheadMs })).toMatchObject([{ status, message }]);
});
