/** What an administrator lets the authors of VmGroups do in vCenter, so that no namespace reaches what is another's (R15). */
import type { Ownership } from '../../api/ownership';

export interface TenantPolicy {
  /** Whether spec.template may name a machine. Its disks are copied then, while it runs too. */
  readonly allowMachineSources: boolean;
  /** Ids of clusters whose operators are stopped for good: a group may adopt their machines. */
  readonly adoptFromClusters: readonly string[];
  /**
   * The folder of each namespace, below the VM folder of the datacenter, or an absolute inventory path; with the variables
   * `$(namespace)` and `$(cluster)`. Undefined: a group may name any folder.
   */
  readonly namespaceFolder: string | undefined;
  /**
   * The resource pools of each namespace, below the root pool of any cluster, or absolute inventory paths; with the same
   * variables. Empty: a group may name any pool.
   */
  readonly namespacePools: readonly string[];
}

/** Without any flag. */
export const DEFAULT_TENANT_POLICY: TenantPolicy = {
  allowMachineSources: false,
  adoptFromClusters: [],
  namespaceFolder: undefined,
  namespacePools: [],
};

/** Replaces the variables of a path. A namespace and a cluster id have no slash, so each stays one level, or a part of one. */
export function pathWith(
  path: string,
  { namespace, clusterId }: { readonly namespace?: string; readonly clusterId: string },
): string {
  const known = path.replaceAll('$(cluster)', clusterId);
  return namespace === undefined ? known : known.replaceAll('$(namespace)', namespace);
}

/** The names in a path, from the top. */
export function levelsOf(path: string): readonly string[] {
  return path.split('/').filter((name) => name !== '');
}

/** What an adoption is judged by. */
export interface AdoptionRule {
  readonly clusterId: string;
  readonly tenants: Pick<TenantPolicy, 'adoptFromClusters'>;
  /** Whether this cluster has a group with this uid. */
  isLiving(groupUid: string): boolean;
}

/**
 * Whether a machine of this owner may be given to another group. Of another cluster only if an administrator named it: its
 * operator may be alive, and the author of a group cannot know. Of this cluster only if its group is gone.
 */
export function mayAdopt(
  owner: Pick<Ownership, 'cluster' | 'groupUid'> | undefined,
  { clusterId, tenants, isLiving }: AdoptionRule,
): boolean {
  // Without marks: of the original operator, which has no cluster id.
  if (owner === undefined) return true;
  if (owner.cluster !== clusterId) return tenants.adoptFromClusters.includes(owner.cluster);
  return !isLiving(owner.groupUid);
}
