/** What `plan` and `check` read of the cluster. */
import { readableVCenter } from '../../../api/readable-vcenter';
import { VCENTER_RESOURCE, type VCenter } from '../../../api/vcenter';
import { VM_GROUP_RESOURCE, type VmGroup } from '../../../api/vm-group';
import {
  ApiError,
  type ApiServer,
  connectApiServer,
  isApiError,
  KubeConfigError,
  type KubernetesObject,
  listAll,
  ResourceClient,
} from '../../../kubernetes';
import { type Clock, deadline } from '../../../time/clock';
import type { Labels } from '../../../vcenter/label-selector';
import { type Account, accountReader } from '../../../vcenter/secret-account';
import type { CrdDeletion } from '../../../vmgroup/model/uninstall';
import { readCrdDeletion } from '../../manager/cluster';
import { VERSION } from '../../telemetry/version';
import type { Manifest } from '../manifest/manifest';
import { type Stored, storedAs } from '../plan/stored-group';
import { readOnly } from '../read-only';

/**
 * Why VCenters are not known.
 *
 * - NoCluster: there is no kubeconfig.
 * - NoKind: the cluster does not know VCenters.
 * - Forbidden: the account may not list them.
 * - Failed: the API server did not answer.
 */
export type ListedVCenters =
  | { readonly kind: 'Listed'; readonly vcenters: readonly VCenter[] }
  | { readonly kind: 'NoCluster' | 'NoKind' | 'Forbidden' | 'Failed'; readonly why: string };

/** The labels of all namespaces by name, or why they could not be listed. */
export type ListedNamespaces =
  | { readonly kind: 'Listed'; readonly labels: ReadonlyMap<string, Labels> }
  | { readonly kind: 'Unknown'; readonly why: string };

