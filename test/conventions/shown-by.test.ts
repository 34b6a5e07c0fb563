/** What a page claims of safety is shown by tests that it names: `"title" (`file`)`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command';
import { pageText } from './pages';

const SECURITY = 'SECURITY.md';
const LAW = 'docs/architecture.md';

interface Named {
  readonly title: string;
  readonly file: string;
}

/** The tests that a text names. The title may be the beginning of a longer one. */
function namedIn(text: string): readonly Named[] {
  return [...text.replace(/\s*\n\s*/g, ' ').matchAll(/"([^"]+)" \(`([^`]+\.test\.ts)`\)/g)].map(
    ([, title = '', file = '']) => ({ title, file }),
  );
}

/** The law leaves out the folder of the heart. */
function pathOf(file: string): string | undefined {
  return [file, `src/vmgroup/${file}`].find((path) => existsSync(join(ROOT, path)));
}

test.for([SECURITY, LAW])('every test that %s names is there, in the file that it names', (page) => {
  const named = namedIn(pageText(page));
  expect(named.length).toBeGreaterThan(10);
  const missing = named.filter(({ title, file }) => {
    const path = pathOf(file);
    const text = path === undefined ? '' : readFileSync(join(ROOT, path), 'utf8');
    return !["'", '"', '`'].some((quote) => text.includes(`${quote}${title}`));
  });
  expect(missing, `Name a test that exists, or bring it back: ${page} rests on it.`).toEqual([]);
});

test(`everyone whom the table of ${SECURITY} trusts with something is kept from the rest by a test`, () => {
  const [, section = ''] = pageText(SECURITY).split(/^## Who is trusted with what$/m);
  const [table = '', shown = ''] = (section.split(/^## /m)[0] ?? '').split(/^### Shown by$/m);
  const rows = [...table.matchAll(/^\| ([^|]+?) \|/gm)].map(([, who = '']) => who).slice(2);
  expect(rows.length).toBeGreaterThan(7);
  const shownBy = new Map(
    shown.split(/^- /m).map((item) => [/^\*\*([^*]+)\*\*/.exec(item)?.[1] ?? '', namedIn(item)] as const),
  );
  // What stands in quotes is a title: none may go unchecked because its file is missing.
  expect(namedIn(shown)).toHaveLength([...shown.matchAll(/"[^"]+"/g)].length);
  expect(rows.filter((who) => (shownBy.get(who) ?? []).length === 0)).toEqual([]);
});
