// Generated from crds/ by `npm run generate`. Do not edit.

/**
 * How the operator logs in. Password sends user name and password to vCenter. TokenByPassword gets a SAML token for them from the security token service of vCenter, and logs in with the token.
 *
 * Default: "Password".
 */
export type VCenterSpecCredentialsMethod = 'Password' | 'TokenByPassword';
/**
 * In: the label has one of the values. NotIn: it has none of them, or is missing. Exists and DoesNotExist: it is there, or is missing.
 */
export type VCenterSpecNamespaceSelectorMatchExpressionOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
/**
 * Whether the condition holds.
 */
export type VCenterStatusConditionStatus = 'True' | 'False' | 'Unknown';

/**
 * VCenter is a vCenter that the operator may work on, with the account that it uses there, the namespaces whose VmGroups may be put there, and what these may use. Administrators write it. Several objects with different accounts may name one vCenter: they are tenants that know nothing of each other. While there is no VCenter object, the vCenter of the operator's environment serves all namespaces. Groups keep a VCenter from being deleted.
 */
export interface VCenter {
  /**
   * Always vm.codeconnect.vmworld.com/v1alpha1.
   */
  apiVersion?: string;
  /**
   * Always VCenter.
   */
  kind?: string;
  /**
   * Standard object metadata.
   */
  metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  spec: VCenterSpec;
  status?: VCenterStatus;
}
/**
 * The vCenter, and what namespaces may do there.
 *
 * Rule: clusterName cannot be set, changed or removed later, because the operator knows its machines by it; create a new VCenter instead.
 */
export interface VCenterSpec {
  endpoint: VCenterSpecEndpoint;
  credentials: VCenterSpecCredentials;
  tls?: VCenterSpecTls;
  namespaceSelector?: VCenterSpecNamespaceSelector;
  /**
   * Name of this Kubernetes cluster, unique among those that share the vCenter. It is a part of the marks by which the operator knows its machines, and groups' folders lie in a folder of that name. Default: the UID of the namespace kube-system, and no such folder. It cannot be set, changed or removed later.
   *
   * Length: 0..40 characters.
   */
  clusterName?: string;
  defaults?: VCenterSpecDefaults;
  /**
   * Parts of the vCenter that fail apart from each other, such as clusters. Groups that name neither a cluster nor a resource pool are spread over all of them, or over those that they name. An entry that is added or changed moves no replica; those in one that is taken out are replaced.
   *
   * At most 16 items.
   *
   * @maxItems 16
   */
  failureDomains?: VCenterSpecFailureDomain[];
  allowed?: VCenterSpecAllowed;
  limits?: VCenterSpecLimits;
}
/**
 * Address of the vCenter. It is always called over https, at the path /sdk.
 *
 * Rule: host is a DNS name or an IP address; leave out https:// and the path.
 */
export interface VCenterSpecEndpoint {
  /**
   * DNS name or IP address of the vCenter, without https://, port or path. A change makes the operator connect anew. If another vCenter answers there, nothing is changed for the groups of the former one.
   *
   * Length: 0..253 characters.
   */
  host: string;
  /**
   * Port of the vCenter.
   *
   * Default: 443.
   *
   * Range: 1..65535.
   */
  port: number;
}
/**
 * The account that the operator uses. Another Secret, or other content of it, makes the operator log in anew without a restart. The session of the old account ends last.
 */
export interface VCenterSpecCredentials {
  secretRef: VCenterSpecCredentialsSecretRef;
  method: VCenterSpecCredentialsMethod;
}
/**
 * Secret in the operator's namespace with the account, in the keys username and password, or VC_USER and VC_PASS. Both pairs at once are an error.
 */
export interface VCenterSpecCredentialsSecretRef {
  /**
   * Name of the Secret.
   *
   * Length: 0..253 characters.
   */
  name: string;
}
/**
 * Which certificate of the vCenter is accepted. Default: one of an authority that the operator's system knows.
 *
 * Rule: insecureSkipVerify accepts any certificate; leave it out, or leave out caBundle and sha256Fingerprints.
 *
 * Rule: caBundle holds no certificate; give PEM text, with -----BEGIN CERTIFICATE-----.
 */
