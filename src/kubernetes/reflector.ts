import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../time/clock';
import type { Random } from '../time/random';
import { isApiError } from './api-error';
import { removedBy } from './last-finalizer';
import { ListWatch } from './list-watch';
import { type Log, silentLog } from './log';
import { MissedObjects } from './missed-objects';
import { PartState } from './part-state';
import type { KubernetesObject, ResourceClient } from './resource-client';
import { isOlder } from './resource-version';
import { historyOf, type ServerHistory } from './server-history';
import type { ListedAt } from './sink';
import { type Indexes, keyOf, newestIn, ObjectStore, type Store } from './store';
import { stripManagedFields } from './strip-managed-fields';

/** `before` is absent for a new object, `after` for one that is gone. If both are there, they have the same UID. */
export interface Change<T> {
  readonly key: string;
  readonly before?: T;
  readonly after?: T;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * A store that is kept equal to a resource of the API server, as client-go's reflector and informer do.
 *
 * - No change is lost and none is invented. After a break it goes on from the last version. If the server has forgotten
 *   that version, it lists again and reports only the differences.
 * - An object that is deleted and created again with the same name gives two changes, also when both were missed.
 * - The store has a change before the listeners are called. They are called in order; one that throws is logged.
 * - A namespace that may not be read, of which nothing is known, does not hold up the others (R14): with the namespace its
 *   Role may be gone. It is read as soon as it may be.
 * - managedFields and kubectl's last-applied-configuration are dropped (strip-managed-fields.ts).
 */
export class Reflector<T extends KubernetesObject> {
  readonly #store: ObjectStore<T>;
  readonly #history: ServerHistory;
  readonly #missed: MissedObjects;
  readonly #listeners = new Set<(change: Change<T>) => void>();
  readonly #parts: readonly {
    readonly namespace: string | undefined;
    readonly listWatch: ListWatch<T>;
    readonly state: PartState;
  }[];
  readonly #type: { readonly apiVersion: string; readonly kind: string };
  readonly #transform: (object: T, before: T | undefined) => T;
  readonly #log: Log;
  readonly #waiting = new Set<() => void>();

  constructor(options: {
    readonly client: ResourceClient<T>;
    /** Absent or empty: all. One list and watch per namespace. */
    readonly namespaces?: readonly string[];
    readonly indexes?: Indexes<T>;
    /**
     * Makes what is stored of an object, for instance the one key of a Secret that is used. `before` is what is stored
     * now. It is called again with its own result after a write of ours, and has to leave that as it is.
     */
    readonly transform?: (object: T, before: T | undefined) => T;
    /** Whether a server that does not know the resource counts as one without objects. Default: no. */
    readonly mayBeAbsent?: boolean;
    readonly clock: Clock;
    readonly random: Random;
    readonly log?: Log;
  }) {
    this.#store = new ObjectStore(options.indexes);
    this.#history = historyOf(options.client.server);
    this.#type = options.client.type;
    this.#transform = options.transform ?? ((object) => object);
    this.#log = options.log ?? silentLog;
    const listAgain = () => this.#parts.map((part) => part.listWatch.listAgain());
    this.#missed = new MissedObjects(options.clock, this.#log, listAgain);
    const namespaces = options.namespaces?.length ? [...new Set(options.namespaces)] : [undefined];
    this.#parts = namespaces.map((namespace) => {
      const state = new PartState();
      const sink = {
        replace: (items: readonly T[], at: ListedAt) => this.#replace(namespace, items, at, state),
        prepare: (object: T) => this.#prepare(object),
        upsert: (object: T) => this.#take(object),
        newest: () => newestIn(this.#store, namespace),
        remove: (object: T) => this.#remove(object),
        readError: (error: unknown) => {
          state.readError = error;
          if (isApiError(error, 'Forbidden') && namespace !== undefined) this.#refused(namespace, state);
          if (options.mayBeAbsent && isApiError(error, 'NotFound')) this.#absent(namespace, state);
        },
      };
      return { namespace, state, listWatch: new ListWatch({ ...options, namespace, sink, log: this.#log }) };
    });
  }

  get store(): Store<T> {
    return this.#store;
  }

  /**
   * True once every namespace was listed whole, but those that may not be read; stays true during later breaks. One at
   * least must have been listed: an API server that has just started refuses all.
   */
  get synced(): boolean {
    const states = this.#parts.map(({ state }) => state);
    return states.every(({ synced, refused }) => synced || refused) && states.some(({ synced }) => synced);
  }

  /** True once every namespace was listed whole: what is not in the store does not exist. */
  get complete(): boolean {
    return this.#parts.every(({ state }) => state.synced);
  }

  /** Why the store does not follow the server at this moment; undefined when it does. */
  get readError(): unknown {
    return this.#parts.find((part) => part.state.readError !== undefined)?.state.readError;
  }

  whenSynced(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      else if (this.synced) resolve();
      else {
        const onAbort = () => {
          this.#waiting.delete(onSynced);
          reject(signal.reason);
        };
        const onSynced = () => {
          signal.removeEventListener('abort', onAbort);
          resolve();
        };
        signal.addEventListener('abort', onAbort, { once: true });
        this.#waiting.add(onSynced);
      }
    });
  }

