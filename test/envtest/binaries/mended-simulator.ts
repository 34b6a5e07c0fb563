import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningTask } from './progress';
import { editedFiles, mend, SIMULATOR_EDITS } from './simulator-edits';
import { STRICT_HOOKS } from './strict-hooks';

/** A go command in one module folder. Resolves with its standard output, rejects with a SandboxError that has a remedy. */
export type RunGo = (args: readonly string[], signal: AbortSignal) => Promise<string>;

const MODULE = 'github.com/vmware/govmomi';

/** Go files that become part of the simulator. */
const RULES_FOLDER = path.join(__dirname, '..', 'strict-vcenter', 'rules');
const EDITS = [...SIMULATOR_EDITS, ...STRICT_HOOKS];

/** All that the simulator is changed by: edits, and the rules of the strict vCenter by file name. */
export async function simulatorChanges(): Promise<unknown> {
  return { edits: EDITS, rules: await strictRules() };
}

async function strictRules(): Promise<readonly (readonly [name: string, text: string])[]> {
  const names = (await readdir(RULES_FOLDER)).filter((name) => name.endsWith('.go')).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(path.join(RULES_FOLDER, name), 'utf8')] as const));
}

/**
 * Makes `target` a copy of the govmomi module that modules/go.mod pins, with the edits of simulator-edits.ts and
 * strict-hooks.ts, and with the rules of the strict vCenter. A copy, for the module cache is read-only, is verified by checksum, and refuses even the build's overlay flag.
 */
export async function mendedSimulatorModule(
  go: RunGo,
  target: string,
  task: RunningTask,
  signal: AbortSignal,
): Promise<void> {
  task.doing(`fetching ${MODULE}`);
  await go(['mod', 'download', MODULE], signal);
  const source = (await go(['list', '-m', '-f', '{{.Dir}}', MODULE], signal)).trim();
  task.doing('mending the simulator');
  // All edits are checked before anything is copied: a mismatch costs no time.
  const mended = new Map<string, string>();
  for (const file of editedFiles(EDITS)) {
    mended.set(file, mend(file, await readFile(path.join(source, file), 'utf8'), EDITS));
  }
  for (const [name, text] of await strictRules()) mended.set(path.join('simulator', `strict-${name}`), text);
  await copyWritable(source, target, signal);
  for (const [file, text] of mended) await writeFile(path.join(target, file), text);
}

/** Files of the module cache are read-only; the copy is the owner's to change and to delete. Tests stay behind. */
async function copyWritable(source: string, target: string, signal: AbortSignal): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(source, { withFileTypes: true })) {
    signal.throwIfAborted();
    const from = path.join(source, entry.name);
    const to = path.join(target, entry.name);
    if (entry.isDirectory()) await copyWritable(from, to, signal);
    else if (entry.isFile() && !entry.name.endsWith('_test.go')) {
      await copyFile(from, to);
      await chmod(to, 0o644);
    }
  }
}
