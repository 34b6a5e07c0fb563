import { existsSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './command';
import { pages, pageText, withoutCode } from './pages';

test.for(pages())('every relative link of %s resolves', (page) => {
  expect(brokenLinks(page), 'Correct the path, or the #anchor: it is the heading in lower case, with dashes.').toEqual(
    [],
  );
});

describe('an anchor', () => {
  test.each([
    ['## Back up', 'back-up'],
    ['### `status.phase`, and more', 'statusphase-and-more'],
    ["## The account in vCenter's eyes", 'the-account-in-vcenters-eyes'],
    ['## [A link](x.md) here', 'a-link-here'],
  ])('of %s is %s', (line, anchor) => expect([...anchorsOf(line)]).toEqual([anchor]));

  test('of a heading that comes again is counted', () =>
    expect([...anchorsOf('# A\n\n## B\n\n## B\n')]).toEqual(['a', 'b', 'b-1']));

  test('is no comment of a shell', () => expect([...anchorsOf('```sh\n# no heading\n```\n')]).toEqual([]));
});

function brokenLinks(page: string): readonly string[] {
  return linksOf(pageText(page)).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path));
    if (target.startsWith('..') || !existsSync(join(ROOT, target))) return true;
    if (anchor === undefined) return false;
    if (!target.endsWith('.md') || !statSync(join(ROOT, target)).isFile()) return true;
    return !anchorsOf(pageText(target)).has(anchor);
  });
}

/** `[text](target)`, `[name]: target`, `href="target"` and `src="target"`; those with a scheme are left out. */
function linksOf(text: string): readonly string[] {
  const found = withoutCode(text).matchAll(
    /\]\(\s*<?([^()\s>]+)>?(?:\s+"[^"]*")?\s*\)|^ {0,3}\[[^\]]+\]:\s*(\S+)|\b(?:href|src)="([^"]+)"/gm,
  );
  return [...found]
    .map(([, inline, reference, html]) => inline ?? reference ?? html ?? '')
    .filter((link) => !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(link));
}

/** As GitHub makes them of headings, and those that are given by `id` or `name`. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const blocksBlanked = text.replace(/^( *)```[\s\S]*?^\1```/gm, '');
  for (const [, heading, id] of blocksBlanked.matchAll(/^#{1,6} +(.+?) *#*$|\b(?:id|name)="([^"]+)"/gm)) {
    const slug = id ?? slugOf(heading ?? '');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${count}`;
    anchors.add(anchor);
  }
  return anchors;
}

function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}
