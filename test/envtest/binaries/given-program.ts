import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { SandboxError } from '../sandbox-error';
import { isExecutable } from './cache-folder';
import type { ProgramName } from './program';

/** A variable that names the program itself. */
const FILE_VARIABLES: Readonly<Record<ProgramName, string>> = {
  'kube-apiserver': 'TEST_ASSET_KUBE_APISERVER',
  etcd: 'TEST_ASSET_ETCD',
  vcsim: 'VM_OPERATOR_VCSIM',
};

/** A variable that names a folder with kube-apiserver and etcd, as Go's envtest reads it. */
const FOLDER_VARIABLE = 'KUBEBUILDER_ASSETS';

/** The CRD compares with the old object in a rule (optionalOldSelf), which older API servers do not evaluate. */
const OLDEST_KUBERNETES_MINOR = 33;

/**
 * The program that the environment names, or that lies on the PATH, or undefined. Rejects with BinaryNotUsable when the
 * environment names one that is not there: to go on with another would surprise whoever set it.
 * vcsim is never taken from the PATH, because one found there lacks the mending.
 */
export async function givenProgram(name: ProgramName, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const fileVariable = FILE_VARIABLES[name];
  const file = environment[fileVariable];
  if (file !== undefined && file !== '') return checked(file, fileVariable);
  if (name === 'vcsim') return undefined;
  const folder = environment[FOLDER_VARIABLE];
  if (folder !== undefined && folder !== '') return checked(path.join(folder, name), FOLDER_VARIABLE);
  for (const entry of (environment.PATH ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(entry)) continue;
    const candidate = path.join(entry, name);
    if ((await isExecutable(candidate)) && isNewEnough(name, candidate)) return candidate;
  }
  return undefined;
}

async function checked(file: string, variable: string): Promise<string> {
  if (await isExecutable(file)) return path.resolve(file);
  throw new SandboxError(
    'BinaryNotUsable',
    `${variable} leads to ${file}, which is not an executable file. Correct it, or unset ${variable} to have one built.`,
  );
}

function isNewEnough(name: ProgramName, file: string): boolean {
  const answer = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (answer.status !== 0) return false;
  if (name === 'etcd') return /etcd Version: 3\.[5-9]/.test(answer.stdout);
  const minor = /Kubernetes v1\.(\d+)\./.exec(answer.stdout)?.[1];
  return minor !== undefined && Number(minor) >= OLDEST_KUBERNETES_MINOR;
}
