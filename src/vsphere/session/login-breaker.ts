/**
 * The backoff LoginBreaker of one connection, so that the operator locks no account: each process sends one login per
 * content of the credentials. While the content does not change, only the process that leads the vCenter sends it again,
 * after 32 to 42 minutes, since vCenter also answers InvalidLogin while its identity source is down
 * (docs/vsphere.md#refused-logins). Lockout policies count failures until there was none for a time, in Active Directory
 * 30 minutes by default: probes that are further apart never add up. So N processes send N refused logins at most at once.
 */
import type { VsphereError } from '../vim25/vsphere-error';
import type { RefusedLogins } from './refused-logins';

export interface LoginBreakerOptions {
  /** Of the process: no connection sends again what another one was refused. */
  readonly refused: RefusedLogins;
  /** The server and the way to log in. Another may accept what this one refuses. */
  readonly place: string;
  /** Whether a login may be sent again after its pause. Default: it may. */
  readonly mayProbe?: () => boolean;
}

export class LoginBreaker {
  readonly #options: LoginBreakerOptions;
  /** Of the content that was sent last, or that was refused on another connection. */
  #last: string | undefined;

  constructor(options: LoginBreakerOptions) {
    this.#options = options;
  }

  /** The refusal that forbids a login with this content; undefined if a login may be sent. */
  objection(digest: string): VsphereError | undefined {
    const { refused, mayProbe = () => true } = this.#options;
    const refusal = refused.get(this.#keyOf(digest));
    if (refusal === undefined) return undefined;
    this.#last = digest;
    const isOver = refused.clock.monotonicMs() >= refusal.probeAtMonotonicMs;
    return isOver && mayProbe() ? undefined : refusal.error;
  }

  /**
   * Sends a login with this content, after those of other connections that are under way: what one of them is refused need
   * not be sent by all. Rejects with the error of `login`, or with the refusal that forbids it.
   */
  async attempt<T>(digest: string, signal: AbortSignal, login: () => Promise<T>): Promise<T> {
    const { refused } = this.#options;
    const key = this.#keyOf(digest);
    for (let other = refused.underWay(key); other !== undefined; other = refused.underWay(key)) await other;
    const objection = this.objection(digest);
    if (objection !== undefined) throw objection;
    signal.throwIfAborted();
    try {
      return await refused.send(key, login);
    } finally {
      this.#last = digest;
    }
  }

  /** Whether this failure is a refusal that stands, so that the next login is due when `isDue` says so. */
  hasRefused(error: VsphereError): boolean {
    return this.#refusal?.error === error;
  }

  /** Whether the content that was refused may be sent now: after the pause, or because another connection logged in. */
  get isDue(): boolean {
    return this.#last === undefined || this.objection(this.#last) === undefined;
  }

  /** The time until the pause of unchanged content is over; undefined if none was refused. */
  get probeInMs(): number | undefined {
    const dueMs = this.#refusal?.probeAtMonotonicMs;
    return dueMs === undefined ? undefined : Math.max(0, dueMs - this.#options.refused.clock.monotonicMs());
  }

  get #refusal() {
    return this.#last === undefined ? undefined : this.#options.refused.get(this.#keyOf(this.#last));
  }

  #keyOf(digest: string): string {
    return `${this.#options.place} ${digest}`;
  }
}
