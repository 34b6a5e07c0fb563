import { describe, expect, test } from 'vitest';
import { excessOf, shown } from './value-bounds';

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let left = depth; left > 0; left -= 1) value = left % 2 === 0 ? [value] : { a: value };
  return value;
}

function laughs(lists: number): unknown {
  let value: unknown = 'ha';
  for (let left = lists; left > 0; left -= 1) value = Array(10).fill(value);
  return value;
}

function inItself(): unknown {
  const value: Record<string, unknown> = {};
  value.again = [value];
  return value;
}

describe('a value is looked at up to', () => {
  test.each<[string, unknown, string | undefined]>([
    ['nothing', undefined, undefined],
    ['a text', 'x'.repeat(1_000_000), undefined],
    ['32 levels', nested(32), undefined],
    ['33 levels', nested(33), 'is nested deeper than 32 levels'],
    ['a million levels', nested(1_000_000), 'is nested deeper than 32 levels'],
    ['99999 items', Array(99_999).fill({}), undefined],
    ['100000 items', Array(100_000).fill({}), 'holds more than 100000 values'],
    ['a billion laughs', laughs(9), 'holds more than 100000 values'],
    ['a value that is inside itself', inItself(), 'is nested deeper than 32 levels'],
  ])('%s', (_, value, excess) => {
    expect(excessOf(value)).toBe(excess);
  });
});

describe('a value is shown', () => {
  test.each<[unknown, string]>([
    [undefined, 'missing'],
    ['a"b\n', '"a\\"b\\n"'],
    [{ a: [1, null, { b: 'c', d: undefined }], e: true }, '{"a":[1,null,{"b":"c"}],"e":true}'],
    [[], '[]'],
    [{}, '{}'],
    ['x'.repeat(78), `"${'x'.repeat(78)}"`],
    ['x'.repeat(79), `"${'x'.repeat(76)}…`],
  ])('as JSON: %#', (value, text) => {
    expect(shown(value)).toBe(text);
  });

  test.each<[string, unknown]>([
    ['a billion laughs', laughs(9)],
    ['a million levels', nested(1_000_000)],
    ['a value that is inside itself', inItself()],
    ['a name without end', { ['x'.repeat(1_000_000)]: 1 }],
  ])('in 80 characters: %s', (_, value) => {
    expect(shown(value)).toMatch(/^.{77}…$/);
  });

  test('as JSON.stringify writes it where that is short', () => {
    const value = { a: ['x', 1.5, false, null], 'b"': { c: [] } };
    expect(shown(value)).toBe(JSON.stringify(value));
  });
});
