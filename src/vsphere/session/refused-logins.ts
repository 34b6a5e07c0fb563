/**
 * What the vCenters refused, for all connections of the process: several of them may use one account, and a lockout
 * policy counts the account's failures.
 */
import type { Clock } from '../../time/clock';
import type { Random } from '../../time/random';
import { classifyFailure } from '../fault/classify';
import { VsphereError } from '../vim25/vsphere-error';

const SHORTEST_PAUSE_MS = 32 * 60_000;
const LONGEST_PAUSE_MS = 42 * 60_000;
/** A limit of the memory. So many contents of credentials are not in use at once. */
const KEPT = 1_000;

export interface Refusal {
  readonly error: VsphereError;
  /** Earlier no login with the same content is sent. */
  readonly probeAtMonotonicMs: number;
}

export class RefusedLogins {
  readonly clock: Clock;
  readonly #random: Random;
  readonly #refusals = new Map<string, Refusal>();
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.#random = random;
  }

  get(key: string): Refusal | undefined {
    return this.#refusals.get(key);
  }

  /** Resolves at the end of the login with this key that is under way; undefined if there is none. */
  underWay(key: string): Promise<void> | undefined {
    return this.#underWay.get(key);
  }

  /** Sends a login, and holds the others with this key up until it has ended and its refusal is added. */
  async send<T>(key: string, login: () => Promise<T>): Promise<T> {
    const end = Promise.withResolvers<void>();
    this.#underWay.set(key, end.promise);
    try {
      const result = await login();
      this.#refusals.delete(key);
      return result;
    } catch (thrown) {
      const error = VsphereError.from(thrown);
      if (classifyFailure(error).backoff === 'LoginBreaker') this.#add(key, error);
      throw error;
    } finally {
      this.#underWay.delete(key);
      end.resolve();
    }
  }

  /** The pause is drawn, so that operators of one account do not try together. */
  #add(key: string, error: VsphereError): void {
    const pauseMs = SHORTEST_PAUSE_MS + Math.round((LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS) * this.#random());
    this.#refusals.delete(key);
    this.#refusals.set(key, { error, probeAtMonotonicMs: this.clock.monotonicMs() + pauseMs });
    const [oldest] = this.#refusals.keys();
    if (this.#refusals.size > KEPT && oldest !== undefined) this.#refusals.delete(oldest);
  }
}
