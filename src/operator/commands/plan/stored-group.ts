/** The stored state of the groups that manifests describe. */

import { isDeepStrictEqual } from 'node:util';
import { boundedSpec } from '../../../api/bounded-spec';
import { readableGroup } from '../../../api/readable-group';
import { FINALIZER, VM_GROUP_RESOURCE, type VmGroup, type VmGroupSpec } from '../../../api/vm-group';
import {
  ApiError,
  type ApiServer,
  connectApiServer,
  isApiError,
  KubeConfigError,
  ResourceClient,
} from '../../../kubernetes';
import { type Clock, deadline } from '../../../time/clock';
import type { CrdDeletion } from '../../../vmgroup/model/uninstall';
import { VERSION } from '../../telemetry/version';
import { type Fields, isFields } from '../manifest/fields';
import type { Manifest } from '../manifest/manifest';
import { readOnly } from '../reading';

/** - Unknown: the API server could not be asked; `why` says why. */
export type Stored =
  | { readonly kind: 'Stored'; readonly group: VmGroup }
  | { readonly kind: 'New' }
  | { readonly kind: 'Unknown'; readonly why: string };

export interface ClusterReader {
  /** UID of kube-system; undefined when it could not be read. */
  clusterId(signal: AbortSignal): Promise<string | undefined>;
  stored(manifest: Manifest, signal: AbortSignal): Promise<Stored>;
  /** Whether the CRD of the VmGroups is being deleted. */
  crdDeletion(signal: AbortSignal): Promise<CrdDeletion>;
  close(): void;
}

/** Stands for an unknown cluster id: no machine has marks of this cluster. */
export const NO_CLUSTER = '(unknown)';

const TIMEOUT_MS = 10_000;
/** UIDs are random, so no machine carries this one. */
export const UID_OF_A_NEW_GROUP = '00000000-0000-0000-0000-000000000000';

/** Reads only. Without a usable kubeconfig, or while the server does not answer, every group is Unknown. */
export function readCluster(
  clock: Clock,
  readCrdDeletion: (server: ApiServer, signal: AbortSignal) => Promise<CrdDeletion>,
): ClusterReader {
  let server: ApiServer;
  try {
    server = readOnly(connectApiServer({ clock, userAgent: `codeconnect-vm-operator/${VERSION}` }));
  } catch (error) {
    if (!(error instanceof KubeConfigError)) throw error;
    const why = error.message;
    return {
      clusterId: async () => undefined,
      stored: async () => ({ kind: 'Unknown', why }),
      crdDeletion: async () => ({ kind: 'None' }),
      close: () => {},
    };
  }
  const groups = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
  return {
    clusterId: (signal) =>
      withTimeout(clock, signal, async (limit) => {
        const path = '/api/v1/namespaces/kube-system';
        const request = { method: 'GET', path } as const;
        return (await server.request<{ readonly metadata: { readonly uid: string } }>(request, limit)).metadata.uid;
      }).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      }),
    stored: ({ namespace, name }, signal) =>
      withTimeout(clock, signal, async (limit): Promise<Stored> => {
        return storedAs(await groups.get(namespace, name, limit));
      }).catch((error: unknown): Stored => {
        if (isApiError(error, 'NotFound')) return { kind: 'New' };
        if (error instanceof ApiError) return { kind: 'Unknown', why: error.message };
        throw error;
      }),
    crdDeletion: (signal) => withTimeout(clock, signal, (limit) => readCrdDeletion(server, limit)),
    close: () => server.close(),
  };
}

/** A stored group whose status and metadata can be read. Its spec may hold anything: it is only compared with another. */
export function storedAs(stored: VmGroup): Stored {
  const { specProblems, ...group } = readableGroup(stored);
  if (specProblems === undefined) return { kind: 'Stored', group };
  const given: unknown = stored.spec;
  const spec = (isFields(given) ? boundedSpec(given).fields : {}) as unknown as VmGroupSpec;
  return { kind: 'Stored', group: { ...group, spec } };
}

async function withTimeout<T>(clock: Clock, signal: AbortSignal, ask: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = deadline(clock, TIMEOUT_MS, signal, () => new ApiError('Timeout', 'the API server does not answer'));
  try {
    return await ask(limit.signal);
  } finally {
    limit.done();
  }
}

/** The group as it would be stored once the manifest is applied and its finalizer confirmed. */
export function groupOnceApplied(manifest: Manifest, stored: VmGroup | undefined, nowMs: number): VmGroup {
  const { name, namespace, labels, annotations, spec } = manifest;
  const { apiVersion, kind } = VM_GROUP_RESOURCE;
  if (stored === undefined) {
    const metadata = {
      ...{ name, namespace, labels, annotations, uid: UID_OF_A_NEW_GROUP, resourceVersion: '0', generation: 1 },
      creationTimestamp: new Date(nowMs).toISOString(),
      finalizers: [FINALIZER],
    };
    return { apiVersion, kind, metadata, spec };
  }
  const { metadata } = stored;
  const changed = !isDeepStrictEqual(spec, stored.spec);
  const finalizers = metadata.finalizers ?? [];
  const confirmed = metadata.deletionTimestamp !== undefined || finalizers.includes(FINALIZER);
  return {
    ...stored,
    spec,
    metadata: {
      ...metadata,
      annotations: { ...metadata.annotations, ...annotations },
      generation: metadata.generation + (changed ? 1 : 0),
      finalizers: confirmed ? finalizers : [...finalizers, FINALIZER],
    },
  };
}

/** A field whose value differs. An absent value is unset. */
export interface FieldChange {
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

/** The fields in which two values differ. A list is one value. */
export function fieldChanges(from: unknown, to: unknown, field: string): readonly FieldChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  const [before, after] = [fieldsOf(from, to), fieldsOf(to, from)];
  if (before === undefined || after === undefined)
    return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  // Own fields only: every object inherits a `constructor`.
  const own = (fields: Fields, name: string) => (Object.hasOwn(fields, name) ? fields[name] : undefined);
  return names.flatMap((name) => fieldChanges(own(before, name), own(after, name), `${field}.${name}`));
}

/** If an object is unset on one side only, all its fields are unset there. */
function fieldsOf(value: unknown, other: unknown): Fields | undefined {
  if (isFields(value)) return value;
  return value === undefined && isFields(other) && Object.keys(other).length > 0 ? {} : undefined;
}
