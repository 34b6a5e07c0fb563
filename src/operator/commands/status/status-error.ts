export type StatusErrorCode = 'NoSuchGroup' | 'NoKind';

/** There is nothing to show. The message says why, and what to do. */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  readonly code: StatusErrorCode;

  constructor(code: StatusErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
