import type { Size } from 'cdk8s';

/** How space for a data disk is taken on the datastore. */
export enum DiskProvisioning {
  /** As it is written. */
  THIN = 'Thin',
  /** At once. */
  THICK = 'Thick',
  /** At once, and written with zeroes. */
  EAGER_ZEROED_THICK = 'EagerZeroedThick',
}

/** An empty data disk that is made and destroyed with each replica. */
export interface VmGroupDataDisk {
  /** Name of the entry, unique in the list and not `root`: a DNS label of at most 63 characters. */
  readonly name: string;

  /** A whole number of GiB from 1 GiB to 63488 GiB. It can only grow, and does so while the replicas run. */
  readonly size: Size;

  /**
   * How space is taken on the datastore. A change replaces the replicas.
   *
   * @default - as the datastore has it
   */
  readonly provisioning?: DiskProvisioning;
}

/**
 * Sizes of the replicas' disks. Disks grow while the replicas run; the guest has to grow its file systems. Disks that somebody
 * attached to a machine are left as they are.
 */
export interface VmGroupDisks {
  /**
   * Size of the root disk, a whole number of GiB from 1 GiB to 63488 GiB, and at least the template's. It can only grow.
   *
   * @default - the template's
   */
  readonly rootSize?: Size;

  /**
   * Empty data disks, at most 14. A change of a size grows them; any other change replaces the replicas.
   *
   * @default - none
   */
  readonly extra?: VmGroupDataDisk[];
}
