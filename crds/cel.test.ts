import { expect, test } from 'vitest';
import { comparesWithStored, fieldsRead, fieldsThatFree, innerFieldsThatFree, ruleToTypeScript } from './cel';

test.for<[string, string]>([
  ['self.a > 2', '(cel.number(cel.field(self, "a")) > 2)'],
  ["self.a != 'x'", '(cel.field(self, "a") !== "x")'],
  ['!has(self.a)', '!cel.truth(cel.has(self, "a"))'],
  ['has(self.a.b) && self.c', 'cel.both(() => cel.has(cel.field(self, "a"), "b"), () => cel.field(self, "c"))'],
  [
    'self.list.all(x, x.size() <= 3)',
    'cel.list(cel.field(self, "list")).every((x) => cel.truth((cel.number(cel.size(x)) <= 3)))',
  ],
  ['isIP(self.a)', 'cel.isIP(cel.field(self, "a"))'],
  ["self.replace('$(a)', 'b')", 'cel.text(self).split("$(a)").join("b")'],
  ['self.lowerAscii()', 'cel.text(self).replace(/[A-Z]/g, (letter) => letter.toLowerCase())'],
  ["string(self.a) in ['0', '0%']", 'cel.list(["0", "0%"]).includes(String(cel.field(self, "a")))'],
])('writes %s', ([rule, expression]) => {
  expect(ruleToTypeScript(rule)).toBe(expression);
});

test.for(['self.a.matches("x")', 'isURL(self.a)', '{"a": 1}.size() == 1', 'b"x" == self.a'])(
  'throws at %s, which it does not know',
  (rule) => {
    expect(() => ruleToTypeScript(rule)).toThrow(`of the rule "${rule}"`);
  },
);

test('knows without which field of an object a rule holds', () => {
  expect(innerFieldsThatFree('!has(self.a) || !has(self.a.b) || self.c')).toEqual([['a', 'b']]);
  for (const rule of ['!has(self.a.b) || self.c', '!has(self.a) || !has(self.d.b) || self.c', 'has(self.a.b)'])
    expect(innerFieldsThatFree(rule)).toEqual([]);
});

test('knows which rules compare with the stored object', () => {
  expect(comparesWithStored('self.a == oldSelf.a')).toBe(true);
  expect(comparesWithStored('[1].all(x, has(oldSelf.a))')).toBe(true);
  expect(comparesWithStored("self.oldSelf == 'oldSelf'")).toBe(false);
});

test('knows which fields a rule reads', () => {
  expect(fieldsRead("!has(oldSelf.a) || (has(self.a.b) && self.c == 'self.d')")).toEqual(['a', 'c']);
  expect(fieldsRead('self.all(item, item.a > 1)')).toBeUndefined();
});

test('knows which missing fields make a rule hold', () => {
  expect(fieldsThatFree('!has(self.a) || !has(self.a.b) || self.c % self.a.b == 0')).toEqual(['a']);
  expect(fieldsThatFree('self.c || !has(self.a)')).toEqual(['a']);
  expect(fieldsThatFree('!has(self.a) && self.c')).toEqual([]);
  expect(fieldsThatFree('!has(oldSelf.a) || has(self.c)')).toEqual([]);
});
