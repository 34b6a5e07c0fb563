/** The error class of src/vsphere. `code` is a vim25 fault type or a TransportCode. */
import type { VsphereFailure } from '../port';
import type { DataObject } from './describe';

/** Failures that are not vim25 faults (docs/failures.md#failures-of-the-connection). */
export type TransportCode =
  /** Nothing listens at the address. */
  | 'Refused'
  /** The host name has no address. */
  | 'Unresolvable'
  /** No answer in time, to a connect, a call or a wait. */
  | 'Timeout'
  /** The connection broke. */
  | 'ConnectionLost'
  /** The certificate cannot be verified. */
  | 'TLSUntrusted'
  /** The certificate is not one of the pinned ones. */
  | 'FingerprintMismatch'
  /** The certificate cannot be verified, or is not a pinned one, of a server whose certificate was good before. */
  | 'CertificateChanged'
  /** The server that answers is not the SOAP API of a vCenter. */
  | 'NotVCenter'
  /** Status 401, 403 or 407 without SOAP: a proxy between us and vCenter refuses. */
  | 'Forbidden'
  /** Status 5xx without SOAP: the server runs, but its services do not. */
  | 'Unavailable'
  /** The answer is not well-formed, or is not what the method returns. */
  | 'MalformedResponse'
  /** The answer is too large or nested too deeply. */
  | 'ResponseTooLarge'
  /** XML cannot represent the request, a setting cannot be read, or the server says that the request is too large. */
  | 'InvalidInput'
  /** The server and we know no common version of the API. */
  | 'VersionUnsupported'
  /** The files with the credentials or the CA certificates cannot be read. */
  | 'CredentialsUnreadable'
  /** The STS refuses because the clocks differ too much. */
  | 'ClockSkew'
  /** The STS signs no tokens, since its certificate has expired or is not valid yet. */
  | 'StsCertificateInvalid'
  /** The caller aborted the call. */
  | 'Aborted'
  /** vCenter no longer knows the task, and its end was not seen. */
  | 'TaskLost'
  /** The connection was stopped while the work was in flight, or `maySend` stopped a call before it was sent. */
  | 'Stopped'
  /** A soap:Fault without a vim25 fault in it. */
  | 'SoapFault'
  /** An error of this program. */
  | 'Internal';

/** The vim25 fault of a failure. */
export interface FaultDetail {
  /** The name of the vim25 type, such as NoPermission. */
  readonly type: string;
  /** All fields of the fault. */
  readonly fields: DataObject;
  readonly localizedMessage?: string;
}

export interface VsphereErrorOptions extends ErrorOptions {
  readonly fault?: FaultDetail;
  /** From the header Retry-After of a status 503 or 429. */
  readonly retryAfterMs?: number;
}

export class VsphereError extends Error implements VsphereFailure {
  override readonly name = 'VsphereError';
  readonly fault?: FaultDetail;
  readonly retryAfterMs?: number;

  constructor(
    readonly code: string,
    message: string,
    readonly outcome: VsphereFailure['outcome'],
    options: VsphereErrorOptions = {},
  ) {
    super(message, options);
    if (options.fault !== undefined) this.fault = options.fault;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }

  /**
   * Turns any thrown value into a VsphereError. An error of another class is a bug of this program; its outcome is
   * Unknown.
   */
  static from(thrown: unknown): VsphereError {
    if (thrown instanceof VsphereError) return thrown;
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new VsphereError('Internal', message, 'Unknown', { cause: thrown });
  }
}

export function transportError(
  code: TransportCode,
  message: string,
  outcome: VsphereFailure['outcome'],
  options?: VsphereErrorOptions,
): VsphereError {
  return new VsphereError(code, message, outcome, options);
}

/**
 * The failure for what a piece of work threw. Work may refuse by itself, with a code of its own and a known outcome.
 * Any other error is a bug of this program; its outcome is Unknown.
 */
export function failureOf(thrown: unknown): VsphereFailure {
  if (thrown instanceof VsphereError) return toFailure(thrown);
  if (isFailure(thrown)) return { code: thrown.code, message: thrown.message, outcome: thrown.outcome };
  return toFailure(VsphereError.from(thrown));
}

function isFailure(thrown: unknown): thrown is VsphereFailure {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('outcome' in thrown)) return false;
  return typeof thrown.code === 'string' && (thrown.outcome === 'NotSent' || thrown.outcome === 'Refused');
}

/** A plain value for the status and events. It keeps the fault for `classifyFailure`, and drops stack and cause. */
export function toFailure(error: VsphereError): VsphereFailure & { readonly fault?: FaultDetail } {
  const failure = { code: error.code, message: error.message, outcome: error.outcome };
  return error.fault === undefined ? failure : { ...failure, fault: error.fault };
}
