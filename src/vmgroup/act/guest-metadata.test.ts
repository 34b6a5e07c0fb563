import { beforeEach, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as boundedYaml from './bounded-yaml';
import { GuestMetadata } from './guest-metadata';

vi.mock('./bounded-yaml', async (original) => {
  const real = await original<typeof boundedYaml>();
  return { ...real, documentsOf: vi.fn(real.documentsOf) };
});
beforeEach(() => vi.mocked(boundedYaml.documentsOf).mockClear());

const completed = (text: string) => new GuestMetadata().completed(text);
const ADDED = { 'instance-id': '$(vm.instanceUuid)', 'local-hostname': '$(vm.hostname)' };

describe('the fields that every guest needs are added, and every other character stays', () => {
  test.each<[string, string, object]>([
    ['no text', '', {}],
    ['blank lines', '\n  \n', {}],
    ['an empty mapping', '{}', {}],
    ['a mapping in lines', 'a: 1\nb: 2\n', { a: 1, b: 2 }],
    ['without a last line end', 'a: 1', { a: 1 }],
    ['behind a remark and a document start', '# mine\n---\n# of me\na: 1\n', { a: 1 }],
    ['to the right', '  a: 1\n  b:\n    c: 2\n', { a: 1, b: { c: 2 } }],
    ['with a block that keeps its line ends', 'a: |+\n  x\n\n\n', { a: 'x\n\n\n' }],
    ['with a key in quotes', '"a": 1\n', { a: 1 }],
    ['JSON', '{"a": {"b": [1]}}', { a: { b: [1] } }],
    ['JSON behind a remark', '# mine\n{\n  "a": 1\n}\n', { a: 1 }],
    ['Windows lines', 'a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['with a key behind a question mark', '? a\n: 1\n', { a: 1 }],
    ['with an anchor', 'a: &x { b: 1 }\nc: *x\n', { a: { b: 1 }, c: { b: 1 } }],
    ['with variables', 'a: $(vm.name)\n$(vm.id): 1\n', { a: '$(vm.name)', '$(vm.id)': 1 }],
  ])('%s', (_, text, fields) => {
    const whole = completed(text);
    expect(parse(whole)).toEqual({ ...fields, ...ADDED });
    for (const line of text.split('\n'))
      expect(whole).toContain(
        line
          .replace('{}', '')
          .trimStart()
          .replace(/^\{(?=.)/, ''),
      );
  });
});

test('what is given stays as it is', () => {
  expect(parse(completed('instance-id: i-1\n'))).toEqual({ ...ADDED, 'instance-id': 'i-1' });
  const both = '{instance-id: i-1, local-hostname: mine}';
  expect(completed(both)).toBe(both);
});

test.each([
  '- a\n',
  'just words',
  'a: [1',
  'a: 1\na: 2\n',
  '# nothing\n',
  '? [a]\n: 1\n',
  'a: 1\n---\nb: 2\n',
  'a: *x\n',
])('%j is refused with field and remedy', (text) => {
  expect(() => completed(text)).toThrow(
    /^spec\.guest\.cloudInit\.metadata is not a YAML mapping.*: give lines such as "local-hostname: web"$/,
  );
});

test.each(['&x a: 1\n', '!!str a: 1\n', '&all\n!!map\n&x a: 1\n'])(
  '%j cannot be completed, and says what to give',
  (text) => {
    expect(() => completed(text)).toThrow(/cannot be completed: begin it with a line such as/);
    const itself = `local-hostname: web\ninstance-id: i-1\n${text.replace('&all\n!!map\n', '')}`;
    expect(completed(itself)).toBe(itself);
  },
);

test('R9: 20 KB are refused by their size, before they are read', () => {
  const keys = Array.from({ length: 4_000 }, (_, index) => `${index}:`).join('\n');
  expect(() => completed(keys)).toThrow(
    /^spec\.guest\.cloudInit\.metadata has \d+ bytes: give at most 16384, and the rest as userData$/,
  );
  expect(boundedYaml.documentsOf).not.toHaveBeenCalled();
});

test.each(['a: 1\n', 'a: [1'])('R9: %j is read once, whatever the number of replicas', (text) => {
  const metadata = new GuestMetadata();
  for (let replica = 0; replica < 500; replica += 1) {
    try {
      metadata.completed(text);
    } catch (error) {
      expect(error).toMatchObject({ code: 'GuestDataInvalid' });
    }
  }
  // Once as it is, and once when it is completed.
  expect(vi.mocked(boundedYaml.documentsOf).mock.calls.length).toBeLessThanOrEqual(2);
});

test('R10: the text of a refused metadata is not in the message', () => {
  expect(() => completed('password: "hunter2\\q"')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
  expect(() => completed('password: *hunter2')).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
  );
});
