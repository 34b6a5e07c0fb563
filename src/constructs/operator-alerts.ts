import { documentation } from '../../package.json';

/** An alert of Prometheus. Its name is also the heading in docs/troubleshooting.md that tells what to do. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  /** How long the expression has to hold, in the form of Prometheus. */
  readonly for: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly description: string;
}

/** `critical`: the promise is broken for all groups of a vCenter, now. `warning`: for some groups, or soon. */
type Severity = 'critical' | 'warning';

/** The page with a section for each alert: absolute in a release, which writes `documentation` of package.json. */
const RUNBOOKS = `${documentation}/troubleshooting.md`;

/** Restricts a metric that other operators have too to the processes that are ours. */
const ours = (series: string) => `${series} and on (job, instance) vm_operator_build_info`;

// Of the process that makes the changes: one that stands by may be connected, as through another node's network.
const notConnected =
  'max by (vcenter) (1 - vsphere_connected and on (job, instance, vcenter) vsphere_leading == 1) == 1';
const work = (state: string) => `max by (vcenter, lane) (vsphere_work{state="${state}"})`;
const operations = (selector: string) =>
  `sum by (operation) (rate(vm_operator_operation_duration_seconds_count${selector}[30m]))`;

/**
 * What a person on call must act upon, and nothing else. No expression yields a series per group or machine. Spans are
 * written in minutes and hours, and thresholds of time as `N * 60`.
 */
