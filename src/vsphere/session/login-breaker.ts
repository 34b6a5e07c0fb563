/**
 * Rule BA: no account is ever locked by us. One try for each content of the credentials, then none until it changes.
 * Only content that has worked before gets a probe each hour, since InvalidLogin also comes while vCenter's identity
 * source is down.
 */
import type { Clock } from '../../time/clock';
import type { VsphereError } from '../vim25/vsphere-error';

const PROBE_INTERVAL_MS = 3_600_000;

export class LoginBreaker {
  readonly #clock: Clock;
  #refused: { readonly digest: string; readonly error: VsphereError; readonly probeAtMonotonicMs?: number } | undefined;
  #worked: string | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The refusal that stands against a try with this content; undefined when it may go out. */
  objection(digest: string): VsphereError | undefined {
    const refused = this.#refused;
    if (refused === undefined || refused.digest !== digest) return undefined;
    const probeDue =
      refused.probeAtMonotonicMs !== undefined && this.#clock.monotonicMs() >= refused.probeAtMonotonicMs;
    return probeDue ? undefined : refused.error;
  }

  succeeded(digest: string): void {
    this.#worked = digest;
    this.#refused = undefined;
  }

  refused(digest: string, error: VsphereError): void {
    const probe = digest === this.#worked ? { probeAtMonotonicMs: this.#clock.monotonicMs() + PROBE_INTERVAL_MS } : {};
    this.#refused = { digest, error, ...probe };
  }

  /** Until the next try with unchanged content; undefined when there will be none. */
  get probeInMs(): number | undefined {
    const dueMs = this.#refused?.probeAtMonotonicMs;
    return dueMs === undefined ? undefined : Math.max(0, dueMs - this.#clock.monotonicMs());
  }
}
