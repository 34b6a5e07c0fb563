import { isAscii } from 'node:buffer';

/**
 * Text from pieces of UTF-8. Plain ASCII, as nearly all text is, becomes a string with one byte per character.
 * TextDecoder would use two, also for every text that is cut from the answer.
 */
export class Utf8Text {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Whether the last piece may have ended within a character. */
  #mayBeCut = false;

  /** Throws the error of TextDecoder if the bytes are not UTF-8. */
  next(piece: Buffer): string {
    const plain = isAscii(piece);
    if (plain && !this.#mayBeCut) return piece.toString('latin1');
    this.#mayBeCut = !plain;
    return this.#utf8.decode(piece, { stream: true });
  }

  end(): string {
    return this.#utf8.decode();
  }
}
