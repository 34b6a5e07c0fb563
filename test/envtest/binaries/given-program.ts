import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { SandboxError } from '../sandbox-error';
import { isExecutable } from './cache-folder';
import type { ProgramName } from './program';

/** The variable that names the program. */
const FILE_VARIABLES: Readonly<Record<ProgramName, string>> = {
  'kube-apiserver': 'TEST_ASSET_KUBE_APISERVER',
  etcd: 'TEST_ASSET_ETCD',
  vcsim: 'VM_OPERATOR_VCSIM',
};

/** The variable that names a folder with kube-apiserver and etcd, as in Go's envtest. */
const FOLDER_VARIABLE = 'KUBEBUILDER_ASSETS';

/** The CRD has a rule with optionalOldSelf, which older API servers do not know. */
const OLDEST_KUBERNETES_MINOR = 33;

/**
 * The program that the environment names, or that is on the PATH, or undefined. Rejects with BinaryNotUsable if the
 * environment names a file that is no program: using another one would surprise the person who set the variable.
 * vcsim is never taken from the PATH, because it would not have our edits.
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
    `${variable} names ${file}, which is not an executable file: correct it, or unset ${variable} to build the program`,
  );
}

function isNewEnough(name: ProgramName, file: string): boolean {
  const answer = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (answer.status !== 0) return false;
  if (name === 'etcd') return /etcd Version: 3\.[5-9]/.test(answer.stdout);
  const minor = /Kubernetes v1\.(\d+)\./.exec(answer.stdout)?.[1];
  return minor !== undefined && Number(minor) >= OLDEST_KUBERNETES_MINOR;
}
