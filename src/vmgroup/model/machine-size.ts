/** How a machine comes to the size that its group asks for. */

import { slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import type { VirtualMachine } from '../../vsphere/port';
import type { Observation, Replica } from './observation';

/** What a machine has, or shall have. */
export interface MachineSize {
  readonly numCpu: number;
  readonly memoryMiB: number;
}

/** The size that a group asks for. */
export function sizeOf({ spec }: VmGroup): MachineSize {
  return { numCpu: spec.cpu, memoryMiB: spec.memory * 1024 };
}

/** Whether a machine has the size that its group asks for. A size that vCenter does not tell counts as right. */
export function hasSize(machine: VirtualMachine, group: VmGroup): boolean {
  return isOfSize(machine, sizeOf(group));
}

export function isOfSize(machine: VirtualMachine, size: MachineSize): boolean {
  const { numCpu = size.numCpu, memoryMiB = size.memoryMiB } = machine;
  return numCpu === size.numCpu && memoryMiB === size.memoryMiB;
}

/** The size that a group asks for, as a key. */
export function sizeKey({ spec }: VmGroup): string {
  return `${spec.cpu} CPU and ${spec.memory} GiB`;
}

/** Whether a running replica may get its size at once: growth only, which the machine allows and vCenter has not refused. */
export function canResizeHot(replica: Replica, observed: Observation): boolean {
  const { machine, slot } = replica;
  const { group, hotAddRefused } = observed;
  if (hotAddRefused.get(slotKey(slot)) === sizeKey(group)) return false;
  const { details, numCpu, memoryMiB } = machine;
  if (details === undefined || numCpu === undefined || memoryMiB === undefined) return false;
  const moreCpu = group.spec.cpu - numCpu;
  const moreMiB = group.spec.memory * 1024 - memoryMiB;
  if (moreCpu < 0 || moreMiB < 0) return false;
  if (moreCpu > 0 && !details.cpuHotAdd) return false;
  if (moreMiB === 0) return true;
  const { memoryHotAdd, memoryHotAddIncrementMiB = 0, memoryHotAddLimitMiB = 0 } = details;
  if (!memoryHotAdd) return false;
  // 0 says nothing: the machine is off, or vCenter does not tell.
  if (memoryHotAddIncrementMiB > 0 && moreMiB % memoryHotAddIncrementMiB !== 0) return false;
  return memoryHotAddLimitMiB === 0 || memoryMiB + moreMiB <= memoryHotAddLimitMiB;
}

/**
 * Whether a running replica has to be switched off for its size, and may be. A restart is for a change of the spec only,
 * never for a size that somebody changed in vCenter.
 */
export function needsRestart(replica: Replica, observed: Observation): boolean {
  const { machine } = replica;
  return (
    observed.resizing &&
    observed.policy.resize === 'PowerCycle' &&
    machine.powerState === 'poweredOn' &&
    machine.connectionState === 'connected' &&
    !hasSize(machine, observed.group) &&
    machine.details !== undefined &&
    !canResizeHot(replica, observed)
  );
}
