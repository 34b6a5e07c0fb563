/** What people wait for. */
import { areas, lines } from './panels';
import { metric, quantile, vcenterMetric } from './queries';

const replicas = (state: string) => `sum(${vcenterMetric('vm_operator_replicas', `state="${state}"`)})`;

export function ofGroups() {
  return [
    lines({
      title: 'Replicas',
      description:
        'Of groups that shall run: all lines lie on each other when all is as the specs want it, and updated lags in an update. ' +
        'Stopped: of groups that shall be powered off.',
      unit: 'short',
      queries: {
        desired: replicas('desired'),
        current: replicas('current'),
        updated: replicas('updated'),
        ready: replicas('ready'),
        stopped: replicas('stopped'),
      },
      colors: { desired: 'text', current: 'blue', updated: 'purple', ready: 'green', stopped: 'orange' },
    }),
    areas({
      title: 'Groups by phase',
      description: 'ERROR waits for a person; PENDING goes on by itself.',
      unit: 'short',
      queries: { '{{phase}}': `sum by (phase) (${vcenterMetric('vm_operator_vmgroup_phase')})` },
      colors: { RUNNING: 'green', STOPPED: 'blue', PENDING: 'yellow', ERROR: 'red', None: 'text' },
    }),
    areas({
      title: 'Replicas with a fault',
      description: 'Capacity: no room. NeedsUser: for a person. Retryable: it passes.',
      unit: 'short',
      queries: { '{{class}}': `sum by (class) (${vcenterMetric('vm_operator_replica_faults')})` },
      colors: { Retryable: 'yellow', Capacity: 'orange', NeedsUser: 'red' },
    }),
    lines({
      title: 'From a change of the spec to Ready',
      description: 'Within which time half and nine of ten were ready, in the last hour.',
      unit: 's',
      queries: {
        '{{change}}, half': quantile(0.5, 'vm_operator_spec_to_ready_seconds', 'change'),
        '{{change}}, 9 of 10': quantile(0.9, 'vm_operator_spec_to_ready_seconds', 'change'),
      },
    }),
    lines({
      title: 'From a drift to its repair',
      description:
        'Within which time nine of ten replicas were right again after a change behind our back, in the last hour.',
      unit: 's',
      queries: { '{{drift}}': quantile(0.9, 'vm_operator_drift_to_repair_seconds', 'drift') },
    }),
    lines({
      title: 'Longest wait for Ready',
      description: 'Of the group that waits longest since its last change. It grows until that one is ready.',
      unit: 's',
      queries: { longest: `max(${metric('vm_operator_spec_unready_longest_seconds')})` },
    }),
  ];
}
