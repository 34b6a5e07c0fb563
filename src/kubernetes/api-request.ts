export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute and already encoded, such as /apis/apps/v1/namespaces/default/deployments. */
  readonly path: string;
  /** Encoded here; undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Default application/json. Patches name their kind here; JSON is valid YAML, so apply patches are sent as JSON too. */
  readonly contentType?: string;
  /** Further headers. None that the connection sets itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For the whole answer, or for the head of a stream. Default 30 s. */
  readonly timeoutMs?: number;
  /**
   * For a list: called with each of its items as soon as that has arrived, and its size. What it returns stands in the
   * answer instead, so a list of large objects is never held whole.
   */
  readonly takeItem?: (item: unknown, bytes: number) => unknown;
  /** For a stream: called at the head of a 2xx answer, before the first value. */
  readonly onOpen?: () => void;
  /** Urgent requests do not wait for others: lease renewals, and the probe of a server that was down. Default Normal. */
  readonly priority?: 'Normal' | 'Urgent';
}

/**
 * One request that has ended. `host` is that of the base URL. `code` is an HTTP status, or <error> when there was no answer
 * (client-go: rest_client_requests_total).
 */
export interface ApiRequestEnd {
  readonly method: ApiRequest['method'];
  readonly host: string;
  readonly code: string;
}

/** One API server. All methods reject with an ApiError, or with `signal.reason` once the signal is aborted. */
export interface ApiServer {
  /** The base URL, for messages. */
  readonly server: string;
  /** The parsed JSON of a 2xx answer; the text of one of type text/plain, as /readyz gives. */
  request<T>(request: ApiRequest, signal: AbortSignal): Promise<T>;
  /** The values of a newline-delimited JSON answer, as they come. Ends when the server ends it; leaving the loop closes it. */
  stream(request: ApiRequest, signal: AbortSignal): AsyncIterable<unknown>;
  /** Closes all connections; requests in flight fail with Unreachable. */
  close(): void;
}

/** Method and path only: a query is long, and a body may hold anything (R10). */
export function describe(request: ApiRequest): string {
  return `${request.method} ${request.path}`;
}

export function encodeQuery(query: ApiRequest['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) parameters.append(name, String(value));
  return parameters.size === 0 ? '' : `?${parameters}`;
}
