import type { VmGroup } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';

/** CPU and memory that a machine has or will get. */
export interface MachineSize {
  readonly numCpu: number;
  readonly memoryMiB: number;
}

/** The size that a group asks for. */
export function sizeOf({ spec }: VmGroup): MachineSize {
  return { numCpu: spec.cpu, memoryMiB: spec.memory * 1024 };
}

/** Whether a machine has the size that its group asks for. A size that vCenter does not report counts as right. */
export function hasSize(machine: VirtualMachine, group: VmGroup): boolean {
  return isOfSize(machine, sizeOf(group));
}

export function isOfSize(machine: VirtualMachine, size: MachineSize): boolean {
  const { numCpu = size.numCpu, memoryMiB = size.memoryMiB } = machine;
  return numCpu === size.numCpu && memoryMiB === size.memoryMiB;
}

/** The size that a group asks for, as text that serves as key and in messages. */
export function sizeKey({ spec }: VmGroup): string {
  return `${spec.cpu} CPU and ${spec.memory} GiB`;
}
