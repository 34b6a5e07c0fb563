import { expect, test } from 'vitest';
import { type Paint, paragraph, textTable } from './text-table';

const plain: Paint = (_, text) => text;
const named: Paint = (style, text) => `<${style}>${text}</>`;
const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }));

test('columns line up, and no line ends in blanks', () => {
  const rows = [cells('a', 'long', 'x'), cells('longer', 'b', '')];
  expect(textTable(rows, { paint: plain, width: undefined }, 1)).toEqual([' a       long  x', ' longer  b']);
});

test('the last column wraps below itself where the screen ends', () => {
  const rows = [cells('ok', 'a text of several words that has to wrap')];
  expect(textTable(rows, { paint: plain, width: 36 })).toEqual(['ok  a text of several words that has', '    to wrap']);
});

test('a screen too narrow for a column of its own is left to wrap by itself', () => {
  const rows = [cells('a label that takes nearly all', 'a text of several words')];
  expect(textTable(rows, { paint: plain, width: 40 })).toHaveLength(1);
});

test('styles change nothing about where columns are', () => {
  const rows = [[{ text: 'ok', style: 'green' } as const, { text: 'fine' }], cells('failed', 'bad')];
  expect(textTable(rows, { paint: named, width: undefined })).toEqual(['<green>ok    </>  fine', 'failed  bad']);
});

test('a paragraph keeps its indent', () => {
  expect(paragraph('one two three four five six seven', { paint: plain, width: 32 }, 2)).toEqual([
    '  one two three four five six',
    '  seven',
  ]);
});
