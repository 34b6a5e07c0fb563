/** Which certificates a connection trusts (R11). It is decided per connection, never for the process. */
import { X509Certificate } from 'node:crypto';
import {
  createSecureContext,
  getCACertificates,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import type { Clock } from '../../time/clock';
import type { ShownCertificate } from '../port';
import { transportError, type VsphereError } from '../vim25/vsphere-error';

/**
 * - no setting: the roots of Node and of the system are trusted
 * - caBundle: these certificates are trusted instead of the roots
 * - fingerprints: the certificate of the server must have one of these. Without a caBundle the chain is not checked
 *   then, so a self-signed certificate is accepted; with a caBundle both must hold
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

/** Called at each connect, so that a renewed file is used without a restart. */
export type TrustProvider = () => Promise<TrustSettings>;

const CERTIFICATE = /-----BEGIN (TRUSTED )?CERTIFICATE-----[\s\S]*?-----END (TRUSTED )?CERTIFICATE-----/g;
const FINGERPRINT = /^[0-9A-F]{64}$/;

/** The fingerprint as AA:BB:…; undefined if the text is not a SHA-256 fingerprint. */
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
  #shown: ShownCertificate | undefined;

  /** Throws a VsphereError InvalidInput if a fingerprint or the bundle cannot be read. */
  constructor(settings: TrustSettings, clock: Clock) {
    this.#clock = clock;
    this.#settings = settings;
    this.#pins = pinsOf(settings);
    if (settings.caBundle !== undefined) this.#context = this.#makeContext();
  }

  /** Changes the settings for new connections. Throws as the constructor does; the old settings then stay. */
  replace(settings: TrustSettings): void {
    if (digestOfTrust(settings) === digestOfTrust(this.#settings)) return;
    const next = new Trust(settings, this.#clock);
    this.#settings = next.#settings;
    this.#pins = next.#pins;
    this.#context = next.#context;
  }

  /** Created once: it would be slow to parse about three hundred roots for each connection. */
  context(): SecureContext {
    this.#context ??= this.#makeContext();
    return this.#context;
  }

  /** The certificate that was looked at last, trusted or not. */
  get shown(): ShownCertificate | undefined {
    return this.#shown;
  }

  /** Why the certificate of the server is not trusted; undefined if it is trusted. */
  objection(socket: TLSSocket, server: string): VsphereError | undefined {
    const certificate = socket.getPeerCertificate();
    this.#shown = shownBy(certificate) ?? this.#shown;
    if (this.#settings.verification === 'Insecure') return undefined;
    const seen = certificate.fingerprint256;
    const pinned = this.#pins.length > 0;
    if (pinned && !this.#pins.includes(seen))
      return transportError(
        'FingerprintMismatch',
        `the certificate of ${server} has the SHA-256 fingerprint ${seen}, but ${this.#pins.join(' or ')} is pinned; ` +
          'credentials were not sent; if the certificate was renewed, put the new fingerprint into VC_FINGERPRINTS, or ' +
          'spec.tls.sha256Fingerprints of the VCenter',
        'NotSent',
      );
    const chainMatters = !pinned || this.#settings.caBundle !== undefined;
    if (!chainMatters || socket.authorized) return undefined;
    const why = this.#explain(String(socket.authorizationError), certificate);
    return transportError(
      'TLSUntrusted',
      `the certificate of ${server} cannot be trusted: ${why}; its SHA-256 fingerprint is ${seen}; ` +
        'credentials were not sent; put the CA certificate into VC_CA_FILE, or check this fingerprint and put it into ' +
        'VC_FINGERPRINTS (of a VCenter: spec.tls.caBundle, spec.tls.sha256Fingerprints)',
      'NotSent',
    );
  }

  #explain(code: string, certificate: PeerCertificate): string {
    switch (code) {
      case 'DEPTH_ZERO_SELF_SIGNED_CERT':
        return 'it is self-signed';
      case 'SELF_SIGNED_CERT_IN_CHAIN':
      case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      case 'UNABLE_TO_GET_ISSUER_CERT':
        return `its issuer ${nameOf(certificate.issuer)} is not trusted (${code})`;
      case 'CERT_HAS_EXPIRED':
      case 'CERT_NOT_YET_VALID':
        return (
          `it is valid from ${certificate.valid_from} to ${certificate.valid_to}, ` +
          `and the clock of the operator says ${new Date(this.#clock.wallMs()).toISOString()}`
        );
      case 'ERR_TLS_CERT_ALTNAME_INVALID':
        return `it is for other names (${certificate.subjectaltname ?? nameOf(certificate.subject)})`;
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
    if (certificates.length === 0) throw invalid('the CA bundle has no certificate in PEM');
    try {
      // createSecureContext ignores what it cannot read, and the connection would then fail with an unclear error.
      for (const certificate of certificates) new X509Certificate(certificate);
      return createSecureContext({ ca: caBundle });
    } catch (error) {
      throw transportError('InvalidInput', 'the CA bundle has a certificate that cannot be read', 'NotSent', {
        cause: error,
      });
    }
  }
}

function pinsOf(settings: TrustSettings): readonly string[] {
  return (settings.fingerprints ?? []).map((text) => {
    const pin = normalizeFingerprint(text);
    if (pin === undefined) throw invalid(`"${text}" is not a SHA-256 fingerprint: use 32 bytes in hex, as AA:BB:…`);
    return pin;
  });
}

/** A text that changes when the settings change. */
export function digestOfTrust({ caBundle = '', fingerprints = [], verification = 'Full' }: TrustSettings): string {
  return JSON.stringify([verification, fingerprints, caBundle]);
}

/** Undefined if the server showed none: then Node gives an empty object. */
function shownBy(certificate: Partial<PeerCertificate>): ShownCertificate | undefined {
  const { subject, issuer, valid_from = '', valid_to = '', fingerprint256 } = certificate;
  if (fingerprint256 === undefined) return undefined;
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    notBeforeMs: Date.parse(valid_from),
    notAfterMs: Date.parse(valid_to),
    fingerprint: fingerprint256,
  };
}

function nameOf(subject: { CN?: string | string[]; O?: string | string[] } | undefined): string {
  return String(subject?.CN ?? subject?.O ?? '(unnamed)');
}

function invalid(message: string) {
  return transportError('InvalidInput', message, 'NotSent');
}
