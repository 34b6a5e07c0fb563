import type { VCenterStatus } from '../api/vcenter';
import type { UsedAmount, VCenterUsage } from './shards';

const MOST_NAMESPACES = 500;

/** What our machines use, as limits count it: in all, and of the namespaces those with the most machines. */
export function usageStatus(usage: VCenterUsage): Pick<VCenterStatus, 'usage' | 'namespaces'> {
  const listed = namespacesWithMost(usage).map(([name, amount]) => ({ name, ...inGiB(amount) }));
  return { usage: inGiB(usage.total), namespaces: listed };
}

/** At most 500, those with the most machines first. */
export function namespacesWithMost({ namespaces }: VCenterUsage): readonly (readonly [string, UsedAmount])[] {
  const most = [...namespaces].sort(([a, { vms: x }], [b, { vms: y }]) => y - x || (a < b ? -1 : 1));
  return most.slice(0, MOST_NAMESPACES);
}

function inGiB({ vms, cpu, memoryMiB }: UsedAmount) {
  return { vms, cpu, memoryGiB: Math.ceil(memoryMiB / 1024) };
}
