import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../../../src/kubernetes';

export interface StoredMetadata {
  name: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  finalizers?: string[];
  managedFields?: unknown[];
  [field: string]: unknown;
}

export interface StoredObject {
  metadata: StoredMetadata;
  spec?: unknown;
  status?: unknown;
  [field: string]: unknown;
}

/** The body of a create request. */
export interface NewObject {
  readonly metadata?: Partial<StoredMetadata>;
  readonly [field: string]: unknown;
}

export interface HistoryEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly collection: string;
  readonly object: StoredObject;
}

/**
 * The objects of an API server with their history, and one version counter for all of them, as in etcd. It keeps the rules
 * that controllers rely on: optimistic concurrency, no event for a write that changes nothing, generations, finalizers.
 */
export class ModelObjects {
  #version = 100;
  #compacted = 0;
  #uids = 0;
  /** collection → namespace/name → object. */
  readonly #collections = new Map<string, Map<string, StoredObject>>();
  #history: HistoryEvent[] = [];
  readonly #now: () => string;
  readonly #onEvent: (event: HistoryEvent) => void;

  readonly #uidPrefix: string;

  constructor(options: {
    readonly now: () => string;
    readonly onEvent: (event: HistoryEvent) => void;
    /** Eight hexadecimal digits that all UIDs begin with. */
    readonly uidPrefix: string;
  }) {
    this.#uidPrefix = options.uidPrefix;
    this.#now = options.now;
    this.#onEvent = options.onEvent;
  }

  get version(): number {
    return this.#version;
  }

  /** Others write objects that no test looks at: versions are of all objects. */
  writeElsewhere(writes: number): void {
    this.#version += writes;
  }

  /** Forgets the history up to now. The objects stay. */
  compact(): void {
    this.#compacted = this.#version;
    this.#history = [];
  }

  /** The returned function restores all objects and the version of now. The history is forgotten then. */
  snapshot(): () => void {
    const version = this.#version;
    const collections = this.copy();
    return () => {
      this.#version = version;
      this.#collections.clear();
      for (const [name, objects] of collections) this.#collections.set(name, new Map(objects));
      this.compact();
    };
  }

