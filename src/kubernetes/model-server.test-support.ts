import { ApiError } from './api-error';
import type { ApiRequest, ApiServer } from './api-server';
import type { KubernetesObject } from './resource-client';

export interface Thing extends KubernetesObject {
  readonly value?: number;
}

interface HistoryEvent {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: Thing;
}

/** One resource of an API server in memory, with history, compaction, breaks and faults. Time stands still in it. */
export class ModelServer implements ApiServer {
  readonly server = 'https://model';
  /** What was asked: 'list', 'page', 'watch 7', 'probe'. */
  readonly requests: string[] = [];
  /** Each request takes the next of these, and fails with it if it is an error. */
  readonly faults: (Error | undefined)[] = [];
  down = false;
  ready = true;
  #version = 10;
  #uids = 0;
  #compacted = 0;
  #things = new Map<string, Thing>();
  #history: HistoryEvent[] = [];
  readonly #watches = new Set<Watch>();

  get watches(): number {
    return this.#watches.size;
  }

  put(key: string, value: number): Thing {
    this.#version += 1;
    const [namespace = '', name = ''] = key.split('/');
    const before = this.#things.get(key);
    const uid = before?.metadata.uid ?? `uid-${++this.#uids}`;
    const managedFields = [{ manager: 'somebody' }];
    const metadata = { namespace, name, uid, resourceVersion: String(this.#version), managedFields };
    const object: Thing = { metadata, value };
    this.#things.set(key, object);
    this.#happen({ version: this.#version, type: before === undefined ? 'ADDED' : 'MODIFIED', object });
    return object;
  }

  delete(key: string): void {
    const before = this.#things.get(key);
    if (before === undefined) return;
    this.#version += 1;
    this.#things.delete(key);
    const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(this.#version) } };
    this.#happen({ version: this.#version, type: 'DELETED', object });
  }

  bookmark(): void {
    for (const watch of this.#watches)
      watch.push({ type: 'BOOKMARK', object: { metadata: { resourceVersion: String(this.#version) } } });
  }

  /** Forgets all history: an older version gives 410. */
  compact(): void {
    this.#compacted = this.#version;
    this.#history = [];
  }

  /** Forgets the newest changes, as a restore of an old backup does. */
  restore(things: readonly Thing[], version: number): void {
    this.#version = version;
    this.#history = [];
    this.#compacted = version;
    this.#things = new Map(things.map((thing) => [`${thing.metadata.namespace}/${thing.metadata.name}`, thing]));
    this.break();
  }

  /** Ends all watches with a connection error. */
  break(): void {
    for (const watch of [...this.#watches]) watch.fail(new ApiError('Unreachable', 'reset'));
  }

  /** Ends all watches as the server does after timeoutSeconds. */
  end(): void {
    for (const watch of [...this.#watches]) watch.end();
  }

  /** Sends an ERROR event with a Status. */
  sendError(status: object): void {
    for (const watch of this.#watches) watch.push({ type: 'ERROR', object: { kind: 'Status', ...status } });
  }

  /** What a reader should know in the end. */
  truth(): Record<string, number | undefined> {
    return Object.fromEntries([...this.#things].sort().map(([key, thing]) => [key, thing.value]));
  }

  async request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    await Promise.resolve();
    signal.throwIfAborted();
    if (request.path === '/readyz') {
      this.requests.push('probe');
      if (this.down) throw new ApiError('Unreachable', 'down');
      if (!this.ready) throw new ApiError('InternalError', 'not ready', { status: 500 });
      return 'ok' as T;
    }
    const offset = Number(request.query?.continue ?? 0);
    this.requests.push(offset > 0 ? 'page' : 'list');
    this.#fault();
    const all = [...this.#things.values()].filter((thing) => inNamespace(request.path, thing));
    const limit = Number(request.query?.limit ?? all.length);
    const more = offset + limit < all.length;
    const items = structuredClone(all.slice(offset, offset + limit));
    const metadata = { resourceVersion: String(this.#version), ...(more ? { continue: String(offset + limit) } : {}) };
    return { items, metadata } as T;
  }

  async *stream(request: ApiRequest, signal: AbortSignal): AsyncGenerator<unknown> {
    await Promise.resolve();
    signal.throwIfAborted();
    const from = Number(request.query?.resourceVersion);
    this.requests.push(`watch ${from}`);
    this.#fault();
    if (from < this.#compacted) throw new ApiError('Expired', 'too old resource version', { status: 410 });
    request.onOpen?.();
    const watch = new Watch(request.path);
    for (const event of this.#history)
      if (event.version > from && inNamespace(request.path, event.object)) watch.push(structuredClone(event));
    this.#watches.add(watch);
    const onAbort = () => watch.fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      yield* watch.values();
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#watches.delete(watch);
    }
  }

  close(): void {}

  #fault(): void {
    const fault = this.faults.shift();
    if (this.down) throw new ApiError('Unreachable', 'down');
    if (fault !== undefined) throw fault;
  }

  #happen(event: HistoryEvent): void {
    this.#history.push(event);
    for (const watch of this.#watches) if (inNamespace(watch.path, event.object)) watch.push(structuredClone(event));
  }
}

class Watch {
  readonly path: string;
  readonly #values: unknown[] = [];
  #end: { readonly error?: unknown } | undefined;
  #wake: () => void = () => {};

  constructor(path: string) {
    this.path = path;
  }

  push(value: unknown): void {
    this.#values.push(value);
    this.#wake();
  }

  end(): void {
    this.#end ??= {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  async *values(): AsyncGenerator<unknown> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift();
      if (this.#end !== undefined) {
        if ('error' in this.#end) throw this.#end.error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

function inNamespace(path: string, thing: Thing): boolean {
  const namespace = /\/namespaces\/([^/]+)\//.exec(path)?.[1];
  return namespace === undefined || thing.metadata.namespace === namespace;
}
