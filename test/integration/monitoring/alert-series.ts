/** Series that make each alert fire, and end it, as promtool plays them: a sample a minute. */

export interface AlertSeries {
  /** Series by name and labels, in the notation of promtool: `0x9 1x30` is ten samples of 0 and thirty-one of 1. */
  readonly series: Readonly<Record<string, string>>;
  /** Minute at which it does not fire yet, for the condition has not held for long enough. */
  readonly quietAt: number;
  readonly firesAt: number;
  /** Minute at which it has ended after the cure. */
  readonly endedAt: number;
  /** Labels that it fires with, besides the severity. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The summary as a person reads it then. Default: it has no value in it. */
  readonly summary?: string;
}

const INSTANCE = 'job="operator", instance="10.0.0.1:8080"';
const OTHER_INSTANCE = 'job="operator", instance="10.0.0.2:8080"';
const FOREIGN = 'job="other", instance="10.0.0.9:8080"';
const BUILD = `vm_operator_build_info{${INSTANCE}}`;
const EAST = `vcenter="east", ${INSTANCE}`;
const work = (state: string) => `vsphere_work{lane="clone", state="${state}", ${EAST}}`;
const operations = (outcome: string) =>
  `vm_operator_operation_duration_seconds_count{operation="Clone", outcome="${outcome}", ${INSTANCE}}`;
const DAY = 86_400;

