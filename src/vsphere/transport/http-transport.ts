/** What both transports share: the version of the API, cookies, the resend of reads, and the message on the channel. */
import type { Clock } from '../../time/clock';
import { errorOfSoapFault } from '../fault/fault-error';
import type { ManagedObjectReference } from '../port';
import {
  type MethodName,
  methods,
  type ParametersOf,
  type ReturnOf,
  type SoapService,
  serviceOfMethod,
} from '../vim25/methods';
import { VsphereError } from '../vim25/vsphere-error';
import { callTimeoutMs } from './call-timeout';
import { publishCallEnd } from './channels';
import type { AnswerSink, Codec } from './codec';
import { CookieJar } from './cookie-jar';
import { HttpExchange, type HttpExchangeOptions, type Meter } from './http-exchange';
import { NegotiatedVersion } from './negotiated-version';
import { asOutage } from './outage';
import type { TransportCall, VimTransport } from './transport';

const PATHS: Readonly<Record<SoapService, string>> = { vim25: '/sdk', pbm: '/pbm' };
const SESSION_COOKIE = 'vmware_soap_session';

/** What all sessions with one vCenter share. */
export interface Line {
  readonly exchange: HttpExchange;
  readonly version: NegotiatedVersion;
  readonly codec: Codec;
  readonly clock: Clock;
  /** Whether the server has answered a call as a vCenter does, in this process. */
  isKnown: boolean;
}

export function openLine(options: HttpExchangeOptions, codec: Codec): Line {
  const exchange = new HttpExchange(options);
  return { exchange, version: new NegotiatedVersion(exchange), codec, clock: options.clock, isKnown: false };
}

/** One call. It may be sent more than once. */
interface Invocation<M extends MethodName> {
  readonly method: M;
  readonly self: ManagedObjectReference;
  readonly parameters: ParametersOf<M>;
  readonly call: TransportCall;
  readonly meter: Meter;
}

/** The message of a call, in one version of the API. */
interface Message {
  readonly method: MethodName;
  readonly version: string;
  readonly message: string;
  readonly call: TransportCall;
  readonly meter: Meter;
}

export class HttpTransport implements VimTransport {
  readonly server: string;
  readonly #line: Line;
  readonly #cookies = new CookieJar();

  constructor(line: Line) {
    this.server = line.exchange.server;
    this.#line = line;
  }

  /** The connections to the server, which the STS on the same host uses too. */
  get exchange(): HttpExchange {
    return this.#line.exchange;
  }

  /** The version of the API that is used; undefined before the first call. */
  get version(): string | undefined {
    return this.#line.version.current;
  }

  async invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const { clock, version } = this.#line;
    const startMs = clock.monotonicMs();
    const meter: Meter = { requestBytes: 0, responseBytes: 0 };
    const end = (code?: string) =>
      publishCallEnd({
        server: this.server,
        method,
        operationId: call.operationId,
        durationMs: clock.monotonicMs() - startMs,
        ...meter,
        ...(code === undefined ? {} : { code }),
      });
    try {
      // Each connect starts with this method, so a vCenter that was upgraded meanwhile is noticed here.
      const isStart = method === 'RetrieveServiceContent' || version.current === undefined;
      const spoken = isStart ? await version.negotiate(call.signal) : (version.current ?? '');
      const value = await this.#invokeIn(spoken, { method, self, parameters, call, meter });
      end();
      return value;
    } catch (thrown) {
      const error = this.#line.isKnown ? asOutage(VsphereError.from(thrown), this.server) : VsphereError.from(thrown);
      end(error.code);
      throw error;
    }
  }

  forgetSession(): void {
    this.#cookies.clear();
  }

  withoutSession(): VimTransport {
    return new HttpTransport(this.#line);
  }

  close(): void {
    this.#line.exchange.close();
  }

  async #invokeIn<M extends MethodName>(spoken: string, invocation: Invocation<M>): Promise<ReturnOf<M>> {
    try {
      return await this.#invokeOnce(spoken, invocation);
    } catch (error) {
      const refused =
        error instanceof VsphereError &&
        (error.code === 'VersionUnsupported' || error.code === 'UnsupportedVimApiVersion');
      if (!refused) throw error;
      // The server refused before it did anything, so even a mutation may be sent once more in another version.
      const other = await this.#line.version.negotiate(invocation.call.signal);
      if (other === spoken) throw error;
      return await this.#invokeOnce(other, invocation);
    }
  }

  async #invokeOnce<M extends MethodName>(version: string, invocation: Invocation<M>): Promise<ReturnOf<M>> {
    const { method, self, parameters, call, meter } = invocation;
    const { operationId, security } = call;
    const codecCall = { method, self, parameters, operationId, version, security, ...this.#sessionFor(method) };
    const answer = await this.#line.codec.call(codecCall, (message, sink) =>
      this.#send({ method, version, message, call, meter }, sink),
    );
    this.#line.isKnown = true;
    if (answer.kind === 'Fault') throw errorOfSoapFault(answer.code, answer.text, answer.fault);
    return answer.value;
  }

  /** A sibling service knows the session by a header: the cookies of /sdk are not valid there (docs/vsphere.md#storage-policies). */
  #sessionFor(method: MethodName): { readonly sessionCookie?: string | undefined } {
    if (serviceOfMethod(method) === 'vim25') return {};
    return { sessionCookie: this.#cookies.valueOf(PATHS.vim25, SESSION_COOKIE) };
  }

  /**
   * An idle connection may have broken unnoticed. So a read is sent once more. A mutation is sent once more only if no
   * byte of it was written, since otherwise its outcome is unknown (docs/vsphere.md#the-outcome-of-a-lost-call).
   */
  async #send<T>({ method, version, message, call, meter }: Message, sink: () => AnswerSink<T>): Promise<T> {
    const post = async () => {
      const into = sink();
      const { signal, maySend, timeoutMs = callTimeoutMs(method) } = call;
      const service = serviceOfMethod(method);
      // PBM has versions of its own. Without one it takes the request, as from govmomi.
      const headers = { SOAPAction: `urn:${service}/${service === 'vim25' ? version : ''}` };
      const cookies = this.#cookies;
      await this.#line.exchange.send(
        {
          method: 'POST',
          path: PATHS[service],
          headers,
          body: message,
          what: method,
          timeoutMs,
          signal,
          maySend,
          cookies,
          meter,
        },
        into,
      );
      return into.end();
    };
    try {
      return await post();
    } catch (thrown) {
      const error = VsphereError.from(thrown);
      const lost = error.code === 'ConnectionLost' || error.code === 'MalformedResponse';
      const again = lost && (methods[method].effect === 'read' || error.outcome === 'NotSent');
      if (!again || call.signal.aborted) throw error;
      return await post();
    }
  }
}
