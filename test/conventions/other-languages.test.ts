import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Assembly, makeAssembly, makePackages } from '../../docs/assembly';
import { constructsPage } from '../../docs/constructs-page';
import { findPython } from '../envtest/binaries/python';
import { runToSuccess } from '../envtest/run-command';
import { ROOT } from './command';
import { EXAMPLES, runExample, runTypeScriptExample } from './example-app';

const forever = new AbortController().signal;

let folder: string;
let assembly: Assembly;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
  assembly = makeAssembly(folder);
  makePackages(folder);
  return () => rmSync(folder, { recursive: true });
}, 240_000);

test('jsii takes the constructs, and they become packages for Python, Java and Go', () => {
  for (const source of [
    'python/src/codeconnect_vm_operator/__init__.py',
    'java/src/main/java/com/vmworld/codeconnect/vmoperator/VmGroup.java',
    'go/codeconnectvmoperator/VmGroup.go',
  ]) {
    expect(existsSync(join(folder, 'dist', source)), source).toBe(true);
  }
});

test('each package carries the constructs with their assembly, without which jsii does not load them', async () => {
  const archives = readdirSync(join(folder, 'dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.tgz'),
  );
  expect(archives.map((file) => file.split('/')[0]).sort()).toEqual(['go', 'java', 'python']);
  for (const archive of archives) {
    const files = await runToSuccess('tar', ['-tzf', join(folder, 'dist', archive)], {}, forever);
    expect(files.split('\n'), archive).toEqual(
      expect.arrayContaining(['package/.jsii', 'package/lib/package.json', 'package/lib/src/constructs/index.js']),
    );
  }
});

test('the package for Python is imported, and its example makes the manifests of the TypeScript example', async ({
  skip,
}) => {
  const python = await findPython(process.env, forever);
  // On a machine for tests it must be there; a contributor may do without.
  if (python === undefined && process.env.CI === undefined) skip('no python3 of 3.10 or newer that has venv');
  if (python === undefined) throw new Error('no python3 of 3.10 or newer that has venv');
  const installed = join(folder, 'installed');
  const offline = ['--no-index', '--no-deps', '--no-build-isolation', '--disable-pip-version-check', '--quiet'];
  await runToSuccess(
    python,
    ['-m', 'pip', 'install', ...offline, '--target', installed, join(folder, 'dist/python')],
    {},
    forever,
  );
  const [fromPython, fromTypeScript] = await Promise.all([
    runExample('python', python, 'main.py', {
      PYTHONPATH: installed,
      PYTHONDONTWRITEBYTECODE: '1',
      JSII_NODE: process.execPath,
      JSII_RUNTIME_PACKAGE_CACHE: 'disabled',
    }),
    runTypeScriptExample('group-per-environment'),
  ]);
  expect([...fromPython.keys()]).toEqual(['production', 'test']);
  expect(fromPython).toEqual(fromTypeScript);
}, 600_000);

test('the requirements of the Python example are those of the package', () => {
  const setup = readFileSync(join(folder, 'dist/python/setup.py'), 'utf8');
  const requirements = readFileSync(join(EXAMPLES, 'python/requirements.txt'), 'utf8').trimEnd().split('\n');
  expect(requirements).toHaveLength(2);
  for (const requirement of requirements) expect(setup).toContain(`"${requirement}"`);
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
    readFileSync(join(ROOT, 'docs/constructs.md'), 'utf8') === constructsPage(assembly),
    'docs/constructs.md is stale. Run `npm run generate` and commit the outcome.',
  ).toBe(true);
});
