/**
 * Patterns for the names of machines and guests. They may contain `$(vm.id)` (eight letters, another for each ordinal and
 * revision), `$(vm.ordinal)`, `$(vm.revision)`, `$(group.name)` and `$(group.namespace)`. Machines that exist keep their names.
 */
export interface VmGroupNaming {
  /**
   * Name of a machine in vCenter, with `$(vm.id)` in it: at most 79 characters once the variables are replaced.
   *
   * @default $(group.name)-replica-$(vm.id)
   */
  readonly vmName?: string;

  /**
   * Host name of a guest, with `$(vm.id)` or `$(vm.ordinal)` in it: at most 63 characters once the variables are replaced,
   * lower-case letters, digits and `-`.
   *
   * @default - the name of the machine, with dots as dashes
   */
  readonly hostname?: string;
}
