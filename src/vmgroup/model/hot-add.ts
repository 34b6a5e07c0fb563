import { slotKey } from '../../api/identity';
import { sizeKey, sizeOf } from './machine-size';
import type { Observation, Replica } from './observation';

/**
 * Whether a running replica can get its size without a restart: growth only, allowed by the machine, not refused by
 * vCenter.
 */
export function canResizeHot(replica: Replica, observed: Observation): boolean {
  const { machine, slot } = replica;
  const { group, hotAddRefused } = observed;
  if (hotAddRefused.get(slotKey(slot)) === sizeKey(group)) return false;
  const { details, numCpu, memoryMiB } = machine;
  if (details === undefined || numCpu === undefined || memoryMiB === undefined) return false;
  const wanted = sizeOf(group);
  const moreCpu = wanted.numCpu - numCpu;
  const moreMiB = wanted.memoryMiB - memoryMiB;
  if (moreCpu < 0 || moreMiB < 0) return false;
  if (moreCpu > 0 && !details.cpuHotAdd) return false;
  // The cores per socket of a running machine stay as they are.
  if (moreCpu > 0 && wanted.numCpu % (details.coresPerSocket ?? 1) !== 0) return false;
  if (moreMiB === 0) return true;
  const { memoryHotAdd, memoryHotAddIncrementMiB = 0, memoryHotAddLimitMiB = 0 } = details;
  if (!memoryHotAdd) return false;
  // 0 means not known: the machine is powered off, or vCenter does not report it.
  if (memoryHotAddIncrementMiB > 0 && moreMiB % memoryHotAddIncrementMiB !== 0) return false;
  return memoryHotAddLimitMiB === 0 || memoryMiB + moreMiB <= memoryHotAddLimitMiB;
}
