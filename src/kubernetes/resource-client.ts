import { ApiError, errorFromStatus } from './api-error';
import type { ApiServer } from './api-server';

/** Names one resource of the API: { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' }. */
export interface ResourceType {
  /** Group and version, or 'v1' for the core group. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
}

export interface ObjectMeta {
  readonly name: string;
  /** Absent for cluster-scoped objects. */
  readonly namespace?: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object as the server gives it. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: ObjectMeta;
}

export interface ListQuery {
  /** Absent or empty: all namespaces. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: 'Exact' | 'NotOlderThan' | undefined;
  /** For this page; default 30 s. */
  readonly timeoutMs?: number | undefined;
}

/** Called with each item as it arrives, and its size in bytes. What it returns stands in the list instead, if anything. */
export type TakeItem<T> = (item: T, bytes: number) => T | undefined;

export interface ResourceList<T> {
  readonly items: readonly T[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
}

export interface WatchQuery {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
  /** Events after this version. */
  readonly resourceVersion: string;
  /** The server ends the watch after this long. */
  readonly timeoutSeconds: number;
  /** Called once the server has accepted the watch. The first event may come much later. */
  readonly onOpen?: () => void;
}

/** A BOOKMARK's object has only metadata.resourceVersion. An ERROR event is not returned but thrown. */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: T;
}

/** The object that a status is for. */
export type StatusTarget = Pick<ObjectMeta, 'namespace' | 'name' | 'uid'> & { readonly unchangedSince?: string };

/**
 * Typed calls for one resource. `namespace` is '' for cluster-scoped objects. All methods reject with an ApiError
 * (NotFound, Conflict, Forbidden, Invalid, …), or with `signal.reason`. A name that cannot be part of a path is a
 * BadRequest which is not sent: with an empty one a get would be a list, and a delete would delete all.
 */
export class ResourceClient<T extends KubernetesObject> {
  readonly server: ApiServer;
  readonly type: ResourceType;
  readonly #root: string;

  constructor(server: ApiServer, type: ResourceType) {
    this.server = server;
    this.type = type;
    this.#root = type.apiVersion.includes('/') ? `/apis/${type.apiVersion}` : `/api/${type.apiVersion}`;
  }

  async get(namespace: string, name: string, signal: AbortSignal): Promise<T> {
    return this.server.request({ method: 'GET', path: this.#item(namespace, name) }, signal);
  }

  /** One page. A token of `continue` that is too old rejects with Expired. */
  async list(query: ListQuery, signal: AbortSignal, take?: TakeItem<T>): Promise<ResourceList<T>> {
    const { namespace, timeoutMs, ...rest } = query;
    const request = {
      method: 'GET' as const,
      path: this.#collection(namespace),
      query: rest,
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(take !== undefined && { takeItem: (item: unknown, bytes: number) => take(item as T, bytes) }),
    };
    return this.server.request(request, signal);
  }

  /**
   * Changes after a version, with bookmarks, until the server ends the watch. Throws Expired or Gone when the server has
   * forgotten that version.
   */
  async *watch(query: WatchQuery, signal: AbortSignal): AsyncGenerator<WatchEvent<T>> {
    const { namespace, onOpen, ...rest } = query;
    const path = this.#collection(namespace);
    const request = { method: 'GET' as const, path, query: { ...rest, watch: true, allowWatchBookmarks: true } };
    const stream = this.server.stream(onOpen === undefined ? request : { ...request, onOpen }, signal);
    for await (const value of stream) {
      const event = value as WatchEvent<T> | { readonly type: 'ERROR'; readonly object: unknown };
      if (event.type === 'ERROR') throw errorFromStatus(`watch of ${path}`, undefined, event.object);
      yield event;
    }
  }

  async create(namespace: string, object: object, signal: AbortSignal): Promise<T> {
    const body = { apiVersion: this.type.apiVersion, kind: this.type.kind, ...object };
    return this.server.request({ method: 'POST', path: this.#collection(namespace), body }, signal);
  }

  /**
   * Replaces the whole status, whoever wrote the one before, by a JSON patch (RFC 6902) that first tests the uid: a late
   * status never lands on a new object of the same name, as it would by server-side apply or a merge patch, which ignore
   * metadata.uid in /status. There is no conflict with other writers, for the server tries again by itself.
   * NotFound when the object is gone; Invalid when its uid is another, or when the schema refuses the status. With
   * `unchangedSince`, a resourceVersion, also Invalid when anybody has changed the object since.
   */
  async replaceStatus(
    { namespace = '', name, uid, unchangedSince }: StatusTarget,
    status: object,
    fieldManager: string,
    signal: AbortSignal,
  ): Promise<T> {
    return this.server.request(
      {
        method: 'PATCH',
        path: `${this.#item(namespace, name)}/status`,
        query: { fieldManager },
        contentType: 'application/json-patch+json',
        body: [
          { op: 'test', path: '/metadata/uid', value: uid },
          ...(unchangedSince === undefined
            ? []
            : [{ op: 'test', path: '/metadata/resourceVersion', value: unchangedSince }]),
          { op: 'add', path: '/status', value: status },
        ],
      },
      signal,
    );
  }

  /**
   * JSON merge patch (RFC 7386). With metadata.resourceVersion in it a change in between gives Conflict. Another
   * metadata.uid than the object's gives Invalid, for that field is immutable.
   */
  async mergePatch(namespace: string, name: string, patch: object, signal: AbortSignal): Promise<T> {
    return this.server.request(
      { method: 'PATCH', path: this.#item(namespace, name), contentType: 'application/merge-patch+json', body: patch },
      signal,
    );
  }

  /** Starts the deletion; the object stays while it has finalizers. With `uid`, only the object with that UID. */
  async delete(
    namespace: string,
    name: string,
    options: { readonly uid?: string },
    signal: AbortSignal,
  ): Promise<void> {
    const preconditions = options.uid === undefined ? {} : { preconditions: { uid: options.uid } };
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', ...preconditions };
    await this.server.request({ method: 'DELETE', path: this.#item(namespace, name), body }, signal);
  }

  #collection(namespace: string | undefined): string {
    const scope = namespace ? `/namespaces/${segment(namespace)}` : '';
    return `${this.#root}${scope}/${this.type.plural}`;
  }

  #item(namespace: string, name: string): string {
    return `${this.#collection(namespace)}/${segment(name)}`;
  }
}

/** As client-go: rest.IsValidPathSegmentName. */
function segment(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/%]/.test(name))
    throw new ApiError('BadRequest', `${JSON.stringify(name)} cannot be the name of an object`);
  return encodeURIComponent(name);
}
