/**
 * What can go wrong in the sandbox, as a closed set of codes.
 *
 * - BinaryNotUsable: a path given by the environment names no executable file
 * - GoMissing, GoTooOld: the build needs Go, and this one does not do
 * - NoNetwork: Go modules could not be downloaded
 * - BuildFailed: Go could not build a program, for any other reason
 * - EditDoesNotFit: the simulator's source is not the one that the mending was written for
 * - DownloadFailed, ChecksumMismatch: the prebuilt archive; both lead to the build instead
 * - CommandFailed: a program that ran to its end did not succeed
 * - ProgramMissing: a program that a person must install is not on the PATH
 * - ProcessEnded: something that should keep running has ended
 * - NotInTime: something awaited did not happen before its deadline
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

/** The message is for a person: what was found, what was wanted, and the remedy. */
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