export const ALERT_SERIES: Readonly<Record<string, AlertSeries>> = {
  VmOperatorAbsent: {
    series: { [BUILD]: '1x4 _x20 1x200' },
    quietAt: 12,
    firesAt: 16,
    endedAt: 27,
  },
  VmOperatorNotOneLeader: {
    series: {
      [BUILD]: '1x200',
      [`vm_operator_build_info{${OTHER_INSTANCE}}`]: '1x200',
      [`leader_election_master_status{name="east", ${INSTANCE}}`]: '1x9 0x9 1x200',
      [`leader_election_master_status{name="east", ${OTHER_INSTANCE}}`]: '0x200',
      // Two operators of another kind lead by a Lease of the same name.
      [`leader_election_master_status{name="other", ${FOREIGN}}`]: '0x200',
    },
    quietAt: 12,
    firesAt: 14,
    endedAt: 21,
    labels: { name: 'east' },
    summary: 'The Lease east has 0 leaders instead of one',
  },
  VmOperatorRestarting: {
    series: {
      [BUILD]: '1x200',
      [`process_start_time_seconds{${INSTANCE}}`]: '100x9 200x4 300x4 400x4 500x200',
      [`process_start_time_seconds{${FOREIGN}}`]: '0+1x200',
    },
    quietAt: 20,
    firesAt: 25,
    endedAt: 90,
    summary: 'The operator has started 4 times within an hour',
  },
  VmOperatorApiServerErrors: {
    series: {
      [BUILD]: '1x200',
      [`rest_client_requests_total{code="200", ${INSTANCE}}`]: '0+60x200',
      [`rest_client_requests_total{code="<error>", ${INSTANCE}}`]: '0x9 0+20x30 600x200',
      [`rest_client_requests_total{code="500", ${FOREIGN}}`]: '0+600x200',
    },
    quietAt: 15,
    firesAt: 25,
    endedAt: 50,
    summary: '25% of the requests to the API server fail',
  },
  VmOperatorVcenterNotConnected: {
    series: {
      [`vsphere_connected{${EAST}}`]: '1x9 0x9 1x200',
      [`vsphere_leading{${EAST}}`]: '1x200',
      // A connected process that stands by changes nothing.
      [`vsphere_connected{vcenter="east", ${OTHER_INSTANCE}}`]: '1x200',
      [`vsphere_leading{vcenter="east", ${OTHER_INSTANCE}}`]: '0x200',
    },
    quietAt: 14,
    firesAt: 16,
    endedAt: 21,
    labels: { vcenter: 'east' },
    summary: 'The operator is not connected to vCenter east',
  },
  VmOperatorVcenterLoginRefused: {
    series: {
      [`vsphere_connected{${EAST}}`]: '1x9 0x19 1x200',
      [`vsphere_leading{${EAST}}`]: '1x200',
      [`vsphere_connected{vcenter="east", ${OTHER_INSTANCE}}`]: '1x200',
      [`vsphere_leading{vcenter="east", ${OTHER_INSTANCE}}`]: '0x200',
      // Absent while it tries again.
      [`vsphere_connection_failure{code="InvalidLogin", ${EAST}}`]: '_x9 1x4 _x1 1x9 _x200',
    },
    quietAt: 9,
    firesAt: 16,
    endedAt: 31,
    labels: { vcenter: 'east', code: 'InvalidLogin' },
    summary: 'vCenter east refuses the account of the operator: InvalidLogin',
  },
  VmOperatorVcenterCertificateEnds: {
    series: {
      [`vsphere_certificate_expiry_timestamp_seconds{${EAST}}`]: `${20 * DAY}x9 ${13 * DAY}x100 ${400 * DAY}x200`,
    },
    quietAt: 60,
    firesAt: 75,
    endedAt: 120,
    labels: { vcenter: 'east' },
    summary: 'The certificate of vCenter east ends in 12d 22h 45m 0s',
  },
  VmOperatorVcenterLimitNear: {
    series: {
      [`vm_operator_vcenter_usage{resource="vms", ${EAST}}`]: '80x9 95x30 40x200',
      [`vm_operator_vcenter_limit{resource="vms", ${EAST}}`]: '100x200',
      [`vm_operator_vcenter_usage{resource="cpu", ${EAST}}`]: '500x200',
    },
    quietAt: 20,
    firesAt: 27,
    endedAt: 45,
    labels: { vcenter: 'east', resource: 'vms' },
    summary: '95% of the limit of vms in vCenter east is used',
  },
  VmGroupError: {
    series: {
      [`vsphere_connected{${EAST}}`]: '1x200',
      [`vm_operator_vmgroup_phase{phase="ERROR", ${EAST}}`]: '0x9 2x30 0x200',
      // Groups wait for a vCenter that is away: another alert tells of it.
      [`vsphere_connected{vcenter="west", ${INSTANCE}}`]: '0x200',
      [`vsphere_leading{vcenter="west", ${INSTANCE}}`]: '1x200',
      [`vm_operator_vmgroup_phase{phase="ERROR", vcenter="west", ${INSTANCE}}`]: '7x200',
    },
    quietAt: 20,
    firesAt: 27,
    endedAt: 45,
    labels: { vcenter: 'east' },
    summary: '2 VmGroups in vCenter east wait for a person',
  },
  VmGroupNotReady: {
    series: { [`vm_operator_spec_unready_longest_seconds{${INSTANCE}}`]: '0+60x45 0x200' },
    quietAt: 34,
    firesAt: 40,
    endedAt: 47,
    summary: 'A VmGroup is not ready 40m 0s after its last change',
  },
  VmGroupLacksCapacity: {
    series: {
      [`vm_operator_replica_faults{class="Capacity", ${EAST}}`]: '0x9 3x30 0x200',
      [`vm_operator_replica_faults{class="Retryable", vcenter="west", ${INSTANCE}}`]: '3x200',
    },
    quietAt: 20,
    firesAt: 27,
    endedAt: 45,
    labels: { vcenter: 'east' },
    summary: '3 replicas in vCenter east find no room',
  },
  VmGroupReconcileErrors: {
    series: {
      [BUILD]: '1x300',
      [`controller_runtime_reconcile_errors_total{controller="vmgroup", ${INSTANCE}}`]: '0x9 0+1x60 60x200',
      [`controller_runtime_reconcile_errors_total{controller="other", ${FOREIGN}}`]: '0+1x300',
    },
    quietAt: 35,
    firesAt: 45,
    endedAt: 90,
  },
  VmOperatorOperationsFail: {
    series: {
      [operations('Succeeded')]: '0+1x300',
      [operations('Failed')]: '0x9 0+3x60 180x200',
    },
    quietAt: 25,
    firesAt: 50,
    endedAt: 110,
    labels: { operation: 'Clone' },
    summary: '75% of the operations Clone fail in vCenter',
  },
  VmOperatorWorkWaits: {
    series: {
      [work('waiting')]: '0x9 40x60 0x200',
      [work('in_flight')]: '4x9 16x60 0x200',
      [work('limit')]: '16x300',
    },
    quietAt: 38,
    firesAt: 42,
    endedAt: 75,
    labels: { vcenter: 'east', lane: 'clone' },
    summary: '40 steps wait for a turn in lane clone of vCenter east',
  },
  VmOperatorTasksOverdue: {
    series: { [work('overdue')]: '0x9 2x60 0x200' },
    quietAt: 38,
    firesAt: 42,
    endedAt: 75,
    labels: { vcenter: 'east', lane: 'clone' },
    summary: '2 tasks in lane clone of vCenter east hang',
  },
  VmOperatorUnownedMachines: {
    series: { [`vm_operator_unowned_machines{${EAST}}`]: '0x9 3x90 0x200' },
    quietAt: 68,
    firesAt: 72,
    endedAt: 105,
    labels: { vcenter: 'east' },
    summary: '3 machines in vCenter east have lost their VmGroup',
  },
};
