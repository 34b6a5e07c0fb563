export interface VirtualDisk {
  /** VirtualDevice.key. A disk that is added later has a higher one, unless it takes the place of a removed one. */
  readonly key: number;
  /** deviceInfo.label, such as `Hard disk 1`. */
  readonly label: string;
  /** The file of the top backing, such as `[ssd-1] web-1/web-1.vmdk`. */
  readonly fileName?: string;
  readonly controllerKey?: number;
  readonly unitNumber?: number;
  readonly capacityKiB?: number;
  /** Its file is the child of another, as of a snapshot or a linked clone: it cannot grow. */
  readonly hasParent?: true;
  /** A flat file of its own (VirtualDiskFlatVer2BackingInfo). */
  readonly isGrowable?: true;
  readonly diskMode?: string;
  /** VirtualDisk.vDiskId.id: the disk is a first class disk, such as a Kubernetes volume. */
  readonly firstClassDiskId?: string;
}
