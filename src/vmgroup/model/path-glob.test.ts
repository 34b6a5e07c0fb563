import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsAny } from './path-glob';

describe('a pattern', () => {
  test.each<[string, string, boolean]>([
    ['/dc/vm/ubuntu', '/dc/vm/ubuntu', true],
    ['/dc/vm/ubuntu', '/dc/vm/ubuntu-22', false],
    ['/dc/vm/ubuntu', '/dc/vm/Ubuntu', false],
    ['dc/vm/ubuntu', '/dc/vm/ubuntu', true],
    ['/dc/vm/*', '/dc/vm/ubuntu', true],
    ['/dc/vm/*', '/dc/vm', false],
    ['/dc/vm/*', '/dc/vm/private/ubuntu', false],
    ['/dc/vm/ubuntu-*-lts', '/dc/vm/ubuntu-24-lts', true],
    ['/dc/vm/ubuntu-*-lts', '/dc/vm/ubuntu-lts', false],
    ['/dc/vm/u*b*u', '/dc/vm/ubu', true],
    ['/dc/vm/u*u*u', '/dc/vm/uu', false],
    ['/dc/vm/**', '/dc/vm/a/b/c', true],
    ['/dc/vm/**', '/dc/vm', false],
    ['/dc/vm/**', '/dc/vm2/a', false],
    ['/dc/**/ubuntu', '/dc/ubuntu', true],
    ['/dc/**/ubuntu', '/dc/vm/a/ubuntu', true],
    ['/dc/**/gold/**', '/dc/gold/x/gold', true],
    ['/dc/**/gold/**', '/dc/host/gold', false],
    ['**', '/dc', true],
    ['/**/prod**/*', '/dc/vm/production/x', true],
    ['/**/prod**/*', '/dc/vm/prod/a/x', false],
    ['/dc/vm/a.c', '/dc/vm/abc', false],
    ['/dc/vm/[ab]', '/dc/vm/a', false],
    ['/dc/vm/', '/dc/vm', false],
    ['', '/dc', false],
    ['/', '/dc', false],
  ])('%s and the path %s: %s', (pattern, path, fits) => {
    expect(fitsAny(path, [pattern])).toBe(fits);
  });

  test('a slash in a name is part of the name, in the pattern as in the path', () => {
    expect(fitsAny('/dc/vm/a%2fb', ['/dc/vm/a%2Fb'])).toBe(true);
    expect(fitsAny('/dc/vm/shop%2fweb', ['/dc/vm/shop/*'])).toBe(false);
    expect(fitsAny('/dc/vm/100%25', ['/dc/vm/100%25'])).toBe(true);
  });

  test('no pattern fits what the account does not see, which has no path', () => {
    for (const pattern of ['*', '**', '/*', '/**', '', '/']) expect(fitsAny('/', [pattern])).toBe(false);
  });

  test('one of several is enough, and of none there is none', () => {
    expect(fitsAny('/dc/b', ['/dc/a', '/dc/b'])).toBe(true);
    expect(fitsAny('/dc/b', [])).toBe(false);
  });
});

const name = fc.string({ unit: fc.constantFrom('a', 'b', '.'), minLength: 1, maxLength: 4 });
const part = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constant('**') },
);

/** The same, as a regular expression. */
function expressionOf(parts: readonly string[]): RegExp {
  const text = parts.map((text, index) => {
    if (text === '**') return index === parts.length - 1 ? '(/[^/]+)+' : '(/[^/]+)*';
    const expression = text
      .split('*')
      .map((piece) => piece.replaceAll('.', '\\.'))
      .join('[^/]*');
    return `/(?=[^/])${expression}`;
  });
  return new RegExp(`^${text.join('')}$`);
}

test('any pattern fits the same paths as its regular expression', () => {
  fc.assert(
    fc.property(
      fc.array(name, { minLength: 1, maxLength: 6 }),
      fc.array(part, { minLength: 1, maxLength: 6 }),
      (names, parts) => {
        const path = `/${names.join('/')}`;
        expect(fitsAny(path, [`/${parts.join('/')}`])).toBe(expressionOf(parts).test(path));
      },
    ),
    { numRuns: 3000 },
  );
});

test('any path fits itself, and what is below it fits it with /** behind', () => {
  const anyName = fc.string({ minLength: 1, maxLength: 8 }).map((text) => text.replace(/[%/\\*]/g, '-'));
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 1 }), fc.array(anyName, { minLength: 1 }), (above, below) => {
      const top = `/${above.join('/')}`;
      expect(fitsAny(top, [top])).toBe(true);
      expect(fitsAny(`${top}/${below.join('/')}`, [`${top}/**`])).toBe(true);
      expect(fitsAny(top, [`${top}/**`])).toBe(false);
    }),
  );
});

test('R14: no name makes a pattern slow: these would take a backtracking match longer than the test may run', () => {
  const names = 'a'.repeat(2048);
  expect(fitsAny(`/${names}`, [`/${'*a'.repeat(250)}*b`])).toBe(false);
  expect(fitsAny(`/${'a/'.repeat(1000)}a`, [`/${'**/a/'.repeat(120)}b`])).toBe(false);
});
