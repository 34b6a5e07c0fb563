/** What an administrator lets the authors of VmGroups do in vCenter, so that no namespace reaches what is another's (R15). */
import type { Ownership } from '../../api/ownership';
import type { Limits } from './limits';

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
  /** Whose rules the following are, for messages: `VCenter lab`, or the operator's flags, which give none of them. */
  readonly source: string;
  readonly allowed: AllowedPlaces;
  /** Patterns for keys of spec.extraConfig. Undefined or empty: none, for some give a guest access to its host. */
  readonly extraConfigKeys?: readonly string[] | undefined;
  /** Patterns for names of storage policies. Undefined: any. */
  readonly storagePolicies?: readonly string[] | undefined;
  /** Patterns for names of customization specifications. Undefined: any. Empty: none. */
  readonly customizationSpecs?: readonly string[] | undefined;
  /** Patterns for tags of spec.tags, as category/name. Undefined: any. Empty: none. */
  readonly tags?: readonly string[] | undefined;
  /**
   * Patterns for the paths of machines that a group may take over with spec.adopt, with the variables `$(namespace)` and
   * `$(cluster)`. Undefined or empty: none, for a group destroys what it has taken over like its own.
   */
  readonly adoptableMachines?: readonly string[] | undefined;
  /** The operator logs in to the vCenter by a token, and tags need a login with a password. */
  readonly tagsNeedPassword?: boolean;
  readonly limits: Limits;
  readonly defaults: PlacementDefaults;
  /** Over which groups are spread that name neither a cluster nor a resource pool. Default: none. */
  readonly failureDomains?: readonly FailureDomain[];
}

/**
 * What machines may be cloned from and to: patterns (path-glob.ts) for the absolute inventory path of the object that a name
 * was resolved to, so that no other way to write a name passes. An object that a spec leaves out is judged too. Undefined:
 * any. Empty: none.
 */
export interface AllowedPlaces {
  readonly templates?: readonly string[] | undefined;
  readonly resourcePools?: readonly string[] | undefined;
  /** Folders that may hold the groups' own folders. */
  readonly folders?: readonly string[] | undefined;
  /** Where the disks go: the datastore that is named, or those of the template. */
  readonly datastores?: readonly string[] | undefined;
  /** The networks that are named, or those of the template. */
  readonly networks?: readonly string[] | undefined;
}

/**
 * Names or paths for what a spec leaves out. They are resolved when a replica is created, and are no part of its revision: a
 * change replaces nothing. Cluster and resource pool are one place, for a spec that names neither, in a namespace without
 * pools of its own.
 */
export interface PlacementDefaults {
  readonly datacenter?: string | undefined;
  readonly cluster?: string | undefined;
  readonly resourcePool?: string | undefined;
  readonly datastore?: string | undefined;
  readonly datastoreCluster?: string | undefined;
  /** A name, and no path. A policy of the spec takes the place of the other two, for a spec that names no place for files. */
  readonly storagePolicy?: string | undefined;
}

/** A part of a vCenter that fails apart from the others, by names or paths: a cluster, a resource pool, or both. */
export interface FailureDomain {
  readonly name: string;
  readonly cluster?: string | undefined;
  readonly resourcePool?: string | undefined;
  /** For groups that name none. At most one of both. */
  readonly datastore?: string | undefined;
  readonly datastoreCluster?: string | undefined;
  /** A DRS host group of the cluster, by its exact name. */
  readonly hostGroup?: string | undefined;
}

/** Without any flag. */
export const DEFAULT_TENANT_POLICY: TenantPolicy = {
  allowMachineSources: false,
  adoptFromClusters: [],
  namespaceFolder: undefined,
  namespacePools: [],
  source: "the operator's flags",
  allowed: {},
  limits: {},
  defaults: {},
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
