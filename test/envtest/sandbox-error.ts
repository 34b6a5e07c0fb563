/**
 * Codes of the failures of the real parts.
 *
 * - BinaryNotUsable: a path in the environment names no executable file
 * - GoMissing, GoTooOld: the build needs Go, or a newer Go
 * - NoNetwork: Go modules could not be downloaded
 * - BuildFailed: Go could not build a program, for another reason
 * - EditDoesNotFit: the edits of the simulator do not fit its source
 * - DownloadFailed, ChecksumMismatch: the prebuilt archive cannot be used, so the programs are built
 * - CommandFailed: a program has failed
 * - ProgramMissing: a program that a person must install is not on the PATH
 * - ProcessEnded: a process that should keep running has ended
 * - NotInTime: an event did not happen before its deadline
 */
export type SandboxErrorCode =
  | 'BinaryNotUsable'
  | 'GoMissing'
  | 'GoTooOld'
  | 'NoNetwork'
  | 'BuildFailed'
  | 'EditDoesNotFit'
  | 'DownloadFailed'
  | 'ChecksumMismatch'
  | 'CommandFailed'
  | 'ProgramMissing'
  | 'ProcessEnded'
  | 'NotInTime';

/** The message is for a person: the object, the value and the remedy. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';

  constructor(
    readonly code: SandboxErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
