import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../../src/time/clock';
import { runCommand, runToSuccess } from '../run-command';
import { cacheFolder, isExecutable, thisPlatform } from './cache-folder';
import { withLock } from './lock';
import { newWorkFolder } from './work-folder';

const REQUIREMENTS = path.join(__dirname, '..', 'python', 'requirements.txt');
/** Of jsii, and of our package. */
const OLDEST_PYTHON = [3, 10] as const;
/** Prints the version if a virtual environment can be made. */
const LOOK = 'import ensurepip, sys, venv; print("%d.%d" % sys.version_info[:2])';

/**
 * Path of a Python that has cdk8s and jsii: that of a virtual environment in the cache, made from the packages of PyPI in
 * a minute once. Undefined where the PATH has no python3 that is new enough and can make one.
 * Rejects with CommandFailed when pip cannot install them.
 */
export async function findPython(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | undefined> {
  const look = await runCommand('python3', ['-c', LOOK], { environment }, signal).catch(() => undefined);
  signal.throwIfAborted();
  const version = look?.exitCode === 0 ? look.stdout.trim() : undefined;
  if (version === undefined || !isNewEnough(version)) return undefined;

  const cache = cacheFolder(environment);
  const key = createHash('sha256')
    .update(await readFile(REQUIREMENTS))
    .digest('hex')
    .slice(0, 12);
  const { goos, goarch } = thisPlatform();
  const folder = path.join(cache, `python-${version}-${goos}-${goarch}-${key}`);
  const python = path.join(folder, 'bin', 'python');
  const make = async () => {
    if (await isExecutable(python)) return;
    const work = await newWorkFolder(cache, 'python');
    try {
      await runToSuccess('python3', ['-m', 'venv', work], { environment }, signal);
      // By the module, not by the script `pip`, whose first line names a folder that is renamed below.
      const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS];
      await runToSuccess(path.join(work, 'bin', 'python'), install, { environment }, signal);
      await rename(work, folder);
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  };
  await mkdir(cache, { recursive: true });
  await withLock(path.join(cache, 'python.lock'), systemClock, () => {}, make, signal);
  return python;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_PYTHON[0] || (major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1]);
}
