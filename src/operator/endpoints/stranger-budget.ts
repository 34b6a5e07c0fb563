import { BoundedMap, TokenBucket } from '../../kubernetes';
import type { Clock } from '../../time/clock';

/** Four at once and one each 5 s for one address: a scraper whose token changed needs one. */
const OF_AN_ADDRESS = { perSecond: 0.2, burst: 4 };
const OF_ALL = { perSecond: 5, burst: 20 };
const MOST_ADDRESSES = 256;

/**
 * How many unknown tokens are looked up. Each address has its share, so that one that tries out tokens uses up its own and
 * leaves the others theirs; all together have a limit for the sake of the API server.
 */
export class StrangerBudget {
  readonly #clock: Clock;
  readonly #all: TokenBucket;
  readonly #byAddress = new BoundedMap<TokenBucket>({ limit: MOST_ADDRESSES, mayGo: (bucket) => bucket.full });

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#all = new TokenBucket({ clock, ...OF_ALL });
  }

  /** False when the address, or all together, have used up their share. */
  tryTake(address: string): boolean {
    const own = this.#byAddress.get(address) ?? new TokenBucket({ clock: this.#clock, ...OF_AN_ADDRESS });
    this.#byAddress.set(address, own);
    return own.tryTake() && this.#all.tryTake();
  }
}
