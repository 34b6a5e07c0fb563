/**
 * The backoff LoginBreaker, so that the operator locks no account: one login per content of the credentials, and no
 * other until the content changes. Content that worked before gets one probe per hour, since vCenter also answers
 * InvalidLogin while its identity source is down (docs/vsphere.md#refused-logins).
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

  /** The refusal that forbids a login with this content; undefined if a login may be sent. */
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

  /** The time until the next login with unchanged content; undefined if there will be none. */
  get probeInMs(): number | undefined {
    const dueMs = this.#refused?.probeAtMonotonicMs;
    return dueMs === undefined ? undefined : Math.max(0, dueMs - this.#clock.monotonicMs());
  }
}
