/** What a person does about each failure. One plain sentence per row; docs/failures.md and `vm-operator status` tell it; a test compares the words with the code. */
import type { ActErrorCode } from '../../../vmgroup/act/act-error';
import type { TransportCode } from '../../../vsphere/vim25/vsphere-error';

/** vim25 faults that have one remedy, separated by spaces, and that remedy. */
export type FaultRemedy = readonly [faults: string, remedy: string];

/** A change of the datastore is no small thing: it is part of the revision. */
const MOVE =
  'name another datastore, which [replaces all replicas, disks included](troubleshooting.md#clones-fail-such-as-on-a-full-datastore)';

export const FAULT_REMEDIES: readonly FaultRemedy[] = [
  ['NotAuthenticated', 'Nothing: the session has ended, and the next call logs in again.'],
  [
    'InvalidLogin FailedAuthentication',
    'Correct the user name and password in the Secret `vc-creds` (or `VC_USER` and `VC_PASS`). If they are right, look at ' +
      "vCenter's identity source, and at the signing certificate of its STS.",
  ],
  ['PasswordExpired', 'Set a new password in vCenter, then put it into the Secret.'],
  ['InvalidToken', 'Check the account, and compare the clocks of the operator and of vCenter.'],
  [
    'HostCommunication HostNotConnected HostNotReachable',
    "If it does not pass, look at the host's connection and network in vCenter.",
  ],
  ['Timedout', 'If it does not pass, look at what makes the operation slow: storage, host, or a full task queue.'],
  [
    'SystemError HttpFault',
    "If it does not pass, search vCenter's log (vpxd.log) for opID `vmop-` and the group's name.",
  ],
  ['InvalidCollectorVersion', 'Nothing: the inventory is read again from the start.'],
  [
    'ToolsUnavailable GuestOperationsUnavailable',
    'Start VMware Tools in the guest, or set `spec.powerOff.mode` to `TrySoft` or `Hard`.',
  ],
  ['DatabaseError', "Look at vCenter's own database; a full disk of vCenter itself is the usual cause."],
  ['LicenseServerUnavailable', 'Bring the license service back.'],
  [
    'FileFault CannotAccessFile CannotCreateFile CannotDeleteFile FileNotWritable CannotAccessVmConfig',
    'If it does not pass, check that the host can read and write the datastore and the file that the message names.',
  ],
  [
    'InaccessibleDatastore DatastoreNotWritableOnHost InvalidDatastoreState',
    `Bring the datastore back, or end its maintenance mode, or ${MOVE}.`,
  ],
  [
    'TooManyConcurrentNativeClones LimitExceeded',
    'Nothing: a limit of vCenter or of the storage is reached. If `--max-concurrent-tasks` is set, lower it.',
  ],
  [
    'InsufficientResourcesFault InsufficientCpuResourcesFault InsufficientMemoryResourcesFault ' +
      'InsufficientHostCpuCapacityFault InsufficientHostMemoryCapacityFault',
    'Free CPU or memory in the cluster or pool, add hosts, or lower `spec.replicas`, `spec.cpu` or `spec.memory`.',
  ],
  [
    'InsufficientFailoverResourcesFault InsufficientStandbyCpuResource InsufficientStandbyMemoryResource ' +
      'InsufficientAgentVmsDeployed',
    'Give the cluster the spare capacity that its HA settings ask for, or change those settings.',
  ],
  ['InsufficientGraphicsResourcesFault InsufficientVFlashResourcesFault', 'Free that resource on the hosts.'],
  [
    'NoDiskSpace InsufficientStorageSpace InsufficientStorageIops',
    `Free space or I/O capacity on the datastore, then annotate \`retry\`; or ${MOVE}.`,
  ],
  ['NoCompatibleDatastore NoConnectedDatastore', 'Connect a datastore that fits to the hosts of the cluster.'],
  [
    'InsufficientNetworkCapacity InsufficientNetworkResourcePoolCapacity DestinationSwitchFull VMOnConflictDVPort',
    'Free ports or bandwidth on the distributed switch.',
  ],
  ['NoAvailableIp', 'Add addresses to the IP pool.'],
  [
    'CannotPlaceWithoutPrerequisiteMoves NoCompatibleHost NoCompatibleHostWithAccessToDevice GenericDrsFault',
    'Read in the message why each host refused, and make room on one of them.',
  ],
  [
    'NoActiveHostInCluster InvalidHostState InvalidHostConnectionState DisallowedOperationOnFailoverHost ' +
      'OperationDisallowedOnHost QuarantineModeFault',
    'Bring a host of the cluster out of maintenance, standby or quarantine, or connect it again.',
  ],
  ['NoPermission', "Give the operator's account the privilege on the object; the message names both."],
  [
    'RestrictedVersion RestrictedByAdministrator DisallowedChangeByService',
    'Lift the restriction in vCenter; the message names who set it.',
  ],
  [
    'NotEnoughLicenses LicenseExpired LicenseRestricted VmLimitLicense InvalidEditionLicense',
    'Assign a license that covers the hosts and the feature.',
  ],
  ['FileNotFound', 'Restore the file that the message names, or clone from another template.'],
  ['QuestionPending', 'Answer the question of the machine in vCenter.'],
  [
    'NumVirtualCpusExceedsLimit NumVirtualCpusIncompatible NumVirtualCpusNotSupported ' +
      'NumVirtualCoresPerSocketNotSupported NotEnoughCpus NotEnoughLogicalCpus',
    'Lower `spec.cpu`, or use a template and hosts that allow that many.',
  ],
  [
    'MemorySizeNotSupported MemorySizeNotRecommended MemorySizeNotSupportedByDatastore',
    'Change `spec.memory` to a size that the template, host and datastore allow.',
  ],
  ['InvalidResourcePoolStructureFault', 'Correct the resource pool that `spec.placement.resourcePool` names.'],
  [
    'RuleViolation VmHostAffinityRuleViolation NoCompatibleHardAffinityHost NoCompatibleSoftAffinityHost',
    'Change the affinity rules of the cluster, so that a host is left.',
  ],
  ['InvalidDatastore InvalidDatastorePath UnsupportedDatastore', `Correct the files of the template, or ${MOVE}.`],
  ['InvalidName FileNameTooLong', 'Give the group a shorter or plainer name.'],
  ['InvalidFolder', 'Correct `spec.placement.folder`, or move the folder in vCenter.'],
  [
    'InvalidVmConfig GenericVmConfigFault VmConfigFault',
    'Correct the setting that the message names, in the template or in the spec.',
  ],
  [
    'InvalidDeviceSpec InvalidDeviceBacking InvalidDeviceOperation InvalidController MissingController ' +
      'DeviceNotFound TooManyDevices VmValidateMaxDevice DeviceNotSupported CannotAccessVmDevice CannotAccessVmDisk ' +
      'DisallowedMigrationDeviceAttached',
    'Correct or remove the device that the message names, in the template or on the machine.',
  ],
  [
    'CpuHotPlugNotSupported MemoryHotPlugNotSupported DeviceHotPlugNotSupported',
    'Power the machine off in vCenter, so that it takes the size, or enable hot add in the template.',
  ],
  [
    'VirtualHardwareVersionNotSupported VirtualHardwareCompatibilityIssue CpuIncompatible FeatureRequirementsNotMet ' +
      'UnsupportedGuest',
    'Use a template that the hosts of the cluster can run, or another cluster.',
  ],
  ['CannotAccessNetwork CannotUseNetwork', 'Connect the network to the hosts, or correct `spec.networks`.'],
  [
    'CustomizationFault NicSettingMismatch UncustomizableGuest MissingLinuxCustResources IpHostnameGeneratorError ' +
      'CannotDecryptPasswords',
    'Correct the customization specification of `spec.guest.customizationSpec` in vCenter, or name another one.',
  ],
  ['MigrationFault DatacenterMismatch', 'Put template, cluster and datastore into one datacenter.'],
  [
    'CloneFromSnapshotNotSupported SnapshotCloneNotSupported TooManyNativeCloneLevels TooManyNativeClonesOnFile ' +
      'TooManySnapshotLevels SnapshotFault',
    'Consolidate the snapshots of the template, or clone it into a fresh one.',
  ],
  ['EncryptionKeyRequired', 'Give the host access to the key provider.'],
  [
    'VAppConfigFault MissingPowerOnConfiguration VAppPropertyFault',
    'Give the vApp properties of the template values, or remove them.',
  ],
  ['VmPowerOnDisabled CannotPowerOffVmInCluster', 'Allow the power operation in vCenter.'],
  ['FileTooLarge OutOfBounds', `Use a value within the limit that the message names, or ${MOVE}.`],
  ['ManagedObjectNotFound NotFound', 'Nothing: the object is gone, and the next plan starts from what is there.'],
  [
    'DuplicateName AlreadyExists FileAlreadyExists',
    'Rename or remove what has the name, unless it is a machine of this group: then it will be found.',
  ],
  ['TaskInProgress VAppTaskInProgress', 'Nothing: another task works on the object.'],
  ['ConcurrentAccess InvalidPowerState', 'Nothing: somebody else changed the object at the same moment.'],
  [
    'CustomizationPending',
    'Nothing: a guest is customized as it boots for the first time, and the step is tried again.',
  ],
  ['RequestCanceled', 'Nothing, unless somebody cancels the task again and again.'],
  [
    'ResourceInUse FileLocked ReplicationVmInProgressFault VAppOperationInProgress MigrationNotReady',
    'If it does not pass, end what holds the object: backup, replication, vMotion, or another client.',
  ],
  [
    'MethodDisabled MethodAlreadyDisabledFault',
    'If it does not pass, enable the method again: a backup or migration tool disabled it on the machine.',
  ],
  ['InvalidState InvalidVmState', 'If it does not pass, look at the state of the machine in vCenter.'],
  ['AlreadyUpgraded ToolsAlreadyUpgraded SnapshotNoChange', 'Nothing: what was asked for is already so.'],
  [
    'InvalidLocale InvalidArgument InvalidRequest InvalidType InvalidProperty',
    'Report it with the message: the operator sent what vCenter does not understand.',
  ],
  [
    'UnsupportedVimApiVersion MethodNotFound NotImplemented NotSupported',
    'Use a vCenter or an operator version that has the function; the message names it.',
  ],
  [
    'RuntimeFault VimFault MethodFault SecurityError UnexpectedFault',
    "Read the message and vCenter's log: it is a failure that the table does not know better.",
  ],
];

