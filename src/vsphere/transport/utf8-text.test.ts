import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOT_UTF8, Utf8Text } from './utf8-text';

function read(bytes: Buffer, cuts: readonly number[]): string {
  const text = new Utf8Text();
  const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  const pieces = ends.map((end, index) => text.next(bytes.subarray(ends[index - 1] ?? 0, end)));
  return pieces.join('') + text.end();
}

describe('text from pieces of UTF-8', () => {
  test('is the same wherever the bytes are cut', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '<', 'ö', '値', '😀', '\ufeff') });
    fc.assert(
      fc.property(texts, fc.array(fc.nat(40), { maxLength: 6 }), (text, cuts) => {
        expect(read(Buffer.from(text), cuts)).toBe(text);
      }),
    );
  });

  test.each([
    ['a character that is cut at the end', [0x61, 0xc3], `a${NOT_UTF8}`],
    ['a character that is cut by plain text', [0xc3, 0x61], `${NOT_UTF8}a`],
    ['a byte that UTF-8 never has', [0x61, 0xff, 0x61], `a${NOT_UTF8}a`],
    ['half of a surrogate pair', [0x61, 0xed, 0xa0, 0x80, 0x61], `a${NOT_UTF8}a`],
    ['a character in more bytes than it needs', [0xc0, 0xaf, 0x61], `${NOT_UTF8}a`],
  ])('%s becomes one that XML forbids, wherever the bytes are cut', (_what, bytes, text) => {
    for (const cuts of [[], [1], [1, 2], [2, 3], [1, 2, 3, 4]])
      expect(read(Buffer.from(bytes), cuts).replace(/\uffff+/g, NOT_UTF8)).toBe(text);
  });

  test('what is wrong harms nothing around it, wherever the bytes are cut', () => {
    const pieces = fc.array(
      fc.constantFrom(...['a', 'ö', '値', '😀'].map((text) => Buffer.from(text)), Buffer.of(0xff)),
    );
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(40), { maxLength: 6 }), (parts, cuts) => {
        const bytes = Buffer.concat(parts);
        const expected = parts.map((part) => (part[0] === 0xff ? NOT_UTF8 : part.toString())).join('');
        const oneEach = (text: string) => text.replace(/\uffff+/g, NOT_UTF8);
        expect(oneEach(read(bytes, cuts))).toBe(oneEach(expected));
      }),
    );
  });
});