export const ALERTS: readonly Alert[] = [
  {
    alert: 'VmOperatorAbsent',
    expr: 'absent(vm_operator_build_info)',
    for: '5m',
    severity: 'critical',
    summary: 'No operator for virtual machine groups is running, or its metrics cannot be read',
    description: 'Virtual machines keep running; nothing is created, changed or repaired.',
  },
  {
    alert: 'VmOperatorNotOneLeader',
    expr: `sum by (name) (${ours('leader_election_master_status')}) != 1`,
    for: '3m',
    severity: 'critical',
    summary: 'The Lease {{ $labels.name }} has {{ $value }} leaders instead of one',
    description:
      'With none, the groups of that vCenter stand still. With several, one of them runs without --leader-elect, and two act on the same machines.',
  },
  {
    alert: 'VmOperatorRestarting',
    expr: `sum(${ours('changes(process_start_time_seconds[1h])')}) > 3`,
    for: '0m',
    severity: 'warning',
    summary: 'The operator has started {{ $value }} times within an hour',
    description: 'It ends when it cannot renew its Lease, when its memory limit is reached, or by a defect.',
  },
  {
    alert: 'VmOperatorApiServerErrors',
    expr: `sum(${ours('rate(rest_client_requests_total{code=~"5..|<error>"}[5m])')}) / sum(${ours('rate(rest_client_requests_total[5m])')}) > 0.1`,
    for: '10m',
    severity: 'warning',
    summary: '{{ $value | humanizePercentage }} of the requests to the API server fail',
    description: 'Changes of VmGroups are seen late, and statuses are old. If it goes on, the Lease is lost.',
  },
  {
    alert: 'VmOperatorVcenterNotConnected',
    expr: notConnected,
    for: '5m',
    severity: 'critical',
    summary: 'The operator is not connected to vCenter {{ $labels.vcenter }}',
    description: 'Virtual machines keep running; nothing is created, changed or repaired there.',
  },
  {
    alert: 'VmOperatorVcenterLoginRefused',
    expr: `max by (vcenter, code) (max_over_time(vsphere_connection_failure{code=~"InvalidLogin|PasswordExpired|InvalidToken|FailedAuthentication"}[5m])) and on (vcenter) ${notConnected}`,
    for: '1m',
    severity: 'critical',
    summary: 'vCenter {{ $labels.vcenter }} refuses the account of the operator: {{ $labels.code }}',
    description:
      'The operator logs in rarely now, so that the account is not locked out. It looks for other credentials every 10 s.',
  },
  {
    alert: 'VmOperatorVcenterCertificateEnds',
    expr: 'min by (vcenter) (vsphere_certificate_expiry_timestamp_seconds) - time() < 14 * 86400',
    for: '1h',
    severity: 'warning',
    summary: 'The certificate of vCenter {{ $labels.vcenter }} ends in {{ $value | humanizeDuration }}',
    description: 'After that the operator does not connect any more.',
  },
  {
    alert: 'VmOperatorVcenterLimitNear',
    expr: 'max by (vcenter, resource) (vm_operator_vcenter_usage) / max by (vcenter, resource) (vm_operator_vcenter_limit) >= 0.9',
    for: '15m',
    severity: 'warning',
    summary:
      '{{ $value | humanizePercentage }} of the limit of {{ $labels.resource }} in vCenter {{ $labels.vcenter }} is used',
    description: 'At the limit, no group of any namespace gets another machine.',
  },
  {
    alert: 'VmGroupError',
    expr: `sum by (vcenter) (vm_operator_vmgroup_phase{phase="ERROR"}) > 0 unless on (vcenter) ${notConnected}`,
    for: '15m',
    severity: 'warning',
    summary: '{{ $value }} VmGroups in vCenter {{ $labels.vcenter }} wait for a person',
    description: 'Their phase is ERROR: kubectl get vg -A names them and the reason.',
  },
  {
    alert: 'VmGroupNotReady',
    expr: 'max(vm_operator_spec_unready_longest_seconds) > 30 * 60',
    for: '5m',
    severity: 'warning',
    summary: 'A VmGroup is not ready {{ $value | humanizeDuration }} after its last change',
    description: 'kubectl get vg -A shows which one is not RUNNING, and why.',
  },
  {
    alert: 'VmGroupLacksCapacity',
    expr: 'sum by (vcenter) (vm_operator_replica_faults{class="Capacity"}) > 0',
    for: '15m',
    severity: 'warning',
    summary: '{{ $value }} replicas in vCenter {{ $labels.vcenter }} find no room',
    description: 'A datastore, a host, a pool or a cluster is full. The tries go on, up to 15 min apart.',
  },
  {
    alert: 'VmGroupReconcileErrors',
    expr: `sum(${ours('rate(controller_runtime_reconcile_errors_total{controller="vmgroup"}[15m])')}) > 0`,
    for: '30m',
    severity: 'warning',
    summary: 'Reconciles of VmGroups keep failing',
    description: 'Mostly the API server refuses a write. The log of the operator names the error and the VmGroup.',
  },
  {
    alert: 'VmOperatorOperationsFail',
    expr: `${operations('{outcome="Failed"}')} / ${operations('')} > 0.5`,
    for: '15m',
    severity: 'warning',
    summary: '{{ $value | humanizePercentage }} of the operations {{ $labels.operation }} fail in vCenter',
    description:
      'Each is tried again with a growing pause. vm_operator_operation_faults_total tells the class of the faults.',
  },
  {
    alert: 'VmOperatorWorkWaits',
    expr: `${work('waiting')} > 0 and ${work('in_flight')} >= ${work('limit')}`,
    for: '30m',
    severity: 'warning',
    summary: '{{ $value }} steps wait for a turn in lane {{ $labels.lane }} of vCenter {{ $labels.vcenter }}',
    description:
      'The budget of vCenter operations has been used up all the time: changes and repairs of all groups are late.',
  },
  {
    alert: 'VmOperatorTasksOverdue',
    expr: `${work('overdue')} > 0`,
    for: '30m',
    severity: 'warning',
    summary: '{{ $value }} tasks in lane {{ $labels.lane }} of vCenter {{ $labels.vcenter }} hang',
    description: 'Clones have run for over 10 min, other tasks for over 30 s. Other groups go on.',
  },
  {
    alert: 'VmOperatorUnownedMachines',
    expr: 'max by (vcenter) (vm_operator_unowned_machines) > 0',
    for: '1h',
    severity: 'warning',
    summary: '{{ $value }} machines in vCenter {{ $labels.vcenter }} have lost their VmGroup',
    description: 'They run, use the limits, and nobody repairs or removes them.',
  },
];

/** A rule of a PrometheusRule. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: Severity };
  readonly annotations: { readonly summary: string; readonly description: string; readonly runbook_url: string };
}

/** The alerts as rules of a PrometheusRule. */
export function alertRules(): readonly AlertRule[] {
  return ALERTS.map(({ alert, expr, for: duration, severity, summary, description }) => ({
    ...{ alert, expr, for: duration },
    labels: { severity },
    annotations: { summary, description, runbook_url: `${RUNBOOKS}#${alert.toLowerCase()}` },
  }));
}
