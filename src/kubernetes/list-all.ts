import { ApiError, isExpired } from './api-error';
import type { KubernetesObject, ResourceClient } from './resource-client';

const PAGE_SIZE = 500;
/** Lists of thousands of objects on a busy server take longer than a single read. */
const LIST_TIMEOUT_MS = 60_000;

export interface WholeList<T> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
}

/** A consistent read of all objects of one namespace or of all, in pages of one version. */
export async function listAll<T extends KubernetesObject>(
  client: ResourceClient<T>,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<WholeList<T>> {
  try {
    return await pages(client, namespace, PAGE_SIZE, signal);
  } catch (error) {
    if (!isExpired(error)) throw error;
    // The history was compacted while the pages were read. Ask for one large answer, as client-go's pager does.
    return pages(client, namespace, undefined, signal);
  }
}

async function pages<T extends KubernetesObject>(
  client: ResourceClient<T>,
  namespace: string | undefined,
  limit: number | undefined,
  signal: AbortSignal,
): Promise<WholeList<T>> {
  const items: T[] = [];
  let token: string | undefined;
  for (;;) {
    const page = await client.list({ namespace, limit, continue: token, timeoutMs: LIST_TIMEOUT_MS }, signal);
    const resourceVersion = page.metadata?.resourceVersion;
    if (!Array.isArray(page.items) || !resourceVersion)
      throw new ApiError('InvalidResponse', `list of ${client.type.plural}: the answer is not a list`);
    for (const item of page.items) items.push(item);
    token = page.metadata.continue;
    if (!token) return { items, resourceVersion };
  }
}
