import { expect, test } from 'vitest';
import { type Paint, paragraph, textTable } from './text-table';

const plain: Paint = (_, text) => text;
const named: Paint = (style, text) => `<${style}>${text}</>`;
const cells = (...texts: readonly string[]) => texts.map((text) => ({ text }));

test('columns are aligned, and no line ends in blanks', () => {
  const rows = [cells('a', 'long', 'x'), cells('longer', 'b', '')];
  expect(textTable(rows, { paint: plain, width: undefined }, 1)).toEqual([' a       long  x', ' longer  b']);
});

test('the last column wraps below itself at the end of the screen', () => {
  const rows = [cells('ok', 'a text of several words that has to wrap')];
  expect(textTable(rows, { paint: plain, width: 36 })).toEqual(['ok  a text of several words that has', '    to wrap']);
});

test('on a screen that is too narrow nothing is wrapped: the terminal does it', () => {
  const rows = [cells('a label that takes nearly all', 'a text of several words')];
  expect(textTable(rows, { paint: plain, width: 40 })).toHaveLength(1);
});

test('styles do not move columns', () => {
  const rows = [[{ text: 'ok', style: 'green' } as const, { text: 'fine' }], cells('failed', 'bad')];
  expect(textTable(rows, { paint: named, width: undefined })).toEqual(['<green>ok    </>  fine', 'failed  bad']);
});

test('a paragraph keeps its indent', () => {
  expect(paragraph('one two three four five six seven', { paint: plain, width: 32 }, 2)).toEqual([
    '  one two three four five six',
    '  seven',
  ]);
});

test('a name commands no terminal, and makes no row of its own', () => {
  const evil = 'web\u001b[2J\n ok  all is well';
  expect(textTable([cells(evil, evil)], { paint: plain, width: undefined })).toEqual([
    'web\\u001b[2J\\n ok  all is well  web\\u001b[2J\\n ok  all is well',
  ]);
  expect(paragraph(evil, { paint: plain, width: undefined })).toEqual(['web\\u001b[2J\\n ok  all is well']);
});

test('one long text does not fill up all other rows', () => {
  const rows = [cells('x'.repeat(100_000), 'a'), ...Array.from({ length: 1_000 }, () => cells('b', 'c'))];
  const lines = textTable(rows, { paint: plain, width: undefined });
  expect(lines[1]).toHaveLength(300 + 3);
});
