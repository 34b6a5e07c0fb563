/** `vm-operator role`: prints the roles that the operator's account needs in vCenter. Changes nothing, and reads no vCenter. */
import { readableGroup } from '../../../api/readable-group';
import { readableVCenter } from '../../../api/readable-vcenter';
import { VCENTER_RESOURCE, type VCenter } from '../../../api/vcenter';
import { VM_GROUP_RESOURCE, type VmGroup } from '../../../api/vm-group';
import { type ApiServer, connectApiServer, isApiError, listAll, ResourceClient } from '../../../kubernetes';
import type { Clock } from '../../../time/clock';
import { FEATURE_NAMES, type Feature } from '../../../vmgroup/model/features';
import { VERSION } from '../../telemetry/version';
import { readOnly } from '../read-only';
import type { Screen } from '../text-table';
import { readNamespaces } from '../vcenters/cluster-reader';
import { type LabelsOf, namespaceLabels } from '../vcenters/namespace-labels';
import { featuresOnVCenter } from './features-in-use';
import { govcLines } from './govc-lines';
import { powerCliLines } from './powercli-lines';
import type { RoleFlags } from './role-flags';
import { roleTable } from './role-table';
import { terraformLines } from './terraform-text';
import { type VCenterRoles, vcenterRoles } from './vcenter-roles';

/** What `role` needs from the process that runs it. */
export interface RoleOptions {
  readonly flags: RoleFlags;
  readonly clock: Clock;
  readonly screen: Screen;
  readonly print: (text: string) => void;
}

/** Rejects when the features in use cannot be known: with a RoleError, ApiError or KubeConfigError. */
export async function runRole(options: RoleOptions, signal: AbortSignal): Promise<void> {
  const { flags, screen, print } = options;
  const inUse = flags.withThoseInUse ? await readFeatures(options, signal) : [];
  const byFolder: readonly Feature[] = flags.places.adopted.length > 0 ? ['adoption'] : [];
  const used = new Set([...flags.features, ...inUse, ...byFolder]);
  const features = FEATURE_NAMES.filter((feature) => used.has(feature));
  const roles = vcenterRoles(features, flags.places, flags.rolePrefix);
  print(`${linesOf(roles, flags, screen).join('\n')}\n`);
}

function linesOf(roles: VCenterRoles, { output, account }: RoleFlags, screen: Screen): readonly string[] {
  const { atDomain = '', inDomain = '' } = account ?? {};
  switch (output) {
    case 'table':
      return roleTable(roles, screen);
    case 'json':
      return [JSON.stringify({ ...(account && { account: inDomain }), ...roles }, null, 2)];
    case 'govc':
      return govcLines(roles, atDomain);
    case 'powercli':
      return powerCliLines(roles, inDomain);
    case 'terraform':
      return terraformLines(roles, inDomain);
  }
}

async function readFeatures({ flags, clock }: RoleOptions, signal: AbortSignal): Promise<readonly Feature[]> {
  const { kubeconfig, context, vcenter: wanted } = flags;
  const server = readOnly(
    connectApiServer({
      ...{ clock, userAgent: `codeconnect-vm-operator/${VERSION}` },
      ...(kubeconfig !== undefined && { kubeconfigFile: kubeconfig }),
      ...(context !== undefined && { context }),
    }),
  );
  try {
    const groups = (await readAll<VmGroup>(server, VM_GROUP_RESOURCE, signal)).map((group) => readableGroup(group));
    const vcenters = (await readAll<VCenter>(server, VCENTER_RESOURCE, signal)).map(readableVCenter);
    const labelsOf = wanted === undefined ? NO_LABELS : await readLabels(server, clock, signal);
    return featuresOnVCenter({ groups, vcenters, labelsOf }, wanted);
  } finally {
    server.close();
  }
}

const NO_LABELS: LabelsOf = () => ({ kind: 'Unknown', why: 'they were not read' });

async function readLabels(server: ApiServer, clock: Clock, signal: AbortSignal): Promise<LabelsOf> {
  return namespaceLabels([], await readNamespaces(server, clock, signal));
}

async function readAll<T extends VmGroup | VCenter>(
  server: ApiServer,
  resource: ConstructorParameters<typeof ResourceClient<T>>[1],
  signal: AbortSignal,
): Promise<readonly T[]> {
  try {
    return (await listAll(new ResourceClient<T>(server, resource), undefined, (object) => object, signal)).items;
  } catch (error) {
    // The cluster does not know the kind.
    if (isApiError(error, 'NotFound')) return [];
    throw error;
  }
}
