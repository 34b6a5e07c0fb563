/** What can go wrong on the way to the API server, drawn once for a seed. */
import type { Random } from '../../src/time/random';
import { type Range, withinMagnitudes } from '../fakes/vcenter/chance';

/** Chances, each from 0 to 1. */
export interface ApiFaults {
  /** A request that never arrives. */
  readonly requestLost: number;
  /** A request that is carried out, but whose answer is lost. */
  readonly replyLost: number;
  /** A write whose sender sees a lost connection, and that arrives a second later. */
  readonly requestLate: number;
  /** 429, with a Retry-After. */
  readonly tooMany: number;
  /** 503: nothing done. */
  readonly unavailable: number;
  /** Neither done nor answered, until the caller gives up. */
  readonly hang: number;
  /** An event of a watch that comes twice. */
  readonly eventTwice: number;
  /**
   * An event of a watch that comes long after the answers to calls that were made behind it, and with it all that follow:
   * one watch tells its events in order, as every client relies on.
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

export interface ApiWeather {
  readonly latencyMs: Range;
  readonly watchDelayMs: Range;
  faults: ApiFaults;
}

export function drawWeather(random: Random): ApiWeather {
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
