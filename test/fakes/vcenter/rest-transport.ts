/** The network in front of the model's REST API: latency, lost requests and lost replies. */
import type { Clock } from '../../../src/time/clock';
import type { Random } from '../../../src/time/random';
import type { CallContext } from '../../../src/vsphere/port';
import type { RestAnswer, RestRequest, RestTransport } from '../../../src/vsphere/transport/rest-transport';
import { transportError } from '../../../src/vsphere/vim25/vsphere-error';
import { within } from './chance';
import type { ModelServer } from './server';
import type { ModelTagging } from './tagging';
import { lost } from './transport';

const TIMEOUT_MS = 60_000;

export interface ModelRestOptions {
  readonly server: ModelServer;
  readonly tagging: ModelTagging;
  /** The clock of the calling process: a dead process gets no replies. */
  readonly clock: Clock;
  readonly random: Random;
  readonly isDown: () => boolean;
  readonly isHanging: () => boolean;
}

export class ModelRestTransport implements RestTransport {
  readonly server = 'model:443';

  constructor(private readonly options: ModelRestOptions) {}

  send(request: RestRequest, call: CallContext): Promise<RestAnswer> {
    const { server, tagging, clock, random, isDown, isHanging } = this.options;
    const { requestLost, replyLost, sessionLost, unavailable } = server.faults;
    return new Promise((resolve, reject) => {
      if (call.signal.aborted || call.maySend?.() === false) {
        reject(transportError('Stopped', 'the request was stopped', 'NotSent'));
        return;
      }
      let over = false;
      const end = (step: () => void) => {
        if (over) return;
        over = true;
        call.signal.removeEventListener('abort', onAbort);
        stopTimer();
        step();
      };
      const onAbort = () => end(() => reject(transportError('Aborted', 'the request was aborted', 'Unknown')));
      call.signal.addEventListener('abort', onAbort, { once: true });
      const stopTimer = clock.setTimer(TIMEOUT_MS, () =>
        end(() => reject(transportError('Timeout', `no answer to ${request.what} in time`, 'Unknown'))),
      );
      const later = (step: () => void) => clock.setTimer(this.#latencyMs(), () => end(step));
      if (isHanging()) return;
      if (isDown()) {
        later(() => reject(transportError('Refused', 'connection refused', 'NotSent')));
        return;
      }
      if (random() < sessionLost) tagging.sessions.clear();
      if (random() < requestLost) {
        later(() => reject(lost()));
        return;
      }
      const isLost = random() < replyLost;
      const isBusy = random() < unavailable;
      server.parts.clock.setTimer(this.#latencyMs(), () => {
        if (isHanging()) return;
        const answer = isBusy ? { status: 503, text: '' } : tagging.handle(request);
        later(() => (isLost ? reject(lost()) : resolve(answer)));
      });
    });
  }

  #latencyMs(): number {
    return within(this.options.server.parts.quirks.latencyMs, this.options.random);
  }
}
