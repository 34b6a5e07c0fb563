/** How many keys with news come in a row while another one waits. */
const NEWS_IN_A_ROW = 4;

interface ReadyKey {
  readonly key: string;
  /** Monotonic time. */
  readonly sinceMs: number;
}

/**
 * The keys of a work queue that can be given out, each once. Those with news come first, as something has happened that they
 * waited for; of five that are given out one is another key if there is one, so that none waits for ever (R9). Otherwise each
 * comes in its order.
 */
export class ReadyKeys {
  readonly #news = new Line();
  readonly #others = new Line();
  #newsInARow = 0;

  get size(): number {
    return this.#news.size + this.#others.size;
  }

  add(key: string, sinceMs: number, hasNews: boolean): void {
    (hasNews ? this.#news : this.#others).add(key, sinceMs);
  }

  /** There is news of it: if it is ready, it comes with the others that have some. */
  hasNews(key: string): void {
    const sinceMs = this.#others.remove(key);
    if (sinceMs !== undefined) this.#news.add(key, sinceMs);
  }

  /** Throws if there is none. */
  take(): ReadyKey {
    const isOthersTurn = this.#others.size > 0 && (this.#news.size === 0 || this.#newsInARow >= NEWS_IN_A_ROW);
    this.#newsInARow = isOthersTurn ? 0 : this.#newsInARow + 1;
    return (isOthersTurn ? this.#others : this.#news).take();
  }
}

/** Keys in the order in which they were added. */
class Line {
  readonly #keys = new Map<string, number>();
  /** It is kept because a new iterator would walk over the entries that were deleted: a Map removes those only now and then. */
  #inOrder = this.#keys.entries();

  get size(): number {
    return this.#keys.size;
  }

  add(key: string, sinceMs: number): void {
    this.#keys.set(key, sinceMs);
  }

  remove(key: string): number | undefined {
    const sinceMs = this.#keys.get(key);
    this.#keys.delete(key);
    return sinceMs;
  }

  take(): ReadyKey {
    let first = this.#inOrder.next();
    if (first.done === true) {
      // An iterator that has reached the end stays there.
      this.#inOrder = this.#keys.entries();
      first = this.#inOrder.next();
    }
    if (first.done === true) throw new Error('no key is ready');
    const [key, sinceMs] = first.value;
    this.#keys.delete(key);
    return { key, sinceMs };
  }
}
