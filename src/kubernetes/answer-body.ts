import { ApiError } from './api-error';

/** An object of an API server has at most 1.5 MiB by etcd's default. A larger answer could use up the memory. */
const LARGEST_ANSWER_BYTES = 16 * 2 ** 20;

/** Takes the bytes of an answer as they arrive, and gives the parsed JSON at their end, or the text when it is none. */
export interface AnswerBody {
  push(chunk: Buffer): void;
  end(): unknown;
}

/** An answer that is parsed as a whole. */
export class WholeBody implements AnswerBody {
  #chunks: Buffer[] = [];
  #bytes = 0;

  /** Throws InvalidResponse when the answer is too large. */
  push(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > LARGEST_ANSWER_BYTES)
      throw new ApiError('InvalidResponse', `an answer of over ${LARGEST_ANSWER_BYTES} bytes`);
    this.#chunks.push(chunk);
  }

  end(): unknown {
    const text = Buffer.concat(this.#chunks, this.#bytes).toString('utf8');
    this.#chunks = [];
    return parsedOrText(text);
  }
}

export function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
