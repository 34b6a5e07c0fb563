/** A tag of vCenter. */
export interface VmGroupTag {
  /** Name of the category, such as `environment`. */
  readonly category: string;

  /** Name of the tag in its category, such as `production`. */
  readonly name: string;
}
