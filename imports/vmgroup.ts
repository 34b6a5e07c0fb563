// Generated from crds/ by `npm run generate`. Do not edit.

/**
 * Full copies the disks. Linked makes disks that are based on a snapshot of the template: it takes seconds and little space, the template cannot be deleted before the replicas, and the root disk cannot grow.
 *
 * Default: "Full".
 */
export type VmGroupSpecCloneMode = 'Full' | 'Linked';
/**
 * What happens to a replica that would exceed maxSkew because a failure domain is full or cannot be found. ScheduleAnyway creates it in another domain; DoNotSchedule lets it wait, with a fault of class Capacity.
 *
 * Default: "ScheduleAnyway".
 */
export type VmGroupSpecPlacementSpreadWhenUnsatisfiable = 'DoNotSchedule' | 'ScheduleAnyway';
/**
 * Default: Disabled. Preferred: the replicas in one cluster run on different hosts as far as there are enough. A DRS rule of the group in each cluster asks for it; it is no mandatory one, so it keeps no replica from running. DRS must be on. A change moves machines by DRS only: no replica is replaced or restarted. Disabled, or the end of the group, removes the rule.
 */
export type VmGroupSpecPlacementHostAntiAffinity = 'Disabled' | 'Preferred';
/**
 * How space is taken on the datastore: as it is written, at once, or at once and written with zeroes. Default: as the datastore has it.
 */
export type VmGroupSpecDisksExtraProvisioning = 'Thin' | 'Thick' | 'EagerZeroedThick';
/**
 * Power state of the whole group. A replica in another state is corrected. With PoweredOff the replicas are kept, powered off.
 *
 * Default: "PoweredOn".
 */
export type VmGroupSpecPowerState = 'PoweredOn' | 'PoweredOff';
/**
 * Hard powers off at once. TrySoft asks the guest to shut down. If no VMware Tools run in it, or it takes too long, it is powered off. Soft asks the guest too; if that does not help, the replica waits for a person.
 *
 * Default: "TrySoft".
 */
export type VmGroupSpecPowerOffMode = 'Hard' | 'Soft' | 'TrySoft';
/**
 * PoweredOn: the replica is powered on and its host is connected. ToolsRunning: in addition VMware Tools run in the guest. IPAddress: in addition the guest reports an address that is not link-local.
 *
 * Default: "PoweredOn".
 */
export type VmGroupSpecReadinessType = 'PoweredOn' | 'ToolsRunning' | 'IPAddress';
/**
 * RollingUpdate replaces outdated replicas automatically. OnDelete leaves them alone until a person deletes them in vCenter.
 *
 * Default: "RollingUpdate".
 */
export type VmGroupSpecUpdateStrategyType = 'RollingUpdate' | 'OnDelete';
/**
 * How a change of cpu, memory or hardware reaches a running replica. Where the machine allows it, it grows while powered on. Other changes depend on the policy. HotAddOnly waits until somebody powers the replica off. PowerCycle restarts replicas, at most maxUnavailable at once. Replace makes new replicas.
 *
 * Default: "PowerCycle".
 */
export type VmGroupSpecUpdateStrategyResizePolicy = 'HotAddOnly' | 'PowerCycle' | 'Replace';
/**
 * Order of removal when the state of the replicas does not decide. The state decides in this order: replicas go first that are in retire, are leaving, were never created, have a fault that needs a person, are powered off, are not ready, or are outdated.
 *
 * Default: "Newest".
 */
export type VmGroupSpecScaleDownOrder = 'Newest' | 'Oldest' | 'HighestOrdinal';
/**
 * What happens to the virtual machines when the VmGroup is deleted. Delete destroys them and then removes the group's folder if it is empty and the operator's. Orphan removes the ownership marks and leaves machines and folder as they are.
 *
 * Default: "Delete".
 */
export type VmGroupSpecDeletionPolicy = 'Delete' | 'Orphan';
/**
 * Short form of the conditions: ERROR if Stalled is True, else RUNNING if Ready is True (STOPPED if spec.powerState is PoweredOff), else PENDING.
 */
