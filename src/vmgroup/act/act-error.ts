import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';

/** Our own reasons to send nothing to vCenter, and what has to happen before a retry can succeed. */
const VERDICTS = {
  OwnershipUnproven: needsUser('HalfHour'),
  // Right before an adoption: the next look tells it too.
  ShapeDiffers: needsUser('Minutes'),
  NameInvalid: needsUser('HalfHour'),
  GuestDataTooLarge: needsUser('HalfHour'),
  GuestDataInvalid: needsUser('HalfHour'),
  ShutdownTimeout: needsUser('Minutes'),
  // Networks of a template are not watched, and the rules may change: a retry finds that out.
  NetworkNotAllowed: needsUser('Seconds'),
  // Disks and Secrets are not watched: the operator would need the right to list them. A retry now and then finds out
  // that a person has removed the cause.
  ForeignDisk: needsUser('Seconds'),
  // Disks are not watched.
  DiskHasParent: needsUser('Seconds'),
  DiskNotFound: needsUser('Minutes'),
  DiskNotGrowable: needsUser('HalfHour'),
  // Nor are those of a template.
  RootDiskTooSmall: needsUser('Minutes'),
  NoRootDisk: needsUser('Minutes'),
  NoRoomForDisks: needsUser('Minutes'),
  DisksUnreadable: needsUser('Minutes'),
  // Nor are DRS rules.
  HostRuleNotOurs: needsUser('Minutes'),
  // Nor are snapshots.
  SnapshotNotFound: needsUser('Minutes'),
  SnapshotAmbiguous: needsUser('Minutes'),
  // Nor are storage policies.
  StoragePolicyNotFound: needsUser('Minutes'),
  StoragePolicyAmbiguous: needsUser('Minutes'),
  DatastoreNotForPolicy: needsUser('Minutes'),
  NoDatastoreForPolicy: { class: 'capacity', backoff: 'Minutes', apiClass: 'Capacity' },
  // Nor are customization specifications.
  CustomizationSpecNotFound: needsUser('Minutes'),
  CustomizationSpecUnfit: needsUser('Minutes'),
  CustomizationSpecUnknown: needsUser('Minutes'),
  // Nor are the definitions of custom attributes.
  CustomAttributeNotFound: needsUser('Minutes'),
  CustomAttributeAmbiguous: needsUser('Minutes'),
  // Nor are tags.
  TagNotFound: needsUser('Minutes'),
  TagAmbiguous: needsUser('Minutes'),
  TagNotAttachable: needsUser('Minutes'),
  TagCategorySingle: needsUser('Minutes'),
  SecretNotFound: needsUser('Seconds'),
  SecretKeyMissing: needsUser('Seconds'),
  SecretForbidden: needsUser('Seconds'),
  /** The account may not see it, so nobody can say whether it exists. Shown again, it is seen at once. */
  NotVisible: needsUser('Minutes'),
  /** R8: what the record is for must not be sent without it (R7), and to write it again at once would be without end. */
  RecordNotKept: { class: 'later', backoff: 'Minutes', apiClass: 'Retryable' },
  HostDisconnected: { class: 'later', backoff: 'Minutes', apiClass: 'Retryable' },
  GuestDataUnreadable: { class: 'soon', backoff: 'Seconds', apiClass: 'Retryable' },
  SecretUnreadable: { class: 'soon', backoff: 'Seconds', apiClass: 'Retryable' },
  /** Like a domain without room: another one may take the replica. Host groups are not watched. */
  HostGroupNotFound: { class: 'capacity', backoff: 'Minutes', apiClass: 'Capacity' },
  /** Another list of the spec is tried at once. */
  NoAddressLeft: { class: 'capacity', backoff: 'Minutes', apiClass: 'Capacity' },
  AddressInUse: { class: 'capacity', backoff: 'Seconds', apiClass: 'Capacity' },
  NoMacAddress: { class: 'soon', backoff: 'Seconds', apiClass: 'Retryable' },
  /** What is allowed has changed since the plan was made (R15): the next plan says how. */
  RulesChanged: { class: 'conflict', backoff: 'AtOnce', apiClass: 'Retryable' },
  NotInInventory: { class: 'conflict', backoff: 'Seconds', apiClass: 'Retryable' },
  StillThere: { class: 'conflict', backoff: 'Seconds', apiClass: 'Retryable' },
  /** A replica waits for a failure domain. It is planned anew with each plan, so the backoff is not used. */
  NoFailureDomain: { class: 'capacity', backoff: 'Minutes', apiClass: 'Capacity' },
  /** Nothing of the group is left in its folder, and the folder is not removed: there is nothing to try again. */
  FolderHoldsForeign: { class: 'gone', backoff: 'AtOnce', apiClass: 'Retryable' },
  FolderNotEmpty: { class: 'conflict', backoff: 'Seconds', apiClass: 'Retryable' },
  StillPoweredOn: { class: 'conflict', backoff: 'Seconds', apiClass: 'Retryable' },
} as const satisfies Readonly<Record<string, Omit<FailureVerdict, 'reason'>>>;

export type ActErrorCode = keyof typeof VERDICTS;

/** Our own reason to send nothing. */
export class ActError extends Error implements VsphereFailure {
  override readonly name = 'ActError';
  readonly outcome = 'NotSent';

  constructor(
    readonly code: ActErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** R15: what was planned is not allowed any more. `what`: of the plan. */
export function rulesChanged(what: 'clone' | 'change'): ActError {
  return new ActError(
    'RulesChanged',
    `what the group may use in vCenter has changed since the ${what} was planned: it is planned again`,
  );
}

export function verdictOnOwn(code: ActErrorCode): FailureVerdict {
  return { ...VERDICTS[code], reason: code };
}

/** The verdict on an ActError. Found by its code, because the dispatcher passes failures on as plain values. */
export function classifyOwn({ code }: VsphereFailure): FailureVerdict | undefined {
  return isOwn(code) ? verdictOnOwn(code) : undefined;
}

function isOwn(code: string): code is ActErrorCode {
  return Object.hasOwn(VERDICTS, code);
}

function needsUser(backoff: FailureVerdict['backoff']) {
  return { class: 'needs-user', backoff, apiClass: 'NeedsUser' } as const;
}
