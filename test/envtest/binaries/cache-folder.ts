import { createHash } from 'node:crypto';
import { access, constants, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { simulatorChanges } from './patched-simulator';
import { KUBERNETES_VERSION, MODULES_FOLDER, type Program, type ProgramName } from './program';

/** The folder of built and downloaded programs. It is outside the repository, so that a new clone finds them. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_CACHE_HOME;
  // The XDG specification: a relative path is invalid and ignored.
  const home = base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), '.cache');
  return path.join(home, 'codeconnect-vm-operator');
}

/** Operating system and processor, with the names of Go and of the envtest archives. */
export interface Platform {
  readonly goos: string;
  readonly goarch: string;
}

export function thisPlatform(): Platform {
  const processors: Readonly<Record<string, string>> = { x64: 'amd64', ppc64: 'ppc64le' };
  return {
    goos: process.platform === 'win32' ? 'windows' : process.platform,
    goarch: processors[process.arch] ?? process.arch,
  };
}

/**
 * Folder name of a built program: version and platform, and a hash of the module files, the source of the program, the
 * linker flags and the edits of the simulator. A change of any of them causes a new build.
 */
export async function builtFolderName(program: Program, platform: Platform): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', path.join(program.name, 'main.go')]) {
    hash.update(await readFile(path.join(MODULES_FOLDER, file)));
  }
  hash.update(program.linkerFlags);
  if (program.name === 'vcsim') hash.update(JSON.stringify(await simulatorChanges()));
  const key = hash.digest('hex').slice(0, 12);
  return `${program.name}-${program.version}-${platform.goos}-${platform.goarch}-${key}`;
}

/** Every patch version of this series is good for the prebuilt programs. */
export const PREBUILT_SERIES = KUBERNETES_VERSION.replace(/^v(\d+\.\d+)\..*$/, '$1');

/** Folder name of the prebuilt kube-apiserver and etcd. */
export function prebuiltFolderName(platform: Platform): string {
  return `envtest-v${PREBUILT_SERIES}-${platform.goos}-${platform.goarch}`;
}

/** The program in the cache, built or prebuilt, or undefined. Folders appear by a rename, so a folder is always complete. */
export async function findInCache(cache: string, program: Program, platform: Platform): Promise<string | undefined> {
  const folders = [await builtFolderName(program, platform)];
  if (isPrebuilt(program.name)) folders.push(prebuiltFolderName(platform));
  for (const folder of folders) {
    const file = path.join(cache, folder, program.name);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** vcsim is never prebuilt, because a released vcsim does not have our edits. */
export function isPrebuilt(name: ProgramName): boolean {
  return name !== 'vcsim';
}

export async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
