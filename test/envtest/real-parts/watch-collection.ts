import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { type Clock, sleep } from '../../../src/time/clock';
import { adminRequest } from './admin-request';
import type { ApiServer } from './api-server';

/** What a watch tells about a collection of API objects. */
export type CollectionNews<T> =
  | { readonly kind: 'All'; readonly objects: readonly T[] }
  | { readonly kind: 'Changed'; readonly object: T }
  | { readonly kind: 'Gone'; readonly object: T };

const PAUSE_AFTER_FAILURE_MS = 500;

/**
 * Lists and then watches a collection as the administrator, until the signal is aborted; never rejects. After any
 * trouble it lists again. It is small on purpose, and shares nothing with the operator's own reflector: the one looks at
 * what the other does.
 */
export async function watchCollection<T>(
  server: ApiServer,
  path: string,
  onNews: (news: CollectionNews<T>) => void,
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
      // Why does not matter to a spectator: it looks again.
      await sleep(clock, PAUSE_AFTER_FAILURE_MS, signal).catch(() => undefined);
    }
  }
}

function watchFrom<T>(
  server: ApiServer,
  path: string,
  onNews: (news: CollectionNews<T>) => void,
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
      // It repeats the errors of its input.
      lines.once('error', reject);
      lines.once('close', resolve);
    });
    call.once('error', reject);
    call.end();
  });
}
