/** The one error class of this room. `code` is the vim25 fault type, or one of the words of `TransportCode`. */
import type { VsphereFailure } from '../port';
import type { DataObject } from './describe';

/** Failures that are not vim25 faults (vim25.md part 3.3). */
export type TransportCode =
  /** Nothing listens at the address. */
  | 'Refused'
  /** The host name has no address. */
  | 'Unresolvable'
  /** No answer in time: connect, call or wait. */
  | 'Timeout'
  /** The connection broke. */
  | 'ConnectionLost'
  /** The certificate can't be verified. */
  | 'TLSUntrusted'
  /** The certificate is not one of the pinned ones. */
  | 'FingerprintMismatch'
  /** Something answers, but it is not the SOAP API of a vCenter. */
  | 'NotVCenter'
  /** 401, 403 or 407 without SOAP: something between us and vCenter. */
  | 'Forbidden'
  /** The server is there but does not serve: 5xx without SOAP. */
  | 'Unavailable'
  /** The answer is not well-formed, or not what the method returns. */
  | 'MalformedResponse'
  /** The answer is larger or nested deeper than we take. */
  | 'ResponseTooLarge'
  /** The request holds what XML can't carry, or the server calls it too large. */
  | 'InvalidInput'
  /** The server doesn't know our version of the API. */
  | 'VersionUnsupported'
  /** The files with the credentials or the CA certificates can't be read. */
  | 'CredentialsUnreadable'
  /** The STS refuses for the time: the clocks differ too much. */
  | 'ClockSkew'
  /** The caller gave up. */
  | 'Aborted'
  /** A task's end was not seen, and vCenter no longer knows the task. */
  | 'TaskLost'
  /** The connection was stopped while the work was under way, or a call was called off before it was sent. */
  | 'Stopped'
  /** A soap:Fault without a vim25 fault in it. */
  | 'SoapFault'
  /** An error of this program. */
  | 'Internal';

/** What vCenter says about a failure: the unwrapped vim25 fault. */
export interface FaultDetail {
  /** vim25 type name, such as NoPermission. */
  readonly type: string;
  /** The fields of the fault as they came. */
  readonly fields: DataObject;
  readonly localizedMessage?: string;
}

export interface VsphereErrorOptions extends ErrorOptions {
  readonly fault?: FaultDetail;
  /** What a 503 or 429 asked for in Retry-After. */
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

  /** The one place that looks at a thrown value. An unknown error is ours, and what it left behind is unknown. */
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
 * What a piece of work threw, as a failure. Work may refuse by itself, with a code of its own and a known outcome;
 * anything else that is thrown is a mistake of ours, and what it left behind is unknown.
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

/** A plain value for statuses and events; keeps the fault for `classifyFailure`, drops stack and cause. */
export function toFailure(error: VsphereError): VsphereFailure & { readonly fault?: FaultDetail } {
  const failure = { code: error.code, message: error.message, outcome: error.outcome };
  return error.fault === undefined ? failure : { ...failure, fault: error.fault };
}
