import { slotKey } from '../../api/identity';
import type { MachineDetails } from '../../vsphere/port';
import { hasHardware } from './hardware';
import { sizeKey, sizeOf } from './machine-size';
import type { Observation, Replica } from './observation';

/** A running machine with up to so many CPUs gets no more than these (docs/vsphere.md#hot-add). */
const MOST_CPU_OF_SMALL = 128;

/**
 * Whether a running replica can get its size without a restart: growth only, allowed by the machine, not refused by
 * vCenter.
 */
export function canResizeHot(replica: Replica, observed: Observation): boolean {
  return whyNotHot(replica, observed) === undefined;
}

/** Why a running replica cannot get its size without a restart, as part of a sentence; undefined if it can. */
export function whyNotHot({ machine, slot }: Replica, observed: Observation): string | undefined {
  const { group, hotAddRefused } = observed;
  if (hotAddRefused.get(slotKey(slot)) === sizeKey(group)) return 'vCenter refused it while powered on';
  const { details, numCpu, memoryMiB } = machine;
  if (details === undefined || numCpu === undefined || memoryMiB === undefined)
    return 'vCenter has not told yet what can be added';
  const wanted = sizeOf(group);
  if (!hasHardware(machine, wanted)) return 'cores per socket and hot-add are changed only while powered off';
  return whyNotCpu(numCpu, wanted.numCpu, details) ?? whyNotMemory(memoryMiB, wanted.memoryMiB, details);
}

function whyNotCpu(present: number, wanted: number, { cpuHotAdd, coresPerSocket = 1 }: MachineDetails) {
  if (wanted === present) return undefined;
  if (wanted < present) return 'CPUs cannot be removed while powered on';
  if (!cpuHotAdd) return 'CPU hot-add is off';
  // The cores per socket of a running machine stay as they are.
  if (wanted % coresPerSocket !== 0) return `${wanted} CPU are no multiple of its ${coresPerSocket} cores per socket`;
  return present <= MOST_CPU_OF_SMALL && wanted > MOST_CPU_OF_SMALL
    ? `${MOST_CPU_OF_SMALL} CPU cannot be exceeded while powered on`
    : undefined;
}

function whyNotMemory(present: number, wanted: number, details: MachineDetails): string | undefined {
  if (wanted === present) return undefined;
  if (wanted < present) return 'memory cannot be removed while powered on';
  const { memoryHotAdd, memoryHotAddIncrementMiB: step = 0, memoryHotAddLimitMiB: limit = 0 } = details;
  if (!memoryHotAdd) return 'memory hot-add is off';
  // 0 means not known: the machine is powered off, or vCenter does not report it.
  if (step > 0 && (wanted - present) % step !== 0) return `its memory grows by multiples of ${step} MiB`;
  return limit > 0 && wanted > limit ? `its memory can grow to ${limit} MiB while powered on` : undefined;
}
