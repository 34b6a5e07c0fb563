/** The apps of examples/, run as their texts say, and what they write. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type CommandResult, runCommand } from '../envtest/run-command';

const ROOT = path.join(__dirname, '..', '..');
export const EXAMPLES = path.join(ROOT, 'examples');
export const TSX = path.join(ROOT, 'node_modules/.bin/tsx');

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly [field: string]: unknown;
}

/** The objects that an app writes, by the name of the chart. */
export type Manifests = ReadonlyMap<string, readonly KubernetesObject[]>;

export function objectsIn(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

/** Runs the app of an example with tsx, the command of its cdk8s.yaml. */
export function runTypeScriptExample(folder: string): Promise<Manifests> {
  return manifestsOf({ cwd: path.join(EXAMPLES, folder), command: [TSX, 'main.ts'] });
}

/** A cdk8s app in any language. */
export interface ExampleApp {
  readonly cwd: string;
  readonly command: readonly [string, ...string[]];
  /** Beside that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** What the app writes. Rejects with what it said unless it succeeds. */
export async function manifestsOf(app: ExampleApp): Promise<Manifests> {
  const { result, manifests } = await runApp(app);
  if (result.exitCode !== 0) throw new Error(`${app.command.join(' ')} failed:\n${result.stdout}\n${result.stderr}`);
  return manifests;
}

/**
 * The sentences by which the constructs refuse what the app says: each has the path of a construct in front. Rejects if the
 * app succeeds or writes a manifest.
 */
export async function refusalsOf(app: ExampleApp): Promise<readonly string[]> {
  const { result, manifests } = await runApp(app);
  const said = `${result.stdout}\n${result.stderr}`;
  if (result.exitCode === 0 || manifests.size > 0)
    throw new Error(`${app.command.join(' ')} was not refused:\n${said}`);
  // A runtime of another language may repeat them and put its own words in front.
  const sentences = [...said.matchAll(/\[\w+\/web\] spec\..*$/gm)].map(([sentence]) => sentence);
  if (sentences.length === 0) throw new Error(`${app.command.join(' ')} failed for another reason:\n${said}`);
  return [...new Set(sentences)];
}

async function runApp({
  cwd,
  command: [program, ...args],
  environment,
}: ExampleApp): Promise<{ readonly result: CommandResult; readonly manifests: Manifests }> {
  const output = mkdtempSync(path.join(tmpdir(), 'example-'));
  try {
    const options = { cwd, environment: { ...process.env, ...environment, CDK8S_OUTDIR: output } };
    const result = await runCommand(program, args, options, new AbortController().signal);
    const manifests = new Map(
      readdirSync(output)
        .sort()
        .map((name) => [name.replace('.k8s.yaml', ''), objectsIn(readFileSync(path.join(output, name), 'utf8'))]),
    );
    return { result, manifests };
  } finally {
    rmSync(output, { recursive: true });
  }
}
