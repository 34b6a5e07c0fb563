// Generated from crds/ by `npm run generate`. Do not edit.

/**
 * Power state of the whole group. A replica that is found in another state is put right. With PoweredOff the replicas are kept, switched off.
 *
 * Default: "PoweredOn".
 */
export type VmGroupSpecPowerState = 'PoweredOn' | 'PoweredOff';
/**
 * Hard pulls the plug. TrySoft asks the guest to shut down and pulls the plug when no tools run in it or its time is over. Soft asks the guest, and waits for a person when that does not help.
 *
 * Default: "TrySoft".
 */
export type VmGroupSpecPowerOffMode = 'Hard' | 'Soft' | 'TrySoft';
/**
 * PoweredOn: it is switched on and its host is connected. ToolsRunning: also VMware Tools run in the guest. IPAddress: also the guest reports an address that is not link-local.
 *
 * Default: "PoweredOn".
 */
export type VmGroupSpecReadinessType = 'PoweredOn' | 'ToolsRunning' | 'IPAddress';
/**
 * RollingUpdate replaces outdated replicas by itself. OnDelete leaves them until a person deletes them in vCenter.
 *
 * Default: "RollingUpdate".
 */
export type VmGroupSpecUpdateStrategyType = 'RollingUpdate' | 'OnDelete';
/**
 * How a change of cpu or memory reaches a replica that runs. Growth is hot where the machine allows it. For the rest HotAddOnly waits until the replica is switched off, PowerCycle restarts replicas within maxUnavailable, and Replace makes new ones.
 *
 * Default: "PowerCycle".
 */
export type VmGroupSpecUpdateStrategyResizePolicy = 'HotAddOnly' | 'PowerCycle' | 'Replace';
/**
 * Order among replicas that are equally well. Before them go, in this order, those that are leaving, were never created, have a fault that needs a person, are switched off, are not ready, or are outdated.
 *
 * Default: "Newest".
 */
export type VmGroupSpecScaleDownOrder = 'Newest' | 'Oldest' | 'HighestOrdinal';
/**
 * What happens to the virtual machines when the VmGroup is deleted. Delete destroys them and removes the folder if it is empty. Orphan takes our ownership marks off and leaves machines and folder as they are.
 *
 * Default: "Delete".
 */
export type VmGroupSpecDeletionPolicy = 'Delete' | 'Orphan';
/**
 * Short form of the conditions: ERROR if Stalled is True, else RUNNING if Ready is True, else PENDING.
 */
export type VmGroupStatusPhase = 'RUNNING' | 'PENDING' | 'ERROR';
/**
 * Whether the condition holds.
 */
export type VmGroupStatusConditionStatus = 'True' | 'False' | 'Unknown';
/**
 * Power state in vCenter.
 */
export type VmGroupStatusReplicaPowerState = 'PoweredOn' | 'PoweredOff' | 'Suspended';
/**
 * What is being done.
 */
export type VmGroupStatusReplicaTaskOperation =
  'Clone' | 'Reconfigure' | 'PowerOn' | 'PowerOff' | 'Shutdown' | 'Destroy' | 'Move';
/**
 * Retryable is tried again by itself, Capacity when room appears, NeedsUser waits for a change by a person.
 */
export type VmGroupStatusReplicaFaultClass = 'Retryable' | 'Capacity' | 'NeedsUser';

/**
 * VmGroup is a group of equal virtual machines on a vCenter, cloned from one template into one folder. The operator keeps the vCenter equal to the spec and reports what it sees in the status.
 *
 * Rule: metadata.name must have at most 62 characters, for names of virtual machines are made from it.
 */
export interface VmGroup {
  /**
   * Always vm.codeconnect.vmworld.com/v1alpha1.
   */
  apiVersion?: string;
  /**
   * Always VmGroup.
   */
  kind?: string;
  /**
   * Standard object metadata.
   */
  metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  spec: VmGroupSpec;
  status?: VmGroupStatus;
}
/**
 * The virtual machines that shall exist.
 *
 * Rule: placement.datacenter cannot be changed once set; create a new group instead.
 *
 * Rule: placement.folder cannot be changed once set; create a new group instead.
 *
 * Rule: progressDeadlineSeconds must be greater than minReadySeconds.
 */
