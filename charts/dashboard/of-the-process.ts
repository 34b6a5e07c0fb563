/** How the operator itself is. */
import { areas, lines } from './panels';
import { controllerMetric, metric, quantile, rate } from './queries';

/** Metrics that every process has, of those that are ours. */
const ofOurs = (series: string) => `${series} and on (job, instance) ${metric('vm_operator_build_info')}`;

export function ofTheProcess() {
  return [
    lines({
      title: 'Leaders',
      description: 'One for each Lease. With none, the groups of that vCenter stand still.',
      unit: 'short',
      queries: { '{{name}}': `sum by (name) (${ofOurs(metric('leader_election_master_status'))})` },
    }),
    lines({
      title: 'Age of the Leases',
      description: 'Time since a Lease was renewed by who holds it. At the renew deadline that process ends.',
      unit: 's',
      queries: { '{{name}}': `max by (name) (${metric('vm_operator_lease_age_seconds')})` },
    }),
    areas({
      title: 'Requests to the API server',
      description: 'By status. <error>: there was no answer.',
      unit: 'reqps',
      queries: { '{{code}}': `sum by (code) (${ofOurs(rate(metric('rest_client_requests_total')))})` },
    }),
    areas({
      title: 'Reconciles',
      description: 'Errors are mostly those of the API server: the log names them.',
      unit: 'ops',
      queries: { '{{result}}': `sum by (result) (${rate(controllerMetric('controller_runtime_reconcile_total'))})` },
      colors: { success: 'green', requeue_after: 'blue', error: 'red' },
    }),
    lines({
      title: 'Queue',
      description: 'Groups that wait for a reconcile, and reconciles under way.',
      unit: 'short',
      queries: {
        waiting: `sum(${controllerMetric('workqueue_depth')})`,
        'under way': `sum(${controllerMetric('controller_runtime_active_workers')})`,
      },
    }),
    lines({
      title: 'Time in the queue and in reconciles',
      description: 'Of nine of ten, in the last hour. Work in vCenter is not part of it.',
      unit: 's',
      queries: {
        'in the queue': quantile(0.9, 'workqueue_queue_duration_seconds', '', 'controller="vmgroup"'),
        reconcile: quantile(0.9, 'controller_runtime_reconcile_time_seconds', '', 'controller="vmgroup"'),
      },
    }),
    lines({
      title: 'Memory',
      description: 'Resident memory of each process. The limit of the container is 256 MiB by default.',
      unit: 'bytes',
      queries: { '{{instance}}': ofOurs(metric('process_resident_memory_bytes')) },
    }),
    lines({
      title: 'CPU',
      description: 'Cores that each process uses.',
      unit: 'short',
      queries: { '{{instance}}': ofOurs(rate(metric('process_cpu_seconds_total'))) },
    }),
    lines({
      title: 'Lag of the event loop',
      description:
        'Of 99 of 100 looks, which are 10 ms apart: an idle process shows 10 ms. Above 100 ms probes, Leases and answers are late.',
      unit: 's',
      queries: { '{{instance}}': ofOurs(metric('nodejs_eventloop_lag_p99_seconds')) },
    }),
  ];
}
