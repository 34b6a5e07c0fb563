/** What the operator has to know of the cluster itself. */
import { API_GROUP, VM_GROUP_RESOURCE } from '../../api/vm-group';
import { type ApiServer, isApiError } from '../../kubernetes';
import { backoffMs } from '../../time/backoff';
import { type Clock, sleep } from '../../time/clock';
import type { Random } from '../../time/random';
import type { Logger } from '../telemetry/logger';

/** UID of the namespace kube-system: what tells clusters apart that share a vCenter. Tried until it is there. */
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

/** Groups of a CRD that is being deleted are deleted after it, so a read that follows a group's deletion tells for sure. */
export async function isCrdDeleted(server: ApiServer, signal: AbortSignal): Promise<boolean> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${VM_GROUP_RESOURCE.plural}.${API_GROUP}`;
  try {
    const crd = await server.request<{ metadata: { deletionTimestamp?: string } }>({ method: 'GET', path }, signal);
    return crd.metadata.deletionTimestamp !== undefined;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return true;
    throw error;
  }
}
