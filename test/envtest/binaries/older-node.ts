import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { runToSuccess } from '../run-command';
import { cacheFolder, isExecutable } from './cache-folder';
import { withLock } from './lock';
import { newWorkFolder } from './work-folder';

/** The oldest that `engines` of package.json lets in. */
export const OLDEST_NODE = '20.0.0';
/** The last of its line, which runs on that Node and refuses a package whose `engines` do not name it. */
const YARN = '1.22.22';

export interface OlderNode {
  /** Folder of the program `node`, for a PATH. */
  readonly folder: string;
  readonly node: string;
  /** The script of yarn, for that Node. */
  readonly yarn: string;
}

/**
 * The oldest Node that the package is for, with a yarn: from the npm registry, once, into the cache.
 * Rejects with CommandFailed when npm cannot install them.
 */
export async function findOlderNode(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<OlderNode> {
  const cache = cacheFolder(environment);
  // What the package `node` of this version installs by a script.
  const program = `node-${process.platform}-${process.arch}`;
  const home = path.join(cache, `${program}-${OLDEST_NODE}-yarn-${YARN}`);
  const folder = path.join(home, 'node_modules', program, 'bin');
  const node = path.join(folder, 'node');
  const install = async () => {
    if (await isExecutable(node)) return;
    const work = await newWorkFolder(cache, 'node');
    try {
      const packages = [`${program}@${OLDEST_NODE}`, `yarn@${YARN}`];
      const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', work];
      await runToSuccess('npm', ['install', ...flags, ...packages], { environment }, signal);
      await rename(work, home);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };
  await mkdir(cache, { recursive: true });
  await withLock(path.join(cache, 'node.lock'), systemClock, () => {}, install, signal);
  return { folder, node, yarn: path.join(home, 'node_modules', 'yarn', 'bin', 'yarn.js') };
}
