/** The default transport: vim25 over keep-alive HTTPS, decoded as it arrives. */
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { StringDecoder } from 'node:string_decoder';
import { type Clock, deadline } from '../time/clock';
import { publishCallEnd } from './channels';
import { CookieJar } from './cookie-jar';
import { errorOfSoapFault } from './faults/fault-error';
import type { ManagedObjectReference } from './port';
import { statusError } from './status-error';
import type { TransportCall, VimTransport } from './transport';
import type { Trust } from './trust';
import { type ServerAddress, serverName, TrustedAgent } from './trusted-agent';
import { type Answer, AnswerDecoder } from './vim25/decode';
import { encodeCall } from './vim25/encode';
import { type MethodName, methods, type ParametersOf, type ReturnOf } from './vim25/methods';
import { transportError, VsphereError } from './vsphere-error';

const PATH = '/sdk';
/** Known to every vCenter from 6.7 on; what we send and read has not changed since. */
const SOAP_ACTION = 'urn:vim25/6.7';
const CALL_TIMEOUT_MS = 60_000;
/** Answers come in pages of at most a thousand objects: some 2 MB. */
const LARGEST_RESPONSE_BYTES = 128 * 2 ** 20;

export interface HttpsTransportOptions {
  readonly address: ServerAddress;
  readonly trust: Trust;
  readonly clock: Clock;
}

/** Counts of one call, for its end message. */
interface Meter {
  requestBytes: number;
  responseBytes: number;
}

export class HttpsTransport implements VimTransport {
  readonly server: string;
  readonly #address: ServerAddress;
  readonly #agent: TrustedAgent;
  readonly #clock: Clock;
  readonly #cookies = new CookieJar();

  constructor({ address, trust, clock }: HttpsTransportOptions) {
    this.server = serverName(address);
    this.#address = address;
    this.#clock = clock;
    this.#agent = new TrustedAgent(address, trust, clock);
  }

  async invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const startMs = this.#clock.monotonicMs();
    const meter: Meter = { requestBytes: 0, responseBytes: 0 };
    const end = (code?: string) =>
      publishCallEnd({
        server: this.server,
        method,
        operationId: call.operationId,
        durationMs: this.#clock.monotonicMs() - startMs,
        ...meter,
        ...(code === undefined ? {} : { code }),
      });
    try {
      const message = encodeCall(method, self, parameters, call.operationId);
      const answer = await this.#send(method, message, call, meter);
      if (answer.kind === 'Fault') throw errorOfSoapFault(answer.code, answer.text, answer.fault);
      end();
      return answer.value;
    } catch (thrown) {
      const error = VsphereError.from(thrown);
      end(error.code);
      throw error;
    }
  }

  forgetSession(): void {
    this.#cookies.clear();
  }

  close(): void {
    this.#agent.destroy();
  }

  /** A kept connection may have died unnoticed: a read goes out once more at once, a mutation never (its outcome is unknown). */
  async #send<M extends MethodName>(method: M, message: string, call: TransportCall, meter: Meter): Promise<Answer<M>> {
    try {
      return await this.#post(method, message, call, meter);
    } catch (error) {
      const lost =
        error instanceof VsphereError && (error.code === 'ConnectionLost' || error.code === 'MalformedResponse');
      const again = lost && (methods[method].effect === 'read' || error.outcome === 'NotSent');
      if (!again || call.signal.aborted) throw error;
      return await this.#post(method, message, call, meter);
    }
  }

  #post<M extends MethodName>(method: M, message: string, call: TransportCall, meter: Meter): Promise<Answer<M>> {
    const bytes = Buffer.from(message);
    meter.requestBytes += bytes.length;
    const timeoutMs = call.timeoutMs ?? CALL_TIMEOUT_MS;
    const limit = deadline(this.#clock, timeoutMs, call.signal, () =>
      transportError('Timeout', `${this.server} did not answer ${method} within ${timeoutMs / 1000} s.`, 'Unknown'),
    );
    return new Promise<Answer<M>>((resolve, reject) => {
      if (limit.signal.aborted) {
        reject(this.#interrupted(limit.signal.reason, method, 'NotSent'));
        return;
      }
      const cookie = this.#cookies.header(PATH);
      const sent = request({
        agent: this.#agent,
        host: this.#address.host,
        port: this.#address.port,
        path: PATH,
        method: 'POST',
        headers: {
          'Content-Type': 'text/xml; charset="utf-8"',
          'Content-Length': bytes.length,
          SOAPAction: SOAP_ACTION,
          // Shown in vCenter's list of sessions.
          'User-Agent': 'codeconnect-vm-operator',
          ...(cookie === undefined ? {} : { Cookie: cookie }),
        },
      });
      // The agent has the socket only after the certificate was checked; from here on bytes may have left.
      let outcome: 'NotSent' | 'Unknown' = 'NotSent';
      sent.once('socket', () => {
        outcome = 'Unknown';
      });
      const fail = (error: VsphereError) => {
        reject(error);
        sent.destroy();
      };
      limit.signal.addEventListener('abort', () => fail(this.#interrupted(limit.signal.reason, method, outcome)), {
        once: true,
      });
      sent.on('error', (error) => fail(this.#lost(error, method, outcome)));
      sent.once('response', (response) => {
        this.#cookies.store(PATH, response.headers['set-cookie'] ?? []);
        const refused = statusError(this.server, response);
        if (refused !== undefined) return fail(refused);
        return this.#receive(method, response, meter, resolve, fail);
      });
      sent.end(bytes);
    }).finally(limit.done);
  }

  #receive<M extends MethodName>(
    method: M,
    response: IncomingMessage,
    meter: Meter,
    resolve: (answer: Answer<M>) => void,
    fail: (error: VsphereError) => void,
  ): void {
    const decoder = new AnswerDecoder(method);
    const text = new StringDecoder('utf8');
    let received = 0;
    response.on('data', (chunk: Buffer) => {
      received += chunk.length;
      meter.responseBytes += chunk.length;
      if (received > LARGEST_RESPONSE_BYTES) {
        const limit = `${LARGEST_RESPONSE_BYTES / 2 ** 20} MiB`;
        fail(transportError('ResponseTooLarge', `The answer to ${method} is larger than ${limit}.`, 'Unknown'));
        return;
      }
      attempt(() => decoder.write(text.write(chunk)), fail);
    });
    response.once('end', () => attempt(() => resolve(decoder.end()), fail));
    response.once('error', (error) => fail(this.#lost(error, method, 'Unknown')));
    response.once('close', () => {
      if (!response.complete) fail(this.#lost(new Error('the answer was cut'), method, 'Unknown'));
    });
  }

  #lost(error: Error, method: string, outcome: 'NotSent' | 'Unknown'): VsphereError {
    if (error instanceof VsphereError) return error;
    const code = 'code' in error ? String(error.code) : '';
    const options = { cause: error };
    if (code.startsWith('HPE_'))
      return transportError('NotVCenter', `${this.server} does not answer in HTTP (${code}).`, outcome, options);
    const message = `The connection to ${this.server} was lost during ${method}: ${error.message}.`;
    return transportError('ConnectionLost', message, outcome, options);
  }

  #interrupted(reason: unknown, method: string, outcome: 'NotSent' | 'Unknown'): VsphereError {
    if (reason instanceof VsphereError) return transportError('Timeout', reason.message, outcome, { cause: reason });
    return transportError('Aborted', `${method} was given up.`, outcome, { cause: reason });
  }
}

function attempt(step: () => void, fail: (error: VsphereError) => void): void {
  try {
    step();
  } catch (error) {
    fail(VsphereError.from(error));
  }
}
