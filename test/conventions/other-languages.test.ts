import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { apiPage } from '../../docs/api-page';
import { type Assembly, makeAssembly, makePackages } from '../../docs/assembly';
import { ROOT } from './command';

let folder: string;
let assembly: Assembly;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  assembly = makeAssembly(folder);
  return () => rmSync(folder, { recursive: true });
}, 240_000);

test('jsii takes the constructs, and they become packages for Python, Java and Go', () => {
  makePackages(folder);
  for (const source of [
    'python/src/codeconnect_vm_operator/__init__.py',
    'java/src/main/java/com/vmworld/codeconnect/vmoperator/VmGroup.java',
    'go/codeconnectvmoperator/VmGroup.go',
  ]) {
    expect(existsSync(join(folder, 'dist', source)), source).toBe(true);
  }
});

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
    readFileSync(join(ROOT, 'docs/constructs.md'), 'utf8') === apiPage(assembly),
    'docs/constructs.md is stale. Run `npm run generate` and commit the outcome.',
  ).toBe(true);
});
