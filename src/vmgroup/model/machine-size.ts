import type { VmGroup } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import { describeHardware, type Hardware, hasHardware, isHardwareKnown } from './hardware';

/** CPU, memory and other hardware that a machine has or will get. */
export interface MachineSize extends Hardware {
  readonly numCpu: number;
  readonly memoryMiB: number;
}

/** The size that a group asks for. */
export function sizeOf({ spec }: VmGroup): MachineSize {
  return { numCpu: spec.cpu, memoryMiB: spec.memory * 1024, ...spec.hardware };
}

/**
 * Whether a machine has the size that its group asks for. CPU and memory that vCenter does not report count as right; other
 * hardware has to be seen first.
 */
export function hasSize(machine: VirtualMachine, group: VmGroup): boolean {
  return isOfSize(machine, sizeOf(group));
}

export function isOfSize(machine: VirtualMachine, size: MachineSize): boolean {
  return hasCpuAndMemory(machine, size) && hasHardware(machine, size);
}

function hasCpuAndMemory(machine: VirtualMachine, size: MachineSize): boolean {
  const { numCpu = size.numCpu, memoryMiB = size.memoryMiB } = machine;
  return numCpu === size.numCpu && memoryMiB === size.memoryMiB;
}

/**
 * Whether resizePolicy Replace makes a successor for the size. Not for other hardware of a machine that is off: it gets that
 * at once, and so does a new machine whose clone has dropped it, which would be replaced for ever.
 */
export function needsSuccessor(machine: VirtualMachine, group: VmGroup): boolean {
  const size = sizeOf(group);
  if (!hasCpuAndMemory(machine, size)) return true;
  return machine.powerState !== 'poweredOff' && isHardwareKnown(machine, size) && !hasHardware(machine, size);
}

/** The size that a group asks for, as text that serves as key and in messages. */
export function sizeKey(group: VmGroup): string {
  return describeSize(sizeOf(group));
}

/** Such as: 4 CPU and 8 GiB, 2 cores per socket, CPU hot-add on. */
export function describeSize({ numCpu, memoryMiB, ...hardware }: MachineSize): string {
  const memory = memoryMiB % 1024 === 0 ? `${memoryMiB / 1024} GiB` : `${memoryMiB} MiB`;
  return [`${numCpu} CPU and ${memory}`, ...describeHardware(hardware)].join(', ');
}