export type VmGroupStatusPhase = 'RUNNING' | 'STOPPED' | 'PENDING' | 'ERROR';
/**
 * Whether the condition holds.
 */
export type VmGroupStatusConditionStatus = 'True' | 'False' | 'Unknown';
/**
 * Power state in vCenter.
 */
export type VmGroupStatusReplicaPowerState = 'PoweredOn' | 'PoweredOff' | 'Suspended';
/**
 * What is being done. Move is reserved; it is not used today.
 */
export type VmGroupStatusReplicaTaskOperation =
  'Clone' | 'Reconfigure' | 'PowerOn' | 'PowerOff' | 'Shutdown' | 'Destroy' | 'Move';
/**
 * Retryable is tried again automatically. Capacity is tried again too, and succeeds when there is room. NeedsUser waits for a change by a person.
 */
export type VmGroupStatusReplicaFaultClass = 'Retryable' | 'Capacity' | 'NeedsUser';

/**
 * VmGroup is a group of equal virtual machines on a vCenter, cloned from one template into one folder. The operator keeps vCenter equal to the spec and writes what it sees into the status.
 *
 * Rule: metadata.name must have at most 62 characters, because names of virtual machines are made from it.
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
 * The virtual machines that should exist.
 *
 * Rule: placement.datacenter cannot be changed once set; create a new group instead.
 *
 * Rule: placement.folder cannot be changed once set; create a new group instead.
 *
 * Rule: vcenterRef.name cannot be changed once set; create a new group instead.
 *
 * Rule: progressDeadlineSeconds must be greater than minReadySeconds.
 *
 * Rule: disks.rootSizeGiB cannot get smaller or be removed, because no disk can shrink.
 *
 * Rule: disks.rootSizeGiB needs clone.mode Full, because the disk of a linked clone cannot grow.
 *
 * Rule: cpu must be a multiple of hardware.coresPerSocket.
 *
 * Rule: readiness.network must be the name of an entry of networks.
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
   * Number of virtual machines. 0 keeps the group's folder and removes the machines. Leave it out where an autoscaler sets it: an apply then keeps its number.
   *
   * Default: 1.
   *
   * Range: 0..500.
   */
  replicas: number;
  /**
   * Template that replicas are cloned from: a name, or an absolute inventory path such as /dc/vm/templates/ubuntu. With the operator's flag --allow-machine-sources it may also be a virtual machine that no group owns. It must be in the group's datacenter. A name that several objects have is an error. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  template: string;
  clone?: VmGroupSpecClone;
  hardware?: VmGroupSpecHardware;
  vcenterRef?: VmGroupSpecVcenterRef;
  placement?: VmGroupSpecPlacement;
  /**
   * Networks of the replicas' adapters. The first entry connects the first adapter of the template, the second entry the second adapter, and so on. Further entries add adapters (vmxnet3). Surplus adapters of the template are left out. Default: the template's adapters as they are. A change replaces the replicas one after the other.
   *
   * At most 10 items.
   *
   * @maxItems 10
   */
  networks?: VmGroupSpecNetwork[];
  disks?: VmGroupSpecDisks;
  guest?: VmGroupSpecGuest;
  naming?: VmGroupSpecNaming;
  powerState: VmGroupSpecPowerState;
  powerOff?: VmGroupSpecPowerOff;
  readiness?: VmGroupSpecReadiness;
  /**
   * How long a replica must be ready before it counts as available.
   *
   * Default: 0.
   *
   * Range: 0..86400.
   */
  minReadySeconds: number;
  /**
   * How long the group may make no progress towards its spec before the condition Stalled is True and the phase is ERROR. Nothing is rolled back, and work goes on. Progress is that another number of replicas exists, is ready, available or up to date, a new spec, or vCenter that is back. A try that fails is none.
   *
   * Default: 1800.
   *
   * Range: 1..172800.
   */
  progressDeadlineSeconds: number;
  updateStrategy?: VmGroupSpecUpdateStrategy;
  /**
   * Advanced settings (extraConfig) of each machine. A VCenter must allow the keys in spec.allowed.extraConfigKeys; without a VCenter object none is allowed. A change reaches machines that exist, whether they run or not; many settings act only from the next power-on. A key that is taken out of the list is removed from machines that the operator gave it to.
   *
   * At most 32 items.
   *
   * @maxItems 32
   */
  extraConfig?: VmGroupSpecExtraConfig[];
  /**
   * Custom attributes of each machine, as vCenter shows them to people. vCenter must define an attribute of that name for virtual machines, or for all objects. A change reaches machines that exist. An attribute that is taken out of the list loses its value on machines that the operator gave it to.
   *
   * At most 32 items.
   *
   * @maxItems 32
   */
  customAttributes?: VmGroupSpecCustomAttribute[];
  /**
   * Tags of each machine. They must exist in vCenter, in a category for virtual machines. A change reaches machines that exist. A tag that is taken out of the list is taken off machines that the operator gave it to.
   *
   * At most 32 items.
   *
   * @maxItems 32
   */
  tags?: VmGroupSpecTag[];
  /**
   * Virtual machines of the group that are replaced by new ones, within updateStrategy.rollingUpdate, also with the type OnDelete. They go first in a scale-down. vCenter never uses a reference again, so entries may stay.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Managed object id of a machine, as in status.replicas[].moRef.
   *
   * Length: 0..64 characters.
   */
  retire?: string[];
  adopt?: VmGroupSpecAdopt;
  scaleDown?: VmGroupSpecScaleDown;
  deletionPolicy: VmGroupSpecDeletionPolicy;
  /**
   * While true, nothing is changed in vCenter for this group. A deletion waits too. The status is still kept up to date.
   *
   * Default: false.
   */
  paused: boolean;
}
/**
 * How replicas are cloned from the template. A change replaces the replicas one after the other.
 *
 * Rule: snapshot needs mode Linked; leave it out.
 */
