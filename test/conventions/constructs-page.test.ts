/** jsii takes the constructs, and their docstrings are all that a reader of docs/constructs.md needs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Assembly, makeAssembly } from '../../docs/assembly';
import { constructsPage } from '../../docs/constructs-page';
import { ROOT } from './command';

let assembly: Assembly;
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  assembly = makeAssembly(folder);
  return () => rmSync(folder, { recursive: true });
}, 240_000);

test('everything that is exported has a docstring', () => {
  const silent = Object.values(assembly.types).flatMap((type) => [
    ...(type.docs?.summary === undefined ? [type.name] : []),
    ...[...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]
      .filter(({ docs }) => docs?.summary === undefined)
      .map(({ name }) => `${type.name}.${name}`),
  ]);
  expect(silent, 'Give these a docstring: meaning, units, default, errors.').toEqual([]);
});

test('every optional prop tells its default', () => {
  const silent = Object.values(assembly.types)
    .filter(({ kind }) => kind === 'interface')
    .flatMap((type) =>
      (type.properties ?? [])
        .filter(({ optional, docs }) => optional === true && docs?.default === undefined)
        .map(({ name }) => `${type.name}.${name}`),
    );
  expect(silent, 'Add @default to their docstrings.').toEqual([]);
});

test('the API page is what the docstrings say', () => {
  expect(
    readFileSync(join(ROOT, 'docs/constructs.md'), 'utf8') === constructsPage(assembly),
    'docs/constructs.md is stale. Run `npm run generate` and commit the outcome.',
  ).toBe(true);
});
