import { ApiError, type ApiRequest, type ApiServer } from '../../../src/kubernetes';
import { type Clock, deadline } from '../../../src/time/clock';
import { type JsonPatchOperation, jsonPatch } from './json-patch';
import { type HistoryEvent, isIn, ModelObjects, mergePatch, type NewObject, type StoredObject } from './objects';
import { StaleCache } from './stale-cache';
import { ModelWatch } from './watch';

/**
 * What happens to one request.
 * - Fail: the server answers with this error, or the connection fails (Unreachable)
 * - LostReply: the request is done, and the caller sees a broken connection
 * - Delay: the request is done after a while
 * - Hang: the request is neither done nor answered
 */
export type ModelFault =
  | { readonly kind: 'Fail'; readonly error: ApiError }
  | { readonly kind: 'LostReply' }
  | { readonly kind: 'Delay'; readonly ms: number }
  | { readonly kind: 'Hang' };

/**
 * An API server in memory, as one client sees it: any resource, lists in pages, watches with bookmarks and history,
 * merge patches, status by apply. It passes the same conformance suite as kube-apiserver
 * (test/contract/kubernetes/conformance-suite.ts), so tests on the model hold there too. Its clock is injected; an answer
 * takes a few microtasks.
 */
export class KubernetesModel implements ApiServer {
  readonly server = 'https://model';
  readonly objects: ModelObjects;
  /** Called for each request; undefined means no fault. */
  faultFor: (request: ApiRequest) => ModelFault | undefined = () => undefined;
  /** While true, every connection is refused. */
  down = false;
  /** Method and path of each request, for tests that count requests. */
  readonly requests: string[] = [];
  readonly #clock: Clock;
  readonly #watches = new Set<ModelWatch>();
  #staleCache: StaleCache | undefined;

  constructor(clock: Clock, uidPrefix = '00000000') {
    this.#clock = clock;
    this.objects = new ModelObjects({
      uidPrefix,
      now: () => new Date(clock.wallMs()).toISOString().replace(/\.\d+Z$/, 'Z'),
      onEvent: (event) => this.#notify(event),
    });
  }

  /** Another client of the same server, without faults. */
  get direct(): ApiServer {
    return {
      server: this.server,
      request: async <T>(request: ApiRequest, signal: AbortSignal) => {
        signal.throwIfAborted();
        return this.#answer(request) as T;
      },
      stream: (request, signal) => this.#stream(request, signal, undefined),
      close: () => {},
    };
  }