export interface VCenterSpecTls {
  /**
   * Certificates of authorities, as PEM text. The vCenter's must be of one of them. The authorities that the operator's system knows do not count then.
   *
   * Length: 1..65536 characters.
   */
  caBundle?: string;
  /**
   * SHA-256 fingerprints: the vCenter's certificate must have one of them. Without caBundle it does not matter who signed it; with caBundle both must hold. Give the next one beforehand, and a renewal of the certificate goes unnoticed.
   *
   * 1 to 4 items.
   *
   * @minItems 1
   * @maxItems 4
   *
   * Items: Length: 0..95 characters.
   */
  sha256Fingerprints?: string[];
  /**
   * While true, any certificate is accepted. For tests only: somebody on the network path can read the password. A warning event tells of it.
   *
   * Default: false.
   */
  insecureSkipVerify: boolean;
}
/**
 * Namespaces whose groups may use this vCenter, by the labels of the namespaces. All requirements must be met; an empty selector selects all namespaces. Default: no namespace. Groups of a namespace that is no longer selected are left as they are, and can only be deleted.
 */
export interface VCenterSpecNamespaceSelector {
  /**
   * Labels that the namespace must have, with these values.
   *
   * At most 16 entries.
   */
  matchLabels?: {
    [k: string]: string;
  };
  /**
   * Requirements on labels that the namespace must meet.
   *
   * At most 16 items.
   *
   * @maxItems 16
   */
  matchExpressions?: VCenterSpecNamespaceSelectorMatchExpression[];
}
/**
 * One requirement on a label.
 *
 * Rule: give values with the operators In and NotIn, and none with Exists and DoesNotExist.
 */
export interface VCenterSpecNamespaceSelectorMatchExpression {
  /**
   * Name of the label.
   *
   * Length: 0..317 characters.
   */
  key: string;
  operator: VCenterSpecNamespaceSelectorMatchExpressionOperator;
  /**
   * Values for the operators In and NotIn.
   *
   * At most 32 items.
   *
   * @maxItems 32
   *
   * Items: Length: 0..63 characters.
   */
  values?: string[];
}
/**
 * What a group gets that leaves it out.
 */
export interface VCenterSpecDefaults {
  placement?: VCenterSpecDefaultsPlacement;
}
/**
 * Where replicas are created that say nothing else. Each entry is a name or an absolute inventory path. A name that several objects have is an error. A change counts for new replicas only; a group that has a folder stays in the datacenter of that.
 *
 * Rule: give either datastore or datastoreCluster, not both.
 */
export interface VCenterSpecDefaultsPlacement {
  /**
   * Datacenter of groups. Default: the only one of the vCenter.
   *
   * Length: 1..2048 characters.
   */
  datacenter?: string;
  /**
   * Cluster (or standalone host) that runs the replicas. Default: the only one of the datacenter.
   *
   * Length: 1..2048 characters.
   */
  cluster?: string;
  /**
   * Resource pool inside the cluster. Default: the cluster's root pool.
   *
   * Length: 1..2048 characters.
   */
  resourcePool?: string;
  /**
   * VM folder that holds the groups' own folders: its levels below the datacenter's VM folder, such as teams/shop, or an absolute path. What is missing is made. Default: vm-operator.
   *
   * Length: 1..2048 characters.
   */
  folder?: string;
  /**
   * Datastore of the replicas' files and disks. Default: the template's.
   *
   * Length: 1..2048 characters.
   */
  datastore?: string;
  /**
   * Datastore cluster (StoragePod) instead of one datastore: as spec.placement.datastoreCluster of a VmGroup.
   *
   * Length: 1..2048 characters.
   */
  datastoreCluster?: string;
  /**
   * Name of the storage policy of groups that name none. A group that names a policy of its own and no place for its files does not take the datastore or datastore cluster from here either.
   *
   * Length: 1..255 characters.
   */
  storagePolicy?: string;
}
/**
 * One failure domain.
 *
 * Rule: give cluster or resourcePool, which say where machines of the failure domain run.
 *
 * Rule: give either datastore or datastoreCluster, not both.
 *
 * Rule: give cluster with hostGroup, which names a host group of that cluster.
 */
