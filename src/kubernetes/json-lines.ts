import { ApiError } from './api-error';

/** A watch event holds one object; etcd takes 1.5 MiB by default, its JSON is rarely twice that. */
const LONGEST_LINE_BYTES = 16 * 2 ** 20;
const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into lines and parses each as JSON. Chunks may end anywhere, also within a character. Pieces of
 * an unfinished line are joined once, when its end arrives, so that a long line costs linear time.
 */
export class JsonLines {
  readonly #longestBytes: number;
  #pieces: Buffer[] = [];
  #bytes = 0;

  constructor(longestBytes = LONGEST_LINE_BYTES) {
    this.#longestBytes = longestBytes;
  }

  /** The values whose lines end in this chunk. Throws InvalidResponse for a line that is not JSON, or is too long. */
  *push(chunk: Buffer): Generator<unknown> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#append(chunk.subarray(start, end));
      start = end + 1;
      yield* this.end();
    }
    this.#append(chunk.subarray(start));
  }

  /** The value of a last line that had no newline, if there was one. */
  *end(): Generator<unknown> {
    const line = this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#bytes = 0;
    const text = line?.toString('utf8').trim() ?? '';
    if (text !== '') yield parse(text);
  }

  #append(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#bytes += piece.length;
    if (this.#bytes > this.#longestBytes)
      throw new ApiError('InvalidResponse', `a line of the stream is longer than ${this.#longestBytes} bytes`);
    this.#pieces.push(piece);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Neither the text nor V8's message, which quotes it: the line may hold a Secret (R10).
    throw new ApiError('InvalidResponse', `a line of the stream is not JSON (${text.length} characters)`);
  }
}
