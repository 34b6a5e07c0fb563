import { describe, expect, test } from 'vitest';
import { certificateFor } from '../../../test/support/https-server';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { normalizeFingerprint, Trust, type TrustSettings } from './trust';

const clock = new VirtualClock();
const OURS = certificateFor(['127.0.0.1', 'vc.example.com']);

describe('settings that cannot be read', () => {
  test.each<[string, TrustSettings, string]>([
    ['a pin', { fingerprints: ['abc'] }, '"abc" is not a SHA-256 fingerprint: use 32 bytes in hex, as AA:BB:…'],
    ['a bundle without a certificate', { caBundle: 'nothing' }, 'the CA bundle has no certificate in PEM'],
    ['an empty bundle', { caBundle: '' }, 'the CA bundle has no certificate in PEM'],
    [
      'a bundle with a certificate that is none',
      { caBundle: `${OURS.cert}\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` },
      'the CA bundle has a certificate that cannot be read',
    ],
  ])('%s: a refusal that says what to do', (_, settings, message) => {
    const refused = expect.objectContaining({
      code: 'InvalidInput',
      outcome: 'NotSent',
      message: expect.stringContaining(message),
    });
    expect(() => new Trust(settings, clock)).toThrow(refused);
  });

  test('a certificate that is none keeps what Node said as the cause', () => {
    const caBundle = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(() => new Trust({ caBundle }, clock)).toThrow(expect.objectContaining({ cause: expect.any(Error) }));
  });
});

describe('a fingerprint', () => {
  const plain = 'ab'.repeat(32);
  const normal = 'AB:'.repeat(32).slice(0, -1);
  test.each([
    ['with colons', normal, normal],
    ['in small letters', plain, normal],
    ['with space around it', `  ${plain}\n`, normal],
    ['as openssl writes it', `sha256=${normal}`, normal],
    ['with sha-256: before it', `SHA-256:${plain}`, normal],
    ['with something before it', `x${plain}`, undefined],
    ['with something behind it', `${plain}0`, undefined],
    ['with a prefix in the middle', `${plain}sha256:`, undefined],
    ['that is empty', '', undefined],
  ])('%s', (_, text, expected) => expect(normalizeFingerprint(text)).toBe(expected));
});
