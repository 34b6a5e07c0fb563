/** What vCenter does, and what it refuses. */
import { areas, lines } from './panels';
import { metric, quantile, rate, vcenterMetric } from './queries';

const callTime = (part: number) => quantile(part, 'vsphere_call_duration_seconds', '', 'method!="WaitForUpdatesEx"');

export function ofVCenters() {
  return [
    lines({
      title: 'Not connected since',
      description: 'It grows while a vCenter is not connected; the code tells why.',
      unit: 's',
      queries: {
        '{{vcenter}}': `max by (vcenter) (${vcenterMetric('vsphere_not_connected_seconds')})`,
      },
    }),
    lines({
      title: 'Silence of the stream',
      description: 'vCenter answers the wait for changes once a minute at least. Above 70 s it does not.',
      unit: 's',
      queries: { '{{vcenter}}': `max by (vcenter) (${vcenterMetric('vsphere_stream_silence_seconds')})` },
    }),
    areas({
      title: 'Failed to connect',
      description: 'Why a vCenter is not connected: docs/failures.md tells what to do for each code.',
      unit: 'short',
      queries: { '{{vcenter}} {{code}}': `max by (vcenter, code) (${vcenterMetric('vsphere_connection_failure')})` },
    }),
    areas({
      title: 'Operations that ended',
      description: 'Operations in vCenter with their tasks.',
      unit: 'opm',
      queries: {
        '{{operation}}': `60 * sum by (operation) (${rate(metric('vm_operator_operation_duration_seconds_count'))}) > 0`,
      },
    }),
    areas({
      title: 'Operations that failed',
      description: 'By the class of the fault. Capacity and NeedsUser do not pass by themselves.',
      unit: 'opm',
      queries: {
        '{{operation}}, {{class}}': `60 * sum by (operation, class) (${rate(metric('vm_operator_operation_faults_total'))}) > 0`,
      },
    }),
    lines({
      title: 'Time of operations',
      description: 'Within which time nine of ten ended, in the last hour.',
      unit: 's',
      queries: {
        '{{operation}}': quantile(0.9, 'vm_operator_operation_duration_seconds', 'operation', 'outcome="Succeeded"'),
      },
    }),
    lines({
      title: 'Work under way',
      description: 'Steps in both lanes. Work waits once as much is in flight as the limit allows. Overdue work hangs.',
      unit: 'short',
      queries: { '{{state}}': `sum by (state) (${vcenterMetric('vsphere_work')})` },
      colors: { in_flight: 'blue', waiting: 'yellow', overdue: 'red', limit: 'text' },
    }),
    lines({
      title: 'Wait for a turn',
      description: 'How long nine of ten steps waited for the budget before they were sent, in the last hour.',
      unit: 's',
      queries: { '{{lane}}': quantile(0.9, 'vsphere_work_wait_seconds', 'lane') },
    }),
    lines({
      title: 'Time of calls',
      description:
        'Within which time vCenter answered, in the last hour. Without the wait for updates, which lasts by design.',
      unit: 's',
      queries: { half: callTime(0.5), '9 of 10': callTime(0.9), '99 of 100': callTime(0.99) },
    }),
    areas({
      title: 'Calls',
      description: 'Calls to vCenter, and those that it refused or that were lost.',
      unit: 'reqps',
      queries: {
        OK: `sum(${rate(metric('vsphere_calls_total', 'code="OK"'))})`,
        other: `sum(${rate(metric('vsphere_calls_total', 'code!="OK"'))})`,
      },
      colors: { OK: 'green', other: 'red' },
    }),
    areas({
      title: 'Calls that vCenter refused',
      description:
        'By fault or code, of all calls. A fault that ends a task later is among the operations that failed.',
      unit: 'reqps',
      queries: { '{{code}}': `sum by (code) (${rate(metric('vsphere_calls_total', 'code!="OK"'))}) > 0` },
    }),
    lines({
      title: 'Sessions and inventory',
      description:
        'Sessions that vCenter ended, reads of the whole inventory, and values that could not be read, in the last hour.',
      unit: 'short',
      queries: {
        'sessions ended': `sum(increase(${metric('vsphere_sessions_expired_total')}[1h]))`,
        'inventory reads': `sum(increase(${metric('vsphere_inventory_reads_total')}[1h]))`,
        'unreadable values': `sum(increase(${metric('vsphere_unreadable_values_total')}[1h]))`,
      },
    }),
  ];
}
