/** The network in front of the model: latency, lost requests and lost replies. */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import { callTimeoutMs } from '../../../src/vsphere/transport/call-timeout';
import type { TransportCall, VimTransport } from '../../../src/vsphere/transport/transport';
import { type MethodName, methods, type ParametersOf, type ReturnOf } from '../../../src/vsphere/vim25/methods';
import { transportError, VsphereError } from '../../../src/vsphere/vim25/vsphere-error';
import { within } from './chance';
import { ModelFault } from './model-fault';
import { serveCall } from './served-call';
import type { ModelServer } from './server';

/** A late request arrives before the operator looks into vCenter, which it does 2 s after a lost reply. */
export const LATE_MS = 1_000;

type Served<M extends MethodName> = [
  reply: (give: () => void) => void,
  resolve: (value: ReturnOf<M>) => void,
  reject: (error: unknown) => void,
];

export type Fate = 'Arrives' | 'RequestLost' | 'ReplyLost' | 'RequestLate' | 'Unavailable' | 'Down' | 'Hangs';

export interface TransportOptions {
  readonly server: ModelServer;
  /** The clock of the calling process: a dead process gets no replies. The server has its own clock. */
  readonly clock: Clock;
  readonly random: Random;
  /** Called for each call that the process sends. */
  readonly onCall: (call: SeenCall) => void;
  readonly watch?: CallWatch;
  /** What a test wants to happen to this call; undefined means that it is drawn. */
  readonly ordered: (method: MethodName) => 'RequestLost' | 'ReplyLost' | undefined;
  readonly isDown: () => boolean;
  readonly isHanging: () => boolean;
}

export interface SeenCall {
  readonly method: MethodName;
  readonly operationId: string;
  readonly fate: Fate;
  readonly self: ManagedObjectReference;
  readonly parameters: unknown;
}

/** Is called at each step of a call, and may end the process there. */
export interface CallWatch {
  /** The call is about to leave the process. Returns false if it must not, because the process has just died. */
  leaves(call: SeenCall): boolean;
  /** The call has arrived at the server, which has not handled it yet. */
  arrives(call: SeenCall): void;
  /** The server has handled the call. The answer is not sent yet. */
  served(call: SeenCall): void;
  /** The process has the answer, and has done all that follows from it. */
  answered(call: SeenCall): void;
}

export class ModelTransport implements VimTransport {
  readonly server = 'model:443';
  #cookie: string | undefined;
  #closed = false;

  constructor(private readonly options: TransportOptions) {}

