import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Installation } from './installation';

/** More versions than a story writes between a snapshot and its restore. */
const VERSIONS_AHEAD = 300;

/**
 * Takes history so far ahead that no version is given twice. kube-apiserver starts a write with the object in its cache. Where
 * it kept running, and the version there is by chance that of another state in etcd, it stores the spec of its cache.
 */
export async function getAhead(here: Installation): Promise<void> {
  const items = Array.from({ length: VERSIONS_AHEAD }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `ahead-${index}`, namespace: 'default' },
  }));
  const file = path.join(here.server.folder, 'ahead.json');
  await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await here.run('create', '-f', file);
}
