import { X509Certificate } from 'node:crypto';
import { type AddressInfo, Socket } from 'node:net';
import { createServer, connect as openTls, type PeerCertificate, TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { certificateFor } from '../../../test/support/https-server';
import { VirtualClock } from '../../../test/support/time/virtual-clock';
import { selfSignedCertificate } from '../../operator/endpoints/self-signed-certificate';
import { digestOfTrust, Trust, type TrustSettings } from './trust';

const DAY_MS = 86_400_000;
const clock = new VirtualClock();
const opened: (() => void)[] = [];

afterEach(() => {
  for (const close of opened.splice(0)) close();
});

interface Shown {
  readonly cert: string;
  readonly key: string;
}

/** A socket to a real server that shows this certificate, before anything was decided about it. */
async function socketTo(shown: Shown, trust: Pick<Trust, 'context'>, host = '127.0.0.1'): Promise<TLSSocket> {
  const server = createServer(shown, (socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tunnel = new Socket();
  tunnel.on('error', () => undefined).connect(port, '127.0.0.1');
  const socket = openTls({ socket: tunnel, host, secureContext: trust.context(), rejectUnauthorized: false });
  opened.push(() => {
    socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return socket;
}

const fingerprintOf = ({ cert }: Shown) => new X509Certificate(cert).fingerprint256;
const plainHex = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();
const OURS = certificateFor(['127.0.0.1', 'vc.example.com']);
const FOREIGN = certificateFor(['192.0.2.1', '127.0.0.1', 'vc.example.com']);

/** The code of the objection; undefined if the certificate is trusted. */
async function codeOf(settings: TrustSettings, shown = OURS): Promise<string | undefined> {
  const trust = new Trust(settings, clock);
  return trust.objection(await socketTo(shown, trust), 'vc')?.code;
}

describe('R11: whom TLS trusts', () => {
  const pin = fingerprintOf(OURS);
  const otherPin = fingerprintOf(FOREIGN);
  test.each<[string, TrustSettings, string | undefined]>([
    ['by the default roots: not a certificate that nobody knows', {}, 'TLSUntrusted'],
    ['by a bundle: the certificate in it', { caBundle: OURS.cert }, undefined],
    ['by a bundle of several: each certificate in it', { caBundle: `${FOREIGN.cert}\n${OURS.cert}` }, undefined],
    ['by a bundle: no other certificate', { caBundle: FOREIGN.cert }, 'TLSUntrusted'],
    ['by a pin: the certificate that has it, whoever signed it', { fingerprints: [pin] }, undefined],
    ['by a pin in plain hex: the certificate that has it', { fingerprints: [plainHex(pin)] }, undefined],
    ['by two pins: the certificate that has the second', { fingerprints: [otherPin, pin] }, undefined],
    ['by a pin: no other certificate', { fingerprints: [otherPin] }, 'FingerprintMismatch'],
    ['by an empty list of pins: as without one', { fingerprints: [] }, 'TLSUntrusted'],
    ['by a pin and a bundle: what satisfies both', { fingerprints: [pin], caBundle: OURS.cert }, undefined],
    [
      'by a pin and a bundle: not what has the pin only',
      { fingerprints: [pin], caBundle: FOREIGN.cert },
      'TLSUntrusted',
    ],
    [
      'by a pin and a bundle: not what is in the bundle only',
      { fingerprints: [otherPin], caBundle: OURS.cert },
      'FingerprintMismatch',
    ],
    ['Insecure: anybody', { verification: 'Insecure' }, undefined],
    ['Insecure: anybody, whatever is pinned', { verification: 'Insecure', fingerprints: [otherPin] }, undefined],
    [
      'Insecure: anybody, and the bundle is not even read',
      { verification: 'Insecure', caBundle: 'nothing' },
      undefined,
    ],
    ['Full, said: as by default', { verification: 'Full' }, 'TLSUntrusted'],
  ])('%s', async (_, settings, code) => expect(await codeOf(settings)).toBe(code));

  test.each(['default', 'system'])('without a setting: whom the %s roots know', async (kind) => {
    vi.doMock('node:tls', async (original) => ({
      ...(await original<typeof import('node:tls')>()),
      getCACertificates: (asked: string) => (asked === kind ? [OURS.cert] : []),
    }));
    vi.resetModules();
    const { Trust: Fresh } = await import('./trust.js');
    vi.doUnmock('node:tls');
    const trust = new Fresh({}, clock);
    expect(trust.objection(await socketTo(OURS, trust), 'vc')).toBeUndefined();
    expect(trust.objection(await socketTo(FOREIGN, trust), 'vc')?.code).toBe('TLSUntrusted');
  });

  test('by a bundle: not a certificate for another name', async () => {
    const trust = new Trust({ caBundle: OURS.cert }, clock);
    expect(trust.objection(await socketTo(OURS, trust, 'other.example.com'), 'vc')?.code).toBe('TLSUntrusted');
  });

  test('by a pin: the certificate that has it, for whatever name it is', async () => {
    const trust = new Trust({ fingerprints: [pin] }, clock);
    expect(trust.objection(await socketTo(OURS, trust, 'other.example.com'), 'vc')).toBeUndefined();
  });
});

describe('an objection says what was seen and what to do', () => {
  const pin = fingerprintOf(OURS);

  test('to a fingerprint that is not pinned', async () => {
    const pins = [fingerprintOf(FOREIGN), 'AB:'.repeat(32).slice(0, -1)];
    const trust = new Trust({ fingerprints: pins }, clock);
    const objection = trust.objection(await socketTo(OURS, trust), 'vc:443');
    expect(objection).toMatchObject({ code: 'FingerprintMismatch', outcome: 'NotSent' });
    expect(objection?.message).toContain(
      `the certificate of vc:443 has the SHA-256 fingerprint ${pin}, but ${pins.join(' or ')} is pinned; ` +
        'credentials were not sent; if the certificate was renewed, put the new fingerprint into VC_FINGERPRINTS, or ' +
        'spec.tls.sha256Fingerprints of the VCenter',
    );
  });

  test('to a certificate that is self-signed', async () => {
    const trust = new Trust({}, clock);
    const objection = trust.objection(await socketTo(OURS, trust), 'vc:443');
    expect(objection).toMatchObject({ code: 'TLSUntrusted', outcome: 'NotSent' });
    expect(objection?.message).toContain(
      `the certificate of vc:443 cannot be trusted: it is self-signed; its SHA-256 fingerprint is ${pin}; ` +
        'credentials were not sent; put the CA certificate into VC_CA_FILE, or check this fingerprint and put it into ' +
        'VC_FINGERPRINTS (of a VCenter: spec.tls.caBundle, spec.tls.sha256Fingerprints)',
    );
  });

  test.each([
    ['is over', -3, -1],
    ['has not begun', 1, 3],
  ])('to a certificate whose time %s: with the clock of the operator', async (_, from, to) => {
    const nowMs = Date.now();
    const times = { notBeforeMs: nowMs + from * DAY_MS, notAfterMs: nowMs + to * DAY_MS };
    const shown = selfSignedCertificate({ names: ['127.0.0.1'], ...times });
    const trust = new Trust({ caBundle: shown.cert }, clock);
    const { validFrom, validTo } = new X509Certificate(shown.cert);
    expect(trust.objection(await socketTo(shown, trust), 'vc')?.message).toContain(
      `it is valid from ${validFrom} to ${validTo}, and the clock of the operator says ${new Date(clock.wallMs()).toISOString()};`,
    );
  });

  test('to a certificate for another name: with the names that it is for', async () => {
    const trust = new Trust({ caBundle: OURS.cert }, clock);
    expect(trust.objection(await socketTo(OURS, trust, 'other.example.com'), 'vc')?.message).toContain(
      'it is for other names (IP Address:127.0.0.1, DNS:vc.example.com);',
    );
  });

  /** What Node says of chains that a test cannot make without a certificate authority. */
  function saying(code: string, certificate: Partial<PeerCertificate>): TLSSocket {
    const socket = new TLSSocket(new Socket());
    return Object.assign(socket, {
      authorizationError: code as unknown as Error,
      getPeerCertificate: () => certificate,
    });
  }
  const issuer = { CN: 'Site CA', O: 'Example' } as PeerCertificate['issuer'];

  test.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_GET_ISSUER_CERT',
  ])('%s: with the issuer', (code) => {
    const objection = new Trust({}, clock).objection(saying(code, { issuer }), 'vc');
    expect(objection?.message).toContain(`cannot be trusted: its issuer Site CA is not trusted (${code});`);
  });

  test.each([
    [{ issuer: { O: 'Example' } as PeerCertificate['issuer'] }, 'Example'],
    [{ issuer: {} as PeerCertificate['issuer'] }, '(unnamed)'],
    [{}, '(unnamed)'],
  ])('an issuer %j is told as %s', (certificate, name) => {
    const socket = saying('UNABLE_TO_GET_ISSUER_CERT', certificate);
    expect(new Trust({}, clock).objection(socket, 'vc')?.message).toContain(`its issuer ${name} is not trusted`);
  });

  test('a certificate for another name that has no alternative names is told by its subject', () => {
    const socket = saying('ERR_TLS_CERT_ALTNAME_INVALID', {
      subject: { CN: 'old.example.com' } as PeerCertificate['subject'],
    });
    expect(new Trust({}, clock).objection(socket, 'vc')?.message).toContain('it is for other names (old.example.com);');
  });

  test('whatever else Node says is told as it is', () =>
    expect(new Trust({}, clock).objection(saying('CERT_REVOKED', {}), 'vc')?.message).toContain(
      'cannot be trusted: CERT_REVOKED;',
    ));
});

describe('the certificate that was shown', () => {
  test('is nothing before a server was looked at', () => expect(new Trust({}, clock).shown).toBeUndefined());

  test.each<[string, TrustSettings]>([
    ['that is not trusted', {}],
    ['that anybody may show', { verification: 'Insecure' }],
  ])('is kept, also one %s', async (_, settings) => {
    const trust = new Trust(settings, clock);
    trust.objection(await socketTo(OURS, trust), 'vc');
    const { validFrom, validTo } = new X509Certificate(OURS.cert);
    expect(trust.shown).toEqual({
      ...{ subject: '127.0.0.1', issuer: '127.0.0.1', fingerprint: fingerprintOf(OURS) },
      ...{ notBeforeMs: Date.parse(validFrom), notAfterMs: Date.parse(validTo) },
    });
  });

  test('stays while a server shows none', async () => {
    const trust = new Trust({}, clock);
    trust.objection(await socketTo(OURS, trust), 'vc');
    trust.objection(new TLSSocket(new Socket()), 'vc');
    expect(trust.shown?.fingerprint).toBe(fingerprintOf(OURS));
  });

  test('has no dates where the certificate has none', () => {
    const socket = new TLSSocket(new Socket());
    const certificate: Partial<PeerCertificate> = { fingerprint256: 'AB' };
    Object.assign(socket, { getPeerCertificate: () => certificate });
    const trust = new Trust({ verification: 'Insecure' }, clock);
    trust.objection(socket, 'vc');
    expect(trust.shown).toMatchObject({ notBeforeMs: Number.NaN, notAfterMs: Number.NaN, subject: '(unnamed)' });
  });
});

describe('settings that are replaced', () => {
  const pin = fingerprintOf(OURS);

  test.each<[string, TrustSettings, TrustSettings]>([
    ['a bundle', { caBundle: FOREIGN.cert }, { caBundle: OURS.cert }],
    ['a pin', { fingerprints: [fingerprintOf(FOREIGN)] }, { fingerprints: [pin] }],
    ['no settings by a bundle', {}, { caBundle: OURS.cert }],
    ['no verification any more', {}, { verification: 'Insecure' }],
  ])('decide about the next connection: %s', async (_, before, after) => {
    const trust = new Trust(before, clock);
    expect(trust.objection(await socketTo(OURS, trust), 'vc')).toBeDefined();
    trust.replace(after);
    expect(trust.objection(await socketTo(OURS, trust), 'vc')).toBeUndefined();
    trust.replace(before);
    expect(trust.objection(await socketTo(OURS, trust), 'vc')).toBeDefined();
  });

  test('stay as they are if the new ones cannot be read', async () => {
    const trust = new Trust({ caBundle: OURS.cert }, clock);
    expect(() => trust.replace({ caBundle: 'nothing' })).toThrow('the CA bundle has no certificate in PEM');
    expect(trust.objection(await socketTo(OURS, trust), 'vc')).toBeUndefined();
  });

  test('make no new context if they are the same: parsing all roots takes long', () => {
    const trust = new Trust({ caBundle: OURS.cert, fingerprints: [pin] }, clock);
    const context = trust.context();
    trust.replace({ fingerprints: [pin], caBundle: OURS.cert, verification: 'Full' });
    expect(trust.context()).toBe(context);
    trust.replace({ caBundle: FOREIGN.cert, fingerprints: [pin] });
    expect(trust.context()).not.toBe(context);
  });

  test.each<[string, TrustSettings]>([
    ['verification', { verification: 'Insecure' }],
    ['fingerprints', { fingerprints: [pin] }],
    ['caBundle', { caBundle: OURS.cert }],
  ])('differ in their digest by %s', (_, settings) => expect(digestOfTrust(settings)).not.toBe(digestOfTrust({})));

  test('have one digest whether a default is said or not', () =>
    expect(digestOfTrust({ verification: 'Full', fingerprints: [], caBundle: '' })).toBe(digestOfTrust({})));
});
