import { createHash } from 'node:crypto';
import type { ApiServer } from '../../kubernetes';
import { type Clock, deadline } from '../../time/clock';

/** The answer to a reader: 200, 401 without a valid token, 403 without the right, 503 when the API server gave no answer. */
export type Admission = 200 | 401 | 403 | 503;

/** A scraper comes every 15 to 60 s: a decision is kept so that the API server is not asked each time. */
const ALLOWED_FOR_MS = 60_000;
const REFUSED_FOR_MS = 10_000;
const REVIEW_TIMEOUT_MS = 5_000;
/** More than this means that somebody tries out tokens. */
const MOST_REMEMBERED = 100;

/**
 * Admits readers that the API server knows and allows to get the path, as controller-runtime's
 * WithAuthenticationAndAuthorization and kube-rbac-proxy do: a TokenReview says who the reader is, a SubjectAccessReview
 * whether the reader may. Needs the right to create both. Only hashes of tokens are stored (R10).
 */
export class MetricsAuthorizer {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #decisions = new Map<string, { readonly admission: Promise<Admission>; readonly untilMs: number }>();

  constructor(server: ApiServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  /** `authorization` is the header of the request. Never rejects. */
  admit(authorization: string | undefined, path: string): Promise<Admission> {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) return Promise.resolve(401);
    const key = createHash('sha256').update(`${path}\n${token}`).digest('base64');
    const nowMs = this.#clock.monotonicMs();
    const known = this.#decisions.get(key);
    if (known !== undefined && nowMs < known.untilMs) return known.admission;
    const admission = this.#review(token, path);
    this.#remember(key, admission, nowMs + REFUSED_FOR_MS);
    void admission.then((outcome) => {
      if (outcome === 200) this.#remember(key, admission, nowMs + ALLOWED_FOR_MS);
      else if (outcome === 503) this.#decisions.delete(key);
    });
    return admission;
  }

  #remember(key: string, admission: Promise<Admission>, untilMs: number): void {
    this.#decisions.delete(key);
    const [oldest] = this.#decisions.keys();
    if (this.#decisions.size >= MOST_REMEMBERED && oldest !== undefined) this.#decisions.delete(oldest);
    this.#decisions.set(key, { admission, untilMs });
  }

  async #review(token: string, path: string): Promise<Admission> {
    const never = new AbortController().signal;
    const limit = deadline(this.#clock, REVIEW_TIMEOUT_MS, never, () => new Error('the review took too long'));
    try {
      const { status: who } = await this.#ask<TokenReviewStatus>(
        'authentication',
        'TokenReview',
        { token },
        limit.signal,
      );
      if (who?.authenticated !== true || who.user === undefined) return 401;
      const { username: user, groups, uid, extra } = who.user;
      const spec = { user, groups, uid, extra, nonResourceAttributes: { path, verb: 'get' } };
      const { status: may } = await this.#ask<{ readonly allowed?: boolean }>(
        'authorization',
        'SubjectAccessReview',
        spec,
        limit.signal,
      );
      return may?.allowed === true ? 200 : 403;
    } catch {
      // If a right of ours is missing, rest_client_requests_total shows it. The reader only learns that there is no answer.
      return 503;
    } finally {
      limit.done();
    }
  }

  #ask<S>(
    group: 'authentication' | 'authorization',
    kind: string,
    spec: object,
    signal: AbortSignal,
  ): Promise<{ readonly status?: S }> {
    const apiVersion = `${group}.k8s.io/v1`;
    const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`;
    return this.#server.request({ method: 'POST', path, body: { apiVersion, kind, spec } }, signal);
  }
}

interface TokenReviewStatus {
  readonly authenticated?: boolean;
  readonly user?: {
    readonly username?: string;
    readonly uid?: string;
    readonly groups?: readonly string[];
    readonly extra?: Readonly<Record<string, readonly string[]>>;
  };
}