  /** collection → namespace/name → object, as of now. Stored objects are never changed, only replaced. */
  copy(): ReadonlyMap<string, ReadonlyMap<string, StoredObject>> {
    return new Map([...this.#collections].map(([name, objects]) => [name, new Map(objects)] as const));
  }

  list(collection: string, namespace: string | undefined): readonly StoredObject[] {
    const objects = [...this.#of(collection).values()];
    const ours = objects.filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
    return ours.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  /** The events after a version. Throws Expired if they were forgotten. */
  since(version: number, collection: string, namespace: string | undefined): readonly HistoryEvent[] {
    if (version < this.#compacted) throw new ApiError('Expired', 'too old resource version', { status: 410 });
    return this.#history.filter(
      (event) => event.version > version && event.collection === collection && isIn(event.object, namespace),
    );
  }

  get(collection: string, key: string): StoredObject {
    const object = this.#of(collection).get(key);
    if (object === undefined) throw new ApiError('NotFound', `${collection} ${key} not found`, { status: 404 });
    return object;
  }

  create(collection: string, namespace: string | undefined, body: NewObject): StoredObject {
    const name = body.metadata?.name ?? '';
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    if (this.#of(collection).has(key)) throw new ApiError('AlreadyExists', `${key} already exists`, { status: 409 });
    this.#uids += 1;
    const object: StoredObject = {
      ...body,
      metadata: {
        ...body.metadata,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        // In the form of real UIDs, because names and UUIDs of machines are made from them.
        uid: `${this.#uidPrefix}-0000-4000-8000-${String(this.#uids).padStart(12, '0')}`,
        resourceVersion: '',
        generation: 1,
        creationTimestamp: this.#now(),
        managedFields: [{ manager: 'model' }],
      },
    };
    return this.#happen('ADDED', collection, key, object);
  }

  /** Writes what `change` returns, by the rules of the API server. A resourceVersion that is not the object's is a Conflict. */
  update(
    collection: string,
    key: string,
    change: (before: StoredObject) => Partial<StoredObject>,
    scope: 'Object' | 'Status',
  ): StoredObject {
    const before = this.get(collection, key);
    const wanted = frozen(change(before));
    const { resourceVersion, uid } = wanted.metadata ?? {};
    if (resourceVersion && resourceVersion !== before.metadata.resourceVersion)
      throw new ApiError('Conflict', `${key} was changed`, { status: 409 });
    // A write to a status changes no metadata, and looks at no uid.
    if (scope === 'Object' && uid && uid !== before.metadata.uid)
      throw new ApiError('Invalid', `metadata.uid of ${key}: field is immutable`, { status: 422 });
    const after =
      scope === 'Status'
        ? { ...before, status: wanted.status }
        : { ...wanted, status: before.status, metadata: { ...before.metadata, ...wanted.metadata } };
    if (after.status === undefined) delete after.status;
    after.metadata = { ...after.metadata, resourceVersion: before.metadata.resourceVersion };
    // A write that changes nothing makes no new version and no event.
    if (isDeepStrictEqual(after, before)) return before;
    if (!isDeepStrictEqual(after.spec, before.spec)) after.metadata.generation += 1;
    const gone = after.metadata.deletionTimestamp !== undefined && !after.metadata.finalizers?.length;
    if (!gone) return this.#happen('MODIFIED', collection, key, after as StoredObject);
    // What the last finalizer is taken off is removed as it was stored. The answer has the wish, and the version before.
    this.#happen('DELETED', collection, key, before);
    return frozen(after as StoredObject);
  }

  delete(collection: string, key: string, uid: string | undefined): StoredObject {
    const before = this.get(collection, key);
    if (uid !== undefined && uid !== before.metadata.uid)
      throw new ApiError('Conflict', `the UID of ${key} is another`, { status: 409 });
    if (!before.metadata.finalizers?.length) return this.#happen('DELETED', collection, key, before);
    if (before.metadata.deletionTimestamp !== undefined) return before;
    const { metadata } = before;
    const ending = { deletionTimestamp: this.#now(), generation: metadata.generation + 1 };
    return this.#happen('MODIFIED', collection, key, { ...before, metadata: { ...metadata, ...ending } });
  }

  #happen(type: HistoryEvent['type'], collection: string, key: string, changed: StoredObject): StoredObject {
    this.#version += 1;
    const object = frozen({ ...changed, metadata: { ...changed.metadata, resourceVersion: String(this.#version) } });
    if (type === 'DELETED') this.#of(collection).delete(key);
    else this.#of(collection).set(key, object);
    const event = { version: this.#version, type, collection, object };
    this.#history.push(event);
    this.#onEvent(event);
    return object;
  }

  #of(collection: string): Map<string, StoredObject> {
    let objects = this.#collections.get(collection);
    if (objects === undefined) {
      objects = new Map();
      this.#collections.set(collection, objects);
    }
    return objects;
  }
}

export function isIn(object: StoredObject, namespace: string | undefined): boolean {
  return namespace === undefined || object.metadata.namespace === namespace;
}

function keyOf({ metadata }: StoredObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: Record<string, unknown> =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

/**
 * A deep copy of a JSON value that nobody can change, so that the server and its clients share it. Who tries to gets a
 * TypeError. What is frozen already is not copied, and fields that are undefined are left out, as in JSON.
 */
function frozen<T>(value: T): T {
  return frozenCopy(value) as T;
}

function frozenCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const result: Record<string, unknown> = {};
  for (const [name, child] of Object.entries(value)) if (child !== undefined) result[name] = frozenCopy(child);
  return Object.freeze(result);
}
