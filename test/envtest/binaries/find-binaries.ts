import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../../src/time/clock';
import { messageOf, SandboxError } from '../sandbox-error';
import {
  builtFolderName,
  cacheFolder,
  findInCache,
  isExecutable,
  isPrebuilt,
  type Platform,
  prebuiltFolderName,
  thisPlatform,
} from './cache-folder';
import { givenProgram } from './given-program';
import { buildFromModules } from './go-build';
import { withLock } from './lock';
import { downloadPrebuilt, releaseIndexUrl } from './prebuilt';
import { PROGRAMS, type Program, type ProgramName } from './program';
import type { Progress } from './progress';
import { newWorkFolder } from './work-folder';

/** Absolute paths of the three programs. */
export interface Binaries {
  readonly kubeApiserver: string;
  readonly etcd: string;
  readonly vcsim: string;
}

export interface FindOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly progress: Progress;
}

/** Whose work folders they are. */
const MAKER = 'servers';

/**
 * Finds the programs, or makes them. It looks into the environment and the PATH, then into the cache. Then it downloads a
 * prebuilt archive with a checksum (not for vcsim), and at last it builds from Go modules. So the first run on a machine
 * takes minutes, and later runs take no time.
 * Rejects with BinaryNotUsable, GoMissing, GoTooOld, NoNetwork, EditDoesNotFit or BuildFailed.
 */
export async function findBinaries(options: FindOptions, signal: AbortSignal): Promise<Binaries> {
  const platform = thisPlatform();
  const cache = cacheFolder(options.environment);
  const found = new Map<ProgramName, string>();
  const missing = () => Object.values(PROGRAMS).filter((program) => !found.has(program.name));
  for (const program of missing()) {
    const file =
      (await givenProgram(program.name, options.environment)) ?? (await findInCache(cache, program, platform));
    if (file !== undefined) found.set(program.name, file);
  }
  if (missing().length > 0) {
    const onWait = (holder: number) =>
      options.progress.note(`waiting for process ${holder}, which builds the same programs`);
    const maker = new Maker(cache, platform, options);
    const make = async () => {
      for (const program of missing()) {
        // Another process may have made it while this one waited. One download brings two programs.
        const file = (await findInCache(cache, program, platform)) ?? (await maker.make(program, signal));
        found.set(program.name, file);
      }
    };
    await withLock(path.join(cache, 'lock'), options.clock, onWait, make, signal);
  }
  const pathOf = (name: ProgramName) => {
    const file = found.get(name);
    if (file === undefined) throw new Error(`${name} was neither found nor made`);
    return file;
  };
  return { kubeApiserver: pathOf('kube-apiserver'), etcd: pathOf('etcd'), vcsim: pathOf('vcsim') };
}

/** Makes programs for one cache folder and one platform. Its caller holds the lock. */
class Maker {
  /** After one failure the second program does not try again. */
  private hasDownloadFailed = false;

  constructor(
    private readonly cache: string,
    private readonly platform: Platform,
    private readonly options: FindOptions,
  ) {}

  async make(program: Program, signal: AbortSignal): Promise<string> {
    const prebuilt = isPrebuilt(program.name) ? await this.download(program, signal) : undefined;
    return prebuilt ?? this.build(program, signal);
  }

  /** Undefined if the download is not possible. The reason is shown, and the program is built. */
  private async download(program: Program, signal: AbortSignal): Promise<string | undefined> {
    const { environment, clock, progress } = this.options;
    const indexUrl = releaseIndexUrl(environment);
    if (indexUrl === undefined || this.hasDownloadFailed) return undefined;
    const task = progress.start({ title: 'download kube-apiserver and etcd' });
    const target = path.join(this.cache, prebuiltFolderName(this.platform));
    try {
      await inWorkFolder(this.cache, async (workFolder) => {
        const request = { indexUrl, platform: this.platform, workFolder, clock, task };
        await install(await downloadPrebuilt(request, signal), target);
      });
      task.end('done');
      return path.join(target, program.name);
    } catch (error) {
      task.end('not possible');
      if (!(error instanceof SandboxError)) throw error;
      progress.note(`${messageOf(error)}; building from source instead`);
      this.hasDownloadFailed = true;
      return undefined;
    }
  }

  private async build(program: Program, signal: AbortSignal): Promise<string> {
    const isPatched = program.name === 'vcsim';
    const what = isPatched ? `vcsim (govmomi ${program.version}, patched)` : `${program.name} ${program.version}`;
    const title = `build ${what} from Go modules`;
    const task = this.options.progress.start({ title, typicalMs: program.typicalColdBuildMs });
    const target = path.join(this.cache, await builtFolderName(program, this.platform));
    try {
      await inWorkFolder(this.cache, async (workFolder) => {
        const file = await buildFromModules(program, workFolder, this.options.environment, task, signal);
        await install(path.dirname(file), target);
      });
      task.end('done');
      return path.join(target, program.name);
    } catch (error) {
      task.end('failed');
      throw error;
    }
  }
}

async function inWorkFolder(cache: string, work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await newWorkFolder(cache, MAKER);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Renames within one file system, so that another process sees the complete folder or none. */
async function install(folder: string, target: string): Promise<void> {
  try {
    await rename(folder, target);
  } catch (error) {
    // Another process was first, without the lock (see lock.ts). Its program is as good.
    const [entry] = await readdir(folder);
    if (entry === undefined || !(await isExecutable(path.join(target, entry)))) throw error;
  }
}