export interface VmGroupSpecClone {
  mode: VmGroupSpecCloneMode;
  /**
   * Name of the snapshot of the template. No other one of the template may have it. Default: the template's current snapshot.
   *
   * Length: 1..255 characters.
   */
  snapshot?: string;
}
/**
 * What else of the virtual hardware is given. It is changed while a replica is powered off: running replicas are handled as updateStrategy.resizePolicy says.
 */
export interface VmGroupSpecHardware {
  /**
   * Number of cores of each virtual CPU socket. cpu must be a multiple of it. Default: the template's where it divides cpu, else the greatest number that divides both.
   *
   * Range: 1..256.
   */
  coresPerSocket?: number;
  /**
   * Whether CPUs can be added while a replica is powered on. It can hide NUMA from the guest. Default: as the template has it.
   */
  cpuHotAdd?: boolean;
  /**
   * Whether memory can be added while a replica is powered on. Default: as the template has it.
   */
  memoryHotAdd?: boolean;
}
/**
 * The VCenter that the group is on. It must select the group's namespace. Default: the only VCenter that selects it; without any VCenter object, the vCenter of the operator's environment. It cannot be changed once set.
 */
export interface VmGroupSpecVcenterRef {
  /**
   * Name of the VCenter.
   *
   * Length: 0..253 characters.
   */
  name: string;
}
/**
 * Where replicas are created. Each entry is a name or an absolute inventory path. A name that several objects have is an error.
 *
 * Rule: give either datastore or datastoreCluster, not both.
 *
 * Rule: leave it out, or leave out cluster and resourcePool, because a failure domain says both.
 */
