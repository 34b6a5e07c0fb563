import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command';

const LAW = 'docs/architecture.md';

interface Rule {
  readonly name: string;
  /** Defined, and not yet kept by anything. */
  readonly planned: boolean;
}

/** The headings of the law, such as `### R1 ownership`, with the paragraphs below them. */
const rules: readonly Rule[] = readFileSync(join(ROOT, LAW), 'utf8')
  .split(/^(?=### )/m)
  .flatMap((section) => {
    const name = /^### (R\d+)\b/.exec(section)?.[1];
    return name === undefined ? [] : [{ name, planned: /\bplanned\b/i.test(section.split(/^## /m)[0] ?? '') }];
  });

/** TypeScript files with their text, tests and comments included. */
const files = ['src', 'test', 'charts', 'crds']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.m?ts$/.test(path) && !path.startsWith('test/conventions/'))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

test('the law has its rules, each once', () => {
  expect(rules.map(({ name }) => name)).toEqual(Array.from({ length: 15 }, (_, index) => `R${index + 1}`));
});

test('every rule that a file cites is defined', () => {
  const defined = new Set(rules.map(({ name }) => name));
  const unknown = files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) =>
      // In comments and test titles: `(R1, R7)`, `R1: …`, `R1 and R7`.
      [...line.matchAll(/(?<![\w./#-])(R\d{1,2})(?=[),:. ]|$)/g)]
        .filter(([, name = '']) => !defined.has(name))
        .map(([name]) => `${path}:${index + 1} ${name}`),
    ),
  );
  expect(unknown, `Define these in ${LAW}, or cite another rule.`).toEqual([]);
});

test.each(rules.filter(({ planned }) => !planned))('$name is named by the title of a test', ({ name }) => {
  const title = new RegExp(`\\b(?:test|describe)(?:\\.\\w+)*\\([^'"\`]*['"\`][^\\n]*\\b${name}\\b`);
  const rows = new RegExp(`^\\s*\\)\\('[^\\n]*\\b${name}\\b`, 'm');
  const named = files.filter(
    ({ path, text }) => /\.test\.ts$|-suite|-contract|describe-/.test(path) && (title.test(text) || rows.test(text)),
  );
  expect(
    named.map(({ path }) => path),
    `No test says that it keeps ${name}. Name the rule in the title of the one that does.`,
  ).not.toEqual([]);
});
