import type { VCenterStatus } from '../api/vcenter';
import type { UsedAmount, VCenterUsage } from './shards';

const MOST_NAMESPACES = 500;

/** What our machines use, as limits count it: in all, and of the namespaces those with the most machines. */
export function usageStatus({ total, namespaces }: VCenterUsage): Pick<VCenterStatus, 'usage' | 'namespaces'> {
  const most = [...namespaces].sort(([a, { vms: x }], [b, { vms: y }]) => y - x || (a < b ? -1 : 1));
  const listed = most.slice(0, MOST_NAMESPACES).map(([name, amount]) => ({ name, ...inGiB(amount) }));
  return { usage: inGiB(total), namespaces: listed };
}

function inGiB({ vms, cpu, memoryMiB }: UsedAmount) {
  return { vms, cpu, memoryGiB: Math.ceil(memoryMiB / 1024) };
}
