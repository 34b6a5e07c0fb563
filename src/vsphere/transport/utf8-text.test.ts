import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Utf8Text } from './utf8-text';

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
    ['a character that is cut at the end', [0x61, 0xc3]],
    ['a character that is cut by plain text', [0xc3, 0x61]],
    ['a byte that UTF-8 never has', [0x61, 0xff, 0x61]],
  ])('%s is refused, wherever the bytes are cut', (_what, bytes) => {
    for (const cuts of [[], [1], [1, 2]]) expect(() => read(Buffer.from(bytes), cuts)).toThrow();
  });
});
