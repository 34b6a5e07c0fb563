import { isApiError } from './api-error';
import type { WholeList } from './list-all';
import type { Log } from './log';
import type { KubernetesObject, ResourceClient } from './resource-client';
import { isOlder } from './resource-version';
import { historyOf } from './server-history';

/** Reads of single objects that are under way at a time. */
const READS_AT_ONCE = 8;

/**
 * The lists of a server that went back in time, until they can be believed again.
 *
 * kube-apiserver answers lists from its watch cache, and single objects from etcd. An API server that kept running while
 * etcd was restored does not notice: its lists, also consistent ones, stay as they were before, and its watches send
 * nothing until history has passed that version. (Kubernetes' instructions for a restore say to stop all API servers.)
 * So each listed object is read by itself, and that answer counts. What such a server does not list stays unknown.
 */
export class DoubtedLists<T extends KubernetesObject> {
  readonly #client: ResourceClient<T>;
  readonly #prepare: (object: T) => T | undefined;
  readonly #log: Log;
  /** Version of the list before. */
  #before: string | undefined;
  #logged = false;

  /** `prepare`: what is kept of an object. */
  constructor(client: ResourceClient<T>, prepare: (object: T) => T | undefined, log: Log) {
    this.#client = client;
    this.#prepare = prepare;
    this.#log = log;
  }

  /** The objects of the list as they are stored. `believed`: the next list need not be checked. */
  async check(
    { items, resourceVersion }: WholeList<T>,
    signal: AbortSignal,
  ): Promise<{ readonly items: readonly T[]; readonly believed: boolean }> {
    const stored = await this.#read(items, signal);
    const agreed = items.every((item, index) => isNoOlder(stored[index], item));
    if (!agreed && !this.#logged) {
      this.#logged = true;
      this.#log.warn('the API server lists objects that it does not store', {
        resource: this.#client.type.plural,
        remedy:
          'restart kube-apiserver: it kept running while etcd was restored; until then each object is read by itself, ' +
          'and new objects are not seen',
      });
    }
    // Until history has passed the version of a stale list, that version stays as it is, and each answer is older.
    const { lastAnswer } = historyOf(this.#client.server);
    const before = this.#before;
    const answeredLater = lastAnswer !== undefined && before !== undefined && !isOlder(lastAnswer, before);
    const passed = answeredLater || isOlder(before, resourceVersion);
    this.#before = resourceVersion;
    return { items: stored.filter((item) => item !== undefined), believed: agreed && passed };
  }

  /** One answer per item, in order; undefined where the object does not exist. */
  async #read(items: readonly T[], signal: AbortSignal): Promise<readonly (T | undefined)[]> {
    const stored: (T | undefined)[] = [];
    const left = items.entries();
    const read = async () => {
      for (const [index, { metadata }] of left) stored[index] = await this.#get(metadata, signal);
    };
    await Promise.all(Array.from({ length: READS_AT_ONCE }, read));
    return stored;
  }

  async #get({ namespace = '', name }: T['metadata'], signal: AbortSignal): Promise<T | undefined> {
    try {
      return this.#prepare(await this.#client.get(namespace, name, signal));
    } catch (error) {
      if (isApiError(error, 'NotFound')) return undefined;
      throw error;
    }
  }
}

function isNoOlder(stored: KubernetesObject | undefined, listed: KubernetesObject): boolean {
  return (
    stored?.metadata.uid === listed.metadata.uid &&
    !isOlder(stored.metadata.resourceVersion, listed.metadata.resourceVersion)
  );
}
