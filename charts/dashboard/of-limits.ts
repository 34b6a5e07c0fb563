/** What is used of what is allowed. */
import { bars, lines } from './panels';
import { vcenterMetric } from './queries';

const RED = 0.9;
const used = (what: string) => `max by (vcenter, resource) (${vcenterMetric(`vm_operator_vcenter_${what}`)})`;
const MOST = 10;

export function ofLimits() {
  return [
    bars({
      title: 'Limits of vCenters',
      description: 'Used part of spec.limits.total. At 100 % no group gets another machine.',
      unit: 'percentunit',
      queries: { '{{vcenter}} {{resource}}': `${used('usage')} / ${used('limit')}` },
      thresholds: { yellow: 0.75, red: RED },
    }).max(1),
    bars({
      title: 'Namespaces nearest to their limit',
      description: `The ${MOST} that have used most of spec.limits.perNamespace.`,
      unit: 'percentunit',
      queries: {
        '{{namespace}} {{resource}}':
          `topk(${MOST}, max by (vcenter, namespace, resource) (${vcenterMetric('vm_operator_namespace_usage')})` +
          ` / on (vcenter, resource) group_left max by (vcenter, resource) (${vcenterMetric('vm_operator_namespace_limit')}))`,
      },
      thresholds: { yellow: 0.75, red: 1 },
    }).max(1),
    lines({
      title: 'Machines',
      description: 'Machines with our marks, and those whose VmGroup is gone, which nobody repairs or removes.',
      unit: 'short',
      queries: {
        '{{vcenter}}': `max by (vcenter) (${vcenterMetric('vm_operator_vcenter_usage', 'resource="vms"')})`,
        '{{vcenter}} unowned': `max by (vcenter) (${vcenterMetric('vm_operator_unowned_machines')})`,
      },
    }),
  ];
}
