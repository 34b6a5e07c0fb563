/** The part of a machine's size that vCenter changes only while the machine is powered off (spec.hardware). */
import type { MachineDetails, VirtualMachine } from '../../vsphere/port';

/** What is absent stays as it is. */
export interface Hardware {
  readonly coresPerSocket?: number;
  readonly cpuHotAdd?: boolean;
  readonly memoryHotAdd?: boolean;
}

/** Whether a machine has this hardware. One of which vCenter has not told the details does not, unless none is asked for. */
export function hasHardware({ details }: Pick<VirtualMachine, 'details'>, wanted: Hardware): boolean {
  if (asksForNothing(wanted)) return true;
  if (details === undefined) return false;
  const present = presentHardware(details, wanted);
  return HARDWARE.every((field) => wanted[field] === present[field]);
}

/** Whether vCenter has told enough of a machine to compare it. Unknown is not wrong: nothing is sent before. */
export function isHardwareKnown({ details }: Pick<VirtualMachine, 'details'>, wanted: Hardware): boolean {
  return details !== undefined || asksForNothing(wanted);
}

/** Of the fields that are asked for what a machine has. Cores per socket that vCenter does not tell count as right. */
export function presentHardware(details: MachineDetails | undefined, wanted: Hardware): Hardware {
  const { coresPerSocket, cpuHotAdd, memoryHotAdd } = wanted;
  return {
    ...(coresPerSocket !== undefined && { coresPerSocket: details?.coresPerSocket ?? coresPerSocket }),
    ...(cpuHotAdd !== undefined && { cpuHotAdd: details?.cpuHotAdd ?? cpuHotAdd }),
    ...(memoryHotAdd !== undefined && { memoryHotAdd: details?.memoryHotAdd ?? memoryHotAdd }),
  };
}

/** One text for each field that is asked for. */
export function describeHardware({ coresPerSocket, cpuHotAdd, memoryHotAdd }: Hardware): readonly string[] {
  return [
    ...(coresPerSocket === undefined ? [] : [`${coresPerSocket} cores per socket`]),
    ...(cpuHotAdd === undefined ? [] : [`CPU hot-add ${onOrOff(cpuHotAdd)}`]),
    ...(memoryHotAdd === undefined ? [] : [`memory hot-add ${onOrOff(memoryHotAdd)}`]),
  ];
}

const HARDWARE = ['coresPerSocket', 'cpuHotAdd', 'memoryHotAdd'] as const;

function asksForNothing(wanted: Hardware): boolean {
  return HARDWARE.every((field) => wanted[field] === undefined);
}

function onOrOff(flag: boolean): string {
  return flag ? 'on' : 'off';
}
