/**
 * Every reason of a condition and of an event of a VmGroup. Names are part of the API: people and tools match on them.
 * Each docstring is one line; docs/failures.md is made of them. Besides these, a fault gives its own word: the vim25
 * fault type, a transport code, or a code of src/vmgroup/act/act-error.ts.
 */

/** Reasons of the conditions in `status.conditions`. */
export const ConditionReason = {
  /** Every replica exists, is of the current revision and size, and is as ready as spec.readiness asks. */
  AllReplicasReady: 'AllReplicasReady',
  /** The group is being deleted; the condition Deleting says what the deletion waits for. */
  Deleting: 'Deleting',
  /** vCenter cannot be used for this group now; the condition VCenterReady says why. */
  VCenterNotReady: 'VCenterNotReady',
  /** spec.powerState is PoweredOff, and every replica exists, is up to date and powered off. */
  PoweredOff: 'PoweredOff',
  /** spec.powerState is PoweredOff, and not every replica is there and powered off yet. */
  PoweringOff: 'PoweringOff',
  /** A person has to act, or the progress deadline has passed; the condition Stalled says why. */
  Stalled: 'Stalled',
  /** spec.paused is true: nothing is changed in vCenter. The status is still kept up to date. */
  Paused: 'Paused',
  /** More machines exist than spec.replicas asks for: the surplus is powered off and destroyed. */
  ScalingDown: 'ScalingDown',
  /** Fewer machines exist than spec.replicas asks for: the missing ones are created. */
  ScalingUp: 'ScalingUp',
  /** Replicas of an older revision or of another size are being replaced or resized. */
  Updating: 'Updating',
  /** All replicas exist and are up to date, but not all of them are ready. */
  NotReady: 'NotReady',
  /** At least spec.replicas minus maxUnavailable replicas, and one, have been ready for minReadySeconds. */
  MinimumReplicasAvailable: 'MinimumReplicasAvailable',
  /** Fewer than spec.replicas minus maxUnavailable replicas, or none, have been ready for minReadySeconds. */
  MinimumReplicasUnavailable: 'MinimumReplicasUnavailable',
  /** Every replica exists, is up to date and ready, or off as spec.powerState asks, and no machine is being removed. */
  Complete: 'Complete',
  /** The group made no progress for spec.progressDeadlineSeconds. Work goes on. */
  ProgressDeadlineExceeded: 'ProgressDeadlineExceeded',
  /** Work is due, but a name of the spec cannot be used, or machines of an earlier group are in the way. */
  PlacementNotReady: 'PlacementNotReady',
  /** vCenter does not tell the configuration of a machine that may be the group's: creation and deletion wait. */
  MachineUnreadable: 'MachineUnreadable',
  /** The account does not see where machines of the deleted group may be: nothing counts as gone. */
  NotVisible: 'NotVisible',
  /** Work is due beyond a limit of the VCenter object, and no other group could make room for it. */
  LimitReached: 'LimitReached',
  /** A replica or the folder has a fault of class NeedsUser. */
  ReplicaFault: 'ReplicaFault',
  /** The stored spec breaks the schema of the CRD; the message names field, value and remedy. Nothing is changed. */
  InvalidSpec: 'InvalidSpec',
  /** No person has to act. */
  NotStalled: 'NotStalled',
  /** No vCenter is there for the group: none was given, none selects its namespace, or spec.vcenterRef names none. */
  NoVCenter: 'NoVCenter',
  /** The operator is logged in, and its inventory of vCenter is complete and current. */
  Connected: 'Connected',
  /** vCenter could not be read completely; the message says why. A short reconnect, up to 30 s, is not reported. */
  Unreachable: 'Unreachable',
  /** vCenter refused the login. The same credentials are tried again about every half hour. */
  InvalidCredentials: 'InvalidCredentials',
  /** Another vCenter answers than the one that holds the group. The group is frozen: nothing is changed. */
  InstanceMismatch: 'InstanceMismatch',
  /** Every name of the spec was found in vCenter, and nothing of an earlier group is in the way. */
  Resolved: 'Resolved',
  /** spec.placement.datacenter was not found, or the account sees no datacenter. */
  DatacenterNotFound: 'DatacenterNotFound',
  /** spec.placement.folder was not found, or the account does not see the VM folder of the datacenter. */
  FolderNotFound: 'FolderNotFound',
  /** spec.placement.cluster was not found, or the account sees no cluster in the datacenter. */
  ClusterNotFound: 'ClusterNotFound',
  /** spec.placement.resourcePool was not found, or the account does not see the root pool of the cluster. */
  ResourcePoolNotFound: 'ResourcePoolNotFound',
  /** spec.placement.datastore or datastoreCluster was not found in the datacenter. */
  DatastoreNotFound: 'DatastoreNotFound',
  /** vCenter has no storage policy of the name in spec.placement.storagePolicy, or shows the account none. */
  StoragePolicyNotFound: 'StoragePolicyNotFound',
  /** spec.placement.storagePolicy was not looked up yet: that is done before the first replica is made. */
  StoragePolicyUnknown: 'StoragePolicyUnknown',
  /** spec.placement.failureDomains names a failure domain that the VCenter does not have. */
  FailureDomainUnknown: 'FailureDomainUnknown',
  /** A network of spec.networks was not found in the datacenter. */
  NetworkNotFound: 'NetworkNotFound',
  /** A list of spec.networks[].addresses gives one address to two replicas. */
  AddressRepeated: 'AddressRepeated',
  /** spec.template was not found in the datacenter, or is a replica of a VmGroup. */
  TemplateNotFound: 'TemplateNotFound',
  /** The VCenter object or the operator's settings do not allow what the spec asks for; the message says who can change that. */
  NotAllowed: 'NotAllowed',
  /** A name fits several objects, or a name that was left out has more than one candidate. */
  Ambiguous: 'Ambiguous',
  /** Machines of an earlier group of this name, or of a group of another cluster, are in the way. */
  FolderInUse: 'FolderInUse',
  /** The folder that the original operator created for this group still holds machines. */
  LegacyFolderFound: 'LegacyFolderFound',
  /** The group has the machines that spec.adopt asks for. */
  Adopted: 'Adopted',
  /** Machines of spec.adopt are being looked at and taken over. */
  Adopting: 'Adopting',
  /** Taking over a machine of spec.adopt, or the look at it, failed, and is tried again; the message says what and when. */
  AdoptionFailing: 'AdoptionFailing',
  /** A machine of spec.adopt is not taken over; the message says why. No new machine is made in its place. */
  AdoptionRefused: 'AdoptionRefused',
  /** spec.adopt has more machines than spec.replicas asks for: the others stay as they are. */
  MoreThanReplicas: 'MoreThanReplicas',
  /** What is due fits into the limits of the VCenter object, and no more than they allow is used. */
  LimitsKept: 'LimitsKept',
  /** spec.cpu or spec.memory is beyond what the VCenter object allows to a machine: none is made or gets larger. */
  PerVMLimit: 'PerVMLimit',
  /** The namespace uses what the VCenter object allows to it: what is due waits for room, and nothing is removed. */
  NamespaceQuota: 'NamespaceQuota',
  /** All namespaces together use what the VCenter object allows: what is due waits for room, and nothing is removed. */
  TotalQuota: 'TotalQuota',
  /** Every replica has the size and disks of the spec, and none waits to be deleted by a person. */
  InSync: 'InSync',
  /** Replicas are of an older revision, and updateStrategy.type is OnDelete. */
  RolloutPending: 'RolloutPending',
  /** Replicas are being resized to the CPU and memory of the spec. */
  Reconfiguring: 'Reconfiguring',
  /** vCenter refused to add CPU or memory while the machine is powered on. */
  HotAddRefused: 'HotAddRefused',
  /** Replicas get the size of the spec only when they are powered off, and nothing will power them off by itself. */
  PowerOffRequired: 'PowerOffRequired',
  /** The DRS rules that spec.placement.hostAntiAffinity asks for could not be written; the replicas run all the same. */
  HostRulesNotWritten: 'HostRulesNotWritten',
  /** spec.paused is false: changes are carried out. */
  NotPaused: 'NotPaused',
  /** Machines of the deleted group are still powered on. */
  WaitingForPowerOff: 'WaitingForPowerOff',
  /** Machines of the deleted group still exist, or their host is not connected. */
  WaitingForDestroy: 'WaitingForDestroy',
} as const;
export type ConditionReason = (typeof ConditionReason)[keyof typeof ConditionReason];

