import { isAscii, isUtf8 } from 'node:buffer';

/** Stands for one or more bytes that are not UTF-8. XML forbids it too, so the parser objects to the text that it is in. */
export const NOT_UTF8 = '\uffff';

/**
 * Text from pieces of UTF-8. Plain ASCII, as nearly all text is, becomes a string with one byte per character.
 * TextDecoder would use two, also for every text that is cut from the answer.
 */
export class Utf8Text {
  /** The start of a character whose end was not in the last piece. */
  #cut: Buffer | undefined;

  next(piece: Buffer): string {
    if (this.#cut === undefined && isAscii(piece)) return piece.toString('latin1');
    const bytes = this.#cut === undefined ? piece : Buffer.concat([this.#cut, piece]);
    const whole = bytes.length - cutLength(bytes);
    this.#cut = whole === bytes.length ? undefined : bytes.subarray(whole);
    return textOf(bytes.subarray(0, whole));
  }

  end(): string {
    return this.#cut === undefined ? '' : NOT_UTF8;
  }
}

/** How many bytes at the end may be the start of a character. */
function cutLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return back < lengthAfter(byte) ? back : 0;
  }
  return 0;
}

function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = endOfCharacter(bytes, at);
    if (end === undefined) {
      text += bytes.toString('utf8', from, at) + NOT_UTF8;
      do at += 1;
      while (at < bytes.length && endOfCharacter(bytes, at) === undefined);
      from = at;
    } else at = end;
  }
  return text + bytes.toString('utf8', from);
}

function endOfCharacter(bytes: Buffer, at: number): number | undefined {
  const length = lengthAfter(bytes[at] ?? 0);
  if (length < 2) return length === 1 ? at + 1 : undefined;
  return isUtf8(bytes.subarray(at, at + length)) ? at + length : undefined;
}

/** The length of the character that this byte begins; 0 if it begins none. */
function lengthAfter(byte: number): number {
  if (byte < 0x80) return 1;
  if (byte < 0xc2 || byte > 0xf4) return 0;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
