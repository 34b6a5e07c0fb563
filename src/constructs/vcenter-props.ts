import type { NamespaceSelector } from './namespace-selector';
import type { VCenterAuth, VCenterCredentials, VCenterTrust } from './vcenter-connection';
import type { VCenterAllowed, VCenterLimits } from './vcenter-limits';

/** Name and labels of a VCenter. It is in no namespace. */
export interface VCenterMetadata {
  /**
   * Name of the VCenter: a DNS subdomain of at most 253 characters. Groups name it.
   *
   * It has no default on purpose. cdk8s would make one from the construct path, and groups that are on the VCenter cannot
   * be moved to one of another name.
   */
  readonly name: string;

  /**
   * Labels of the VCenter, added to those of the chart.
   *
   * @default - the labels of the chart
   */
  readonly labels?: { readonly [name: string]: string };

  /**
   * Annotations of the VCenter.
   *
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/**
 * Where replicas are created that say nothing else. Each entry is a name or an absolute inventory path, 1 to 2048
 * characters. A name that several objects have is an error, which the status shows. A change counts for new replicas only;
 * a group that has a folder stays in the datacenter of that.
 */
export interface VCenterDefaultPlacement {
  /**
   * Datacenter of groups.
   *
   * @default - the only one of the vCenter
   */
  readonly datacenter?: string;

  /**
   * Cluster (or standalone host) that runs the replicas.
   *
   * @default - the only one of the datacenter
   */
  readonly cluster?: string;

  /**
   * Resource pool inside the cluster.
   *
   * @default - the cluster's root pool
   */
  readonly resourcePool?: string;

  /**
   * Existing VM folder that holds the groups' own folders.
   *
   * @default - the folder vm-operator below the datacenter's VM folder, made if it is missing
   */
  readonly folder?: string;

  /**
   * Datastore of the replicas' files and disks.
   *
   * @default - the template's
   */
  readonly datastore?: string;

  /**
   * Datastore cluster instead of one datastore.
   *
   * @default - none
   */
  readonly datastoreCluster?: string;

  /**
   * Name of the storage policy of groups that name none, 1 to 255 characters. A group that names a policy of its own and no
   * place for its files does not take the datastore or datastore cluster from here either.
   *
   * @default - none
   */
  readonly storagePolicy?: string;
}

/** What a group gets that leaves it out. */
export interface VCenterDefaults {
  /**
   * Where replicas are created.
   *
   * @default - the only datacenter and cluster, its root pool, the template's datastore, and the folder vm-operator
   */
  readonly placement?: VCenterDefaultPlacement;
}

/**
 * A part of the vCenter that fails apart from the others. Groups that name neither a cluster nor a resource pool are spread
 * over all of them, or over those that they name. It must have a cluster or a resource pool.
 */
export interface VCenterFailureDomain {
  /** Name of the failure domain, unique in the list: a DNS label of at most 63 characters. */
  readonly name: string;

  /**
   * Cluster (or standalone host), a name or an absolute inventory path.
   *
   * @default - that of the resource pool
   */
  readonly cluster?: string;

  /**
   * Resource pool, a name or an absolute inventory path.
   *
   * @default - the cluster's root pool
   */
  readonly resourcePool?: string;

  /**
   * Datastore, a name or an absolute inventory path, for groups that name none.
   *
   * @default - that of the defaults, else the template's
   */
  readonly datastore?: string;

  /**
   * Datastore cluster instead of one datastore.
   *
   * @default - none
   */
  readonly datastoreCluster?: string;

  /**
   * DRS host group of the cluster, by its exact name: machines of the failure domain run on its hosts as far as these have
   * room, so that several failure domains may share a cluster. Together with `cluster` only.
   *
   * @default - all hosts
   */
  readonly hostGroup?: string;
}

/** The props of a VCenter. */
export interface VCenterProps {
  /** Name and labels. The name is required. */
  readonly metadata: VCenterMetadata;

  /** DNS name or IP address of the vCenter, without https://, port or path. */
  readonly host: string;

  /**
   * Port of the vCenter, 1 to 65535.
   *
   * @default 443
   */
  readonly port?: number;

  /** The Secret with the account, in the operator's namespace. The manifests never contain the account itself. */
  readonly credentials: VCenterCredentials;

  /**
   * How the operator logs in with the account.
   *
   * @default VCenterAuth.PASSWORD
   */
  readonly auth?: VCenterAuth;

  /**
   * Which certificate of the vCenter the operator accepts.
   *
   * @default VCenterTrust.systemRoots()
   */
  readonly trust?: VCenterTrust;

  /**
   * Namespaces whose groups may use this vCenter. Groups of a namespace that is no longer selected are left as they are,
   * and can only be deleted.
   *
   * @default - no namespace
   */
  readonly namespaceSelector?: NamespaceSelector;

  /**
   * Name of this Kubernetes cluster, unique among those that share the vCenter: a DNS label of at most 40 characters. It is
   * a part of the marks by which the operator knows its machines, and groups' folders lie in a folder of that name. It
   * cannot be set, changed or removed later.
   *
   * @default - the UID of the namespace kube-system, and no such folder
   */
  readonly clusterName?: string;

  /**
   * What a group gets that leaves it out.
   *
   * @default - the defaults of a VmGroup
   */
  readonly defaults?: VCenterDefaults;

  /**
   * Parts of the vCenter that fail apart from each other, such as clusters, at most 16.
   *
   * @default - none
   */
  readonly failureDomains?: VCenterFailureDomain[];

  /**
   * What groups may use.
   *
   * @default - whatever the account may use
   */
  readonly allowed?: VCenterAllowed;

  /**
   * How much groups may use.
   *
   * @default - no limits
   */
  readonly limits?: VCenterLimits;
}