export const TRANSPORT_REMEDIES: Readonly<Record<TransportCode, string>> = {
  Refused: 'Check that vCenter runs, and its host, port and proxy.',
  Unresolvable: 'Correct `VC_HOST`, or make the name known to the DNS of the cluster.',
  Timeout: 'Check vCenter, and the network and firewalls on the way.',
  ConnectionLost: 'If it does not pass, look at the network and at proxies on the way.',
  MalformedResponse: 'If it does not pass, look for a proxy that changes answers, and report it.',
  Unavailable: 'Wait until the services of vCenter have started, or start them.',
  TaskLost: 'Nothing: a live read decides whether the work was done.',
  Aborted: 'Nothing: the operator gave the call up.',
  Stopped: 'Nothing: the operator was stopping or no longer held the Lease; the next one plans the work again.',
  TLSUntrusted: 'Set `VC_CA_FILE` or `VC_FINGERPRINTS`, or correct the certificate of vCenter.',
  FingerprintMismatch: 'If the certificate was renewed, check it and put its fingerprint into `VC_FINGERPRINTS`.',
  CertificateChanged:
    'If it does not pass with a restart of vCenter, check its new certificate; then set `VC_CA_FILE` or `VC_FINGERPRINTS`.',
  NotVCenter: 'Correct `VC_HOST`: what answers is not the API of a vCenter.',
  Forbidden: 'Allow the operator on the proxy, give it an account there, or name vCenter in `NO_PROXY`.',
  CredentialsUnreadable: 'Correct the file that the message names. The operator looks every 10 s.',
  ClockSkew: 'Set the clocks of the operator and of vCenter by NTP.',
  StsCertificateInvalid:
    'Renew the signing certificate of the Security Token Service in vCenter. The password is not the cause.',
  ResponseTooLarge: 'If it does not pass with smaller pages, which are tried by themselves, report it.',
  InvalidInput: 'Correct the setting that the message names; report it if it names none.',
  SoapFault: "Read the message and vCenter's log, and report it.",
  Internal: 'Report it.',
  VersionUnsupported: 'Use an operator version that fits the vCenter; the message names the versions.',
};

