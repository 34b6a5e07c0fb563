/** Why the bundle cannot be shipped. */
export type BundleErrorCode =
  /** A module is neither ours nor of a package. */
  | 'UnknownModule'
  /** A package in the bundle is not in package-lock.json. */
  | 'NotLocked'
  /** What is installed is not what package-lock.json says. */
  | 'VersionDiffers'
  /** A package in the bundle brings no licence text. */
  | 'NoLicenceText';

export class BundleError extends Error {
  override readonly name = 'BundleError';

  constructor(
    readonly code: BundleErrorCode,
    message: string,
  ) {
    super(message);
  }
}
