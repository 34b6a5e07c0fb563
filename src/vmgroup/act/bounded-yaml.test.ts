import { describe, expect, test } from 'vitest';
import { LineCounter } from 'yaml';
import { documentsOf, YamlRefused } from './bounded-yaml';

const values = (text: string) => [...documentsOf(text)].map((document) => document.toJS({ maxAliasCount: -1 }));
const KEYS = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`);

test('documents are read one after the other, with their keys as texts', () => {
  expect(values('a: [1, x, null]\n---\n1: { b: "c" }\n---\n')).toEqual([
    { a: [1, 'x', null] },
    { '1': { b: 'c' } },
    null,
  ]);
  expect(values('')).toEqual([]);
});

test('aliases are allowed', () => {
  expect(values('a: &x { b: 1 }\nc: [*x, *x]\n')).toEqual([{ a: { b: 1 }, c: [{ b: 1 }, { b: 1 }] }]);
});

test('lines are counted', () => {
  const lines = new LineCounter();
  const [document] = documentsOf('\n\na: 1\n', lines);
  expect(lines.linePos(document?.contents?.range[0] ?? -1)).toEqual({ line: 3, col: 1 });
});

describe('the first mistake ends the reading', () => {
  test.each<[string, string, string, number]>([
    ['a bracket that stays open', 'a: [1', 'Flow sequence', 5],
    ['the same key twice', 'a: 1\nb: 2\na: 3\n', 'Map keys must be unique', 10],
    ['a key that is no text', '? [a]\n: 1\n', 'all keys must be strings', 2],
    ['a bad escape', 'a: "\\q"', 'Invalid escape sequence', 4],
    ['a bracket too many', ']', 'Unexpected flow-seq-end', 0],
    ['an alias without an anchor', 'a: *x', 'Unresolved alias', 3],
    ['an alias in its own anchor', 'a: &x [*x]', 'Unresolved alias', 7],
  ])('%s', (_, text, message, at) => {
    expect(() => values(text)).toThrow(expect.objectContaining({ message: expect.stringContaining(message), at }));
  });

  // The package makes an error with a stack trace for each: it has to be stopped at the first.
});

describe('R14: what would take the package minutes, or all memory, takes no time', () => {
  test('20000 keys are read', () => {
    expect(Object.keys(values(`${KEYS.join('\n')}\n`)[0])).toHaveLength(20_000);
    expect(Object.keys(values(`{${KEYS.join(',')}}`)[0])).toHaveLength(20_000);
  });

  const billion = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [index, name] of [...'bcdefghij'].entries()) {
    const before = `*${'abcdefghij'[index]}`;
    billion.push(`${name}: &${name} [${Array(10).fill(before).join(', ')}]`);
  }
  test.each<[string, string, string]>([
    ['brackets', '['.repeat(1_000_000), 'Nested deeper than 64 levels'],
    ['braces', '{a: '.repeat(100_000), 'Nested deeper than 64 levels'],
    ['dashes', '- '.repeat(100_000), 'Nested deeper than 64 levels'],
    ['keys of keys', '? '.repeat(8_000), 'Nested deeper than 64 levels'],
    ['a billion laughs', billion.join('\n'), 'Aliases stand for more than 10000 values'],
    [
      '100000 anchors',
      Array.from({ length: 100_000 }, (_, i) => `a${i}: &a${i} 1`).join('\n'),
      'More than 1000 anchors',
    ],
    ['mistakes without end', '!x '.repeat(20_000), 'at most one tag'],
  ])('%s', (_, text, message) => {
    expect(() => values(text)).toThrow(new RegExp(message));
    expect(() => values(text)).toThrow(YamlRefused);
  });
});
