import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonLines } from './json-lines';

test('gives the same values wherever the chunks end', () => {
  void fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat({ max: 7 })), fc.boolean(), (values, sizes, newlineAtEnd) => {
      const bytes = Buffer.from(values.map((value) => JSON.stringify(value)).join('\n') + (newlineAtEnd ? '\n' : ''));
      const lines = new JsonLines();
      const parsed: unknown[] = [];
      let turn = 0;
      for (let start = 0; start < bytes.length; ) {
        const size = (sizes[turn++ % Math.max(1, sizes.length)] ?? 3) + 1;
        parsed.push(...lines.push(bytes.subarray(start, start + size)));
        start += size;
      }
      parsed.push(...lines.end());
      expect(parsed).toEqual(JSON.parse(JSON.stringify(values)));
    }),
  );
});

test('skips empty lines', () => {
  const lines = new JsonLines();
  expect([...lines.push(Buffer.from('\n\r\n{"a":1}\n\n'))]).toEqual([{ a: 1 }]);
});

test('refuses a line that is too long, and one that is not JSON, without quoting it', () => {
  expect(() => [...new JsonLines(10).push(Buffer.from('x'.repeat(11)))]).toThrow('[InvalidResponse]');
  const secret = () => [...new JsonLines().push(Buffer.from('{"password": hunter2}\n'))];
  expect(secret).toThrow('[InvalidResponse]');
  expect(secret).not.toThrow('hunter2');
});
