/** The network between a process and the API server: latency and faults, drawn once per seed. */
import type { ApiRequest } from '../../src/kubernetes';
import type { Random } from '../../src/time/random';
import { type Range, withinMagnitudes } from '../fakes/vcenter/chance';

/** Probabilities from 0 to 1. */
export interface ApiFaults {
  /** A request that never arrives. */
  readonly requestLost: number;
  /** A request that is done, but whose answer is lost. */
  readonly replyLost: number;
  /** A write that arrives a second after its sender saw a lost connection. */
  readonly requestLate: number;
  /** A request that is refused with status 429 and a Retry-After. */
  readonly tooMany: number;
  /** A request that is refused with status 503. */
  readonly unavailable: number;
  /** A request that is neither done nor answered, until it times out. */
  readonly hang: number;
  /** An event of a watch that is delivered twice. */
  readonly eventTwice: number;
  /**
   * An event of a watch that arrives long after the answers to later calls. The events after it wait too, because a watch
   * delivers its events in order.
   */
  readonly eventOvertaken: number;
  /** A watch breaks before an event. */
  readonly watchBreaks: number;
}

export const NO_API_FAULTS: ApiFaults = {
  requestLost: 0,
  replyLost: 0,
  requestLate: 0,
  tooMany: 0,
  unavailable: 0,
  hang: 0,
  eventTwice: 0,
  eventOvertaken: 0,
  watchBreaks: 0,
};

export interface ApiNetwork {
  readonly latencyMs: Range;
  watchDelayMs: Range;
  faults: ApiFaults;
  /** Which requests are neither done nor answered at present. */
  hanging?: ((request: ApiRequest) => boolean) | undefined;
}

export function drawApiNetwork(random: Random): ApiNetwork {
  const draw = (highest: number) => (random() < 0.5 ? 0 : highest * random() ** 2);
  return {
    latencyMs: { from: 1, to: withinMagnitudes({ from: 2, to: 500 }, random) },
    watchDelayMs: { from: 1, to: withinMagnitudes({ from: 2, to: 3_000 }, random) },
    faults: {
      requestLost: draw(0.2),
      replyLost: draw(0.2),
      requestLate: draw(0.1),
      tooMany: draw(0.1),
      unavailable: draw(0.1),
      hang: draw(0.03),
      eventTwice: draw(0.2),
      eventOvertaken: draw(0.1),
      watchBreaks: draw(0.1),
    },
  };
}