export interface VmGroupSpecPlacement {
  /**
   * Datacenter of the group. Default: the only one of the vCenter. It cannot be changed once set.
   *
   * Length: 1..2048 characters.
   */
  datacenter?: string;
  /**
   * Existing VM folder that holds the group's own folder. It must not be or lie in a group's folder, and must lie in the namespace's where the operator has --namespace-folder. Default: the namespace's folder, or the folder vm-operator below the datacenter's VM folder, made if it is missing. It cannot be changed once set.
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
   * Resource pool inside the cluster. Default: the cluster's root pool; where the operator has --namespace-pools, the namespace's only pool, and another must be one of its pools or below. A change replaces the replicas one after the other.
   *
   * Length: 1..2048 characters.
   */
  resourcePool?: string;
  /**
   * Datastore of the replicas' files and disks. Default: the template's. A change replaces the replicas one after the other, disks included; with the update strategy OnDelete only those that a person deletes.
   *
   * Length: 1..2048 characters.
   */
  datastore?: string;
  /**
   * Datastore cluster (StoragePod) instead of one datastore. Storage DRS recommends the datastore of each new replica; where it is off, the one with the most free space is taken. A change replaces the replicas as that of datastore does.
   *
   * Length: 1..2048 characters.
   */
  datastoreCluster?: string;
  /**
   * Name of a storage policy of vCenter, for the files and all disks of the replicas. A datastore that is given beside it must fit it; of a datastore cluster a member that fits is chosen. With neither, the replica goes to the datastore with the most free space of those that fit and that hosts of its cluster see. Default: none, so vCenter applies the default of the datastore. A change replaces the replicas as that of datastore does.
   *
   * Length: 1..255 characters.
   */
  storagePolicy?: string;
  /**
   * Failure domains of the VCenter that replicas are spread over. Default: all that the VCenter has, unless cluster or resourcePool is given, which say where replicas are by themselves. A change moves no replica, but those in a domain that is taken out of the list, or out of the VCenter, are replaced one after the other.
   *
   * 1 to 16 items.
   *
   * @minItems 1
   * @maxItems 16
   *
   * Items: Length: 0..63 characters.
   */
  failureDomains?: string[];
  spread?: VmGroupSpecPlacementSpread;
  hostAntiAffinity?: VmGroupSpecPlacementHostAntiAffinity;
}
/**
 * How evenly replicas are spread over failure domains. A replica that is created goes where the fewest are, and one too many is removed where the most are. Living replicas are not moved.
 */
export interface VmGroupSpecPlacementSpread {
  /**
   * Largest difference between the numbers of replicas in two failure domains, which whenUnsatisfiable is about.
   *
   * Default: 1.
   *
   * Range: 1..100.
   */
  maxSkew: number;
  whenUnsatisfiable: VmGroupSpecPlacementSpreadWhenUnsatisfiable;
}
/**
 * One network adapter.
 *
 * Rule: gateway needs addresses; a network without them gets its gateway by DHCP.
 *
 * Rule: nameservers need addresses; a network without them gets its name servers by DHCP.
 */
export interface VmGroupSpecNetwork {
  /**
   * Name of the entry, unique in the list.
   *
   * Length: 1..63 characters.
   */
  name: string;
  /**
   * Name or absolute inventory path of a network or distributed port group in the group's datacenter. A name that several networks have is an error. Port groups of one name on several distributed switches are named SWITCH/PORTGROUP.
   *
   * Length: 1..2048 characters.
   */
  network: string;
  /**
   * Static addresses with their prefix length, such as 10.0.0.10/24: the replica with ordinal 0 gets the first one, and so on. A replica without an entry is not created. Give one entry more than replicas for each replica of maxSurge. They reach the guest as a network configuration of cloud-init in guestinfo.metadata, unless spec.guest.cloudInit.metadata has a key network. Then only $(vm.address.NAME) tells them. Default: the template, or DHCP, decides. A change replaces those replicas whose own entry is another one now.
   *
   * 1 to 512 items.
   *
   * @minItems 1
   * @maxItems 512
   *
   * Items: Length: 0..43 characters.
   *
   * Rule: addresses must be IP addresses with their prefix length, such as 10.0.0.10/24.
   */
  addresses?: string[];
  /**
   * Address of the default gateway on this network. Default: none. A change replaces the replicas one after the other.
   *
   * Length: 0..39 characters.
   *
   * Rule: gateway must be an IP address, such as 10.0.0.1.
   */
  gateway?: string;
  /**
   * Addresses of name servers. Default: none. A change replaces the replicas one after the other.
   *
   * At most 3 items.
   *
   * @maxItems 3
   *
   * Items: Length: 0..39 characters.
   *
   * Rule: nameservers must be IP addresses, such as 10.0.0.53.
   */
  nameservers?: string[];
}
/**
 * Sizes of the replicas' disks. Disks grow while the replicas run; the guest has to grow its file systems. Disks that somebody attached to a machine are left as they are.
 */
