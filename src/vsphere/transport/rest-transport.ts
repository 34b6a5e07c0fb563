/** Requests to the REST API of one vCenter, over the same trusted connections as the other calls. Knows no sessions. */
import type { Clock } from '../../time/clock';
import type { CallContext } from '../port';
import { VsphereError } from '../vim25/vsphere-error';
import { publishCallEnd } from './channels';
import type { HttpExchange } from './http-exchange';
import { retryAfter } from './status-error';

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body?: string;
  /** The name of the operation, for messages and metrics. */
  readonly what: string;
  /** A read is sent once more after a lost connection. */
  readonly effect: 'read' | 'mutation';
}

export interface RestAnswer {
  readonly status: number;
  readonly text: string;
  /** From the header Retry-After. */
  readonly retryAfterMs?: number;
}

export interface RestTransport {
  /** host:port, for messages. */
  readonly server: string;
  /** Resolves with any status. Rejects with a VsphereError if there was no whole answer. */
  send(request: RestRequest, call: CallContext): Promise<RestAnswer>;
}

const TIMEOUT_MS = 60_000;
/** Ids and names of some thousand tags. */
const LARGEST_BYTES = 8 * 2 ** 20;

export class HttpRestTransport implements RestTransport {
  readonly #exchange: HttpExchange;
  readonly #clock: Clock;

  constructor(exchange: HttpExchange, clock: Clock) {
    this.#exchange = exchange;
    this.#clock = clock;
  }

  get server(): string {
    return this.#exchange.server;
  }

  async send(request: RestRequest, call: CallContext): Promise<RestAnswer> {
    try {
      return await this.#once(request, call);
    } catch (thrown) {
      const error = VsphereError.from(thrown);
      const again = error.code === 'ConnectionLost' && (request.effect === 'read' || error.outcome === 'NotSent');
      if (!again || call.signal.aborted) throw error;
      return await this.#once(request, call);
    }
  }

  async #once({ method, path, headers, body, what }: RestRequest, call: CallContext): Promise<RestAnswer> {
    const { operationId, signal, maySend } = call;
    const startMs = this.#clock.monotonicMs();
    const meter = { requestBytes: 0, responseBytes: 0 };
    let text = '';
    let retryAfterMs: number | undefined;
    const sink = {
      write: (piece: string) => {
        text += piece;
      },
    };
    const told = { server: this.server, method: what, operationId };
    const end = (code?: string) =>
      publishCallEnd({
        ...told,
        durationMs: this.#clock.monotonicMs() - startMs,
        ...meter,
        ...(code !== undefined && { code }),
      });
    try {
      const { status } = await this.#exchange.send(
        {
          ...{ method, path, what, signal, maySend, meter, timeoutMs: TIMEOUT_MS, largestBytes: LARGEST_BYTES },
          headers: { ...headers, Accept: 'application/json', 'X-Request-ID': operationId },
          ...(body !== undefined && { body }),
          refusal: (_server, response) => {
            retryAfterMs = retryAfter(response.headers['retry-after']);
            return undefined;
          },
        },
        sink,
      );
      end(status < 400 ? undefined : `HTTP${status}`);
      return { status, text, ...(retryAfterMs !== undefined && { retryAfterMs }) };
    } catch (thrown) {
      end(VsphereError.from(thrown).code);
      throw thrown;
    }
  }
}