export interface VCenterSpecFailureDomain {
  /**
   * Name of the failure domain, unique in the list.
   *
   * Length: 0..63 characters.
   */
  name: string;
  /**
   * Cluster (or standalone host), a name or an absolute inventory path.
   *
   * Length: 1..2048 characters.
   */
  cluster?: string;
  /**
   * Resource pool, a name or an absolute inventory path; looked for in the cluster if there is one.
   *
   * Length: 1..2048 characters.
   */
  resourcePool?: string;
  /**
   * Datastore, a name or an absolute inventory path, for groups that name none. Default: that of defaults.placement, else the template's.
   *
   * Length: 1..2048 characters.
   */
  datastore?: string;
  /**
   * Datastore cluster (StoragePod) instead of one datastore.
   *
   * Length: 1..2048 characters.
   */
  datastoreCluster?: string;
  /**
   * DRS host group of the cluster, by its exact name: machines of the failure domain are made on its hosts, and a DRS rule of each group keeps them there as far as the hosts have room. So several failure domains may share a cluster. The host group is the administrator's. Default: all hosts.
   *
   * Length: 1..80 characters.
   */
  hostGroup?: string;
}
/**
 * What groups may use. Each entry of a list is a pattern for absolute inventory paths: * stands for any characters of a name, and ** in the place of a name for any number of names, so that /dc/vm/shop/** is all that lies below the folder shop. It is compared with the path of the object that a name was resolved to, so no alias gets past it. A list of paths that is left out allows everything but adoptions, and an empty list nothing. A change leaves the machines that exist as they are.
 */
export interface VCenterSpecAllowed {
  /**
   * Templates and machines that groups may be cloned from.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  templates?: string[];
  /**
   * Resource pools that replicas may be in. The root pool of a cluster is /DATACENTER/host/CLUSTER/Resources.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  resourcePools?: string[];
  /**
   * VM folders that may hold the groups' own folders.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  folders?: string[];
  /**
   * Datastores that the disks of replicas may be on.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  datastores?: string[];
  /**
   * Networks and distributed port groups that replicas may be connected to.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  networks?: string[];
  /**
   * Storage policies that groups may name: patterns for the name, with * for any characters. A list that is left out allows any, an empty list none. Groups without a policy are not concerned.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 1..512 characters.
   */
  storagePolicies?: string[];
  /**
   * Tags that groups may give to their machines: patterns for category/name, such as environment/* or billing/shop-*, with * for any characters. A slash in a name is written as %2f. A list that is left out allows any.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 1..512 characters.
   */
  tags?: string[];
  /**
   * Keys of spec.extraConfig that groups may set: patterns for the key, such as disk.EnableUUID or svga.*, with * for any characters. Some keys give a guest access to its host, so a list that is left out allows none.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 1..512 characters.
   */
  extraConfigKeys?: string[];
  /**
   * Customization specifications of the vCenter that groups may use: patterns for the name, with * for any characters; a slash in a name is %2f. A list that is left out allows every one, and an empty list none.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 1..512 characters.
   */
  customizationSpecs?: string[];
  /**
   * Machines that exist and that groups may take over with spec.adopt. $(namespace) in a pattern stands for the namespace of the group, so that /dc/vm/tenants/$(namespace)/** gives each namespace a folder of its own. A machine that is taken over may be changed and destroyed by the authors of that namespace, so a list that is left out allows none.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..512 characters.
   */
  adoptableMachines?: string[];
}
/**
 * How much groups may use. It is decided right before a machine is created or grows, with all that is under way. Machines that exist are left as they are. A limit that is left out does not limit.
 */
export interface VCenterSpecLimits {
  /**
   * How many clones may run at once on this vCenter. Other work may have as many beside them, and at least 4. 0: as many as bring something, found by itself from 16 up to 128. Default: as the operator's flag --max-concurrent-tasks says, which is 0.
   *
   * Range: 0..500.
   */
  maxConcurrentTasks?: number;
  perVM?: VCenterSpecLimitsPerVM;
  perNamespace?: VCenterSpecLimitsPerNamespace;
  total?: VCenterSpecLimitsTotal;
}
/**
 * Largest size of a replica.
 */
export interface VCenterSpecLimitsPerVM {
  /**
   * Largest number of virtual CPUs.
   *
   * Range: 1..960.
   */
  cpu?: number;
  /**
   * Most memory, in GiB.
   *
   * Range: 1..24576.
   */
  memoryGiB?: number;
}
/**
 * Most that the groups of one namespace may have together on this vCenter, whether their machines are powered on or off.
 */
export interface VCenterSpecLimitsPerNamespace {
  /**
   * Most virtual machines.
   *
   * Range: 0..1000000.
   */
  vms?: number;
  /**
   * Most virtual CPUs.
   *
   * Range: 0..1000000000.
   */
  cpu?: number;
  /**
   * Most memory, in GiB.
   *
   * Range: 0..1000000000.
   */
  memoryGiB?: number;
}
/**
 * Most that all groups of this VCenter may have together, whether their machines are powered on or off.
 */
