/** What a new machine is made of: its place, hardware, disks, storage policy and guest. */
import type { ManagedObjectReference } from './managed-object';
import type { VirtualDisk } from './virtual-disk';

/** A machine to create (CloneVM_Task). The clone never powers it on (R3). */
export interface CloneRequest {
  readonly template: ManagedObjectReference;
  readonly folder: ManagedObjectReference;
  readonly name: string;
  readonly resourcePool: ManagedObjectReference;
  /** A datastore, or a StoragePod: then one of its datastores is chosen right before the clone. Absent: the template's. */
  readonly datastore?: ManagedObjectReference;
  /** Absent: machine and disks have the policy that their datastore has by default. */
  readonly storagePolicy?: ClonePolicy;
  /** A DRS host group of the pool's cluster: the machine is made on one of its hosts. Rejects with HostGroupNotFound without it. */
  readonly hostGroup?: string;
  /** A snapshot of the template: the clone's disks are based on it. Absent: they are copied. */
  readonly snapshot?: ManagedObjectReference;
  /** Many clones are sent at once: each is refused without a task if its datastore has no room. */
  readonly oneOfMany?: true;
  readonly numCpu: number;
  readonly memoryMiB: number;
  /** Absent: the template's where it divides `numCpu`, else their greatest common divisor. */
  readonly coresPerSocket?: number;
  /** Whether CPUs or memory can be added while the machine is on. Absent: as the template has it. */
  readonly cpuHotAdd?: boolean;
  readonly memoryHotAdd?: boolean;
  readonly instanceUuid: string;
  readonly annotation: string;
  readonly extraConfig: Readonly<Record<string, string>>;
  /**
   * An extraConfig key that gets the number of disks of the clone, and behind it `disks.positionsText`. It is left out if the
   * template's disks cannot be read.
   */
  readonly diskCountKey?: string;
  /**
   * Network i is for adapter i of the template, in the order of their keys. Missing adapters are added as vmxnet3,
   * surplus adapters are removed. Absent: the adapters stay as they are.
   */
  readonly networks?: readonly ManagedObjectReference[];
  /** Absent: the disks stay as they are. */
  readonly disks?: CloneDisks;
  /** VirtualMachineCloneSpec.customization: the guest is customized as it boots for the first time. */
  readonly customization?: CloneCustomization;
  /** VirtualMachineConfigSpec.vAppConfigRemoved, so that the guest takes its data from guestinfo. */
  readonly removeVAppConfig?: boolean;
}

/** The storage policy of a machine and of all its disks. */
export interface ClonePolicy {
  /** PBM's id of it, of findStoragePolicies. */
  readonly id: string;
  /**
   * Datastores that fit it, at least one. Without a `datastore` the machine goes to that with the most room; of a StoragePod
   * only these are chosen.
   */
  readonly datastores: readonly ManagedObjectReference[];
  /** VirtualDevice.key of each disk of the template: a policy is given per disk. */
  readonly disks: readonly number[];
}

/** Whether a datastore fits a storage policy. */
export interface PolicyFit {
  readonly datastore: ManagedObjectReference;
  /** Why it does not fit, in the words of vCenter. Absent: it fits. */
  readonly objection?: string;
}

/** A customization specification that is stored in vCenter. What is in it, which may be passwords, is not told (R10). */
export interface StoredCustomization {
  /** What it is made for. Other: a text for Windows, or one that does not tell. */
  readonly kind: 'LinuxPrep' | 'Sysprep' | 'CloudinitPrep' | 'Other';
  /** How many network adapters it has settings for. */
  readonly adapters: number;
  /** The first part of it that is not known here, and would be lost with a clone. Absent: all is known. */
  readonly unknown?: string | undefined;
}

export interface CloneCustomization {
  /** As readCustomizationSpec of the same connection gave it. */
  readonly stored: StoredCustomization;
  /** In the place of the name that it has, of the kinds LinuxPrep and Sysprep. */
  readonly hostName: string;
  /** By adapter, in their order. An adapter without an entry stays as it is stored. */
  readonly adapters?: readonly (CustomizedAdapter | undefined)[];
}

/** What is absent stays as it is stored. */
export interface CustomizedAdapter {
  /** With its prefix length, such as 10.0.0.10/24. */
  readonly address?: string;
  readonly gateway?: string;
  /** For Linux those of all adapters count for the guest. */
  readonly nameservers?: readonly string[];
}

/** A disk that gets larger, while the machine is on or off. The guest has to grow its file system. */
export interface DiskGrowth {
  readonly disk: VirtualDisk;
  readonly sizeGiB: number;
}

/** An empty disk that is made with the machine, and dies with it. */
export interface NewDisk {
  readonly controllerKey: number;
  readonly unitNumber: number;
  readonly sizeGiB: number;
  /** Absent: as the datastore has it. */
  readonly provisioning?: 'Thin' | 'Thick' | 'EagerZeroedThick';
}

export interface CloneDisks {
  /** Disks of the template. */
  readonly grow: readonly DiskGrowth[];
  readonly add: readonly NewDisk[];
  readonly positionsText: string;
}
