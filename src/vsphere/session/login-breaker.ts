/**
 * Rule BA: no account is ever locked by us. Refused credentials are tried again as soon as they change, and unchanged ones
 * about every half hour: InvalidLogin also comes while vCenter's identity source has trouble, and nobody would come to
 * change credentials that are right. Lockout policies count a few failures within minutes.
 */
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { VsphereError } from '../vim25/vsphere-error';

const PROBE_INTERVAL_MS = 30 * 60_000;

export class LoginBreaker {
  readonly #clock: Clock;
  readonly #random: Random;
  #refused: { readonly digest: string; readonly error: VsphereError; readonly probeAtMonotonicMs: number } | undefined;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The refusal that stands against a try with this content; undefined when it may go out. */
  objection(digest: string): VsphereError | undefined {
    const refused = this.#refused;
    if (refused === undefined || refused.digest !== digest) return undefined;
    return this.#clock.monotonicMs() >= refused.probeAtMonotonicMs ? undefined : refused.error;
  }

  succeeded(): void {
    this.#refused = undefined;
  }

  /** Give or take a fifth, so that operators of one account do not try together. */
  refused(digest: string, error: VsphereError): void {
    const pauseMs = PROBE_INTERVAL_MS * (0.8 + 0.4 * this.#random());
    this.#refused = { digest, error, probeAtMonotonicMs: this.#clock.monotonicMs() + pauseMs };
  }

  /** Until the next try with unchanged content; undefined when none was refused. */
  get probeInMs(): number | undefined {
    const dueMs = this.#refused?.probeAtMonotonicMs;
    return dueMs === undefined ? undefined : Math.max(0, dueMs - this.#clock.monotonicMs());
  }
}
