import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { findHelm } from '../envtest/binaries/helm';
import { runToSuccess } from '../envtest/run-command';

const forever = new AbortController().signal;

/** A folder that goes with the test. */
export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'helm-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs Helm, which keeps what it knows in a folder. Resolves to what it printed, and rejects with what it said. */
export async function helmIn(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<string> {
  const helm = await findHelm(process.env, forever);
  const home = { HELM_CACHE_HOME: folder, HELM_CONFIG_HOME: folder, HELM_DATA_HOME: folder };
  return runToSuccess(helm, [...args], { environment: { ...process.env, ...home, ...environment } }, forever);
}