export interface VCenterSpecLimitsTotal {
  /**
   * Most virtual machines.
   *
   * Range: 0..1000000.
   */
  vms?: number;
  /**
   * Most virtual CPUs.
   *
   * Range: 0..1000000000.
   */
  cpu?: number;
  /**
   * Most memory, in GiB.
   *
   * Range: 0..1000000000.
   */
  memoryGiB?: number;
}
/**
 * What the operator sees. Only the operator writes it.
 */
export interface VCenterStatus {
  /**
   * metadata.generation of the spec that the whole status describes.
   */
  observedGeneration?: number;
  /**
   * Details of the state: Ready, Connected, CredentialsValid, PlacementReady, PrivilegesSufficient and InUse. Ready sums up the three after it. PrivilegesSufficient is about groups that name no place of their own; it informs and holds nothing up. A condition that is missing means Unknown.
   *
   * At most 16 items.
   *
   * @maxItems 16
   */
  conditions?: VCenterStatusCondition[];
  about?: VCenterStatusAbout;
  /**
   * Identity of this Kubernetes cluster in the marks of its machines: spec.clusterName, or the UID of the namespace kube-system.
   *
   * Length: 0..253 characters.
   */
  clusterID?: string;
  certificate?: VCenterStatusCertificate;
  /**
   * Number of VmGroups that use this VCenter. While there are any, it is not deleted.
   */
  groups?: number;
  usage?: VCenterStatusUsage;
  /**
   * What the groups of each namespace have, as limits.perNamespace counts. Of more namespaces, those with the most machines.
   *
   * At most 500 items.
   *
   * @maxItems 500
   */
  namespaces?: VCenterStatusNamespace[];
  /**
   * The operator process that works on this vCenter, as its Lease names it. With several replicas of the operator, each vCenter is led by one of them.
   *
   * Length: 0..253 characters.
   */
  leader?: string;
}
export interface VCenterStatusCondition {
  /**
   * Name of the condition.
   *
   * Length: 0..316 characters.
   */
  type: string;
  status: VCenterStatusConditionStatus;
  /**
   * One CamelCase word that says why.
   *
   * Length: 1..1024 characters.
   */
  reason: string;
  /**
   * The reason in a sentence for a person, with the object, the value and the remedy.
   *
   * Length: 0..32768 characters.
   */
  message: string;
  /**
   * When status last changed.
   */
  lastTransitionTime: string;
  /**
   * metadata.generation that the condition was set for.
   *
   * At least 0.
   */
  observedGeneration?: number;
}
/**
 * What the vCenter says of itself.
 */
export interface VCenterStatusAbout {
  /**
   * Version of the product.
   *
   * Length: 0..64 characters.
   */
  version?: string;
  /**
   * Build of the product.
   *
   * Length: 0..64 characters.
   */
  build?: string;
  /**
   * Version of the API.
   *
   * Length: 0..64 characters.
   */
  apiVersion?: string;
  /**
   * Identity of the vCenter (about.instanceUuid). Groups record it; where another one answers, nothing is changed for them.
   *
   * Length: 0..36 characters.
   */
  instanceUuid?: string;
}
/**
 * The certificate that the server showed last, even if it was refused. When it ends within 30 days, the condition Connected says so.
 */
export interface VCenterStatusCertificate {
  /**
   * Its SHA-256 fingerprint, as spec.tls.sha256Fingerprints takes it.
   *
   * Length: 0..95 characters.
   */
  sha256?: string;
  /**
   * Until when it is valid.
   */
  notAfter?: string;
}
/**
 * What the groups of this VCenter have together: all of their machines, whether powered on or off.
 */
export interface VCenterStatusUsage {
  /**
   * Number of virtual machines.
   */
  vms?: number;
  /**
   * Number of virtual CPUs.
   */
  cpu?: number;
  /**
   * Memory, in GiB, rounded up.
   */
  memoryGiB?: number;
}
export interface VCenterStatusNamespace {
  /**
   * Name of the namespace.
   *
   * Length: 0..63 characters.
   */
  name: string;
  /**
   * Number of virtual machines.
   */
  vms: number;
  /**
   * Number of virtual CPUs.
   */
  cpu: number;
  /**
   * Memory, in GiB, rounded up.
   */
  memoryGiB: number;
}
