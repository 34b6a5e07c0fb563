/**
 * What a server does that was a vCenter before. While it restarts, a proxy in front of it answers with pages of its own, and
 * perhaps with a certificate of its own: that passes, and is tried again soon. At a first contact the same needs a person.
 */
import { type TransportCode, transportError, type VsphereError } from '../vim25/vsphere-error';

const AS_OUTAGE: Readonly<Record<string, TransportCode>> = {
  NotVCenter: 'Unavailable',
  Forbidden: 'Unavailable',
  // Nothing is sent to it all the same (R11).
  TLSUntrusted: 'CertificateChanged',
  FingerprintMismatch: 'CertificateChanged',
} satisfies { readonly [C in TransportCode]?: TransportCode };

/** The same error, under the code that is right for a server that has answered as a vCenter before. */
export function asOutage(error: VsphereError, server: string): VsphereError {
  const code = Object.hasOwn(AS_OUTAGE, error.code) ? AS_OUTAGE[error.code] : undefined;
  if (code === undefined) return error;
  const message = `${server} has answered as a vCenter before, and may be starting: ${error.message}`;
  return transportError(code, message, error.outcome, { cause: error });
}
