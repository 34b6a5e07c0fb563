/**
 * A number of replicas, or a percentage of the replicas that a group shall have.
 *
 * What it makes of a group is checked as the group is synthesized, where the construct path is known.
 */
export class Amount {
  /**
   * A number of replicas.
   * @param replicas 0 to 500, a whole number
   */
  public static absolute(replicas: number): Amount {
    return new Amount(replicas);
  }

  /**
   * A percentage of the group's replicas.
   * @param percent 0 to 100, a whole number. What is rounded, and where to, is told where the amount is used
   */
  public static percent(percent: number): Amount {
    return new Amount(`${percent}%`);
  }

  private constructor(private readonly value: number | string) {}

  /**
   * The amount as the VmGroup has it.
   * @internal
   */
  public _toJson(): number | string {
    return this.value;
  }
}
