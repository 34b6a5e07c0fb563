import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ListBody } from './list-body';

/** Pushes the text in chunks of so many bytes. */
function parse(text: string, chunkBytes: number, body = new ListBody((item) => item)): unknown {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += chunkBytes) body.push(bytes.subarray(start, start + chunkBytes));
  return body.end();
}

test('any list is parsed as JSON.parse does, wherever its chunks end and however it is indented', () => {
  const list = fc.record({ kind: fc.string(), items: fc.array(fc.jsonValue()), metadata: fc.jsonValue() });
  void fc.assert(
    fc.property(list, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 2 }), (value, chunkBytes, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(parse(text, chunkBytes)).toEqual(JSON.parse(text));
    }),
  );
});

test('R14: each item is taken as soon as it has arrived, with its size, and only what is made of it is kept', () => {
  const sizes: number[] = [];
  const body = new ListBody((item, bytes) => {
    sizes.push(bytes);
    return (item as { n: number }).n;
  });
  body.push(Buffer.from('{"kind":"List","items":[{"n":1},{"n":'));
  expect(sizes).toEqual([7]);
  body.push(Buffer.from('22},'));
  expect(sizes).toEqual([7, 8]);
  body.push(Buffer.from('{"n":3}],"metadata":{"items":[1,2]}}'));
  expect(body.end()).toEqual({ kind: 'List', items: [1, 22, 3], metadata: { items: [1, 2] } });
});

test.each([
  ['an object', '{"kind":"Status","code":1,"causes":[{"a":[]}]}', { kind: 'Status', code: 1, causes: [{ a: [] }] }],
  ['the page of a proxy', '<html>please log in</html>', '<html>please log in</html>'],
  ['nothing', '', ''],
])('%s is no list, and is given as it is', (_, text, expected) => {
  expect(parse(text, 5)).toEqual(expected);
});

test('an item that is too large, or no JSON, is refused without its content (R10)', () => {
  expect(() => parse('{"items":["xxxxxxxxxx"]}', 100, new ListBody((item) => item, 10))).toThrow('over 10 bytes');
  expect(() => parse('{"items":[{"password":hunter2}]}', 100)).toThrow(
    /^\[InvalidResponse\] an item of a list is not JSON/,
  );
});
