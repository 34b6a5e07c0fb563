/** The groups that are asked for, read from the API server. No Secret and no vCenter is read. */
import { VM_GROUP_RESOURCE, type VmGroup } from '../../../api/vm-group';
import {
  type ApiServer,
  connectApiServer,
  isApiError,
  listAll,
  namespaceOfContext,
  ResourceClient,
} from '../../../kubernetes';
import type { Clock } from '../../../time/clock';
import { VERSION } from '../../telemetry/version';
import { readOnly } from '../read-only';
import { StatusError } from './status-error';
import type { StatusFlags } from './status-flags';

/** Which groups. `namespace` undefined: those of all. */
export interface GroupChoice {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

export interface GroupSource {
  readonly server: ApiServer;
  readonly client: ResourceClient<VmGroup>;
  readonly choice: GroupChoice;
}

/** Throws KubeConfigError. Sends nothing. */
export function groupSource(flags: StatusFlags, clock: Clock): GroupSource {
  const { kubeconfig, context, name } = flags;
  const server = readOnly(
    connectApiServer({
      ...{ clock, userAgent: `codeconnect-vm-operator/${VERSION}` },
      ...(kubeconfig !== undefined && { kubeconfigFile: kubeconfig }),
      ...(context !== undefined && { context }),
    }),
  );
  const namespace = flags.allNamespaces ? undefined : (flags.namespace ?? namespaceOfContext(kubeconfig, context));
  return { server, client: new ResourceClient<VmGroup>(server, VM_GROUP_RESOURCE), choice: { namespace, name } };
}

/** Rejects with a StatusError if there is no such group, or no kind of them; else with an ApiError. */
export async function readGroups({ client, choice }: GroupSource, signal: AbortSignal): Promise<readonly VmGroup[]> {
  const { namespace, name } = choice;
  try {
    if (name !== undefined && namespace !== undefined) return [await client.get(namespace, name, signal)];
    return (await listAll(client, namespace, (group) => group, signal)).items;
  } catch (error) {
    if (!isApiError(error, 'NotFound')) throw error;
    if (name !== undefined && error instanceof Error && error.message.includes(`"${name}" not found`))
      throw new StatusError('NoSuchGroup', `there is no VmGroup ${namespace}/${name}: look with --all-namespaces`);
    throw new StatusError(
      'NoKind',
      'the cluster has no VmGroups: install the CRDs of vm-operator, or choose another context',
    );
  }
}

export function isChosen({ namespace, name }: GroupChoice, { metadata }: VmGroup): boolean {
  return (
    (namespace === undefined || metadata.namespace === namespace) && (name === undefined || metadata.name === name)
  );
}
