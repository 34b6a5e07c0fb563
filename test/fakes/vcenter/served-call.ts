/** One call at the model's server, however it came there. */
import type { ManagedObjectReference } from '../../../src/vsphere/port';
import type { MethodName, ParametersOf, ReturnOf } from '../../../src/vsphere/vim25/methods';
import type { ModelServer } from './server';

export interface ArrivedCall {
  readonly method: MethodName;
  readonly self: ManagedObjectReference;
  readonly parameters: object;
  /** Its cookie. */
  readonly sessionId: string | undefined;
}

export interface CallEnds<M extends MethodName> {
  answer(value: ReturnOf<M>): void;
  fail(error: unknown): void;
  /** Before the answer of a login. */
  loggedIn(sessionId: string): void;
}

/** A wait stays at the server until it is answered. The returned function ends it without an answer. */
export function serveCall<M extends MethodName>(
  server: ModelServer,
  call: ArrivedCall,
  ends: CallEnds<M>,
): (() => void) | undefined {
  try {
    if (call.method === 'WaitForUpdatesEx') {
      const { version = '', options } = call.parameters as ParametersOf<'WaitForUpdatesEx'>;
      const session = server.sessionOf(call.sessionId);
      const maxWaitMs = (options?.maxWaitSeconds ?? 60) * 1_000;
      return server.collector(session, call.self).wait(version, maxWaitMs, {
        answer: (update) => ends.answer(update as ReturnOf<M>),
        fail: (error) => ends.fail(error),
      });
    }
    ends.answer(answerOf(server, call, ends));
  } catch (error) {
    ends.fail(error);
  }
  return undefined;
}

function answerOf<M extends MethodName>(server: ModelServer, call: ArrivedCall, ends: CallEnds<M>): ReturnOf<M> {
  const { method, self, parameters, sessionId } = call;
  if (method === 'RetrieveServiceContent') return server.parts.service as ReturnOf<M>;
  if (method === 'Login') {
    const session = server.login(parameters as ParametersOf<'Login'>);
    ends.loggedIn(session.id);
    return { key: session.id, userName: session.userName } as ReturnOf<M>;
  }
  return server.handle(method, server.sessionOf(sessionId), self, parameters as never) as ReturnOf<M>;
}