export interface VmGroupSpec {
  /**
   * Number of virtual CPUs of each replica.
   *
   * Range: 1..960.
   */
  cpu: number;
  /**
   * Memory of each replica in GiB (1 is 1024 MiB).
   *
   * Range: 1..24576.
   */
  memory: number;
  /**
   * Number of virtual machines. 0 keeps the group's folder and removes the machines.
   *
   * Range: 0..500.
   */
  replicas: number;
  /**
   * Name or absolute inventory path (such as /dc/vm/templates/ubuntu) of the template that replicas are cloned from, or of a virtual machine that no group owns. It must lie in the group's datacenter. A name that fits several is an error. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  template: string;
  placement?: VmGroupSpecPlacement;
  /**
   * Networks of the replicas' adapters: the first entry connects the first adapter of the template, and so on. Further entries add adapters (vmxnet3), surplus adapters of the template are left out. Default: the template's adapters as they are. A change replaces the replicas one after the other.
   *
   * At most 10 items.
   *
   * @maxItems 10
   */
  networks?: VmGroupSpecNetwork[];
  guest?: VmGroupSpecGuest;
  powerState: VmGroupSpecPowerState;
  powerOff?: VmGroupSpecPowerOff;
  readiness?: VmGroupSpecReadiness;
  /**
   * How long a replica has to be ready before it counts as available.
   *
   * Default: 0.
   *
   * Range: 0..86400.
   */
  minReadySeconds: number;
  /**
   * How long the group may go without coming a step closer to its spec before it is reported as stalled (phase ERROR). Nothing is rolled back, and work goes on.
   *
   * Default: 1800.
   *
   * Range: 1..172800.
   */
  progressDeadlineSeconds: number;
  updateStrategy?: VmGroupSpecUpdateStrategy;
  scaleDown?: VmGroupSpecScaleDown;
  deletionPolicy: VmGroupSpecDeletionPolicy;
  /**
   * While true nothing is changed in vCenter for this group, not even by a deletion, which waits. The status is still kept up to date.
   *
   * Default: false.
   */
  paused: boolean;
}
/**
 * Where replicas are created. Each entry is a name or an absolute inventory path; a name that fits several objects is an error.
 */
