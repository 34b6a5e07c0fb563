import { createHash } from 'node:crypto';
import { type ApiServer, BoundedMap, TokenBucket } from '../../kubernetes';
import { type Clock, deadline } from '../../time/clock';
import { StrangerBudget } from './stranger-budget';

/**
 * The answer to a reader: 200, 401 without a valid token, 403 without the right, 429 when too many unknown tokens came,
 * 503 when the API server gave no answer.
 */
export type Admission = 200 | 401 | 403 | 429 | 503;

export interface Reader {
  /** The header of that name. */
  readonly authorization: string | undefined;
  /** The IP address that the request came from. */
  readonly address: string;
  /** The path that it asks for. */
  readonly path: string;
}

/** A scraper comes every 15 to 60 s: a decision is kept so that the API server is not asked each time. */
const ALLOWED_FOR_MS = 60_000;
const REFUSED_FOR_MS = 10_000;
const REVIEW_TIMEOUT_MS = 5_000;
/** A token that was admitted is no stranger for so long after: Kubernetes renews the tokens of Pods every hour. */
const KNOWN_FOR_MS = 3_600_000;
const MOST_ADMITTED = 32;
const MOST_REFUSED = 256;
/** Tokens of accounts are 1 to 2 KiB. */
const LONGEST_TOKEN = 8 * 1024;

interface Decision {
  readonly admission: Promise<Admission>;
  readonly untilMs: number;
}

interface KnownToken extends Decision {
  readonly knownUntilMs: number;
}

/**
 * Admits readers that the API server knows and allows to get the path, as controller-runtime's
 * WithAuthenticationAndAuthorization and kube-rbac-proxy do: a TokenReview says who the reader is, a SubjectAccessReview
 * whether the reader may. Needs the right to create both. Only hashes of tokens are stored (R10).
 *
 * Anybody may send tokens. So unknown ones have a budget, and tokens that were admitted once are kept apart: somebody who
 * tries out tokens neither makes the operator flood the API server, nor keeps those out who may read.
 */
export class MetricsAuthorizer {
  readonly #server: ApiServer;
  readonly #clock: Clock;
  readonly #strangers: StrangerBudget;
  readonly #renewals: TokenBucket;
  readonly #admitted: BoundedMap<KnownToken>;
  readonly #others: BoundedMap<Decision>;

  /** `server` should be used for nothing else, so that reviews never wait with other requests, or these with them. */
  constructor(server: ApiServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
    this.#strangers = new StrangerBudget(clock);
    this.#renewals = new TokenBucket({ clock, perSecond: 5, burst: MOST_ADMITTED });
    this.#admitted = new BoundedMap({
      limit: MOST_ADMITTED,
      mayGo: ({ knownUntilMs }) => knownUntilMs <= clock.monotonicMs(),
    });
    this.#others = new BoundedMap({ limit: MOST_REFUSED, mayGo: ({ untilMs }) => untilMs <= clock.monotonicMs() });
  }

  /** Never rejects. */
  admit({ authorization, address, path }: Reader): Promise<Admission> {
    const token = tokenOf(authorization);
    if (token === undefined) return Promise.resolve(401);
    const key = createHash('sha256').update(`${path}\n${token}`).digest('base64');
    const nowMs = this.#clock.monotonicMs();
    const former = this.#admitted.get(key);
    for (const decision of [former, this.#others.get(key)])
      if (decision !== undefined && nowMs < decision.untilMs) return decision.admission;
    const isKnown = former !== undefined && nowMs < former.knownUntilMs;
    const budget = isKnown ? this.#renewals.tryTake() : this.#strangers.tryTake(address);
    if (!budget) return Promise.resolve(429);
    const admission = this.#review(token, path, isKnown);
    const remember = (untilMs: number, knownUntilMs: number) => {
      if (isKnown || knownUntilMs > nowMs) this.#admitted.set(key, { admission, untilMs, knownUntilMs });
      else this.#others.set(key, { admission, untilMs });
    };
    const knownUntilMs = isKnown ? former.knownUntilMs : NEVER_MS;
    remember(nowMs + REVIEW_TIMEOUT_MS, knownUntilMs);
    void admission.then((outcome) => {
      if (outcome === 200) remember(nowMs + ALLOWED_FOR_MS, nowMs + KNOWN_FOR_MS);
      else if (outcome === 503) remember(NEVER_MS, knownUntilMs);
      else remember(nowMs + REFUSED_FOR_MS, NEVER_MS);
    });
    return admission;
  }

  async #review(token: string, path: string, isKnown: boolean): Promise<Admission> {
    const never = new AbortController().signal;
    const limit = deadline(this.#clock, REVIEW_TIMEOUT_MS, never, () => new Error('the review took too long'));
    const ask = <S>(group: Review['group'], kind: Review['kind'], spec: object) =>
      this.#ask<S>({ group, kind, spec, isKnown }, limit.signal);
    try {
      const { status: who } = await ask<TokenReviewStatus>('authentication', 'TokenReview', { token });
      if (who?.authenticated !== true || who.user === undefined) return 401;
      const { username: user, groups, uid, extra } = who.user;
      const spec = { user, groups, uid, extra, nonResourceAttributes: { path, verb: 'get' } };
      const { status: may } = await ask<{ readonly allowed?: boolean }>('authorization', 'SubjectAccessReview', spec);
      return may?.allowed === true ? 200 : 403;
    } catch {
      // If a right of ours is missing, rest_client_requests_total shows it. The reader only learns that there is no answer.
      return 503;
    } finally {
      limit.done();
    }
  }

  #ask<S>({ group, kind, spec, isKnown }: Review, signal: AbortSignal): Promise<{ readonly status?: S }> {
    const apiVersion = `${group}.k8s.io/v1`;
    const path = `/apis/${apiVersion}/${kind.toLowerCase()}s`;
    // Those who were admitted before do not queue behind strangers.
    const priority = isKnown ? ({ priority: 'Urgent' } as const) : {};
    return this.#server.request({ method: 'POST', path, body: { apiVersion, kind, spec }, ...priority }, signal);
  }
}

const NEVER_MS = Number.NEGATIVE_INFINITY;

interface Review {
  readonly group: 'authentication' | 'authorization';
  readonly kind: 'TokenReview' | 'SubjectAccessReview';
  readonly spec: object;
  /** Whether the token was admitted before. */
  readonly isKnown: boolean;
}

/** Undefined for a token that no account of a cluster has: it is refused, and nobody is asked. */
function tokenOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined || authorization.length > LONGEST_TOKEN) return undefined;
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
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
