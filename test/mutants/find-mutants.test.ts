import { beforeAll, describe, expect, test } from 'vitest';
import { findMutants } from './find-mutants';
import { loadParser, type Parser } from './syntax';

let parse: Parser;

beforeAll(async () => {
  parse = await loadParser();
});

/** What stands in the place of what, for each mutant of this kind. */
function mutants(source: string, kind: string): readonly string[] {
  const found = findMutants({ file: 'a.ts', source }, parse).filter((mutant) => mutant.kind === kind);
  return found.map(({ span, replacement }) => `${source.slice(span.start, span.end)} -> ${replacement}`);
}

describe('a mutant', () => {
  test.each([
    ['condition', 'if (ready) go();', ['ready -> true', 'ready -> false']],
    ['condition', 'const a = ready ? 1 : 2;', ['ready -> true', 'ready -> false']],
    ['condition', 'const same = a === b;', ['a === b -> true', 'a === b -> false']],
    ['condition', 'const known = names.has(name);', ['names.has(name) -> true', 'names.has(name) -> false']],
    ['condition', 'while (left > 0) next();', ['left > 0 -> false']],
    ['equality', 'f(a === b);', ['a === b -> a !== b']],
    ['relation', 'f(a < b);', ['a < b -> a <= b', 'a < b -> a >= b']],
    ['logic', 'f(a && b);', ['a && b -> (a || b)', 'a && b -> (a)', 'a && b -> (b)']],
    ['nullish', 'f(a ?? b);', ['a ?? b -> (a)', 'a ?? b -> (b)']],
    ['arithmetic', 'f((a + b) * c);', ['(a + b) * c -> (a + b) / c', 'a + b -> a - b']],
    ['arithmetic', "f('a' + b);", []],
    ['update', 'count += 1; count++;', ['count += 1 -> count -= 1', 'count++ -> count--']],
    ['boolean', 'f(true);', ['true -> false']],
    ['string emptied', "f('a', '');", ["'a' -> ''", "'' -> 'mutated'"]],
    ['string emptied', 'f(`a b`);', ["`a b` -> ''"]],
    ['array emptied', 'f([a], []);', ['[a] -> []']],
    ['object emptied', 'f({ a }, {});', ['{ a } -> ({})']],
    ['block emptied', 'function f() { g(); }', ['{ g(); } -> {}']],
    ['negation removed', 'f(!(a && b));', ['!(a && b) -> (a && b)']],
    ['sign removed', 'f(-a);', ['-a -> (a)']],
    ['call removed', 'f(all.filter(known).length);', ['all.filter(known) -> (all)']],
    ['call changed', 'f(all.some(known));', ['all.some(known) -> all.every(known)']],
    ['call changed', 'f(Math.max(0, a));', ['Math.max(0, a) -> Math.min(0, a)']],
    ['optional chaining removed', 'f(a?.b.c?.[d]);', ['a?.b.c?.[d] -> a?.b.c[d]', 'a?.b.c?.[d] -> a.b.c?.[d]']],
    ['regular expression', 'f(/^a$/i);', ['/^a$/i -> /a$/i', '/^a$/i -> /^a/i']],
  ])('%s: %s', (kind, source, expected) => expect(mutants(source, kind)).toEqual(expected));
});

describe('nothing is mutated', () => {
  test.each([
    ['in a type', "type A = 'a' | 'b'; interface B { readonly c: 'd' }"],
    ['in the type of a parameter or a result', "function f(a: 'a'): a is 'a';"],
    ['in an import or an export', "import { a } from './a'; export { b } from './b';"],
    ['in the name of a property', "class A { 'b'; }"],
    ['in a constructor that must call another first', 'class A extends B { constructor() { super(); } }'],
    ['that is named like a property of every object', 'a.toString();'],
  ])('%s', (_, source) => expect(findMutants({ file: 'a.ts', source }, parse)).toEqual([]));
});

test('a mutant tells the line where it begins, and itself on one line', () => {
  const source = 'f(\n  a &&\n    b,\n);';
  const [first] = findMutants({ file: 'a.ts', source }, parse, 7);
  expect(first).toMatchObject({ id: 7, line: 2, code: 'a &&', told: '(a || b)' });
});

test('what two ways lead to is one mutant', () => {
  const told = findMutants({ file: 'a.ts', source: 'if (!a) b();' }, parse).map((mutant) => mutant.told);
  expect(new Set(told).size).toBe(told.length);
});