export interface VmGroupSpecPlacement {
  /**
   * Datacenter of the group. Default: the only one of the vCenter. Cannot be changed once set.
   *
   * Length: 1..2048 characters.
   */
  datacenter?: string;
  /**
   * Existing VM folder that holds the group's own folder. Default: the folder vm-operator below the datacenter's VM folder, made if missing. Cannot be changed once set.
   *
   * Length: 1..2048 characters.
   */
  folder?: string;
  /**
   * Cluster (or standalone host) that runs the replicas. Default: the only one of the datacenter. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  cluster?: string;
  /**
   * Resource pool inside the cluster. Default: the cluster's root pool. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  resourcePool?: string;
  /**
   * Datastore of the replicas' files and disks. Default: the template's. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  datastore?: string;
}
/**
 * One network adapter.
 */
export interface VmGroupSpecNetwork {
  /**
   * Name of the entry, unique in the list.
   *
   * Length: 1..63 characters.
   */
  name: string;
  /**
   * Name or absolute inventory path of a network or distributed port group in the group's datacenter. A name that fits several is an error.
   *
   * Length: 1..2048 characters.
   */
  network: string;
}
/**
 * What the guest operating system is given at its first boot. A change replaces the replicas one after the other.
 */
export interface VmGroupSpecGuest {
  cloudInit?: VmGroupSpecGuestCloudInit;
}
/**
 * Data for cloud-init, which the guest reads from guestinfo (its data source VMware). In all of it $(vm.name), $(vm.id), $(vm.ordinal), $(vm.hostname), $(vm.instanceUuid), $(vm.revision), $(group.name), $(group.namespace) and $(cluster.name) stand for the replica's values; $$( writes $(.
 */
export interface VmGroupSpecGuestCloudInit {
  userData?: VmGroupSpecGuestCloudInitUserData;
  metadata?: VmGroupSpecGuestCloudInitMetadata;
}
/**
 * User-data, such as #cloud-config. Who may read the machine in vCenter may read it there.
 *
 * Rule: give either secretKeyRef or value.
 */
export interface VmGroupSpecGuestCloudInitUserData {
  secretKeyRef?: VmGroupSpecGuestCloudInitUserDataSecretKeyRef;
  /**
   * The text itself. Not for secrets, which everyone who may get the VmGroup could read.
   *
   * Length: 0..65536 characters.
   */
  value?: string;
}
/**
 * Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role lets it.
 */
export interface VmGroupSpecGuestCloudInitUserDataSecretKeyRef {
  /**
   * Name of the Secret.
   *
   * Length: 1..253 characters.
   */
  name: string;
  /**
   * Key in the Secret.
   *
   * Length: 1..253 characters.
   */
  key: string;
}
/**
 * Metadata, a YAML mapping. instance-id (the machine's instanceUuid) and local-hostname are added where they are missing. Default: those two.
 *
 * Rule: give either secretKeyRef or value.
 */
export interface VmGroupSpecGuestCloudInitMetadata {
  secretKeyRef?: VmGroupSpecGuestCloudInitMetadataSecretKeyRef;
  /**
   * The text itself. Not for secrets, which everyone who may get the VmGroup could read.
   *
   * Length: 0..65536 characters.
   */
  value?: string;
}
/**
 * Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role lets it.
 */
export interface VmGroupSpecGuestCloudInitMetadataSecretKeyRef {
  /**
   * Name of the Secret.
   *
   * Length: 1..253 characters.
   */
  name: string;
  /**
   * Key in the Secret.
   *
   * Length: 1..253 characters.
   */
  key: string;
}
/**
 * How replicas are switched off: for powerState, for a change of size, and before they are destroyed.
 *
 * Rule: timeoutSeconds has no meaning with mode Hard; leave it out.
 */
export interface VmGroupSpecPowerOff {
  mode: VmGroupSpecPowerOffMode;
  /**
   * How long the guest may take to shut down. Default: 300.
   *
   * Range: 1..3600.
   */
  timeoutSeconds?: number;
}
/**
 * When a replica counts as ready.
 */
export interface VmGroupSpecReadiness {
  type: VmGroupSpecReadinessType;
}
/**
 * How a change of the spec reaches replicas that exist.
 */
export interface VmGroupSpecUpdateStrategy {
  type: VmGroupSpecUpdateStrategyType;
  rollingUpdate?: VmGroupSpecUpdateStrategyRollingUpdate;
  resizePolicy: VmGroupSpecUpdateStrategyResizePolicy;
}
/**
 * How many replicas may be extra, or away, while replicas are replaced or restarted.
 *
 * Rule: maxSurge and maxUnavailable cannot both be 0.
 */
export interface VmGroupSpecUpdateStrategyRollingUpdate {
  /**
   * How many replicas may exist beyond spec.replicas, a number or a percentage of it, rounded up. With more than 0 the successor is ready before its predecessor goes.
   *
   * Default: 0.
   *
   * Range: 0..500.
   *
   * Length: 0..4 characters.
   */
  maxSurge: number | string;
  /**
   * How many replicas may be away at once, a number or a percentage of spec.replicas, rounded down; 1 if both round to 0. Restarts for a change of size count.
   *
   * Default: 1.
   *
   * Range: 0..500.
   *
   * Length: 0..4 characters.
   */
  maxUnavailable: number | string;
}
/**
 * Which replicas go when there are too many.
 */
export interface VmGroupSpecScaleDown {
  order: VmGroupSpecScaleDownOrder;
}
/**
 * What the operator sees. Written by the operator only.
 */
export interface VmGroupStatus {
  phase?: VmGroupStatusPhase;
  /**
   * Number of the group's virtual machines that exist and are not leaving.
   */
  currentReplicas?: number;
  /**
   * Copy of spec.replicas at the time of this report.
   */
  desiredReplicas?: number;
  /**
   * Message of the condition that determined the phase.
   *
   * Length: 0..1024 characters.
   */
  lastMessage?: string;
  /**
   * metadata.generation of the spec that the whole status describes.
   */
  observedGeneration?: number;
  /**
   * Number of replicas that are ready.
   */
  readyReplicas?: number;
  /**
   * Number of replicas of the current revision and size.
   */
  updatedReplicas?: number;
  /**
   * Number of replicas that have been ready for long enough to count on.
   */
  availableReplicas?: number;
  /**
   * Label selector for the scale subresource. No Pod matches it, so an autoscaler can use External and Object metrics only.
   *
   * Length: 0..253 characters.
   */
  selector?: string;
  /**
   * When the group last came a step closer to its spec.
   */
  lastProgressTime?: string;
  /**
   * Revision that all replicas had when the group was last complete.
   *
   * Length: 0..10 characters.
   */
  currentRevision?: string;
  /**
   * Revision that the spec asks for, a hash of the fields whose change replaces replicas.
   *
   * Length: 0..10 characters.
   */
  updateRevision?: string;
  /**
   * Details of the state: Ready, Available, Progressing, Stalled, VCenterReady, PlacementReady, ConfigSynced, Paused and Deleting. A missing one means Unknown.
   *
   * At most 16 items.
   *
   * @maxItems 16
   */
  conditions?: VmGroupStatusCondition[];
  vcenter?: VmGroupStatusVcenter;
  folder?: VmGroupStatusFolder;
  template?: VmGroupStatusTemplate;
  /**
   * One entry a replica, ordered by ordinal. A report only; nothing is read back from it by hand.
   *
   * At most 1000 items.
   *
   * @maxItems 1000
   */
  replicas?: VmGroupStatusReplica[];
}
export interface VmGroupStatusCondition {
  /**
   * Name of the condition.
   *
   * Length: 0..316 characters.
   */
  type: string;
  status: VmGroupStatusConditionStatus;
  /**
   * One CamelCase word that says why.
   *
   * Length: 1..1024 characters.
   */
  reason: string;
  /**
   * The same for a person, with the object, the value and the remedy.
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
 * The vCenter that holds the group, recorded at first contact.
 */
export interface VmGroupStatusVcenter {
  /**
   * Name of the VCenter object, or (env) for the one that the operator's environment names.
   *
   * Length: 0..253 characters.
   */
  name?: string;
  /**
   * Identity of the vCenter (about.instanceUuid). A vCenter with another identity under the same name freezes the group.
   *
   * Length: 0..36 characters.
   */
  instanceUuid?: string;
}
/**
 * The group's folder in vCenter.
 */
export interface VmGroupStatusFolder {
  /**
   * Managed object id.
   *
   * Length: 0..64 characters.
   */
  moRef?: string;
  /**
   * Inventory path.
   *
   * Length: 0..2048 characters.
   */
  path?: string;
}
/**
 * What spec.template resolved to.
 */
export interface VmGroupStatusTemplate {
  /**
   * Managed object id.
   *
   * Length: 0..64 characters.
   */
  moRef?: string;
  /**
   * Inventory path.
   *
   * Length: 0..2048 characters.
   */
  path?: string;
}
export interface VmGroupStatusReplica {
  /**
   * Name of the virtual machine.
   *
   * Length: 0..80 characters.
   */
  name: string;
  /**
   * Number of the replica, unique in the group; a new one takes the lowest free number.
   */
  ordinal: number;
  /**
   * Revision the replica was created with.
   *
   * Length: 0..16 characters.
   */
  revision: string;
  /**
   * Host name given to the guest.
   *
   * Length: 0..63 characters.
   */
  hostname?: string;
  /**
   * Managed object id of the virtual machine.
   *
   * Length: 0..64 characters.
   */
  moRef?: string;
  /**
   * config.instanceUuid of the virtual machine.
   *
   * Length: 0..36 characters.
   */
  instanceUuid?: string;
  powerState?: VmGroupStatusReplicaPowerState;
  /**
   * Host that runs the virtual machine.
   *
   * Length: 0..253 characters.
   */
  host?: string;
  /**
   * Failure domain of the replica.
   *
   * Length: 0..63 characters.
   */
  failureDomain?: string;
  /**
   * Whether the replica is ready.
   */
  ready?: boolean;
  /**
   * Since when the replica is ready.
   */
  readySince?: string;
  /**
   * IP addresses that the guest reports.
   *
   * At most 16 items.
   *
   * @maxItems 16
   *
   * Items: Length: 0..39 characters.
   */
  ips?: string[];
  task?: VmGroupStatusReplicaTask;
  fault?: VmGroupStatusReplicaFault;
}
/**
 * Operation under way in vCenter.
 */
export interface VmGroupStatusReplicaTask {
  /**
   * Managed object id of the vCenter task; absent until vCenter has answered.
   *
   * Length: 0..64 characters.
   */
  ref?: string;
  operation: VmGroupStatusReplicaTaskOperation;
  /**
   * When it was sent.
   */
  startedAt: string;
}
/**
 * Why the replica is not as it should be. Removed by success.
 */
export interface VmGroupStatusReplicaFault {
  class: VmGroupStatusReplicaFaultClass;
  /**
   * vim25 fault type, or a word of ours.
   *
   * Length: 0..64 characters.
   */
  reason: string;
  /**
   * What went wrong, for a person.
   *
   * Length: 0..512 characters.
   */
  message: string;
  /**
   * When the first attempt of this series failed.
   */
  since: string;
  /**
   * Number of failed attempts of this series.
   */
  attempts: number;
  /**
   * When the next attempt is due.
   */
  retryAt?: string;
}