export const OWN_REMEDIES: Readonly<Record<ActErrorCode, string>> = {
  OwnershipUnproven: "Look at who changed the machine's marks; a machine that should go is deleted in vCenter by hand.",
  ShapeDiffers: 'Give the machine the shape of the template, or take it out of `spec.adopt`.',
  NameInvalid: 'Correct the pattern in `spec.naming` that the message names.',
  GuestDataTooLarge:
    'Give at most 512 KiB of user-data, for instance by fetching the rest at boot, and at most 16 KiB of metadata.',
  GuestDataInvalid: 'Correct `spec.guest.cloudInit` or the Secret; the message names the field.',
  ShutdownTimeout: 'Shut the guest down, or set `spec.powerOff.mode` to `TrySoft`.',
  NetworkNotAllowed:
    'Name networks in `spec.networks` that the message allows, or have an administrator allow those of the template.',
  ForeignDisk: 'Detach the disk that the message names from the machine.',
  DiskHasParent: 'Delete the snapshots of the machine in vCenter.',
  DiskNotFound: 'Add the machine to `spec.retire`: its successor has the disk.',
  DiskNotGrowable: 'Replace the disk by a flat one in the template, and the machine by `spec.retire`.',
  RootDiskTooSmall: "Give at least the size of the template's root disk in `spec.disks.rootSizeGiB`, or leave it out.",
  CustomizationSpecNotFound: 'Correct `spec.guest.customizationSpec.name`, or make the specification in vCenter.',
  CustomizationSpecUnfit:
    'Give the customization specification settings for as many network adapters as the replica has, or name another one.',
  CustomizationSpecUnknown:
    'Take the part that the message names out of the customization specification, or name another one.',
  SnapshotNotFound: 'Correct `spec.clone.snapshot`, or take a snapshot of that name of the template.',
  SnapshotAmbiguous: 'Rename the other snapshots of that name, or name another one in `spec.clone.snapshot`.',
  StoragePolicyNotFound:
    'Correct `spec.placement.storagePolicy`, create the policy, or give the account StorageProfile.View on the root of the vCenter.',
  StoragePolicyAmbiguous: 'Rename the other storage policies of that name, or name another one.',
  DatastoreNotForPolicy: 'Set `spec.placement.datastore` to one that fits the storage policy, or name another policy.',
  NoDatastoreForPolicy: 'Make a datastore fit the storage policy, allow one that does, or name another policy.',
  HostRuleNotOurs:
    'Take the machines that the message names out of the DRS rule in vCenter, or rename the rule; the operator makes another one.',
  HostGroupNotFound:
    'Make the DRS host group in vCenter, or correct `hostGroup` in `spec.failureDomains` of the VCenter.',
  CustomAttributeNotFound:
    'Define the attribute in vCenter for virtual machines, or take it out of `spec.customAttributes`.',
  CustomAttributeAmbiguous: 'Rename all but one of the attributes of that name in vCenter.',
  TagNotFound: 'Create the tag in vCenter, let the account of the operator see it, or take it out of `spec.tags`.',
  TagAmbiguous: 'Rename all but one of the tags of that name in vCenter.',
  TagNotAttachable: 'Let the category of the tag be for virtual machines, or take it out of `spec.tags`.',
  TagCategorySingle: 'Remove the other tag of the category from the machine in vCenter, or take it out of `spec.tags`.',
  NoRootDisk: 'Leave `spec.disks` out, or give the template a disk.',
  NoRoomForDisks: 'Give the template another SCSI controller, or leave entries of `spec.disks.extra` out.',
  DisksUnreadable: "Give the operator's account System.Read on the template.",
  SecretNotFound: 'Create the Secret, or correct `spec.guest.cloudInit`.',
  SecretKeyMissing: 'Add the key to the Secret, or correct `spec.guest.cloudInit`.',
  SecretForbidden: 'Make the Role `vm-operator-guest-secrets` in the namespace of the group, and bind it.',
  NotVisible:
    "Give the operator's account System.View and System.Read (the role Read-only) on the object that the message names and on all " +
    'that it is in; or annotate a deleted group with force-orphan.',
  RecordNotKept: 'See in vCenter who else changes the advanced settings `codeconnect.*` of the machine.',
  HostDisconnected: 'Connect the host of the machine again.',
  GuestDataUnreadable: 'If it does not pass, read the message: the API server did not give the VmGroup.',
  SecretUnreadable: 'If it does not pass, read the message: the API server did not give the Secret.',
  NoAddressLeft:
    'Add addresses to the list of `spec.networks` that the message names, or ask for fewer replicas or a smaller `maxSurge`.',
  AddressInUse:
    'Wait until the machine that the message names is replaced; if nothing moves, raise `maxUnavailable`, or delete that machine in vCenter.',
  NoMacAddress: 'If it does not pass, look at the network adapters of the machine in vCenter.',
  RulesChanged: 'Nothing: the next plan goes by what is allowed now, and PlacementReady says what is not.',
  NotInInventory:
    'Nothing: vCenter has the object and does not tell of it. After some tries the operator reads its whole inventory again.',
  StillThere: 'Nothing, or delete the machine that the message names: the former machine of the replica still exists.',
  FolderHoldsForeign: 'Nothing: the folder stays with what it holds, and the group is gone.',
  FolderNotEmpty: "If it does not pass, look into the group's folder in vCenter.",
  NoFailureDomain:
    'Make room in the failure domains that the message names, or correct them; or set `spec.placement.spread.whenUnsatisfiable` to ScheduleAnyway.',
  StillPoweredOn: 'Nothing: somebody powered the machine on, and it is powered off again first.',
};

const BY_REASON: ReadonlyMap<string, string> = new Map([
  ...FAULT_REMEDIES.flatMap(([faults, remedy]) => faults.split(' ').map((fault) => [fault, remedy] as const)),
  ...Object.entries(TRANSPORT_REMEDIES),
  ...Object.entries(OWN_REMEDIES),
]);

/** The remedy of a reason as a terminal shows it, where links lead nowhere. Undefined for a word that is in no table. */
export function remedyOf(reason: string): string | undefined {
  return BY_REASON.get(reason)?.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