export interface VmGroupSpecDisks {
  /**
   * Size of the root disk, which is the template's first by controller and unit, and at least as large as there. It can only grow. Default: the template's.
   *
   * Range: 1..63488.
   */
  rootSizeGiB?: number;
  /**
   * Empty data disks that are made and destroyed with each replica. A change of a size grows them; any other change replaces the replicas one after the other.
   *
   * At most 14 items.
   *
   * @maxItems 14
   */
  extra?: VmGroupSpecDisksExtra[];
}
/**
 * One data disk.
 *
 * Rule: sizeGiB cannot get smaller, because no disk can shrink.
 *
 * Rule: name cannot be root, which is the root disk.
 */
export interface VmGroupSpecDisksExtra {
  /**
   * Name of the entry, unique in the list.
   *
   * Length: 1..63 characters.
   */
  name: string;
  /**
   * Size in GiB. It can only grow.
   *
   * Range: 1..63488.
   */
  sizeGiB: number;
  provisioning?: VmGroupSpecDisksExtraProvisioning;
}
/**
 * What the guest operating system is given at its first boot. A change replaces the replicas one after the other.
 *
 * Rule: give either cloudInit or ignition, not both.
 *
 * Rule: give one of cloudInit, ignition and customizationSpec.
 */
export interface VmGroupSpecGuest {
  cloudInit?: VmGroupSpecGuestCloudInit;
  ignition?: VmGroupSpecGuestIgnition;
  customizationSpec?: VmGroupSpecGuestCustomizationSpec;
}
/**
 * Data for cloud-init, which the guest reads from guestinfo (its data source VMware). The texts may contain $(vm.name), $(vm.id), $(vm.ordinal), $(vm.hostname), $(vm.instanceUuid), $(vm.revision), $(vm.failureDomain), $(vm.address.NETWORK) (of an entry of spec.networks with addresses, without the prefix length), $(group.name), $(group.namespace) and $(cluster.name). They are replaced by the values of the replica. $$( writes $(.
 */
export interface VmGroupSpecGuestCloudInit {
  /**
   * While true, the user-data is removed from the machine in vCenter, once, when the replica is ready and VMware Tools run in it: until then everyone who may read the machine can read it. Choose a readiness that means that cloud-init has read its data, such as IPAddress. Default: false.
   */
  cleanup?: boolean;
  userData?: VmGroupSpecGuestCloudInitUserData;
  metadata?: VmGroupSpecGuestCloudInitMetadata;
}
/**
 * User-data, such as #cloud-config. Everyone who may read the machine in vCenter can read it there.
 *
 * Rule: give either secretKeyRef or value.
 */
export interface VmGroupSpecGuestCloudInitUserData {
  secretKeyRef?: VmGroupSpecGuestCloudInitUserDataSecretKeyRef;
  /**
   * The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it.
   *
   * Length: 0..65536 characters.
   */
  value?: string;
}
/**
 * Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.
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
 * Metadata, a YAML mapping of at most 16 KiB, once the variables are replaced. instance-id (the machine's instanceUuid) and local-hostname are added if they are missing. Default: only these two.
 *
 * Rule: give either secretKeyRef or value.
 */
export interface VmGroupSpecGuestCloudInitMetadata {
  secretKeyRef?: VmGroupSpecGuestCloudInitMetadataSecretKeyRef;
  /**
   * The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it.
   *
   * Length: 0..65536 characters.
   */
  value?: string;
}
/**
 * Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.
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
 * Data for Ignition, which Flatcar and Fedora CoreOS read from guestinfo at the first boot, instead of cloudInit. The text may contain the same variables as in cloudInit. Static addresses of spec.networks reach the guest only where it names them, as $(vm.address.NETWORK).
 */
export interface VmGroupSpecGuestIgnition {
  config: VmGroupSpecGuestIgnitionConfig;
}
/**
 * Ignition config, JSON of at most 512 KiB once the variables are replaced. Everyone who may read the machine in vCenter can read it there.
 *
 * Rule: give either secretKeyRef or value.
 */
