/** Manifests that cannot be used: one line per problem, each with file, field, value and remedy. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly code = 'InvalidManifest';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}
