/** How much of a vCenter machines use, and how much they may use (R15). */
import type { VirtualMachine } from '../../vsphere/port';
import type { MachineSize } from './machine-size';

export interface Amount {
  readonly vms: number;
  readonly cpu: number;
  readonly memoryMiB: number;
}

/** The most that may be used. What is undefined has no limit. */
export interface Most {
  readonly vms?: number | undefined;
  readonly cpu?: number | undefined;
  readonly memoryGiB?: number | undefined;
}

/**
 * What an administrator limits. Machines with our marks count, in any power state, and what was sent to vCenter and is not
 * seen there yet. Nothing is removed where more than that is used already.
 */
export interface Limits {
  /** Of one machine. Machines that exist are not made smaller for it. */
  readonly perVM?: Omit<Most, 'vms'> | undefined;
  /** Of all groups of one namespace. */
  readonly perNamespace?: Most | undefined;
  /** Of all groups on the vCenter. */
  readonly total?: Most | undefined;
}

/** In one namespace, and on the whole vCenter. */
export interface Usage {
  readonly namespace: Amount;
  readonly total: Amount;
}

export const NOTHING_USED: Amount = { vms: 0, cpu: 0, memoryMiB: 0 };

/** One machine of this size. */
export function amountOfSize({ numCpu, memoryMiB }: MachineSize): Amount {
  return { vms: 1, cpu: numCpu, memoryMiB };
}

/** What vCenter does not tell of a machine counts as nothing. */
export function amountOf({ numCpu = 0, memoryMiB = 0 }: Pick<VirtualMachine, 'numCpu' | 'memoryMiB'>): Amount {
  return { vms: 1, cpu: numCpu, memoryMiB };
}

export function plus(a: Amount, b: Amount): Amount {
  return { vms: a.vms + b.vms, cpu: a.cpu + b.cpu, memoryMiB: a.memoryMiB + b.memoryMiB };
}

export function minus(a: Amount, b: Amount): Amount {
  return { vms: a.vms - b.vms, cpu: a.cpu - b.cpu, memoryMiB: a.memoryMiB - b.memoryMiB };
}

/** What is missing from one amount to another; 0 where nothing is. */
export function growth(from: Amount, to: Amount): Amount {
  const { vms, cpu, memoryMiB } = minus(to, from);
  return { vms: Math.max(0, vms), cpu: Math.max(0, cpu), memoryMiB: Math.max(0, memoryMiB) };
}

export function isNothing({ vms, cpu, memoryMiB }: Amount): boolean {
  return vms <= 0 && cpu <= 0 && memoryMiB <= 0;
}

/** The field of a limit that does not suffice, with figures in its unit. */
export interface Excess {
  readonly field: keyof Most;
  readonly used: number;
  readonly limit: number;
  /** What is needed beside what is used. */
  readonly need: number;
}

/** The first field in which what is needed does not fit beside what is used; undefined if all of it fits. */
export function excessOf(most: Most | undefined, used: Amount, need: Amount): Excess | undefined {
  if (most === undefined) return undefined;
  for (const field of FIELDS) {
    const limit = most[field];
    const needed = inUnit(need, field);
    const isUsed = inUnit(used, field);
    if (limit !== undefined && needed > 0 && isUsed + needed > limit)
      return { field, used: isUsed, limit, need: needed };
  }
  return undefined;
}

/** The first field of which more is used than the limit. */
export function overrunOf(most: Most | undefined, used: Amount): Excess | undefined {
  return excessOf(most, NOTHING_USED, used);
}

export function inUnit(amount: Amount, field: keyof Most): number {
  return field === 'memoryGiB' ? amount.memoryMiB / 1024 : amount[field];
}

const FIELDS = ['vms', 'cpu', 'memoryGiB'] as const;

export function hasLimits({ perVM, perNamespace, total }: Limits): boolean {
  return [perVM, perNamespace, total].some(isLimited);
}

function isLimited(most: Most | undefined): boolean {
  return most !== undefined && Object.values(most).some((limit) => limit !== undefined);
}

/**
 * Whether nobody knows what is used, where limits depend on it: clones of an earlier process may still add machines. That
 * process kept the limits, and nothing is added beside its clones until they are seen.
 */
export function isUncertain(
  { perNamespace, total }: Limits,
  namespace: string,
  clones: { mayAdd(namespace: string | undefined): boolean },
): boolean {
  if (isLimited(total)) return clones.mayAdd(undefined);
  return isLimited(perNamespace) && clones.mayAdd(namespace);
}
