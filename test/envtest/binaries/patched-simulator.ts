import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunningTask } from './progress';
import { editedFiles, patched, SIMULATOR_EDITS } from './simulator-edits';
import { STRICT_HOOKS } from './strict-hooks';

/** Runs go in one module folder. Resolves with its standard output, rejects with a SandboxError that has a remedy. */
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
 * strict-hooks.ts, and with the rules of the strict vCenter. It must be a copy, because the module cache is read-only and
 * verified by checksum, and the overlay flag of the build does not work on it.
 */
export async function patchedSimulatorModule(
  go: RunGo,
  target: string,
  task: RunningTask,
  signal: AbortSignal,
): Promise<void> {
  task.doing(`fetching ${MODULE}`);
  await go(['mod', 'download', MODULE], signal);
  const source = (await go(['list', '-m', '-f', '{{.Dir}}', MODULE], signal)).trim();
  task.doing('patching the simulator');
  // All edits are checked before the copy, so that a mismatch shows at once.
  const files = new Map<string, string>();
  for (const file of editedFiles(EDITS)) {
    files.set(file, patched(file, await readFile(path.join(source, file), 'utf8'), EDITS));
  }
  for (const [name, text] of await strictRules()) files.set(path.join('simulator', `strict-${name}`), text);
  await copyWritable(source, target, signal);
  for (const [file, text] of files) await writeFile(path.join(target, file), text);
}

/** Copies without tests. Files of the module cache are read-only; those of the copy can be changed and deleted. */
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
