/**
 * A number of replicas, or a percentage of the replicas that a group shall have.
 *
 * The value is checked when the group is synthesized: only then is the construct path known, which the message names.
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
   * @param percent 0 to 100, a whole number. Each prop that takes an amount says how it rounds
   */
  public static percent(percent: number): Amount {
    return new Amount(`${percent}%`);
  }

  private constructor(private readonly value: number | string) {}

  /**
   * The amount as it is written in the VmGroup.
   * @internal
   */
  public _toJson(): number | string {
    return this.value;
  }
}