  /** Calls the listener for every change from now on. The returned function removes it. */
  onChange(listener: (change: Change<T>) => void): () => void {
    const own = (change: Change<T>) => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /**
   * Stores the server's answer to a write of ours, so that the next reconcile does not act on the state before it: only a
   * newer version of a known object. `base` is what was known when the write was sent. An older answer, or another object of
   * that version, shows that the server went back in time. An object that the write has removed is forgotten.
   */
  accept(object: T, base: T): void {
    const { namespace, resourceVersion } = object.metadata;
    const removed = removedBy(object, base);
    const isSame = () => isDeepStrictEqual(this.#prepare(removed ?? object), base);
    this.#history.compare(base.metadata.resourceVersion, resourceVersion, isSame);
    for (const part of this.#parts)
      if (part.namespace === undefined || part.namespace === namespace) part.listWatch.saw(resourceVersion);
    if (this.#store.get(keyOf(object))?.metadata.uid !== object.metadata.uid) return;
    if (removed === undefined) this.#take(object);
    else this.missed(object);
  }

  /** Forgets an object that does not exist, as an answer said. A watch that is behind does not bring it back (R13). */
  missed(object: T): void {
    this.#remove(object);
    this.#missed.add(keyOf(object), object.metadata.uid);
  }

  /**
   * Lists again. Resolves when lists that are sent from now on are in the store; rejects with the signal's reason. A
   * namespace that may not be read, while another one may, is forgotten until then.
   */
  async listAgain(signal: AbortSignal): Promise<void> {
    const lists = Promise.all(this.#parts.map(({ listWatch, state }) => state.unlessRefused(listWatch.listAgain())));
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => reject(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      void lists.then(() => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
    });
  }

  /** Lists and watches until aborted. Never rejects; call it once. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#parts.map((part) => part.listWatch.run(signal)));
  }

  #replace(namespace: string | undefined, items: readonly T[], at: ListedAt, state: PartState): void {
    this.#keepOnly(new Set(items.map(keyOf)), namespace);
    for (const item of items) this.#upsert(item, at);
    this.#isComplete(state);
  }

  #isComplete(state: PartState): void {
    state.synced = true;
    this.#tellIfSynced();
  }

  /** A namespace may not be read. What is known of it is kept, unless somebody has to know that it is true (R13). */
  #refused(namespace: string, state: PartState): void {
    const others = this.#parts.some((part) => part.state !== state && part.state.synced);
    if (state.isAwaited && others) {
      state.synced = false;
      this.#keepOnly(NONE, namespace);
    }
    if (newestIn(this.#store, namespace) !== undefined) return;
    state.refused = true;
    if (others) state.giveUp();
    this.#tellIfSynced();
  }

  /** The server does not know the resource. As above, what is known of it is kept unless somebody asks (R13). */
  #absent(namespace: string | undefined, state: PartState): void {
    if (state.isAwaited) this.#keepOnly(NONE, namespace);
    state.giveUp();
    this.#isComplete(state);
  }

  #keepOnly(keys: ReadonlySet<string>, namespace: string | undefined): void {
    for (const [key, object] of [...this.#store.entries()])
      if ((namespace ?? object.metadata.namespace) === object.metadata.namespace && !keys.has(key))
        this.#forget(key, object);
  }

  #tellIfSynced(): void {
    if (!this.synced) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  /** What is kept of an object. One that cannot be read must not stop a whole list: it is left out, and told (R14). */
  #prepare(object: T): T | undefined {
    const before = this.#store.get(keyOf(object));
    const same = before?.metadata.uid === object.metadata.uid ? before : undefined;
    try {
      return this.#transform(stripManagedFields(object, this.#type), same);
    } catch (error) {
      this.#log.warn('an object cannot be read and is left out', { kind: this.#type.kind, key: keyOf(object), error });
      return undefined;
    }
  }

  /** Takes an object as the server sent it. One that cannot be read is as if it were gone. */
  #take(object: T): void {
    const prepared = this.#prepare(object);
    if (prepared === undefined) this.#remove(object);
    else this.#upsert(prepared);
  }

  #upsert(object: T, listed?: ListedAt): void {
    if (listed?.history !== 'Rewound' && this.#missed.has(object.metadata.uid)) return;
    const key = keyOf(object);
    const before = this.#store.get(key);
    if (before !== undefined && before.metadata.uid === object.metadata.uid) {
      const held = before.metadata.resourceVersion;
      if (listed?.history !== 'Rewound') {
        if (held === object.metadata.resourceVersion) return;
        // An answer that was accepted is ahead of the watch, which still has to bring the versions before it. It may be
        // ahead of a list too. But a list that knows of the held version and gives an older one tells the truth.
        const ahead = listed === undefined || isOlder(listed.version, held);
        if (ahead && isOlder(object.metadata.resourceVersion, held)) return;
      }
    } else if (before !== undefined) {
      this.#forget(key, before);
    }
    const same = this.#store.get(key);
    // Two histories may give one version to two states.
    if (listed?.history === 'Rewound' && isDeepStrictEqual(same, object)) return;
    this.#store.set(key, object);
    this.#notify(same === undefined ? { key, after: object } : { key, before: same, after: object });
  }

  #remove(object: T): void {
    const key = keyOf(object);
    this.#missed.told(object.metadata.uid);
    const before = this.#store.get(key);
    // A late DELETED may be about a former object of this name; the new one was listed before it.
    if (before !== undefined && before.metadata.uid === object.metadata.uid) this.#forget(key, before);
  }

  #forget(key: string, before: T): void {
    this.#store.delete(key);
    this.#notify({ key, before });
  }

  #notify(change: Change<T>): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(change);
      } catch (error) {
        this.#log.warn('a listener failed', { kind: this.#type.kind, key: change.key, error });
      }
    }
  }
}
