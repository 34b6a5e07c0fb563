/**
 * The packages for other languages, made and installed as the release does it. An app in each writes the manifests of the
 * same app in TypeScript, and is refused in the same sentences. Java is in java-package.test.ts.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makePackages } from '../../docs/assembly';
import { name, version } from '../../package.json';
import { findPython } from '../envtest/binaries/python';
import { runToSuccess } from '../envtest/run-command';
import { EXAMPLES } from '../support/example-app';
import {
  copyOf,
  isThere,
  MODULES,
  makeLanguagePackages,
  missing,
  NO_SURGE,
  type Outcome,
  outcomeOf,
  RUNTIME,
} from './language-packages';

const forever = new AbortController().signal;

let folder: string;
let packages: string;
let inTypeScript: Outcome;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'other-languages-'));
  packages = path.join(folder, 'packages');
  inTypeScript = await makeLanguagePackages(folder, packages);
  return () => rm(folder, { recursive: true, force: true });
}, 300_000);

test('the app in TypeScript is refused once by the schema and once by a rule, for each of its groups', () => {
  expect([...inTypeScript.manifests.keys()]).toEqual(['production', 'test']);
  const noProgress = 'maxUnavailable is 0: maxSurge and maxUnavailable cannot both be 0';
  expect(inTypeScript.refusals).toEqual(
    ['test', 'production'].flatMap((group) => [
      `[${group}/web] spec.cpu is 0: give at least 1`,
      `[${group}/web] spec.updateStrategy.rollingUpdate.${noProgress}`,
    ]),
  );
});

test('Python: the wheel is installed into a virtual environment, with the requirements that it names', async (context) => {
  const python = (await findPython(process.env, forever)) ?? missing('python3 of 3.10 or newer that has venv', context);
  const run = (...args: string[]) => runToSuccess(python, args, {}, forever);
  const offline = ['--no-deps', '--no-index', '--disable-pip-version-check', '--quiet'];
  const wheels = path.join(folder, 'wheels');
  const source = path.join(packages, 'python');
  await run('-m', 'pip', 'wheel', ...offline, '--no-build-isolation', '--wheel-dir', wheels, source);

  const environment = path.join(folder, 'venv');
  await run('-m', 'venv', '--without-pip', environment);
  const installed = path.join(environment, 'bin', 'python');
  const purelib = 'import sysconfig; print(sysconfig.get_path("purelib"))';
  const places = await Promise.all([installed, python].map((each) => runToSuccess(each, ['-c', purelib], {}, forever)));
  const [own = '', cached = ''] = places.map((place) => place.trim());
  // The packages of PyPI are there already; only ours is installed anew.
  await writeFile(path.join(own, 'cached.pth'), cached);
  const wheel = path.join(wheels, `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`);
  await run('-m', 'pip', '--python', installed, 'install', ...offline, wheel);
  await run('-m', 'pip', '--python', installed, 'check');

  const app = {
    cwd: await copyOf('python', folder),
    command: [installed, 'main.py'],
    environment: { ...RUNTIME, PYTHONDONTWRITEBYTECODE: '1' },
  } as const;
  expect(await outcomeOf(app, 'main.py', { 'cpu=2': 'cpu=0', ...NO_SURGE })).toEqual(inTypeScript);
}, 600_000);

test('Python: the requirements of the example are those of the package', async () => {
  const setup = await readFile(path.join(packages, 'python/setup.py'), 'utf8');
  const requirements = (await readFile(path.join(EXAMPLES, 'python/requirements.txt'), 'utf8')).trimEnd().split('\n');
  expect(requirements).toHaveLength(2);
  for (const requirement of requirements) expect(setup).toContain(`"${requirement}"`);
});

test('Go: the module is taken from its folder', async (context) => {
  if (!(await isThere('go', 'version'))) missing('go', context);
  const cwd = await copyOf('go', folder);
  const environment = { ...process.env, ...RUNTIME, GOFLAGS: '-mod=mod' };
  // A proxy may not have the bindings of cdk8s. They are made from its npm package, as its own release does it.
  const bindings = path.join(folder, 'cdk8s');
  makePackages(path.join(MODULES, 'cdk8s'), bindings, ['go']);
  const folders = {
    'vm.codeconnect.vmworld.com/constructs/codeconnectvmoperator': path.join(packages, 'go', 'codeconnectvmoperator'),
    'github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2': path.join(bindings, 'go', 'cdk8s'),
  };
  const replace = Object.entries(folders).map(([module, place]) => `-replace=${module}=${place}`);
  await runToSuccess('go', ['mod', 'edit', ...replace], { cwd, environment }, forever);

  const app = { cwd, command: ['go', 'run', '.'], environment } as const;
  const mistakes = {
    'Cpu:       jsii.Number(2)': 'Cpu:       jsii.Number(0)',
    'Amount_Percent(jsii.Number(25))': 'Amount_Absolute(jsii.Number(0))',
  };
  expect(await outcomeOf(app, 'main.go', mistakes)).toEqual(inTypeScript);
}, 600_000);