export interface ClusterReader {
  /** UID of kube-system; undefined when it could not be read. */
  clusterId(signal: AbortSignal): Promise<string | undefined>;
  stored(manifest: Pick<Manifest, 'namespace' | 'name'>, signal: AbortSignal): Promise<Stored>;
  /** Whether the CRD of the VmGroups is being deleted. */
  crdDeletion(signal: AbortSignal): Promise<CrdDeletion>;
  vcenters(signal: AbortSignal): Promise<ListedVCenters>;
  namespaces(signal: AbortSignal): Promise<ListedNamespaces>;
  /** By the uid of a group, the VCenter that its status names. Empty if the groups could not be listed. */
  groupHomes(signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** The uids of all groups; undefined if they could not be listed. */
  groupUids(signal: AbortSignal): Promise<ReadonlySet<string> | undefined>;
  /** The account in a Secret of the operator's namespace. */
  account(secretName: string, signal: AbortSignal): Promise<Account>;
  close(): void;
}

/** Stands for an unknown cluster id: no machine has marks of this cluster. */
export const NO_CLUSTER = '(unknown)';

const TIMEOUT_MS = 10_000;
const NAMESPACES = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' } as const;

/**
 * Reads only. Without a usable kubeconfig, or while the server does not answer, every group is Unknown. `namespace`: the
 * operator's own.
 */
export function readCluster(clock: Clock, namespace: string): ClusterReader {
  try {
    return readerOf(
      readOnly(connectApiServer({ clock, userAgent: `codeconnect-vm-operator/${VERSION}` })),
      clock,
      namespace,
    );
  } catch (error) {
    if (error instanceof KubeConfigError) return withoutCluster(error.message, namespace);
    throw error;
  }
}

function withoutCluster(why: string, namespace: string): ClusterReader {
  return {
    clusterId: async () => undefined,
    stored: async () => ({ kind: 'Unknown', why }),
    crdDeletion: async () => ({ kind: 'None' }),
    vcenters: async () => ({ kind: 'NoCluster', why }),
    namespaces: async () => ({ kind: 'Unknown', why }),
    groupHomes: async () => new Map(),
    groupUids: async () => undefined,
    account: async (name) => {
      const message = `Secret ${namespace}/${name} cannot be read: ${why}`;
      return { kind: 'None', reason: 'SecretUnreadable', message };
    },
    close: () => {},
  };
}

/** Of an API server that is read only. */
export function readerOf(server: ApiServer, clock: Clock, namespace: string): ClusterReader {
  const groups = new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE);
  const readAccount = accountReader(server, namespace);
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
    stored: ({ namespace: of, name }, signal) =>
      withTimeout(clock, signal, async (limit): Promise<Stored> => {
        return storedAs(await groups.get(of, name, limit));
      }).catch((error: unknown): Stored => {
        if (isApiError(error, 'NotFound')) return { kind: 'New' };
        if (error instanceof ApiError) return { kind: 'Unknown', why: error.message };
        throw error;
      }),
    crdDeletion: (signal) => withTimeout(clock, signal, (limit) => readCrdDeletion(server, limit)),
    vcenters: (signal) =>
      withTimeout(clock, signal, async (limit): Promise<ListedVCenters> => {
        const client = new ResourceClient<VCenter>(server, VCENTER_RESOURCE);
        return { kind: 'Listed', vcenters: (await everyOne(client, limit)).map(readableVCenter) };
      }).catch((error: unknown): ListedVCenters => {
        if (!(error instanceof ApiError)) throw error;
        return { kind: KINDS[error.code] ?? 'Failed', why: error.message };
      }),
    namespaces: (signal) => readNamespaces(server, clock, signal),
    groupHomes: (signal) =>
      withTimeout(clock, signal, async (limit) => {
        const found = await everyOne(groups, limit);
        // What is stored may have any shape (R14).
        const homeOf = ({ status }: VmGroup): unknown => status?.vcenter?.name;
        const homes = found.map((group) => [group.metadata.uid, homeOf(group)] as const);
        const known = homes.filter((home): home is readonly [string, string] => typeof home[1] === 'string');
        return new Map(known);
      }).catch((error: unknown) => {
        if (error instanceof ApiError) return new Map();
        throw error;
      }),
    groupUids: (signal) =>
      withTimeout(clock, signal, async (limit) => {
        return new Set((await everyOne(groups, limit)).map(({ metadata }) => metadata.uid));
      }).catch((error: unknown) => {
        if (error instanceof ApiError) return undefined;
        throw error;
      }),
    account: (name, signal) =>
      withTimeout(clock, signal, (limit) => readAccount(name, limit)).catch(unanswered(namespace, name)),
    close: () => server.close(),
  };
}

export function readNamespaces(server: ApiServer, clock: Clock, signal: AbortSignal): Promise<ListedNamespaces> {
  return withTimeout(clock, signal, async (limit): Promise<ListedNamespaces> => {
    const found = await everyOne(new ResourceClient<KubernetesObject>(server, NAMESPACES), limit);
    const labels = new Map(found.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]));
    return { kind: 'Listed', labels };
  }).catch((error: unknown): ListedNamespaces => {
    if (error instanceof ApiError) return { kind: 'Unknown', why: error.message };
    throw error;
  });
}

const KINDS: Readonly<Record<string, 'NoKind' | 'Forbidden'>> = { NotFound: 'NoKind', Forbidden: 'Forbidden' };

function unanswered(namespace: string, name: string): (error: unknown) => Account {
  return (error) => {
    if (!(error instanceof ApiError)) throw error;
    const message = `Secret ${namespace}/${name} cannot be read: ${error.message}`;
    return { kind: 'None', reason: 'SecretUnreadable', message };
  };
}

async function everyOne<T extends KubernetesObject>(client: ResourceClient<T>, signal: AbortSignal) {
  return (await listAll(client, undefined, (object) => object, signal)).items;
}

async function withTimeout<T>(clock: Clock, signal: AbortSignal, ask: (limit: AbortSignal) => Promise<T>): Promise<T> {
  const limit = deadline(clock, TIMEOUT_MS, signal, () => new ApiError('Timeout', 'the API server does not answer'));
  try {
    return await ask(limit.signal);
  } finally {
    limit.done();
  }
}
