import type { HostAntiAffinity } from './host-anti-affinity';
import type { VmGroupSpread } from './spread';

/**
 * Where the replicas of a VmGroup are created. Each entry is a name or an absolute inventory path, 1 to 2048 characters.
 * A name that several objects have is an error, which the group's status shows.
 */
export interface VmGroupPlacement {
  /**
   * Datacenter of the group. It cannot be changed once set.
   *
   * @default - the only one of the vCenter
   */
  readonly datacenter?: string;

  /**
   * Existing VM folder that holds the group's own folder. It cannot be changed once set.
   *
   * @default - the folder vm-operator below the datacenter's VM folder, made if it is missing
   */
  readonly folder?: string;

  /**
   * Cluster (or standalone host) that runs the replicas. A change replaces the replicas.
   *
   * @default - the only one of the datacenter
   */
  readonly cluster?: string;

  /**
   * Resource pool inside the cluster. A change replaces the replicas.
   *
   * @default - the cluster's root pool
   */
  readonly resourcePool?: string;

  /**
   * Datastore of the replicas' files and disks. A change replaces the replicas, disks included.
   *
   * @default - the template's
   */
  readonly datastore?: string;

  /**
   * Datastore cluster instead of one datastore: Storage DRS recommends the datastore of each new replica; where it is off,
   * the one with the most free space is taken. A change replaces the replicas, disks included.
   *
   * @default - none
   */
  readonly datastoreCluster?: string;

  /**
   * Name of a storage policy of vCenter, for the files and all disks of the replicas, 1 to 255 characters. A datastore beside
   * it must fit it; of a datastore cluster a member that fits is chosen. With neither, a replica goes to the datastore with the
   * most free space of those that fit. A change replaces the replicas, disks included.
   *
   * @default - none: vCenter applies the default of the datastore
   */
  readonly storagePolicy?: string;

  /**
   * Failure domains of the VCenter that replicas are spread over, 1 to 16 names; not together with cluster or resourcePool.
   * Replicas in a domain that is taken out of the list are replaced.
   *
   * @default - all that the VCenter has, unless cluster or resourcePool is given
   */
  readonly failureDomains?: string[];

  /**
   * How evenly replicas are spread over failure domains.
   *
   * @default - one goes where the fewest are; to another domain if that one is full or cannot be found
   */
  readonly spread?: VmGroupSpread;

  /**
   * Whether the replicas that are in one cluster run on different hosts. A change moves machines by DRS only.
   *
   * @default HostAntiAffinity.DISABLED
   */
  readonly hostAntiAffinity?: HostAntiAffinity;
}
