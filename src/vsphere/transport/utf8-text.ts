import { isAscii } from 'node:buffer';

/**
 * Text from pieces of UTF-8. Plain ASCII, which nearly all is, becomes a string of one byte a character: TextDecoder makes
 * two of it, and every text that is cut from such an answer inherits that.
 */
export class Utf8Text {
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** A character may have been cut by the end of the piece before. */
  #mayBeCut = false;

  /** Throws what TextDecoder throws at bytes that are not UTF-8. */
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