export interface VmGroupSpecGuestIgnitionConfig {
  secretKeyRef?: VmGroupSpecGuestIgnitionConfigSecretKeyRef;
  /**
   * The text itself. Do not put secrets into it: everyone who may get the VmGroup can read it.
   *
   * Length: 0..65536 characters.
   */
  value?: string;
}
/**
 * Key of a Secret in the group's namespace. It is read when a replica is created; a later change of the Secret changes no replica. The operator may read it only where a Role allows it.
 */
export interface VmGroupSpecGuestIgnitionConfigSecretKeyRef {
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
 * A customization specification that is stored in vCenter (Policies and Profiles, VM Customization Specifications), instead of cloudInit and ignition: vCenter and VMware Tools give the guest its name and network as it boots for the first time, Windows included. It is sent as it is stored, with the replica's host name, and with the static addresses of spec.networks for the adapters that have some. One for cloud-init, or with a text for Sysprep, has a host name of its own. Host names have at most 15 characters: the first 6 letters or digits of the group's name, a dash and the id of the replica.
 */
export interface VmGroupSpecGuestCustomizationSpec {
  /**
   * Name of the specification. It needs settings for as many network adapters as the replica has. A VCenter may restrict the names (spec.allowed.customizationSpecs). It is read for each machine that is created; a change of what is in it replaces no machine.
   *
   * Length: 1..255 characters.
   */
  name: string;
}
/**
 * Patterns for names. They may contain $(vm.id) (eight letters, another for each ordinal and revision), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace). A change names replicas that are made later; machines that exist keep their names.
 */
export interface VmGroupSpecNaming {
  /**
   * Name of a machine in vCenter, at most 79 characters once the variables are replaced. Default: $(group.name)-replica-$(vm.id).
   *
   * Length: 1..200 characters.
   *
   * Rule: vmName must contain $(vm.id), so that no two machines have one name.
   *
   * Rule: vmName may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace).
   *
   * Rule: vmName must have at most 79 characters once its variables are replaced.
   */
  vmName?: string;
  /**
   * Host name that cloud-init gives the guest, at most 63 characters once the variables are replaced. Dots in $(group.name) become dashes. Default: the name of the machine, with dots as dashes.
   *
   * Length: 1..200 characters.
   *
   * Rule: hostname must contain $(vm.id) or $(vm.ordinal), so that no two guests have one name.
   *
   * Rule: hostname may contain no variables but $(vm.id), $(vm.ordinal), $(vm.revision), $(group.name) and $(group.namespace).
   *
   * Rule: hostname must have at most 63 characters once its variables are replaced.
   */
  hostname?: string;
}
/**
 * How replicas are powered off: for powerState, for a change of size, and before they are destroyed.
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
 *
 * Rule: network needs the type IPAddress; of another type no address counts.
 */
export interface VmGroupSpecReadiness {
  type: VmGroupSpecReadinessType;
  /**
   * Name of an entry of spec.networks: with the type IPAddress only addresses of its adapter count. Default: those of every adapter.
   *
   * Length: 0..63 characters.
   */
  network?: string;
  /**
   * Values that the guest itself has to set, such as vmware-rpctool "info-set guestinfo.ready true": a replica is ready when each key has exactly its value, in addition to the type. Whether a value outlives a restart of the guest depends on vSphere and on how it was set, so let the guest take it back as it boots. A change touches no machine.
   *
   * At most 8 items.
   *
   * @maxItems 8
   */
  guestInfo?: VmGroupSpecReadinessGuestInfo[];
}
/**
 * Rule: give the key without guestinfo., which all keys of a guest begin with.
 *
 * Rule: data that the guest is given is not its answer; choose a key that the guest sets itself.
 */
export interface VmGroupSpecReadinessGuestInfo {
  /**
   * The key without guestinfo., such as ready for guestinfo.ready. It may not be one that guests are given data by: userdata, metadata, vendordata and ignition, and what begins with these and a dot.
   *
   * Length: 1..128 characters.
   */
  key: string;
  /**
   * The value that makes a replica ready, exactly as the guest writes it.
   *
   * Length: 1..1024 characters.
   */
  value: string;
}
/**
 * How a change of the spec reaches existing replicas.
 */
export interface VmGroupSpecUpdateStrategy {
  type: VmGroupSpecUpdateStrategyType;
  rollingUpdate?: VmGroupSpecUpdateStrategyRollingUpdate;
  resizePolicy: VmGroupSpecUpdateStrategyResizePolicy;
  /**
   * Any text, such as a date. A change replaces the replicas one after the other, although nothing else has changed: the template may have new content under the same name.
   *
   * Length: 1..64 characters.
   */
  restartToken?: string;
}
/**
 * How many replicas may be extra or unavailable while replicas are replaced or restarted.
 *
 * Rule: maxSurge and maxUnavailable cannot both be 0.
 */
export interface VmGroupSpecUpdateStrategyRollingUpdate {
  /**
   * How many replicas may exist beyond spec.replicas: a number, or a percentage of it, rounded up. With more than 0, new replicas are made beside the old ones. If maxUnavailable is 0 as well, an old one is removed only when a new one is available, so ready for spec.minReadySeconds.
   *
   * Default: 0.
   *
   * Range: 0..500.
   *
   * Length: 0..4 characters.
   */
  maxSurge: number | string;
  /**
   * How many replicas may be unavailable at once: a number, or a percentage of spec.replicas, rounded down. If both amounts round to 0, it is 1. Restarts for a change of size count.
   *
   * Default: 1.
   *
   * Range: 0..500.
   *
   * Length: 0..4 characters.
   */
  maxUnavailable: number | string;
}
export interface VmGroupSpecExtraConfig {
  /**
   * Name of the setting, such as disk.EnableUUID.
   *
   * Length: 1..128 characters.
   *
   * Rule: key may not begin with guestinfo. or codeconnect.; data for guests goes to spec.guest.
   */
  key: string;
  /**
   * Its value, such as "TRUE". vCenter has no settings without one.
   *
   * Length: 1..1024 characters.
   */
  value: string;
}
export interface VmGroupSpecCustomAttribute {
  /**
   * Name of the attribute, such as owner.
   *
   * Length: 1..80 characters.
   */
  name: string;
  /**
   * Its value, any text.
   *
   * Length: 1..1024 characters.
   */
  value: string;
}
export interface VmGroupSpecTag {
  /**
   * Name of the category, such as environment.
   *
   * Length: 1..255 characters.
   */
  category: string;
  /**
   * Name of the tag in its category, such as production.
   *
   * Length: 1..255 characters.
   */
  name: string;
}
/**
 * Virtual machines that exist, and that the group takes over as replicas as they are: none is cloned, restarted, renamed or moved for it. Those of the list come first, in its order, then those of the folder, by name; each gets the lowest free ordinal. As many are taken as replicas are missing, and the others are left alone. Only machines that spec.allowed.adoptableMachines of the VCenter allows, that no group owns, and that have the guest OS, firmware, disks and network adapters of the template; no new machine is made in the place of one that is refused. From then on they are replicas like all others, and are destroyed like them. The field may stay: once its machines are in the group, names that are not found any more are passed over.
 *
 * Rule: spec.adopt must have machines or folder.
 */
export interface VmGroupSpecAdopt {
  /**
   * Names or absolute inventory paths of machines in the datacenter of the group.
   *
   * At most 500 items.
   *
   * @maxItems 500
   *
   * Items: Length: 1..2048 characters.
   */
  machines?: string[];
  /**
   * Name or absolute inventory path of a VM folder in the datacenter of the group. All machines directly in it are meant, and no template.
   *
   * Length: 1..2048 characters.
   */
  folder?: string;
}
/**
 * Which replicas are removed first when there are too many.
 */
export interface VmGroupSpecScaleDown {
  order: VmGroupSpecScaleDownOrder;
}
/**
 * What the operator sees. Only the operator writes it.
 */
export interface VmGroupStatus {
  phase?: VmGroupStatusPhase;
  /**
   * Number of the group's virtual machines that exist and are not being removed.
   */
  currentReplicas?: number;
  /**
   * spec.replicas at the time when the status was written.
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
   * Number of replicas that have been ready for at least spec.minReadySeconds.
   */
  availableReplicas?: number;
  /**
   * Label selector for the scale subresource. No Pod matches it, so an autoscaler can use External and Object metrics only.
   *
   * Length: 0..253 characters.
   */
  selector?: string;
  /**
   * When the group last made progress, as spec.progressDeadlineSeconds means it.
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
   * Hash of the CPU, memory, hardware, sizes of disks and updateStrategy that the replicas are brought to. By it the operator knows after a restart whether another size is asked for, or a machine was resized by hand.
   *
   * Length: 0..10 characters.
   */
  sizeRevision?: string;
  /**
   * Hash of the spec.adopt whose machines are in the group. By it the operator knows that nothing waits for those of them that exist no more.
   *
   * Length: 0..10 characters.
   */
  adoptionRevision?: string;
  /**
   * True while a machine of the group may have settings of spec.extraConfig. By it the operator knows after a restart that settings that are no longer asked for may have to be removed.
   */
  extraConfigGiven?: boolean;
  /**
   * Managed object references of the clusters that may have DRS rules of the group. By them the operator knows after a restart where rules that are no longer asked for may have to be removed.
   *
   * At most 64 items.
   *
   * @maxItems 64
   *
   * Items: Length: 0..64 characters.
   */
  hostRuleClusters?: string[];
  /**
   * True while a machine of the group may have attributes of spec.customAttributes. By it the operator knows after a restart that attributes that are no longer asked for may have to be cleared.
   */
  customAttributesGiven?: boolean;
  /**
   * True while a machine of the group may have tags of spec.tags. By it the operator knows after a restart that tags that are no longer asked for may have to be taken off.
   */
  tagsGiven?: boolean;
  /**
   * Details of the state: Ready, Available, Progressing, Stalled, VCenterReady, PlacementReady, WithinLimits, ConfigSynced, Paused and Deleting. A condition that is missing means Unknown.
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
   * One entry per replica, ordered by ordinal.
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
 * The vCenter that holds the group, recorded when the operator first saw it.
 */
export interface VmGroupStatusVcenter {
  /**
   * Name of the vCenter in the operator; (env) is the one of the operator's environment.
   *
   * Length: 0..253 characters.
   */
  name?: string;
  /**
   * Host of the one of the operator's environment, with the port unless that is 443. Absent for a VCenter object, of which spec.endpoint says it.
   *
   * Length: 0..320 characters.
   */
  host?: string;
  /**
   * Identity of the vCenter (about.instanceUuid). If another vCenter answers under this name, nothing is changed for the group.
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
  /**
   * True if the operator made the folder for this group, or took it over from the original operator. A folder that the spec names the parent of is removed with the group only then.
   */
  createdByOperator?: boolean;
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
   * Number of the replica, unique in the group. A new replica takes the lowest free number.
   */
  ordinal: number;
  /**
   * Revision that the replica was created with.
   *
   * Length: 0..16 characters.
   */
  revision: string;
  /**
   * Host name that the guest is given. Missing on a machine that was taken over: its guest has kept its own.
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
   * Failure domain that the replica is in, told by its resource pool; of one that does not exist yet, that in which it is made. Absent where the group uses none, and for a machine that somebody moved out of all of them.
   *
   * Length: 0..63 characters.
   */
  failureDomain?: string;
  /**
   * Whether the replica is ready.
   */
  ready?: boolean;
  /**
   * What an existing replica that is not ready lacks, such as "the guest reports no address". Absent for one that is ready, and in a group that is powered off.
   *
   * Length: 0..256 characters.
   */
  notReady?: string;
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
 * Operation that is in flight in vCenter.
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
 * Why the replica is not as it should be. It is removed when an attempt succeeds.
 */
export interface VmGroupStatusReplicaFault {
  class: VmGroupStatusReplicaFaultClass;
  /**
   * vim25 fault type, or a code of the operator.
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
