import { ApiError, type ApiRequest } from '../../../src/kubernetes';
import { KubernetesModel, type ModelFault } from '../../fakes/kubernetes/kubernetes-model';
import { VirtualClock } from '../../support/time/virtual-clock';
import { type ConformanceWorld, type Failure, kindOf, type RequestKind } from './conformance-world';

const STEP_MS = 50;
const LIMIT_MS = 20 * 60_000;
const RESTART_MS = 4_000;

/** The model with a virtual clock: minutes pass in milliseconds. */
export async function modelWorld(): Promise<ConformanceWorld> {
  const clock = new VirtualClock();
  const model = new KubernetesModel(clock);
  let namespaces = 0;
  let sent = 0;
  let disturbed: { readonly kinds: readonly RequestKind[]; readonly fault: ModelFault } | undefined;
  let hanging = false;
  model.faultFor = (request) => {
    sent += 1;
    if (hanging) return { kind: 'Hang' };
    return disturbed?.kinds.includes(kindOfRequest(request)) === true ? disturbed.fault : undefined;
  };
  const until = async (claim: string, isSo: () => boolean | Promise<boolean>) => {
    for (let waitedMs = 0; waitedMs < LIMIT_MS; waitedMs += STEP_MS) {
      if (
        await Promise.resolve()
          .then(isSo)
          .catch(() => false)
      )
        return;
      await clock.advance(STEP_MS);
    }
    throw new Error(`not within ${LIMIT_MS} ms of virtual time: ${claim}`);
  };
  return {
    clock,
    server: model,
    direct: model.direct,
    get sent() {
      return sent;
    },
    namespace: async () => `namespace-${++namespaces}`,
    until,
    ended: async (promise) => {
      let over = false;
      const end = () => {
        over = true;
      };
      promise.then(end, end);
      await until('the promise has ended', () => over);
      return promise;
    },
    disturb: (kinds, failure) => {
      disturbed = { kinds, fault: faultOf(failure) };
      return () => {
        disturbed = undefined;
      };
    },
    refuse: () => {
      model.down = true;
      model.reset();
      return () => {
        model.down = false;
      };
    },
    hang: () => {
      hanging = true;
      return () => {
        hanging = false;
      };
    },
    reset: () => model.reset(),
    restart: async () => {
      model.down = true;
      model.reset();
      await clock.advance(RESTART_MS);
      model.restart();
      model.down = false;
    },
    snapshot: async () => {
      const restore = model.snapshot();
      return async (server) => restore(server);
    },
    compact: async () => model.objects.compact(),
    close: async () => model.close(),
  };
}

function kindOfRequest({ method, path, query = {} }: ApiRequest): RequestKind {
  const text = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return kindOf(method, path, text);
}

function faultOf(failure: Failure): ModelFault {
  switch (failure.kind) {
    case 'Answer': {
      const { status, reason, retryAfterSeconds } = failure;
      const retry = retryAfterSeconds === undefined ? {} : { retryAfterMs: retryAfterSeconds * 1_000 };
      return { kind: 'Fail', error: new ApiError(reason, 'asked for by the test', { status, ...retry }) };
    }
    case 'Reset':
      return { kind: 'Fail', error: new ApiError('Unreachable', 'reset') };
    case 'LostReply':
      return { kind: 'LostReply' };
    case 'Slow':
      return { kind: 'Delay', ms: 2_000 };
  }
}
