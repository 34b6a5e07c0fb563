import { ApiError, isExpired } from './api-error';
import type { KubernetesObject, ResourceClient } from './resource-client';

/** Small, for nothing is known of the objects yet: at etcd's limit these are 75 MiB. */
const FIRST_PAGE = 50;
const LARGEST_PAGE = 500;
/** The next page has the number of objects that make about so much. A server holds a page whole before it sends it. */
const PAGE_BYTES = 16 * 2 ** 20;
const GROWTH = 4;
/** Lists of thousands of objects on a busy server take longer than a single read. */
const LIST_TIMEOUT_MS = 60_000;

export interface WholeList<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

/**
 * A consistent read of all objects of one namespace or of all, in pages of one version. `prepare` makes what is kept of
 * an object, as soon as it has arrived, or nothing: the list is never held as the server sends it (R14).
 */
export async function listAll<T extends KubernetesObject>(
  client: ResourceClient<T>,
  namespace: string | undefined,
  prepare: (object: T) => T | undefined,
  signal: AbortSignal,
): Promise<WholeList<T>> {
  try {
    return await pages(client, namespace, prepare, FIRST_PAGE, signal);
  } catch (error) {
    if (!isExpired(error)) throw error;
    // The history was compacted while the pages were read. Ask for one large answer, as client-go's pager does.
    return pages(client, namespace, prepare, undefined, signal);
  }
}

async function pages<T extends KubernetesObject>(
  client: ResourceClient<T>,
  namespace: string | undefined,
  prepare: (object: T) => T | undefined,
  first: number | undefined,
  signal: AbortSignal,
): Promise<WholeList<T>> {
  const items: T[] = [];
  let limit = first;
  let token: string | undefined;
  for (;;) {
    let bytes = 0;
    const take = (object: T, size: number) => {
      bytes += size;
      return prepare(object);
    };
    const query = { namespace, limit, continue: token, timeoutMs: LIST_TIMEOUT_MS };
    const page = await client.list(query, signal, take);
    const resourceVersion = page.metadata?.resourceVersion;
    if (!Array.isArray(page.items) || !resourceVersion)
      throw new ApiError('InvalidResponse', `list of ${client.type.plural}: the answer is not a list`);
    // What cannot be read was left out.
    for (const item of page.items) if (item !== undefined) items.push(item);
    token = page.metadata.continue;
    if (!token) return { items, resourceVersion };
    if (limit !== undefined) limit = nextLimit(limit, bytes / Math.max(1, page.items.length));
  }
}

function nextLimit(limit: number, bytesEach: number): number {
  const fitting = Math.floor(PAGE_BYTES / Math.max(1, bytesEach));
  return Math.max(1, Math.min(limit * GROWTH, LARGEST_PAGE, fitting));
}