  /** Breaks all watches, like a connection reset. */
  reset(): void {
    for (const watch of [...this.#watches]) watch.fail(new ApiError('Unreachable', 'reset'));
  }

  /** Number of open watches. */
  get watches(): number {
    return this.#watches.size;
  }

  /** Ends all watches, as the server does after their timeout. */
  end(): void {
    for (const watch of [...this.#watches]) watch.end();
  }

  /** Sends an ERROR event with a Status to all watches, as the server does when their version was compacted. */
  sendError(status: object): void {
    for (const watch of this.#watches) watch.push({ type: 'ERROR', object: { kind: 'Status', ...status } });
  }

  bookmark(): void {
    for (const watch of this.#watches) watch.send(this.objects.version, this.#bookmark());
  }

  /**
   * The returned function restores the state of now in etcd. A server that is restarted with it breaks all watches; one
   * that is kept running does not notice (see StaleCache).
   */
  snapshot(): (server: 'Restarted' | 'Kept') => void {
    const restore = this.objects.snapshot();
    return (server) => {
      this.#staleCache = server === 'Kept' ? new StaleCache(this.objects) : undefined;
      restore();
      if (server === 'Restarted') this.reset();
    };
  }

  /** A server that was kept running while etcd was restored is restarted. */
  restart(): void {
    this.#staleCache = undefined;
    this.reset();
  }

  async request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    this.requests.push(`${request.method} ${request.path}`);
    const limit = this.#limit(request, signal);
    try {
      const fault = await this.#meetFault(request, limit.signal);
      const answer = this.#answer(request) as T;
      if (fault?.kind === 'LostReply') throw new ApiError('Unreachable', 'the connection broke');
      return answer;
    } finally {
      limit.done();
    }
  }

  async *stream(request: ApiRequest, signal: AbortSignal): AsyncGenerator<unknown> {
    this.requests.push(`WATCH ${request.path}`);
    const limit = this.#limit(request, signal);
    const fault = await this.#meetFault(request, limit.signal).finally(limit.done);
    yield* this.#stream(request, signal, fault);
  }

  close(): void {
    this.reset();
  }

  /** The deadline of a whole answer, or of the first byte of a stream. */
  #limit({ method, path, timeoutMs = 30_000 }: ApiRequest, signal: AbortSignal) {
    const late = () => new ApiError('Timeout', `${method} ${path}: no answer in ${timeoutMs} ms`);
    return deadline(this.#clock, timeoutMs, signal, late);
  }

  async *#stream(request: ApiRequest, signal: AbortSignal, fault: ModelFault | undefined): AsyncGenerator<unknown> {
    signal.throwIfAborted();
    if (fault?.kind === 'LostReply') throw new ApiError('Unreachable', 'the connection broke');
    const { collection, namespace } = routeOf(request.path);
    const from = Number(request.query?.resourceVersion ?? 0);
    // A version in the future is accepted too.
    const past = this.objects.since(from, collection, namespace);
    request.onOpen?.();
    const watch = new ModelWatch(collection, namespace, from);
    for (const event of past) watch.send(event.version, asEvent(event));
    this.#watches.add(watch);
    const onAbort = () => watch.fail(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const endMs = Number(request.query?.timeoutSeconds ?? 1_800) * 1_000;
    const cancelEnd = this.#clock.setTimer(endMs, () => watch.end());
    try {
      yield* watch.values();
    } finally {
      cancelEnd();
      signal.removeEventListener('abort', onAbort);
      this.#watches.delete(watch);
    }
  }

  async #meetFault(request: ApiRequest, signal: AbortSignal): Promise<ModelFault | undefined> {
    await Promise.resolve();
    signal.throwIfAborted();
    if (this.down) throw new ApiError('Unreachable', 'connection refused');
    const fault = this.faultFor(request);
    if (fault?.kind === 'Fail') throw fault.error;
    if (fault?.kind === 'Delay' || fault?.kind === 'Hang') {
      await new Promise<void>((resolve, reject) => {
        const cancel = fault.kind === 'Delay' ? this.#clock.setTimer(fault.ms, resolve) : () => {};
        const onAbort = () => {
          cancel();
          reject(signal.reason);
        };
        signal.addEventListener('abort', onAbort, { once: true });
      });
    }
    return fault;
  }

  #answer(request: ApiRequest): unknown {
    const answer = this.#handle(request);
    const { takeItem } = request;
    if (takeItem === undefined) return answer;
    const list = answer as { readonly items: readonly unknown[] };
    return { ...list, items: list.items.map((item) => takeItem(item, JSON.stringify(item).length)) };
  }

  #handle(request: ApiRequest): unknown {
    if (request.path === '/readyz') return 'ok';
    const { collection, namespace, name, subresource } = routeOf(request.path);
    if (name === undefined)
      return request.method === 'POST'
        ? this.objects.create(collection, namespace, request.body as NewObject)
        : this.#list(request, collection, namespace);
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    const body = request.body as Partial<StoredObject>;
    const scope = subresource === 'status' ? 'Status' : 'Object';
    switch (request.method) {
      case 'GET':
        return this.objects.get(collection, key);
      case 'PUT':
        return this.objects.update(collection, key, () => body, scope);
      case 'PATCH': {
        const { contentType } = request;
        return this.objects.update(collection, key, (before) => patched(before, body, contentType), scope);
      }
      case 'DELETE': {
        const { preconditions } = (request.body ?? {}) as { preconditions?: { uid?: string } };
        return this.objects.delete(collection, key, preconditions?.uid);
      }
      default:
        throw new ApiError('MethodNotAllowed', request.method, { status: 405 });
    }
  }

  #list(request: ApiRequest, collection: string, namespace: string | undefined): unknown {
    const cached = this.#staleCache?.list(collection).filter((object) => isIn(object, namespace));
    const all = cached ?? this.objects.list(collection, namespace);
    const limit = Number(request.query?.limit ?? 0) || all.length;
    const token = request.query?.continue;
    const offset = token === undefined ? 0 : Number(token);
    const more = offset + limit < all.length;
    const metadata = {
      resourceVersion: String((this.#staleCache ?? this.objects).version),
      ...(more && { continue: String(offset + limit) }),
    };
    return { kind: 'List', items: all.slice(offset, offset + limit), metadata };
  }

  #bookmark(): unknown {
    return { type: 'BOOKMARK', object: { metadata: { resourceVersion: String(this.objects.version) } } };
  }

  #notify(event: HistoryEvent): void {
    if (this.#staleCache?.takes(event) === false) return;
    for (const watch of this.#watches)
      if (watch.collection === event.collection && isIn(event.object, watch.namespace))
        watch.send(event.version, asEvent(event));
  }
}

function asEvent({ type, object }: HistoryEvent): unknown {
  return { type, object };
}

function patched(before: StoredObject, body: Partial<StoredObject>, contentType: string | undefined) {
  switch (contentType) {
    case 'application/apply-patch+yaml':
      // One manager owns the whole status here, so what it leaves out is removed.
      return { ...before, metadata: { ...before.metadata, ...body.metadata }, status: body.status };
    case 'application/json-patch+json':
      return jsonPatch(before, body as unknown as readonly JsonPatchOperation[]) as StoredObject;
    default:
      return mergePatch(withoutVersion(before), body) as StoredObject;
  }
}

/** The object without its version. Only a version in the patch is a precondition. */
function withoutVersion(object: StoredObject): unknown {
  const { resourceVersion: _, uid: __, ...metadata } = object.metadata;
  return { ...object, metadata };
}

function routeOf(path: string) {
  const match =
    /^(\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/[^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
      path,
    );
  if (match === null) throw new ApiError('NotFound', `no such path: ${path}`, { status: 404 });
  const [, root, namespace, plural, name, subresource] = match;
  return { collection: `${root}/${plural}`, namespace, name, subresource };
}
