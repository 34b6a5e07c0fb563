/** The certificate of a server, trusted or not. Whoever made it wrote all of this, and may have written anything (R14). */
export interface ShownCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** NaN if the certificate has no date there. */
  readonly notBeforeMs: number;
  /** NaN if the certificate has no date there. */
  readonly notAfterMs: number;
  /** SHA-256, as AA:BB:… */
  readonly fingerprint: string;
}
