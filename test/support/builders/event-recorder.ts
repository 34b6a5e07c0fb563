import type { ApiRequest } from '../../../src/kubernetes/api-server';
import { EventRecorder } from '../../../src/kubernetes/event-recorder';
import type { Log } from '../../../src/kubernetes/log';
import type { VirtualClock } from '../time/virtual-clock';

/** A recorder whose API server does this with each request, and answers with nothing in particular. */
export function anEventRecorder(
  clock: VirtualClock,
  answer: (request: ApiRequest) => Promise<void>,
  log?: Log,
  isEnding: (namespace: string) => boolean = () => false,
): EventRecorder {
  const server = {
    server: 'https://model',
    request: async <T>(request: ApiRequest) => {
      await answer(request);
      return {} as T;
    },
    stream: () => {
      throw new Error('no streams here');
    },
    close: () => {},
  };
  const reporting = { reportingController: 'test/controller', reportingInstance: 'test-0' };
  return new EventRecorder({ server, clock, ...reporting, isEnding, ...(log !== undefined && { log }) });
}
