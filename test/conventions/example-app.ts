import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runToSuccess } from '../envtest/run-command';
import { ROOT } from './command';

export const EXAMPLES = path.join(ROOT, 'examples');

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
  return runExample(folder, path.join(ROOT, 'node_modules/.bin/tsx'), 'main.ts', {});
}

export async function runExample(
  folder: string,
  interpreter: string,
  file: string,
  environment: NodeJS.ProcessEnv,
): Promise<Manifests> {
  const output = mkdtempSync(path.join(tmpdir(), 'example-'));
  onTestFinished(() => rmSync(output, { recursive: true }));
  const options = {
    cwd: path.join(EXAMPLES, folder),
    environment: { ...process.env, ...environment, CDK8S_OUTDIR: output },
  };
  await runToSuccess(interpreter, [file], options, new AbortController().signal);
  return new Map(
    readdirSync(output)
      .sort()
      .map((name) => [name.replace('.k8s.yaml', ''), objectsIn(readFileSync(path.join(output, name), 'utf8'))]),
  );
}
