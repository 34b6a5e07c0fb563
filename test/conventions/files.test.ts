import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './command';
import { ROOMS } from './rooms';

const LONGEST = 300;
/** The tamed package is one thing, and so is the table of commands. */
const MAY_BE_LONGER = ['src/vsphere/transport/soap/', 'src/cli/'];

const sources = ['src', 'charts', 'crds', 'docs', 'test', 'examples']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((path) => /\.m?ts$/.test(path));

test('no file is longer than a person reads in one go', () => {
  const long = sources
    .filter((path) => !MAY_BE_LONGER.some((folder) => path.startsWith(folder)))
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8').split('\n').length - 1] as const)
    .filter(([, lines]) => lines > LONGEST)
    .map(([path, lines]) => `${path} has ${lines} lines`);
  expect(long, `Split these by what they are about: at most ${LONGEST} lines a file.`).toEqual([]);
});

test('nothing in src exists for tests only', () => {
  const support = sources.filter((path) => path.startsWith('src/') && /test-support|fixture|mock/.test(path));
  expect(support, 'Move these to test/support or test/fakes.').toEqual([]);
});

test('no folder collects what found no room', () => {
  const heaps = sources.filter((path) => /(^|[/-])(utils?|helpers?|misc|common|shared)([/.-]|$)/.test(path));
  expect(heaps, 'Name these by what they hold.').toEqual([]);
});

const FOLDERS = [
  ...new Set([...ROOMS.map(({ folder }) => folder), ...readdirSync(join(ROOT, 'test')).map((name) => `test/${name}`)]),
].filter((folder) => existsSync(join(ROOT, folder)) && !/\.\w+$/.test(folder) && folder !== 'imports');

test.each(FOLDERS)('%s says in a README of at most ten lines what it is for', (folder) => {
  const readme = join(ROOT, folder, 'README.md');
  expect(existsSync(readme), `Write ${folder}/README.md: what it is for, where to start, what it may import.`).toBe(
    true,
  );
  expect(readFileSync(readme, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(10);
});

/** Words that have another name now, so that one thing keeps one name. */
const FORMER_WORDS = /\b(ledger|leftovers?|obstacles?|wake.?index|slim.?object|live.?proof|vim25\.md|design\.md)\b/i;

test('words that were given up do not come back', () => {
  const found = sources
    .filter((path) => !path.startsWith('test/conventions/'))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          FORMER_WORDS.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 80)}`] : [],
        ),
    );
  expect(found, 'See the words of docs/architecture.md.').toEqual([]);
});
