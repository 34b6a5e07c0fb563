/**
 * The packages of the constructs for other languages, and the app of examples/ that is there in each of them: right, and
 * with mistakes.
 */
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestContext } from 'vitest';
import { makeAssembly, makePackages } from '../../docs/assembly';
import { name } from '../../package.json';
import { REPOSITORY } from '../demo/show/product';
import { runCommand } from '../envtest/run-command';
import { EXAMPLES, type ExampleApp, type Manifests, manifestsOf, refusalsOf, TSX } from '../support/example-app';

export const MODULES = path.join(REPOSITORY, 'node_modules');
/** The constructs run in the Node of this test, and not from a cache of the machine. */
export const RUNTIME = { JSII_NODE: process.execPath, JSII_RUNTIME_PACKAGE_CACHE: 'disabled' };

/** A value that breaks a bound of the schema, and one that breaks a rule, by the text that they take the place of. */
export type Mistakes = Readonly<Record<string, string>>;
export const NO_SURGE: Mistakes = { 'Amount.percent(25)': 'Amount.absolute(0)' };

/** What an app makes, and what it is told once its source has mistakes. */
export interface Outcome {
  readonly manifests: Manifests;
  readonly refusals: readonly string[];
}

/** Writes the sources of the packages into a folder for each language. The answer is what the same app does in TypeScript. */
export async function makeLanguagePackages(folder: string, packages: string): Promise<Outcome> {
  const assembly = path.join(folder, 'assembly');
  makeAssembly(assembly);
  makePackages(assembly, packages);

  const cwd = await copyOf('group-per-environment', folder);
  await mkdir(path.join(cwd, 'node_modules'));
  await symlink(assembly, path.join(cwd, 'node_modules', name));
  for (const peer of ['cdk8s', 'constructs'])
    await symlink(path.join(MODULES, peer), path.join(cwd, 'node_modules', peer));
  return outcomeOf({ cwd, command: [TSX, 'main.ts'] }, 'main.ts', { 'cpu: 2': 'cpu: 0', ...NO_SURGE });
}

/** A copy of an example, without what somebody has made in it. */
export async function copyOf(example: string, folder: string): Promise<string> {
  const copy = await mkdtemp(path.join(folder, `${example}-`));
  const made = ['dist', 'target', 'node_modules', '.venv', '__pycache__'];
  const filter = (file: string) => !made.includes(path.basename(file));
  await cp(path.join(EXAMPLES, example), copy, { recursive: true, filter });
  return copy;
}

/** Runs the app as it is, and then with mistakes in its source. */
export async function outcomeOf(app: ExampleApp, source: string, mistakes: Mistakes): Promise<Outcome> {
  const manifests = await manifestsOf(app);
  const file = path.join(app.cwd, source);
  let text = await readFile(file, 'utf8');
  for (const [right, wrong] of Object.entries(mistakes)) {
    if (!text.includes(right)) throw new Error(`${file} has no ${right}`);
    text = text.replace(right, wrong);
  }
  await writeFile(file, text);
  return { manifests, refusals: await refusalsOf(app) };
}

/** Ends the test without the tool. On a machine for tests it must be there; a contributor may do without. */
export function missing(tool: string, { skip }: TestContext): never {
  if (process.env.CI === undefined) skip(`no ${tool}`);
  throw new Error(`no ${tool}`);
}

export async function isThere(program: string, ...args: string[]): Promise<boolean> {
  const answer = await runCommand(program, args, {}, new AbortController().signal).catch(() => undefined);
  return answer?.exitCode === 0;
}
