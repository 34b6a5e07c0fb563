/** What the operator reads about the cluster itself. */
import { API_GROUP, VM_GROUP_RESOURCE } from '../../api/vm-group';
import { type ApiServer, isApiError } from '../../kubernetes';
import { backoffMs } from '../../time/backoff';
import { type Clock, sleep } from '../../time/clock';
import type { Random } from '../../time/random';
import type { CrdDeletion } from '../../vmgroup/model/uninstall';
import type { Logger } from '../telemetry/logger';

/**
 * UID of the namespace kube-system, which identifies this cluster among those that share a vCenter. Tries again until the
 * API server gives it.
 */
export async function readClusterId(
  server: ApiServer,
  { clock, random, logger }: { readonly clock: Clock; readonly random: Random; readonly logger: Logger },
  signal: AbortSignal,
): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const path = '/api/v1/namespaces/kube-system';
      const namespace = await server.request<{ metadata: { uid: string } }>({ method: 'GET', path }, signal);
      return namespace.metadata.uid;
    } catch (error) {
      if (signal.aborted) throw error;
      const remedy = isApiError(error, 'Forbidden')
        ? 'grant the operator get on the namespace kube-system, as the install manifests do'
        : 'trying again';
      if (attempt === 1) logger.error('the API server does not answer', { error, remedy });
      await sleep(clock, backoffMs({ firstMs: 500, longestMs: 15_000 }, attempt, random), signal);
    }
  }
}

/**
 * Whether the CRD is being deleted, and since when. Its deletionTimestamp is set before its groups are deleted, so a read
 * after the deletion of a group shows whether that came from the CRD.
 */
export async function readCrdDeletion(server: ApiServer, signal: AbortSignal): Promise<CrdDeletion> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${VM_GROUP_RESOURCE.plural}.${API_GROUP}`;
  try {
    const crd = await server.request<{ metadata: { deletionTimestamp?: string } }>({ method: 'GET', path }, signal);
    const time = crd.metadata.deletionTimestamp;
    return time === undefined ? { kind: 'None' } : { kind: 'Since', time };
  } catch (error) {
    if (isApiError(error, 'NotFound')) return { kind: 'Gone' };
    throw error;
  }
}
