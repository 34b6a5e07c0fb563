/**
 * Machines that exist and become replicas as they are. Those of the list come first, in its order, then those of the folder, by
 * name; as many as replicas are missing. At least one of both is given.
 */
export interface VmGroupAdoption {
  /**
   * Names or absolute inventory paths of machines in the datacenter of the group, at most 500.
   *
   * @default - none
   */
  readonly machines?: string[];

  /**
   * Name or absolute inventory path of a VM folder in the datacenter of the group. All machines directly in it are meant, and no
   * template.
   *
   * @default - none
   */
  readonly folder?: string;
}
