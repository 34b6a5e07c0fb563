import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * A new folder in the cache for what is being made, to be renamed once it is whole. Its caller holds the lock that `maker` has
 * to itself, so other folders of that maker are left from processes that were killed: they are removed. Those of other makers
 * are not: under their locks, somebody may be working in them.
 */
export async function newWorkFolder(cache: string, maker: string): Promise<string> {
  const prefix = `unfinished-${maker}-`;
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache))
    if (name.startsWith(prefix)) await rm(path.join(cache, name), { recursive: true, force: true });
  return mkdtemp(path.join(cache, prefix));
}
