import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ManifestPart, ManifestParts } from './manifest-parts';

function partsOf(...chunks: readonly string[]): readonly ManifestPart[] {
  const parts = new ManifestParts();
  return [...chunks.flatMap((chunk) => [...parts.push(chunk)]), ...parts.end()];
}

const TEXTS = [
  'a: 1\n---\nb: 2\n',
  '%YAML 1.2\n---\na: 1\n...\n---\n# nothing\n',
  'kind: List\nitems:\n- a: 1\n  b: 2\n# a note\n\n- c: |\n    x\nmetadata: {}\n---\na: 1',
  '{"kind": "List", "items": [{"a": "}]\\"{"}, {"b": [1, [2]]}, {}], "c": {"items": [1]}}\n---\nb: 2',
  '\n  {"items":[]}\n--- {"items":[1]}\n',
  'items:\nkind: List\n- a\n',
];

test('the parts are the same however the stream is cut', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS), fc.array(fc.nat(80), { maxLength: 6 }), (text, cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      expect(partsOf(...at.slice(1).map((end, index) => text.slice(at[index], end)))).toEqual(partsOf(text));
    }),
  );
});

test('documents, items and what is around them have their lines', () => {
  const [, , block = '', braces = ''] = TEXTS;
  expect(partsOf(block).map(({ kind, line, item }) => [kind, line, item])).toEqual([
    ['Item', 3, 1],
    ['Item', 7, 2],
    ['Frame', 1, undefined],
    ['Document', 10, undefined],
  ]);
  expect(partsOf(braces).map(({ kind, text }) => [kind, text?.trim()])).toEqual([
    ['Item', '{"a": "}]\\"{"}'],
    ['Item', '{"b": [1, [2]]}'],
    ['Item', '{}'],
    ['Frame', '{"kind": "List", "items": [], "c": {"items": [1]}}'],
    ['Document', '---\nb: 2'],
  ]);
});