/** Reasons of the events about what was done. A warning has the reason of its fault or of its condition instead. */
export const EventReason = {
  /** The phase became RUNNING. */
  Running: 'Running',
  /** The phase became STOPPED: the group is powered off, as spec.powerState asks. */
  Stopped: 'Stopped',
  /** vCenter can be used again after it could not. */
  VCenterReady: 'VCenterReady',
  /** The folder that holds all groups, or the group's own folder, was created. */
  FolderCreated: 'FolderCreated',
  /** The folder of a deleted group was removed; it was empty. */
  FolderRemoved: 'FolderRemoved',
  /** The folder of the original operator got its new name, after its machines were taken over. */
  FolderRenamed: 'FolderRenamed',
  /** The folder of a deleted group stays, because it holds other objects, or may not be the operator's. */
  FolderKept: 'FolderKept',
  /** A deleted group was let go, and all that it has in vCenter stays as it is: the CRD was deleted, or `force-orphan` asked for it. */
  GroupLetGo: 'GroupLetGo',
  /** A machine was cloned from the template. */
  ReplicaCreated: 'ReplicaCreated',
  /** A machine got the CPU, memory or disks of the spec. */
  ReplicaResized: 'ReplicaResized',
  /** A machine was powered on. */
  ReplicaPoweredOn: 'ReplicaPoweredOn',
  /** The metadata of a machine has a key network: its guest does not get the addresses of spec.networks. */
  NetworkGivenByMetadata: 'NetworkGivenByMetadata',
  /** An annotation of ours has a value without meaning: it has no effect until it is corrected. */
  AnnotationIgnored: 'AnnotationIgnored',
  /** DRS is off in a cluster where the group has a DRS rule: the rule has no effect. */
  HostRulesNotEnforced: 'HostRulesNotEnforced',
  /** A DRS rule of the group was not removed, because a person gave it other machines. */
  HostRuleKept: 'HostRuleKept',
  /** A machine was powered off without its guest. */
  ReplicaPoweredOff: 'ReplicaPoweredOff',
  /** The guest of a machine was asked to shut down. */
  ReplicaShutdown: 'ReplicaShutdown',
  /** A machine and its disks were destroyed. */
  ReplicaDestroyed: 'ReplicaDestroyed',
  /** vCenter has a machine no more that this process did not destroy; the event names it. */
  ReplicaGone: 'ReplicaGone',
  /** A machine of spec.adopt, of the original operator or of an earlier group got the marks of this group. */
  ReplicaAdopted: 'ReplicaAdopted',
  /** A machine lost the marks of the group, as spec.deletionPolicy Orphan asks. */
  ReplicaReleased: 'ReplicaReleased',
} as const;
export type EventReason = (typeof EventReason)[keyof typeof EventReason];
