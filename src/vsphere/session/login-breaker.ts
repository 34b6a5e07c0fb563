/**
 * The backoff LoginBreaker, so that the operator locks no account: one login per content of the credentials, and one
 * probe about every half hour while the content does not change, since vCenter also answers InvalidLogin while its
 * identity source is down (docs/vsphere.md#refused-logins). Lockout policies count failures until there was none for a
 * time, in Active Directory 30 minutes by default: probes that are further apart never add up.
 */
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import type { VsphereError } from '../vim25/vsphere-error';

const SHORTEST_PAUSE_MS = 32 * 60_000;
const LONGEST_PAUSE_MS = 42 * 60_000;

export class LoginBreaker {
  readonly #clock: Clock;
  readonly #random: Random;
  #refused: { readonly digest: string; readonly error: VsphereError; readonly probeAtMonotonicMs: number } | undefined;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The refusal that forbids a login with this content; undefined if a login may be sent. */
  objection(digest: string): VsphereError | undefined {
    const refused = this.#refused;
    if (refused === undefined || refused.digest !== digest) return undefined;
    return this.#clock.monotonicMs() >= refused.probeAtMonotonicMs ? undefined : refused.error;
  }

  succeeded(): void {
    this.#refused = undefined;
  }

  /** Drawn, so that operators of one account do not try together. */
  refused(digest: string, error: VsphereError): void {
    const pauseMs = SHORTEST_PAUSE_MS + (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS) * this.#random();
    this.#refused = { digest, error, probeAtMonotonicMs: this.#clock.monotonicMs() + pauseMs };
  }

  /** The time until the next login with unchanged content; undefined if none was refused. */
  get probeInMs(): number | undefined {
    const dueMs = this.#refused?.probeAtMonotonicMs;
    return dueMs === undefined ? undefined : Math.max(0, dueMs - this.#clock.monotonicMs());
  }
}
