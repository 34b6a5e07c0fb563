/**
 * What else of the virtual hardware is given, besides CPU and memory. It is changed while a replica is powered off: running
 * replicas are handled as the `resizePolicy` of the update strategy says.
 */
export interface VmGroupHardware {
  /**
   * Number of cores of each virtual CPU socket, 1 to 256. `cpu` must be a multiple of it.
   *
   * @default - the template's where it divides `cpu`, else the greatest number that divides both
   */
  readonly coresPerSocket?: number;

  /**
   * Whether CPUs can be added while a replica is powered on. It can hide NUMA from the guest.
   *
   * @default - as the template has it
   */
  readonly cpuHotAdd?: boolean;

  /**
   * Whether memory can be added while a replica is powered on.
   *
   * @default - as the template has it
   */
  readonly memoryHotAdd?: boolean;
}
