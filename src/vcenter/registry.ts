/** A vCenter that is in use: its connection, and what an administrator says of it. */
import type { VCenter } from '../api/vcenter';
import type { TenantPolicy } from '../vmgroup/model/tenant-policy';
import type { VCenterConnection } from '../vsphere/port';

export interface RegisteredVCenter {
  /** Name of the VCenter object, or (env). */
  readonly name: string;
  /** Of that of the environment: its host, with the port unless that is 443. */
  readonly host?: string;
  /** By which ownership marks name this cluster there (spec.clusterName). Absent: the UID of kube-system. */
  readonly clusterId?: string;
  /** Path below the datacenter's VM folder of the folder that holds group folders, unless a group names one. */
  readonly defaultFolder: string;
  readonly tenants: TenantPolicy;
  readonly connection: VCenterConnection;
}

/** The vCenters that this process is connected to, or tries to be. */
export interface ConnectedVCenters {
  all(): readonly Pick<RegisteredVCenter, 'name' | 'connection'>[];
}

/** The folder of groups' folders where nobody names one. */
const DEFAULT_FOLDER = 'vm-operator';

/**
 * What an object says of its vCenter, besides how to connect to it. Clusters that share a vCenter have a folder of their own
 * each (R1): with the same namespace and name two groups would have the same folder else.
 */
export function registrationOf(
  { metadata: { name }, spec }: VCenter,
  flags: TenantPolicy,
): Omit<RegisteredVCenter, 'connection'> {
  const { folder = DEFAULT_FOLDER, ...defaults } = spec.defaults?.placement ?? {};
  const { extraConfigKeys, storagePolicies, customizationSpecs, tags, adoptableMachines, ...allowed } =
    spec.allowed ?? {};
  const tenants = {
    ...flags,
    source: `VCenter ${name}`,
    allowed,
    extraConfigKeys,
    storagePolicies,
    customizationSpecs,
    tags,
    adoptableMachines,
    tagsNeedPassword: spec.credentials.method === 'TokenByPassword',
    defaults,
    limits: spec.limits ?? {},
    failureDomains: spec.failureDomains ?? [],
  };
  if (spec.clusterName === undefined) return { name, tenants, defaultFolder: folder };
  return { name, tenants, clusterId: spec.clusterName, defaultFolder: `${folder}/$(cluster)` };
}
