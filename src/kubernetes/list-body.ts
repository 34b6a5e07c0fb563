import { type AnswerBody, parsedOrText } from './answer-body';
import { ApiError } from './api-error';

/** etcd takes 1.5 MiB by default, and more than 10 MiB is not advised. A larger item is no object of an API server. */
const LARGEST_ITEM_BYTES = 16 * 2 ** 20;
const ITEMS = /"items"\s*:\s*$/;

/**
 * Parses the JSON of a list while it arrives. Each item is parsed by itself as soon as its last byte is there, and only
 * what `take` makes of it is kept: a page of large objects needs the memory of one of them (R14).
 */
export class ListBody implements AnswerBody {
  readonly #take: (item: unknown, bytes: number) => unknown;
  readonly #largestBytes: number;
  readonly #items: unknown[] = [];
  /** The answer without its items. */
  #frame: Buffer[] = [];
  /** The item that has begun. */
  #item: Buffer[] = [];
  #bytes = 0;
  #isInItems = false;
  /** Open braces and brackets. */
  #depth = 0;
  #isInText = false;
  #isEscaped = false;

  constructor(take: (item: unknown, bytes: number) => unknown, largestBytes = LARGEST_ITEM_BYTES) {
    this.#take = take;
    this.#largestBytes = largestBytes;
  }

  /** Throws InvalidResponse for an item that is not JSON, or is too large. */
  push(chunk: Buffer): void {
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#isInText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (chunk[at] === BACKSLASH) this.#isEscaped = true;
        else if (chunk[at] === QUOTE) this.#isInText = false;
        continue;
      }
      switch (chunk[at]) {
        case QUOTE:
          this.#isInText = true;
          break;
        case OPEN_BRACE:
          this.#depth += 1;
          break;
        case OPEN_BRACKET:
          this.#depth += 1;
          if (this.#depth === ITEMS_DEPTH && !this.#isInItems) {
            this.#keep(chunk.subarray(start, at));
            const isItems = ITEMS.test(Buffer.concat(this.#frame).toString('latin1'));
            start = at;
            if (!isItems) break;
            this.#frame.push(OPENING);
            this.#isInItems = true;
            this.#bytes = 0;
            start = at + 1;
          }
          break;
        case COMMA:
          if (!this.#isInItems || this.#depth !== ITEMS_DEPTH) break;
          this.#keep(chunk.subarray(start, at));
          this.#endItem();
          start = at + 1;
          break;
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          if (this.#isInItems && this.#depth === ITEMS_DEPTH) {
            this.#keep(chunk.subarray(start, at));
            this.#endItem();
            this.#isInItems = false;
            start = at;
          }
          this.#depth -= 1;
          break;
      }
    }
    this.#keep(chunk.subarray(start));
  }

  /** The list, with what was taken of its items; the text of an answer that is no JSON. */
  end(): unknown {
    const answer = parsedOrText(Buffer.concat(this.#frame).toString('utf8'));
    const isList = typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items);
    return isList ? { ...answer, items: this.#items } : answer;
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#bytes += piece.length;
    if (this.#bytes > this.#largestBytes)
      throw new ApiError('InvalidResponse', `a list has an item of over ${this.#largestBytes} bytes`);
    // A copy: what follows in the chunk is not kept with it.
    if (this.#isInItems) this.#item.push(piece);
    else this.#frame.push(Buffer.from(piece));
  }

  #endItem(): void {
    const [only, ...more] = this.#item;
    const bytes = this.#bytes;
    const text = more.length === 0 ? (only?.toString('utf8') ?? '') : Buffer.concat(this.#item).toString('utf8');
    this.#item = [];
    this.#bytes = 0;
    if (text.trim() !== '') this.#items.push(this.#take(parse(text), bytes));
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPENING = Buffer.from('[');
/** Inside the brackets of a member of the answer. */
const ITEMS_DEPTH = 2;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor V8's message, which quotes it: the item may hold a Secret (R10).
    throw new ApiError('InvalidResponse', `an item of a list is not JSON (${text.length} characters)`);
  }
}
