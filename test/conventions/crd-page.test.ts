import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Schema, servedSchema } from '../../crds/schema';
import { crdPage, readCrds } from '../../docs/crd-page';
import { fieldsOf } from './api-fields';
import { ROOT } from './command';

const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');

test('docs/api.md is what the CRDs say', () => {
  expect(page === crdPage(readCrds()), 'docs/api.md is stale. Run `npm run generate` and commit the outcome.').toBe(
    true,
  );
});

test('every field of spec and status has a row below the heading of its object', () => {
  const missing = readCrds().flatMap((crd) => {
    const sections = sectionsOf(crd.spec.names.kind);
    const { spec = {}, status = {} } = servedSchema(crd).properties ?? {};
    return [...fieldsOf('spec', spec), ...fieldsOf('status', status)].filter(([parent, name]) => {
      return !sections.get(parent)?.includes(`\n| \`${name}\` | `);
    });
  });
  expect(missing).toEqual([]);
});

/** The text below each heading of a kind. Two kinds have objects of one name. */
function sectionsOf(kind: string): ReadonlyMap<string, string> {
  const [, chapter = ''] = page.split(new RegExp(`^## ${kind}$`, 'm'));
  const [own = ''] = chapter.split(/^## /m);
  return new Map(
    own.split(/^#{3,4} /m).map((text) => {
      const [heading = '', ...lines] = text.split('\n');
      return [heading, lines.join('\n')];
    }),
  );
}

test('every rule that has a message is told', () => {
  const messages = readCrds().flatMap((crd) => messagesOf(servedSchema(crd)));
  expect(messages.length).toBeGreaterThan(0);
  const plain = page.replaceAll('`', '');
  expect(messages.filter((message) => !plain.includes(`- ${message}`))).toEqual([]);
});

function messagesOf(schema: Schema): readonly string[] {
  return [
    ...(schema['x-kubernetes-validations'] ?? []).flatMap(({ message }) => (message === undefined ? [] : [message])),
    ...Object.values(schema.properties ?? {}).flatMap(messagesOf),
    ...(schema.items === undefined ? [] : messagesOf(schema.items)),
  ];
}

test('every link of the page leads to a heading of it', () => {
  const seen = new Map<string, number>();
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => {
    const slug = text.toLowerCase().replace(/[^a-z0-9]/g, '');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    // GitHub numbers headings that come again.
    return times === 0 ? slug : `${slug}-${times}`;
  });
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((anchor) => !headings.includes(anchor ?? ''))).toEqual([]);
});
