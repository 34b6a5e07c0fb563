import type { Size } from 'cdk8s';

/**
 * What groups may use: at most 64 patterns for absolute inventory paths each. `*` stands for any characters of a name, and
 * `**` in the place of a name for any number of names, so that `/dc/vm/shop/**` is all that lies below the folder shop. A
 * pattern is compared with the path of the object that a name was resolved to, so no alias gets past it. An empty list
 * allows nothing. A change leaves the machines that exist as they are.
 */
export interface VCenterAllowed {
  /**
   * Templates and machines that groups may be cloned from, such as `/dc/vm/templates/*`.
   *
   * @default - any
   */
  readonly templates?: string[];

  /**
   * Resource pools that replicas may be in. The root pool of a cluster is `/DATACENTER/host/CLUSTER/Resources`.
   *
   * @default - any
   */
  readonly resourcePools?: string[];

  /**
   * VM folders that may hold the groups' own folders.
   *
   * @default - any
   */
  readonly folders?: string[];

  /**
   * Datastores that the disks of replicas may be on.
   *
   * @default - any
   */
  readonly datastores?: string[];

  /**
   * Networks and distributed port groups that replicas may be connected to.
   *
   * @default - any
   */
  readonly networks?: string[];

  /**
   * Storage policies that groups may name: patterns for the name, with `*` for any characters. Groups without a policy are not
   * concerned.
   *
   * @default - any
   */
  readonly storagePolicies?: string[];

  /**
   * Tags that groups may give to their machines: patterns for category/name, such as `environment/*`, with `*` for any
   * characters. A slash in a name is written as `%2f`.
   *
   * @default - any
   */
  readonly tags?: string[];

  /**
   * Keys of `extraConfig` that groups may set: patterns for the key, such as `disk.EnableUUID` or `svga.*`, with `*` for any
   * characters. Some keys give a guest access to its host.
   *
   * @default - none
   */
  readonly extraConfigKeys?: string[];

  /**
   * Customization specifications of the vCenter that groups may use: patterns for the name, with `*` for any characters.
   *
   * @default - any
   */
  readonly customizationSpecs?: string[];

  /**
   * Machines that exist and that groups may take over with `adopt`: patterns for the path, in which `$(namespace)` stands for the
   * namespace of the group. The authors of that namespace may change and destroy such a machine from then on.
   *
   * @default - none
   */
  readonly adoptableMachines?: string[];
}

/** Largest size of a replica. */
export interface VCenterMachineLimits {
  /**
   * Largest number of virtual CPUs, 1 to 960.
   *
   * @default - no limit
   */
  readonly cpu?: number;

  /**
   * Most memory, a whole number of GiB from 1 GiB to 24576 GiB.
   *
   * @default - no limit
   */
  readonly memory?: Size;
}

/** Most that groups may have together, whether their machines are powered on or off. */
export interface VCenterQuota {
  /**
   * Most virtual machines, 0 to 1000000.
   *
   * @default - no limit
   */
  readonly vms?: number;

  /**
   * Most virtual CPUs, 0 to 1000000000.
   *
   * @default - no limit
   */
  readonly cpu?: number;

  /**
   * Most memory, a whole number of GiB from 0 to 1000000000.
   *
   * @default - no limit
   */
  readonly memory?: Size;
}

/**
 * How much groups may use. It is decided right before a machine is created or grows, with all that is under way. Machines
 * that exist are left as they are.
 */
export interface VCenterLimits {
  /**
   * How many clones may run at once on this vCenter, 1 to 500. 0: as many as bring something, found by the operator
   * from 16 up to 128.
   *
   * @default - as the operator's flag --max-concurrent-tasks says, which is 0
   */
  readonly maxConcurrentTasks?: number;

  /**
   * Largest size of a replica.
   *
   * @default - no limit
   */
  readonly perVM?: VCenterMachineLimits;

  /**
   * Most that the groups of one namespace may have together.
   *
   * @default - no limit
   */
  readonly perNamespace?: VCenterQuota;

  /**
   * Most that all groups of this VCenter may have together.
   *
   * @default - no limit
   */
  readonly total?: VCenterQuota;
}
