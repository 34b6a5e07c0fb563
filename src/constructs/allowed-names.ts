/**
 * What a field that names an object of vCenter may say. The text of the field is compared, not the object that it means:
 * so say an absolute inventory path wherever several objects may have the name.
 *
 * The values are checked at synth: only then is the construct path known, which the message names.
 */
export class AllowedNames {
  /**
   * Only these. The field must be given.
   * @param patterns names or absolute inventory paths. `*` stands for any text without a slash, so `/dc/vm/templates/*`
   * is whatever is in that folder and not below, nor the folder itself
   */
  public static of(...patterns: string[]): AllowedNames {
    return new AllowedNames(patterns, false);
  }

  private constructor(
    /** @internal */
    public readonly _patterns: readonly string[],
    /** @internal */
    public readonly _orUnset: boolean,
  ) {}

  /** The same, and the field may be left out. The operator then takes its default, such as the root pool of the cluster. */
  public orUnset(): AllowedNames {
    return new AllowedNames(this._patterns, true);
  }
}
