/**
 * Why a request to the API server failed: a `Status.reason` as the server spells it, or one of ours.
 *
 * - `Unreachable`: no answer: refused, reset, name not found, certificate not trusted
 * - `Timeout`: no whole answer within the request's `timeoutMs` (also the server's own word for 504)
 * - `InvalidResponse`: an answer that is not what the Kubernetes API sends, such as the page of a proxy
 * - `Unauthorized` is also given when there are no credentials, for instance because an exec plugin failed
 *
 * The set is open: servers and webhooks may send reasons of their own.
 */
export type ApiErrorCode =
  | 'AlreadyExists'
  | 'BadRequest'
  | 'Conflict'
  | 'Expired'
  | 'Forbidden'
  | 'Gone'
  | 'InternalError'
  | 'Invalid'
  | 'InvalidResponse'
  | 'MethodNotAllowed'
  | 'NotAcceptable'
  | 'NotFound'
  | 'RequestEntityTooLarge'
  | 'ServerTimeout'
  | 'ServiceUnavailable'
  | 'Timeout'
  | 'TooManyRequests'
  | 'Unauthorized'
  | 'Unknown'
  | 'Unreachable'
  | 'UnsupportedMediaType'
  | (string & {});

/** A failed request to the API server. The message has method, path and the server's words; never a header or a body. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiErrorCode;
  /** The HTTP status, or the `Status.code` of an error within a watch; absent when there was no answer. */
  readonly status?: number;
  /** The server asks not to be called again before this has passed. */
  readonly retryAfterMs?: number;
  /** `Status.details.kind`: the resource that the answer is about, such as namespaces. */
  readonly resource?: string;
  /** The reasons in `Status.details.causes`, such as NamespaceTerminating. */
  readonly causes: readonly string[];

  constructor(code: ApiErrorCode, message: string, options: ApiErrorOptions = {}) {
    super(`[${code}] ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.causes = options.causes ?? [];
    if (options.status !== undefined) this.status = options.status;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.resource !== undefined) this.resource = options.resource;
  }
}

/** See the fields of ApiError; `cause` is that of Error. */
export interface ApiErrorOptions {
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly resource?: string;
  readonly causes?: readonly string[];
  readonly cause?: unknown;
}

/** Whether this is an ApiError of that code. Looks at name and code: a bundle may hold the class twice. */
export function isApiError(error: unknown, code: ApiErrorCode): boolean {
  return error instanceof Error && error.name === 'ApiError' && (error as ApiError).code === code;
}

/** Whether the server has forgotten the resource version or continue token of the request, so that a new list is needed. */
export function isExpired(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'ApiError') return false;
  const { code, status, message } = error as ApiError;
  // Too large: the server's data is older than what we saw, as after a restore of etcd (client-go: isTooLargeResourceVersionError).
  return code === 'Expired' || code === 'Gone' || status === 410 || message.includes('Too large resource version');
}

/** Whether nothing can be created in the namespace of the request any more: it is being deleted, or it is gone. */
export function isNamespaceGone(error: unknown): boolean {
  if (isApiError(error, 'Forbidden')) return (error as ApiError).causes.includes('NamespaceTerminating');
  return isApiError(error, 'NotFound') && (error as ApiError).resource === 'namespaces';
}

/** Makes the error of a non-2xx answer, or of the object of an ERROR event, from a `Status` if it is one. */
export function errorFromStatus(
  what: string,
  status: number | undefined,
  body: unknown,
  retryAfterHeader?: string,
): ApiError {
  const fields = isStatus(body) ? body : {};
  const code = fields.reason || reasonOfStatus(status ?? fields.code);
  const { retryAfterSeconds, kind: resource, causes } = fields.details ?? {};
  const seconds = retryAfterSeconds || Number(retryAfterHeader);
  const number = status ?? fields.code;
  return new ApiError(code, `${what}: ${fields.message || `the server answered ${number ?? 'an error'}`}`, {
    ...(number !== undefined && { status: number }),
    ...(Number.isFinite(seconds) && seconds > 0 && { retryAfterMs: seconds * 1000 }),
    ...(resource !== undefined && { resource }),
    causes: Array.isArray(causes) ? causes.flatMap((cause) => cause?.reason ?? []) : [],
  });
}

interface Status {
  readonly reason?: string;
  readonly message?: string;
  readonly code?: number;
  readonly details?: {
    readonly retryAfterSeconds?: number;
    readonly kind?: string;
    readonly causes?: readonly ({ readonly reason?: string } | null)[];
  };
}

function isStatus(body: unknown): body is Status {
  return typeof body === 'object' && body !== null && (body as { kind?: unknown }).kind === 'Status';
}

/** The reason for answers without a Status, such as those of proxies (apimachinery: errors.NewGenericServerResponse). */
function reasonOfStatus(status: number | undefined): ApiErrorCode {
  return (status !== undefined && REASONS.get(status)) || ((status ?? 0) >= 500 ? 'InternalError' : 'Unknown');
}

const REASONS: ReadonlyMap<number, ApiErrorCode> = new Map([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [405, 'MethodNotAllowed'],
  [406, 'NotAcceptable'],
  [409, 'Conflict'],
  [410, 'Gone'],
  [413, 'RequestEntityTooLarge'],
  [415, 'UnsupportedMediaType'],
  [422, 'Invalid'],
  [429, 'TooManyRequests'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);
