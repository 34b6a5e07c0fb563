import type { ApiError, ApiRequest, KubernetesObject } from '../../../src/kubernetes';
import type { Clock } from '../../../src/time/clock';
import { KubernetesModel } from './kubernetes-model';

export interface Thing extends KubernetesObject {
  readonly value?: number;
}

export const THINGS = { apiVersion: 'test/v1', kind: 'Thing', plural: 'things' };
export const THINGS_PATH = '/apis/test/v1/things';

/** The model with one kind of object, which has a number, and with short methods for tests of readers. */
export class ThingServer extends KubernetesModel {
  /** The requests: 'list', 'page', 'check', 'get', 'watch 107', 'probe'. */
  readonly asked: string[] = [];
  /** Each request except probes takes the next entry, and fails with it if it is an error. */
  readonly faults: (ApiError | undefined)[] = [];

  constructor(clock: Clock) {
    super(clock);
    this.faultFor = ({ path }) => {
      const error = path === '/readyz' ? undefined : this.faults.shift();
      return error && { kind: 'Fail', error };
    };
  }

  put(key: string, value: number): Thing {
    const [namespace, name = ''] = key.split('/');
    return this.truth()[key] === undefined
      ? this.objects.create(THINGS_PATH, namespace, { metadata: { name }, value })
      : this.objects.update(THINGS_PATH, key, (before) => ({ ...before, value }), 'Object');
  }

  delete(key: string): void {
    if (this.truth()[key] !== undefined) this.objects.delete(THINGS_PATH, key, undefined);
  }

  /** The objects that a reader should have in the end. */
  truth(): Record<string, number | undefined> {
    const things: readonly Thing[] = this.objects.list(THINGS_PATH, undefined);
    return Object.fromEntries(things.map((thing) => [keyOfThing(thing), thing.value]));
  }

  override request<T>(request: ApiRequest, signal: AbortSignal): Promise<T> {
    this.asked.push(wordFor(request));
    return super.request(request, signal);
  }

  /** Does not end a watch at its timeout: a reader must not rely on that. */
  override stream(request: ApiRequest, signal: AbortSignal): AsyncGenerator<unknown> {
    this.asked.push(`watch ${request.query?.resourceVersion}`);
    return super.stream({ ...request, query: { ...request.query, timeoutSeconds: undefined } }, signal);
  }
}

function wordFor({ path, query }: ApiRequest): string {
  if (path === '/readyz') return 'probe';
  if (!path.endsWith('/things')) return 'get';
  if (query?.limit === 1) return 'check';
  return query?.continue === undefined ? 'list' : 'page';
}

export function keyOfThing({ metadata }: Thing): string {
  return `${metadata.namespace}/${metadata.name}`;
}
