import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { type Clock, sleep } from '../../../src/time/clock';
import { adminRequest } from './admin-request';
import type { ApiServer } from './api-server';

/** A change of a collection of API objects. */
export type CollectionChange<T> =
  | { readonly kind: 'All'; readonly objects: readonly T[] }
  | { readonly kind: 'Changed'; readonly object: T }
  | { readonly kind: 'Gone'; readonly object: T };

const PAUSE_AFTER_FAILURE_MS = 500;

/**
 * Lists and then watches a collection as the administrator, until the signal is aborted. It never rejects: after a failure
 * it lists again. It is small and shares no code with the operator's reflector, whose work it observes.
 */
export async function watchCollection<T>(
  server: ApiServer,
  path: string,
  onNews: (news: CollectionChange<T>) => void,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const answer = await adminRequest(server, 'GET', path, undefined, signal);
      if (answer.status !== 200) throw new Error(`HTTP ${answer.status}`);
      const list: { metadata: { resourceVersion: string }; items: T[] } = JSON.parse(answer.body);
      onNews({ kind: 'All', objects: list.items });
      await watchFrom(server, `${path}?watch=1&resourceVersion=${list.metadata.resourceVersion}`, onNews, signal);
    } catch {
      // The reason does not matter: it lists again.
      await sleep(clock, PAUSE_AFTER_FAILURE_MS, signal).catch(() => undefined);
    }
  }
}

function watchFrom<T>(
  server: ApiServer,
  path: string,
  onNews: (news: CollectionChange<T>) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { ca: server.caPem, cert: server.certPem, key: server.keyPem, agent: false as const, signal };
    const call = request(new URL(path, server.url), options, (answer) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        reject(new Error(`HTTP ${answer.statusCode}`));
        return;
      }
      answer.once('error', reject);
      const lines = createInterface({ input: answer });
      lines.on('line', (line) => {
        const { type, object }: { type: string; object: T } = JSON.parse(line);
        if (type === 'ERROR') call.destroy(new Error('the watch is too old'));
        else onNews({ kind: type === 'DELETED' ? 'Gone' : 'Changed', object });
      });
      // readline emits the errors of its input too.
      lines.once('error', reject);
      lines.once('close', resolve);
    });
    call.once('error', reject);
    call.end();
  });
}
