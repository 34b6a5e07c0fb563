import { printable } from '../../../api/printable';

/** Manifests that cannot be used: one line per problem, each with file, field, value and remedy. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
  readonly code = 'InvalidManifest';

  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const lines = problems.map(printable);
    super(lines.join('\n'));
    this.problems = lines;
  }
}
