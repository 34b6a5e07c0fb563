import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, sleep } from '../../../src/time/clock';

const POLL_MS = 250;
/** The holder updates the time of its lock file this often. */
const TOUCH_EVERY_MS = 5_000;
/** After so long without an update a lock is abandoned. Its process id may belong to another program by then. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Runs `work` while no other process of this machine holds the lock `file`, so that two test runs at once build once. The
 * lock file contains the process id of its holder. A lock whose process has ended, or that is abandoned, is taken over.
 * `onWait` is called once, with the process id of the holder, if it has to wait.
 *
 * The lock saves work, but correctness must not depend on it: a holder on another machine that shares the folder, or in
 * another container, looks as if it had ended. So results must still appear by a rename.
 */
export async function withLock<T>(
  file: string,
  clock: Clock,
  onWait: (holder: number) => void,
  work: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  let waited = false;
  while (!(await take(file))) {
    const holder = await holderOf(file);
    if (holder === undefined) continue;
    if (!isAlive(holder) || (await isAbandoned(file, clock))) {
      await removeAbandoned(file, holder);
      continue;
    }
    if (!waited) onWait(holder);
    waited = true;
    await sleep(clock, POLL_MS, signal);
  }
  let cancelTimer = () => {};
  const touch = () => {
    const now = clock.wallMs() / 1_000;
    utimes(file, now, now).catch(() => undefined);
    cancelTimer = clock.setTimer(TOUCH_EVERY_MS, touch);
  };
  touch();
  try {
    return await work();
  } finally {
    cancelTimer();
    await rm(file, { force: true });
  }
}

async function isAbandoned(file: string, clock: Clock): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && clock.wallMs() - found.mtimeMs > ABANDONED_AFTER_MS;
}

async function take(file: string): Promise<boolean> {
  // A rename would overwrite an existing lock. The flag 'wx' fails if the file exists.
  try {
    await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined if the lock no longer exists. An empty lock is being written: it counts as held by this process. */
async function holderOf(file: string): Promise<number | undefined> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    return text === '' ? process.pid : Number(text);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Removes an abandoned lock. If two processes try it, the rename of only one succeeds. */
async function removeAbandoned(file: string, formerHolder: number): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    if ((await holderOf(file)) !== formerHolder) return;
    await rename(file, aside);
    await rm(aside);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

export function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
