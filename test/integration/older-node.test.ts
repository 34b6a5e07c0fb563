/** The package on the oldest Node that it is for: yarn installs it, constructs work there, and the command says what it needs. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { transform } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { engines } from '../../package.json';
import { buildIsDue, buildProduct, REPOSITORY } from '../demo/show/product';
import { findOlderNode, OLDEST_NODE, type OlderNode } from '../envtest/binaries/older-node';
import { runCommand, runToSuccess } from '../envtest/run-command';
import { EXAMPLES, manifestsOf, refusalsOf } from '../support/example-app';

const forever = new AbortController().signal;

let older: OlderNode;
let app: string;

beforeAll(async () => {
  if (await buildIsDue()) await buildProduct(forever);
  older = await findOlderNode(process.env, forever);
  const folder = await mkdtemp(path.join(tmpdir(), 'older-node-'));
  const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename }] = JSON.parse(await runToSuccess('npm', pack, { cwd: REPOSITORY }, forever));
  app = await mkdtemp(path.join(folder, 'app-'));
  await writeFile(path.join(app, 'package.json'), JSON.stringify({ name: 'app', private: true }));
  const peers = ['cdk8s', 'constructs'].map((peer) => `file:${path.join(REPOSITORY, 'node_modules', peer)}`);
  // yarn would ask its own registry, which sends it on to that of npm.
  const flags = ['--no-lockfile', '--non-interactive', '--cache-folder', path.join(folder, 'cache')];
  const registry = ['--registry', 'https://registry.npmjs.org'];
  // It refuses a package whose `engines` exclude this Node.
  await onIt(older.yarn, 'add', ...flags, ...registry, ...peers, `file:${path.join(folder, filename)}`);
  return () => rm(folder, { recursive: true, force: true });
}, 300_000);

/** For a command in the app that finds the older Node, and no other. */
function surroundings() {
  const { folder } = older;
  return { cwd: app, environment: { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH}` } };
}

const onIt = (...args: string[]) => runToSuccess(older.node, args, surroundings(), forever);

/** Writes the app of an example, with a change. */
async function exampleApp(main: string, change: (source: string) => string = (source) => source) {
  const source = await readFile(path.join(EXAMPLES, main), 'utf8');
  const { code } = await transform(change(source), { loader: 'ts', format: 'cjs' });
  await writeFile(path.join(app, 'main.js'), code);
  return { cwd: app, command: [older.node, 'main.js'] } as const;
}

test('it is the oldest that package.json names', async () => {
  expect(engines).toEqual({ node: `>=${OLDEST_NODE.replace(/(\.0)+$/, '')}` });
  expect(await onIt('--version')).toBe(`v${OLDEST_NODE}\n`);
});

test('every TypeScript example makes the same manifests there as on the Node of today', async () => {
  const apps = (await readdir(EXAMPLES, { recursive: true })).filter((file) => path.basename(file) === 'main.ts');
  expect(apps.length).toBeGreaterThan(4);
  for (const main of apps) {
    const example = await exampleApp(main);
    const today = await manifestsOf({ ...example, command: [process.execPath, 'main.js'] });
    expect(await manifestsOf(example), main).toEqual(today);
  }
}, 300_000);

test('a wrong field is refused there in the same words', async () => {
  const wrong = await exampleApp('first-group/main.ts', (source) => source.replace('cpu: 2', 'cpu: 0'));
  expect(await refusalsOf(wrong)).toEqual(['[shop/web] spec.cpu is 0: give at least 1']);
});

test.each(['run', 'status', 'plan', 'check', 'version'])(
  'vm-operator %s says in one sentence what it needs',
  async (command) => {
    const program = path.join(app, 'node_modules', '.bin', 'vm-operator');
    expect(await runCommand(program, [command], surroundings(), forever)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        `vm-operator: this is Node ${OLDEST_NODE}, with which only the constructs work: ` +
        'start vm-operator with Node 24 or newer',
    });
  },
);
