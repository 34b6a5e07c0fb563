/** Class and backoff of each listed fault type. docs/failures.md shows this table with what a person does. */
import type { FailureClass, FailureVerdict } from '../port';
import { parentOfFault } from './fault-parents';

export interface FaultRule {
  readonly class: FailureClass;
  readonly backoff: FailureVerdict['backoff'];
}

const rules = new Map<string, FaultRule>();
/** All rows, for docs/failures.md and for tests that provoke each fault. */
export const listedFaults: ReadonlyMap<string, FaultRule> = rules;

function rule(failureClass: FailureClass, backoff: FailureVerdict['backoff'], types: string): void {
  for (const type of types.trim().split(/\s+/)) rules.set(type, { class: failureClass, backoff });
}

rule('auth', 'Seconds', 'NotAuthenticated');
rule('auth', 'LoginBreaker', 'InvalidLogin PasswordExpired InvalidToken FailedAuthentication');

rule('soon', 'Seconds', 'HostCommunication HostNotConnected HostNotReachable Timedout SystemError HttpFault');
rule('soon', 'Seconds', 'InvalidCollectorVersion ToolsUnavailable GuestOperationsUnavailable');
rule('soon', 'Minutes', 'DatabaseError');

rule(
  'later',
  'Minutes',
  `LicenseServerUnavailable FileFault CannotAccessFile CannotCreateFile CannotDeleteFile FileNotWritable
  CannotAccessVmConfig InaccessibleDatastore DatastoreNotWritableOnHost InvalidDatastoreState`,
);

rule(
  'capacity',
  'Minutes',
  `TooManyConcurrentNativeClones LimitExceeded InsufficientResourcesFault InsufficientGraphicsResourcesFault
  InsufficientVFlashResourcesFault InsufficientAgentVmsDeployed InsufficientCpuResourcesFault
  InsufficientMemoryResourcesFault InsufficientHostCpuCapacityFault InsufficientHostMemoryCapacityFault
  InsufficientFailoverResourcesFault InsufficientStandbyCpuResource InsufficientStandbyMemoryResource NoDiskSpace
  InsufficientStorageSpace InsufficientStorageIops InsufficientNetworkCapacity InsufficientNetworkResourcePoolCapacity
  DestinationSwitchFull VMOnConflictDVPort NoAvailableIp NoCompatibleDatastore NoConnectedDatastore
  CannotPlaceWithoutPrerequisiteMoves NoActiveHostInCluster InvalidHostState InvalidHostConnectionState
  DisallowedOperationOnFailoverHost OperationDisallowedOnHost QuarantineModeFault
  NoCompatibleHost NoCompatibleHostWithAccessToDevice GenericDrsFault`,
);

rule(
  'needs-user',
  'HalfHour',
  `NoPermission RestrictedVersion RestrictedByAdministrator DisallowedChangeByService NotEnoughLicenses LicenseExpired
  LicenseRestricted VmLimitLicense InvalidEditionLicense FileNotFound QuestionPending NumVirtualCpusExceedsLimit
  InvalidResourcePoolStructureFault RuleViolation VmHostAffinityRuleViolation NoCompatibleHardAffinityHost
  NoCompatibleSoftAffinityHost InvalidDatastore InvalidDatastorePath UnsupportedDatastore InvalidName FileNameTooLong
  InvalidFolder InvalidVmConfig GenericVmConfigFault VmConfigFault InvalidDeviceSpec InvalidDeviceBacking
  InvalidDeviceOperation InvalidController MissingController DeviceNotFound TooManyDevices VmValidateMaxDevice
  CpuHotPlugNotSupported MemoryHotPlugNotSupported DeviceHotPlugNotSupported NumVirtualCpusIncompatible
  NumVirtualCpusNotSupported NumVirtualCoresPerSocketNotSupported NotEnoughCpus NotEnoughLogicalCpus
  MemorySizeNotSupported MemorySizeNotRecommended MemorySizeNotSupportedByDatastore VirtualHardwareVersionNotSupported
  VirtualHardwareCompatibilityIssue CpuIncompatible FeatureRequirementsNotMet DeviceNotSupported CannotAccessNetwork
  CannotUseNetwork CannotAccessVmDevice CannotAccessVmDisk CustomizationFault NicSettingMismatch UncustomizableGuest
  MissingLinuxCustResources IpHostnameGeneratorError CannotDecryptPasswords MigrationFault DatacenterMismatch
  CloneFromSnapshotNotSupported SnapshotCloneNotSupported TooManyNativeCloneLevels TooManyNativeClonesOnFile
  TooManySnapshotLevels SnapshotFault EncryptionKeyRequired VAppConfigFault MissingPowerOnConfiguration
  VAppPropertyFault VmPowerOnDisabled CannotPowerOffVmInCluster UnsupportedGuest FileTooLarge OutOfBounds
  DisallowedMigrationDeviceAttached`,
);

rule('gone', 'AtOnce', 'ManagedObjectNotFound NotFound');

rule('conflict', 'HalfHour', 'DuplicateName AlreadyExists FileAlreadyExists');
rule('conflict', 'BlockingTask', 'TaskInProgress VAppTaskInProgress');
rule('conflict', 'AtOnce', 'ConcurrentAccess InvalidPowerState');
// We ask for customization with a clone only: what is refused while one is pending has not happened.
rule('conflict', 'Seconds', 'RequestCanceled CustomizationPending');
rule(
  'conflict',
  'Minutes',
  `ResourceInUse FileLocked MethodDisabled MethodAlreadyDisabledFault ReplicationVmInProgressFault
  VAppOperationInProgress MigrationNotReady InvalidState InvalidVmState`,
);

rule('already-so', 'AtOnce', 'AlreadyUpgraded ToolsAlreadyUpgraded SnapshotNoChange');

rule('bug', 'HalfHour', 'InvalidLocale InvalidArgument InvalidRequest InvalidType InvalidProperty');
rule('fatal', 'HalfHour', 'UnsupportedVimApiVersion MethodNotFound NotImplemented NotSupported');
rule('fatal', 'Minutes', 'RuntimeFault VimFault MethodFault SecurityError UnexpectedFault');

const UNKNOWN: FaultRule = { class: 'fatal', backoff: 'Minutes' };

/** The rule of a fault type, or of its nearest listed ancestor; undefined if the type is unknown. */
export function ruleOfFault(type: string): FaultRule | undefined {
  for (let known: string | undefined = type; known !== undefined; known = parentOfFault(known)) {
    const found = rules.get(known);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The rule for a fault of a vCenter that is newer than this table. */
export function ruleOfUnknownFault(): FaultRule {
  return UNKNOWN;
}

/** Whether a fault type is `ancestor` or derived from it. */
export function isFaultOf(type: string, ancestor: string): boolean {
  for (let known: string | undefined = type; known !== undefined; known = parentOfFault(known))
    if (known === ancestor) return true;
  return false;
}
