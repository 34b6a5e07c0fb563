import { expect, test } from 'vitest';
import { printable, printableLines } from './printable';

test.each<[string, string, string]>([
  ['a plain text', 'größe 🙂 "x" \\', 'größe 🙂 "x" \\'],
  ['a sequence that a terminal obeys', '\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
  ['the same in one byte', '\u009b2J', '\\u009b2J'],
  ['a line that looks like one of ours', 'web\r\nINFO all is well', 'web\\r\\nINFO all is well'],
  ['other ends of lines', 'a\u0085b\u2028c\u2029d', 'a\\u0085b\\u2028c\\u2029d'],
  ['letters that are erased', 'evil\b\b\b\b\u007f', 'evil\\u0008\\u0008\\u0008\\u0008\\u007f'],
  ['another direction of writing', 'a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
  ['letters without a width', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
  ['half a character', 'a\ud83d', 'a\\ud83d'],
  ['a format beyond 16 bits', '\u{e0041}', '\\udb40\\udc41'],
])('%s', (_, text, written) => {
  expect(printable(text)).toBe(written);
});

test('JSON stays JSON of the same value', () => {
  const value = { 'a\u009b': ['\u001b[2J', '\u202e', '\u{e0041}', '\ud83d', 'b\n'] };
  const text = printableLines(JSON.stringify(value, null, 2));
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toMatch(/^[ -~\n]*$/);
});
