import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { runToSuccess } from '../run-command';
import { SandboxError } from '../sandbox-error';
import { cacheFolder, isExecutable, thisPlatform } from './cache-folder';
import { withLock } from './lock';
import { newWorkFolder } from './work-folder';

/** A program that one package of a Go module is built to. */
export interface GoTool {
  /** Name of the program, which is the last part of the package's path. */
  readonly name: string;
  readonly package: string;
  readonly version: string;
  /** Build tags, such as those that leave out what a test has no use for. Default: none. */
  readonly tags?: string;
  /** Folder of our Go module that holds the package and pins the version. Absent: the package's own module. */
  readonly folder?: string;
  /** Environment variable that names a ready program. */
  readonly variable: string;
}

/**
 * Path of the program: the one that the environment names, else one built from its Go module into the cache, once per
 * version. Not one of the PATH, whose version nobody knows. Rejects with BinaryNotUsable, CommandFailed or ProgramMissing.
 */
export async function findGoTool(tool: GoTool, environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string> {
  const given = environment[tool.variable];
  if (given !== undefined && given !== '') {
    if (await isExecutable(given)) return path.resolve(given);
    throw new SandboxError('BinaryNotUsable', `${tool.variable} leads to ${given}, which is not an executable file.`);
  }
  const cache = cacheFolder(environment);
  const { goos, goarch } = thisPlatform();
  const folder = path.join(cache, `${tool.name}-${tool.version}-${goos}-${goarch}`);
  const program = path.join(folder, tool.name);
  const build = async () => {
    if (await isExecutable(program)) return;
    const work = await newWorkFolder(cache, tool.name);
    try {
      const goEnvironment = { ...environment, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '', GOBIN: work };
      const what = tool.folder === undefined ? `${tool.package}@${tool.version}` : tool.package;
      const tags = tool.tags === undefined ? [] : ['-tags', tool.tags];
      const args = ['install', '-trimpath', ...tags, '-ldflags', '-s -w', what];
      const where = tool.folder === undefined ? {} : { cwd: tool.folder };
      await runToSuccess('go', args, { ...where, environment: goEnvironment }, signal);
      await rename(work, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };
  await mkdir(cache, { recursive: true });
  await withLock(path.join(cache, `${tool.name}.lock`), systemClock, () => {}, build, signal);
  return program;
}
