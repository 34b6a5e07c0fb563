import { describe, expect, test } from 'vitest';
import { aVCenter } from '../../test/support/builders/vcenter-object';
import { certificateStatus, certificateWarning } from './certificate-status';

const NOW = Date.UTC(2026, 0, 2);
const DAY_MS = 86_400_000;
const SHA = Array.from({ length: 32 }, () => 'AB').join(':');
const shown = (notAfterMs: number) => ({
  ...{ subject: 'east', issuer: 'ca', notBeforeMs: 0, fingerprint: SHA },
  notAfterMs,
});
const STORED = { sha256: SHA, notAfter: '2027-01-02T00:00:00Z' };
const vcenter = (observedGeneration: number) =>
  aVCenter({}, { status: { observedGeneration, certificate: STORED, conditions: [] } });

describe('the certificate in the status', () => {
  test('is the one that the server showed last', () => {
    const end = Date.UTC(2030, 1, 3, 4, 5, 6);
    expect(certificateStatus(vcenter(1), shown(end))).toEqual({
      certificate: { sha256: SHA, notAfter: '2030-02-03T04:05:06Z' },
    });
  });

  test('stays until this process has seen one, but not for another spec, whose endpoint may be another', () => {
    expect(certificateStatus(vcenter(1), undefined)).toEqual({ certificate: STORED });
    expect(certificateStatus(vcenter(0), undefined)).toEqual({});
    expect(certificateStatus(aVCenter(), undefined)).toEqual({});
  });

  test.each([Number.NaN, Date.UTC(12_000, 0, 1), -1e14])(
    'R14: has no end that the API server would refuse: %d',
    (notAfterMs) => {
      expect(certificateStatus(aVCenter(), shown(notAfterMs))).toEqual({ certificate: { sha256: SHA } });
    },
  );
});

describe('the warning about a certificate', () => {
  const warningFor = (endMs: number) =>
    certificateWarning(certificateStatus(aVCenter(), shown(endMs)).certificate, NOW);

  test('comes 30 days before its end, and says when that is', () => {
    expect(warningFor(NOW + 31 * DAY_MS)).toBeUndefined();
    expect(warningFor(NOW + 29 * DAY_MS)).toContain('ends on 2026-01-31, which is within 30 days: renew it');
    expect(warningFor(NOW - DAY_MS)).toContain('has ended on 2026-01-01: renew it');
  });

  test('is not given for one without a date, nor without a certificate', () => {
    expect(warningFor(Number.NaN)).toBeUndefined();
    expect(certificateWarning(undefined, NOW)).toBeUndefined();
  });
});
