/** What machines use of each vCenter and what they may use, as gauges that are read when Prometheus asks. */
import { Gauge, type Registry } from 'prom-client';
import type { UsedAmount, VCenterUsage } from '../../vcenter/shards';
import { namespacesWithMost } from '../../vcenter/usage-status';
import { inUnit, type Limits, type Most } from '../../vmgroup/model/limits';

export interface UsageOfVCenter {
  /** Of the VCenter object, or (env). */
  readonly name: string;
  /** Undefined while this process does not know it, or is not the one that tells. */
  readonly usage: VCenterUsage | undefined;
  readonly limits: Limits;
}

/** As in spec.limits of a VCenter. */
const RESOURCES = ['vms', 'cpu', 'memoryGiB'] as const;

/**
 * A series goes with its VCenter, its namespace or its limit. Of many namespaces those with the most machines have one, as in
 * the status.
 */
export function observeUsage(registry: Registry, vcenters: () => Iterable<UsageOfVCenter>): void {
  const registers = [registry];
  new Gauge({
    name: 'vm_operator_vcenter_usage',
    help: 'What the machines with our marks use of a vCenter, powered on or off, by resource (vms, cpu, memoryGiB)',
    labelNames: ['vcenter', 'resource'] as const,
    registers,
    collect() {
      this.reset();
      for (const { name: vcenter, usage } of vcenters())
        for (const [resource, value] of usedOf(usage?.total)) this.set({ vcenter, resource }, value);
    },
  });
  new Gauge({
    name: 'vm_operator_vcenter_limit',
    help: 'spec.limits.total of a VCenter by resource (vms, cpu, memoryGiB)',
    labelNames: ['vcenter', 'resource'] as const,
    registers,
    collect() {
      this.reset();
      for (const { name: vcenter, usage, limits } of vcenters())
        for (const [resource, value] of limitsOf(usage && limits.total)) this.set({ vcenter, resource }, value);
    },
  });
  new Gauge({
    name: 'vm_operator_namespace_usage',
    help: 'What the machines of a namespace use of a vCenter, powered on or off, by resource (vms, cpu, memoryGiB)',
    labelNames: ['vcenter', 'namespace', 'resource'] as const,
    registers,
    collect() {
      this.reset();
      for (const { name: vcenter, usage } of vcenters())
        for (const [namespace, amount] of usage === undefined ? [] : namespacesWithMost(usage))
          for (const [resource, value] of usedOf(amount)) this.set({ vcenter, namespace, resource }, value);
    },
  });
  new Gauge({
    name: 'vm_operator_namespace_limit',
    help: 'spec.limits.perNamespace of a VCenter, for each namespace alone, by resource (vms, cpu, memoryGiB)',
    labelNames: ['vcenter', 'resource'] as const,
    registers,
    collect() {
      this.reset();
      for (const { name: vcenter, usage, limits } of vcenters())
        for (const [resource, value] of limitsOf(usage && limits.perNamespace)) this.set({ vcenter, resource }, value);
    },
  });
}

type Value = readonly [resource: (typeof RESOURCES)[number], value: number];

function usedOf(amount: UsedAmount | undefined): readonly Value[] {
  return amount === undefined ? [] : RESOURCES.map((resource) => [resource, inUnit(amount, resource)]);
}

function limitsOf(most: Most | undefined): readonly Value[] {
  return RESOURCES.flatMap((resource): readonly Value[] => {
    const limit = most?.[resource];
    return limit === undefined ? [] : [[resource, limit]];
  });
}
