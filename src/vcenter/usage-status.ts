import type { VCenterStatus } from '../api/vcenter';
import type { UsedAmount, VCenterUsage } from './shards';

const MOST_NAMESPACES = 500;
/** The name of a namespace. The mark of a machine may name anything, and the API server would refuse the whole status (R14). */
const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
/** The fields are int32. */
const MOST = 2 ** 31 - 1;

/** What our machines use, as limits count it: in all, and of the namespaces those with the most machines. */
export function usageStatus(usage: VCenterUsage): Pick<VCenterStatus, 'usage' | 'namespaces'> {
  const listed = namespacesWithMost(usage).map(([name, amount]) => ({ name, ...inGiB(amount) }));
  return { usage: inGiB(usage.total), namespaces: listed };
}

/** At most 500, those with the most machines first. */
export function namespacesWithMost({ namespaces }: VCenterUsage): readonly (readonly [string, UsedAmount])[] {
  const real = [...namespaces].filter(([name]) => NAMESPACE.test(name));
  const most = real.sort(([a, { vms: x }], [b, { vms: y }]) => y - x || (a < b ? -1 : 1));
  return most.slice(0, MOST_NAMESPACES);
}

function inGiB({ vms, cpu, memoryMiB }: UsedAmount) {
  const within = (value: number) => Math.min(value, MOST);
  return { vms: within(vms), cpu: within(cpu), memoryGiB: within(Math.ceil(memoryMiB / 1024)) };
}
