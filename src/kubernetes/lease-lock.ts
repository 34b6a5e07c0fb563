import { type ApiError, isApiError } from './api-error';
import type { ApiServer } from './api-server';
import { microTime } from './event';
import type { KubernetesObject } from './resource-client';

/** The part of a coordination.k8s.io/v1 Lease that elections are about. */
export interface LeaseRecord {
  /** Empty after a release: any process may take the Lease at once. */
  readonly holderIdentity: string;
  readonly leaseDurationSeconds: number;
  /** metav1.MicroTime. For people: elections never compare it with a clock. */
  readonly acquireTime: string;
  readonly renewTime: string;
  /** How often the lease went to another holder. */
  readonly leaseTransitions: number;
}

/** A record with the version that a replacement must name. */
export interface HeldRecord {
  readonly record: LeaseRecord;
  readonly resourceVersion: string;
}

/** As the server gives it. */
export interface Lease extends KubernetesObject {
  readonly spec?: Partial<LeaseRecord>;
}

/**
 * One Lease object, read and written with optimistic concurrency, ahead of all other requests (see ApiRequest.priority).
 * `timeoutMs` bounds each request: one that hangs on a dead connection must leave time for another try before the
 * lease's deadline. All methods reject with an ApiError or with the signal's reason.
 */
export class LeaseLock {
  readonly #server: ApiServer;
  readonly #name: string;
  readonly #namespace: string;
  readonly #timeoutMs: number;

  constructor(options: {
    readonly server: ApiServer;
    readonly namespace: string;
    readonly name: string;
    readonly timeoutMs: number;
  }) {
    this.#server = options.server;
    this.#name = options.name;
    this.#namespace = options.namespace;
    this.#timeoutMs = options.timeoutMs;
  }

  /** For messages: namespace/name. */
  get key(): string {
    return `${this.#namespace}/${this.#name}`;
  }

  /** Undefined when there is no such Lease. */
  async read(signal: AbortSignal): Promise<HeldRecord | undefined> {
    try {
      return heldRecord(await this.#send('GET', this.#path(this.#name), undefined, signal));
    } catch (error) {
      if (isApiError(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  /** Rejects with AlreadyExists when another process was faster. */
  async create(record: LeaseRecord, signal: AbortSignal): Promise<HeldRecord> {
    return heldRecord(await this.#send('POST', this.#path(), this.#body(record), signal));
  }

  /** Rejects with Conflict when the Lease is no longer of that version. */
  async replace(record: LeaseRecord, resourceVersion: string, signal: AbortSignal): Promise<HeldRecord> {
    return heldRecord(await this.#send('PUT', this.#path(this.#name), this.#body(record, resourceVersion), signal));
  }

  #send(method: 'GET' | 'POST' | 'PUT', path: string, body: object | undefined, signal: AbortSignal): Promise<Lease> {
    const request = { method, path, timeoutMs: this.#timeoutMs, priority: 'Urgent' as const };
    return this.#server.request(body === undefined ? request : { ...request, body }, signal);
  }

  #body(record: LeaseRecord, resourceVersion?: string): object {
    const metadata = { name: this.#name, namespace: this.#namespace, ...(resourceVersion && { resourceVersion }) };
    return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec: record };
  }

  #path(name?: string): string {
    const collection = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(this.#namespace)}/leases`;
    return name === undefined ? collection : `${collection}/${encodeURIComponent(name)}`;
  }
}

/** A Lease that a person created by hand may lack any field. */
export function heldRecord({ metadata, spec = {} }: Lease): HeldRecord {
  const record = {
    holderIdentity: spec.holderIdentity ?? '',
    leaseDurationSeconds: spec.leaseDurationSeconds ?? 0,
    acquireTime: spec.acquireTime ?? microTime(0),
    renewTime: spec.renewTime ?? microTime(0),
    leaseTransitions: spec.leaseTransitions ?? 0,
  };
  return { record, resourceVersion: metadata.resourceVersion };
}

/** Whether another process has created, written or deleted the Lease since it was read. */
export function isOvertaken(error: unknown): boolean {
  return isApiError(error, 'Conflict') || isApiError(error, 'AlreadyExists') || (error as ApiError).status === 404;
}
