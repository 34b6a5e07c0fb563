/** Whom a connection trusts (R11): decided for each connection, never for the process. */
import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { Clock } from '../../time/clock';
import { transportError, type VsphereError } from '../vim25/vsphere-error';

/**
 * - nothing given: the roots of Node and of the system
 * - caBundle: these certificates instead of the roots
 * - fingerprints: the server's certificate must be one of these; alone, they stand instead of the chain, which lets a
 *   self-signed certificate pass; with a caBundle, both must hold
 * - Insecure: nothing is checked
 */
export interface TrustSettings {
  /** Certificates in PEM. */
  readonly caBundle?: string;
  /** SHA-256 of the server's certificate, as AA:BB:… or plain hex, in any case. */
  readonly fingerprints?: readonly string[];
  /** Default Full. */
  readonly verification?: 'Full' | 'Insecure';
}

/** Asked at each connect, so that a renewed file is taken without a restart. */
export type TrustProvider = () => Promise<TrustSettings>;

const CERTIFICATE = /-----BEGIN (TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (TRUSTED )?CERTIFICATE-----/g;
const FINGERPRINT = /^[0-9A-F]{64}$/;

/** As AA:BB:…; undefined for what is no SHA-256 fingerprint. */
export function normalizeFingerprint(text: string): string | undefined {
  const digits = text
    .trim()
    .replace(/^sha-?256[:=]/i, '')
    .replaceAll(':', '')
    .toUpperCase();
  return FINGERPRINT.test(digits) ? (digits.match(/../g) ?? []).join(':') : undefined;
}

export class Trust {
  readonly #clock: Clock;
  #settings: TrustSettings;
  #pins: readonly string[];
  #context: SecureContext | undefined;

  /** Throws a VsphereError InvalidInput for a fingerprint or a bundle that can't be read. */
  constructor(settings: TrustSettings, clock: Clock) {
    this.#clock = clock;
    this.#settings = settings;
    this.#pins = pinsOf(settings);
    if (settings.caBundle !== undefined) this.#context = this.#makeContext();
  }

  /** From now on for new connections. Throws as the constructor does, and then everything stays as it was. */
  replace(settings: TrustSettings): void {
    if (digestOfTrust(settings) === digestOfTrust(this.#settings)) return;
    const next = new Trust(settings, this.#clock);
    this.#settings = next.#settings;
    this.#pins = next.#pins;
    this.#context = next.#context;
  }

  /** Made once: parsing some three hundred roots for each connection would be slow. */
  context(): SecureContext {
    this.#context ??= this.#makeContext();
    return this.#context;
  }

  /** What is wrong with the certificate that the server has shown; undefined when it is trusted. */
  objection(socket: TLSSocket, server: string): VsphereError | undefined {
    if (this.#settings.verification === 'Insecure') return undefined;
    const certificate = socket.getPeerCertificate();
    const seen = certificate.fingerprint256;
    const pinned = this.#pins.length > 0;
    if (pinned && !this.#pins.includes(seen))
      return transportError(
        'FingerprintMismatch',
        `The certificate of ${server} has the SHA-256 fingerprint ${seen}, but ${this.#pins.join(' or ')} is pinned. ` +
          'If the certificate was renewed, put the new fingerprint into VC_FINGERPRINTS; credentials were not sent.',
        'NotSent',
      );
    const chainMatters = !pinned || this.#settings.caBundle !== undefined;
    if (!chainMatters || socket.authorized) return undefined;
    const why = this.#explain(String(socket.authorizationError), certificate);
    return transportError(
      'TLSUntrusted',
      `The certificate of ${server} can't be trusted: ${why}. Its SHA-256 fingerprint is ${seen}. ` +
        'Put the CA certificate into VC_CA_FILE, or, after checking it, this fingerprint into VC_FINGERPRINTS; ' +
        'credentials were not sent.',
      'NotSent',
    );
  }

  #explain(code: string, certificate: ReturnType<TLSSocket['getPeerCertificate']>): string {
    switch (code) {
      case 'DEPTH_ZERO_SELF_SIGNED_CERT':
        return 'it is self-signed';
      case 'SELF_SIGNED_CERT_IN_CHAIN':
      case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      case 'UNABLE_TO_GET_ISSUER_CERT':
        return `its issuer ${nameOf(certificate.issuer)} is not known here (${code})`;
      case 'CERT_HAS_EXPIRED':
      case 'CERT_NOT_YET_VALID':
        return (
          `it is valid from ${certificate.valid_from} to ${certificate.valid_to}, ` +
          `and the clock here says ${new Date(this.#clock.wallMs()).toISOString()}`
        );
      case 'ERR_TLS_CERT_ALTNAME_INVALID':
        return `it is made for other names (${certificate.subjectaltname ?? nameOf(certificate.subject)})`;
      default:
        return code;
    }
  }

  #makeContext(): SecureContext {
    if (this.#settings.verification === 'Insecure') return createSecureContext();
    const { caBundle } = this.#settings;
    if (caBundle === undefined)
      return createSecureContext({ ca: [...getCACertificates('default'), ...getCACertificates('system')] });
    const certificates = caBundle.match(CERTIFICATE) ?? [];
    if (certificates.length === 0) throw invalid('The CA bundle holds no certificate in PEM.');
    try {
      // createSecureContext passes over what it can't read, and the connection would fail with a riddle.
      for (const certificate of certificates) new X509Certificate(certificate);
      return createSecureContext({ ca: caBundle });
    } catch (error) {
      throw transportError('InvalidInput', 'The CA bundle holds a certificate that can not be read.', 'NotSent', {
        cause: error,
      });
    }
  }
}

function pinsOf(settings: TrustSettings): readonly string[] {
  return (settings.fingerprints ?? []).map((text) => {
    const pin = normalizeFingerprint(text);
    if (pin === undefined)
      throw invalid(`"${text}" is no SHA-256 fingerprint: 32 bytes in hex, as AA:BB:… are wanted.`);
    return pin;
  });
}

/** Tells whether the settings have changed. */
export function digestOfTrust({ caBundle = '', fingerprints = [], verification = 'Full' }: TrustSettings): string {
  return JSON.stringify([verification, fingerprints, caBundle]);
}

function nameOf(subject: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  return String(subject?.CN ?? subject?.O ?? '(unnamed)');
}

function invalid(message: string) {
  return transportError('InvalidInput', message, 'NotSent');
}
