/** The first line: whether somebody has to act. */

import { stat, statWhereLessIsWorse, timeline } from './panels';
import { metric, vcenterMetric } from './queries';

const DAY_SECONDS = 86_400;
const FIRING = 'ALERTS{alertname=~"Vm(Operator|Group).*", alertstate="firing"}';

export function atAGlance() {
  return [
    stat({
      title: 'Alerts firing',
      description: 'Alerts of the operator that fire now. Each has a section in docs/troubleshooting.md.',
      unit: 'short',
      queries: { '': `count(${FIRING}) or vector(0)` },
      thresholds: { red: 1 },
    }),
    stat({
      title: 'vCenters away',
      description: 'vCenters that are not connected: nothing is created, changed or repaired there.',
      unit: 'short',
      queries: {
        '': `count(max by (vcenter) (1 - ${vcenterMetric('vsphere_connected')} and on (job, instance, vcenter) ${vcenterMetric('vsphere_leading')} == 1) == 1) or vector(0)`,
      },
      thresholds: { red: 1 },
    }),
    stat({
      title: 'Groups in ERROR',
      description: 'They wait for a person: kubectl get vg -A names them and the reason.',
      unit: 'short',
      queries: { '': `sum(${vcenterMetric('vm_operator_vmgroup_phase', 'phase="ERROR"')})` },
      thresholds: { red: 1 },
    }),
    stat({
      title: 'Replicas not ready',
      description: 'Replicas that shall run and are not ready, such as in an update.',
      unit: 'short',
      queries: {
        '': `clamp_min(sum(${vcenterMetric('vm_operator_replicas', 'state="desired"')}) - sum(${vcenterMetric('vm_operator_replicas', 'state="ready"')}), 0)`,
      },
      thresholds: { yellow: 1 },
    }),
    stat({
      title: 'Replicas with a fault',
      description: 'Their last step failed. Each is tried again by itself.',
      unit: 'short',
      queries: { '': `sum(${vcenterMetric('vm_operator_replica_faults')})` },
      thresholds: { yellow: 1 },
    }),
    stat({
      title: 'Longest wait for Ready',
      description: 'How long the group has waited so far that waits longest since its last change.',
      unit: 's',
      queries: { '': `max(${metric('vm_operator_spec_unready_longest_seconds')})` },
      thresholds: { yellow: 600, red: 1800 },
    }),
    stat({
      title: 'Leader problems',
      description:
        'With no leader, the groups of that vCenter stand still. With several, two act on the same machines.',
      unit: 'short',
      queries: { '': `count(sum by (name) (${metric('leader_election_master_status')}) != 1) or vector(0)` },
      thresholds: { red: 1 },
    }),
    statWhereLessIsWorse(
      {
        title: 'Certificate ends in',
        description: 'The certificate of a vCenter that ends first. An alert tells it 14 days before.',
        unit: 's',
        queries: { '': `min(${vcenterMetric('vsphere_certificate_expiry_timestamp_seconds')} - time())` },
      },
      { red: 3 * DAY_SECONDS, yellow: 14 * DAY_SECONDS },
    ),
    timeline({
      title: 'Alerts that fire',
      description: 'Which alerts, and since when. Empty is well. Each has a section in docs/troubleshooting.md.',
      unit: 'short',
      queries: { '{{alertname}}': `count by (alertname) (${FIRING})` },
    }),
  ];
}
