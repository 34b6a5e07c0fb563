import type { FailureVerdict, VsphereFailure } from '../../vsphere/port';

/** Our own reasons to send nothing to vCenter, and what has to happen before a retry can succeed. */
const VERDICTS = {
  OwnershipUnproven: needsUser('B3'),
  GuestDataTooLarge: needsUser('B3'),
  GuestDataInvalid: needsUser('B3'),
  ShutdownTimeout: needsUser('B2'),
  // Disks are not watched, and Secrets neither, so that the operator needs no right to list them: a look now and then
  // tells of a cure.
  ForeignDisk: needsUser('B1'),
  SecretNotFound: needsUser('B1'),
  SecretKeyMissing: needsUser('B1'),
  SecretForbidden: needsUser('B1'),
  HostDisconnected: { class: 'later', backoff: 'B2', apiClass: 'Retryable' },
  SecretUnreadable: { class: 'soon', backoff: 'B1', apiClass: 'Retryable' },
  StillThere: { class: 'conflict', backoff: 'B1', apiClass: 'Retryable' },
  FolderNotEmpty: { class: 'conflict', backoff: 'B1', apiClass: 'Retryable' },
  StillPoweredOn: { class: 'conflict', backoff: 'B1', apiClass: 'Retryable' },
} as const satisfies Readonly<Record<string, Omit<FailureVerdict, 'reason'>>>;

export type ActErrorCode = keyof typeof VERDICTS;

/** A refusal of our own, before anything was sent. */
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

export function verdictOnOwn(code: ActErrorCode): FailureVerdict {
  return { ...VERDICTS[code], reason: code };
}

/** The verdict on a refusal of our own. By its code, for a dispatcher hands failures on as plain values. */
export function classifyOwn({ code }: VsphereFailure): FailureVerdict | undefined {
  return isOwn(code) ? verdictOnOwn(code) : undefined;
}

function isOwn(code: string): code is ActErrorCode {
  return Object.hasOwn(VERDICTS, code);
}

function needsUser(backoff: FailureVerdict['backoff']) {
  return { class: 'needs-user', backoff, apiClass: 'NeedsUser' } as const;
}