  async invoke<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    try {
      return await this.#once(method, self, parameters, call);
    } catch (error) {
      const { code } = VsphereError.from(error);
      // A read is sent once more, as the real transport does.
      if (code !== 'ConnectionLost' || methods[method].effect !== 'read' || call.signal.aborted) throw error;
      return await this.#once(method, self, parameters, call);
    }
  }

  forgetSession(): void {
    this.#cookie = undefined;
  }

  close(): void {
    this.#closed = true;
  }

  #once<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    call: TransportCall,
  ): Promise<ReturnOf<M>> {
    const { clock, server, onCall } = this.options;
    // R6: right before the request is written, as the real transport does.
    if (call.maySend?.() === false)
      return Promise.reject(transportError('Stopped', `${method} was stopped before it was sent`, 'NotSent'));
    const fate = this.#fateOf(method);
    const seen: SeenCall = { method, operationId: call.operationId, fate, self, parameters };
    onCall(seen);
    const { watch } = this.options;
    if (watch?.leaves(seen) === false) return new Promise(() => {});
    const serve = (...to: Served<M>) => {
      watch?.arrives(seen);
      const leave = this.#serve(method, self, parameters, ...to);
      watch?.served(seen);
      return leave;
    };
    return new Promise<ReturnOf<M>>((resolve, reject) => {
      if (this.#closed || call.signal.aborted) {
        reject(transportError('Aborted', 'the call was aborted', 'NotSent', { cause: call.signal.reason }));
        return;
      }
      let over = false;
      let leave = () => {};
      const end = (step: () => void) => {
        if (over) return;
        over = true;
        call.signal.removeEventListener('abort', onAbort);
        stopTimer();
        leave();
        step();
        // With a timer, so that the process has done all that follows from the answer.
        if (watch !== undefined) clock.setTimer(0, () => watch.answered(seen));
      };
      const onAbort = () =>
        end(() => reject(transportError('Aborted', 'the call was aborted', 'Unknown', { cause: call.signal.reason })));
      call.signal.addEventListener('abort', onAbort, { once: true });
      const { timeoutMs = callTimeoutMs(method) } = call;
      const stopTimer = clock.setTimer(timeoutMs, () =>
        end(() => reject(transportError('Timeout', `no answer to ${method} in time`, 'Unknown'))),
      );
      const fail = (error: Error) => clock.setTimer(this.#latencyMs(), () => end(() => reject(error)));
      const arrive = (answer: () => void) => server.parts.clock.setTimer(this.#latencyMs(), answer);
      const reply = (give: () => void) => {
        if (fate === 'Hangs' || this.options.isHanging()) return;
        if (fate === 'ReplyLost') fail(lost());
        else if (fate !== 'RequestLate') clock.setTimer(this.#latencyMs(), () => end(give));
      };
      switch (fate) {
        case 'Hangs':
          if (methods[method].effect === 'mutation' && method !== 'Login' && this.options.random() < 0.5)
            arrive(() => serve(reply, resolve, reject));
          return;
        case 'Down':
          fail(transportError('Refused', 'connection refused', 'NotSent'));
          return;
        case 'Unavailable':
          fail(transportError('Unavailable', 'not available (status 503)', 'Refused'));
          return;
        case 'RequestLost':
          fail(lost());
          return;
        case 'RequestLate':
          fail(lost());
          server.parts.clock.setTimer(LATE_MS, () => serve(reply, resolve, reject));
          return;
        case 'Arrives':
        case 'ReplyLost':
          arrive(() => {
            leave = serve(reply, resolve, reject) ?? leave;
          });
      }
    });
  }

  /** Handles the call at the server. A wait stays there until it is answered; the returned function ends it earlier. */
  #serve<M extends MethodName>(
    method: M,
    self: ManagedObjectReference,
    parameters: ParametersOf<M>,
    reply: (give: () => void) => void,
    resolve: (value: ReturnOf<M>) => void,
    reject: (error: unknown) => void,
  ): (() => void) | undefined {
    const { server, isDown } = this.options;
    const refuse = (error: unknown) => reply(() => reject(error instanceof ModelFault ? error.asError() : error));
    if (isDown()) {
      refuse(lost());
      return undefined;
    }
    return serveCall<M>(
      server,
      { method, self, parameters, sessionId: this.#cookie },
      {
        answer: (value) => reply(() => resolve(value)),
        fail: refuse,
        loggedIn: (sessionId) => {
          this.#cookie = sessionId;
        },
      },
    );
  }

  #fateOf(method: MethodName): Fate {
    const { random, server, ordered, isDown, isHanging } = this.options;
    if (isDown()) return 'Down';
    if (isHanging()) return 'Hangs';
    const order = ordered(method);
    if (order !== undefined) return order;
    const { requestLost, replyLost, requestLate, sessionLost, unavailable } = server.faults;
    if (random() < sessionLost && this.#cookie !== undefined) {
      server.onFault('sessionLost');
      server.endSession(this.#cookie);
    }
    if (random() < requestLost) return 'RequestLost';
    if (random() < replyLost) return 'ReplyLost';
    if (random() < requestLate && methods[method].effect === 'mutation' && method !== 'Login') return 'RequestLate';
    return random() < unavailable ? 'Unavailable' : 'Arrives';
  }

  #latencyMs(): number {
    return within(this.options.server.parts.quirks.latencyMs, this.options.random);
  }
}

export function lost(): VsphereError {
  return transportError('ConnectionLost', 'the connection broke', 'Unknown');
}
