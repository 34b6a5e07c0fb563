export type RoleErrorCode = 'NoGroups' | 'NoSuchVCenter';

/** It cannot be told what is used. The message says why, and what to do. */
export class RoleError extends Error {
  override readonly name = 'RoleError';
  readonly code: RoleErrorCode;

  constructor(code: RoleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
