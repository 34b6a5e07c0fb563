/** Which reasons each condition has, with which status, and what a person does. A test compares them with the code. */
import type { ConditionType } from '../src/api/conditions';
import type { ConditionReason } from '../src/api/reasons';

export interface ConditionRow {
  readonly reason: ConditionReason;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly remedy: string;
}

export interface ConditionRows {
  /** What True means. */
  readonly asks: string;
  readonly rows: readonly ConditionRow[];
}

const NOTHING = 'Nothing.';
const LOOK_NOT_VISIBLE =
  "Give the operator's account the role Read-only on what the message names, propagated; or annotate `force-orphan`.";
const LOOK_UNREADABLE =
  'Bring the host or datastore of the machine back, or remove the machine from the inventory in vCenter.';
const LOOK_SELECTION = '[which vCenter](vcenters.md#which-vcenter-a-group-belongs-to)';
const LOOK_VCENTER = 'See VCenterReady.';
const REMOVE_PAUSE = 'Set `spec.paused` to false when changes may go on.';

const row = (reason: ConditionReason, status: ConditionRow['status'], remedy = NOTHING): ConditionRow => ({
  reason,
  status,
  remedy,
});

/** In the order in which a status lists them. */
export const CONDITION_ROWS: Readonly<Record<ConditionType, ConditionRows>> = {
  Ready: {
    asks: 'The group is as its spec asks. `kubectl wait --for=condition=Ready` waits for it.',
    rows: [
      row('AllReplicasReady', 'True'),
      row('Deleting', 'False', 'See Deleting.'),
      row('PoweredOff', 'True', 'Set `spec.powerState` to PoweredOn when the group shall run.'),
      row('PoweringOff', 'False', 'Wait, or look at `status.replicas`: guests are given time to shut down.'),
      row('Stalled', 'False', 'See Stalled.'),
      row('InvalidSpec', 'False', 'See Stalled.'),
      row('Paused', 'False', REMOVE_PAUSE),
      row('ScalingDown', 'False', 'Wait; the message says what fails, if anything does.'),
      row('ScalingUp', 'False', 'Wait; the message says what fails, if anything does.'),
      row('Updating', 'False', 'Wait; if ConfigSynced is False, it says what waits for a person.'),
      row('NotReady', 'False', 'Wait; if it stays, look at the guests: `spec.readiness` says what they have to show.'),
      row('VCenterNotReady', 'Unknown', LOOK_VCENTER),
    ],
  },
  Available: {
    asks: 'Enough replicas serve.',
    rows: [
      row('MinimumReplicasAvailable', 'True'),
      row('MinimumReplicasUnavailable', 'False', 'See Ready and `status.replicas`.'),
      row('PoweredOff', 'False', 'Set `spec.powerState` to PoweredOn when the group shall run.'),
      row('VCenterNotReady', 'Unknown', LOOK_VCENTER),
    ],
  },
  Progressing: {
    asks: 'The group is complete, or the deadline for the next step has not passed.',
    rows: [
      row('Complete', 'True'),
      row('ScalingUp', 'True', 'Wait.'),
      row('ScalingDown', 'True', 'Wait.'),
      row('Updating', 'True', 'Wait.'),
      row('NotReady', 'True', 'Wait.'),
      row('ProgressDeadlineExceeded', 'False', 'Look at `status.replicas`: what is the oldest task or fault?'),
      row('InvalidSpec', 'False', 'See Stalled.'),
      row('Paused', 'Unknown', REMOVE_PAUSE),
    ],
  },
  Stalled: {
    asks: 'Work is due that waits for a person. It turns the phase to ERROR.',
    rows: [
      row(
        'InvalidSpec',
        'True',
        'Correct the fields that the message names; until then nothing is changed in vCenter.',
      ),
      row('VCenterNotReady', 'True', LOOK_VCENTER),
      row('PlacementNotReady', 'True', 'See PlacementReady.'),
      row('AdoptionRefused', 'True', 'See MachinesAdopted.'),
      row('LegacyFolderFound', 'True', 'See PlacementReady.'),
      row('LimitReached', 'True', 'See WithinLimits.'),
      row('MachineUnreadable', 'True', LOOK_UNREADABLE),
      row('NotVisible', 'True', LOOK_NOT_VISIBLE),
      row('ReplicaFault', 'True', 'Find the fault in `status.replicas` or in the message, and its row above.'),
      row('ProgressDeadlineExceeded', 'True', 'Look at `status.replicas`: what is the oldest task or fault?'),
      row('NotStalled', 'False'),
    ],
  },
  VCenterReady: {
    asks: 'vCenter is connected, and is the one that the group was made on.',
    rows: [
      row('Connected', 'True'),
      row('Unreachable', 'False', 'Read the message; `vm-operator check` names what is wrong and the remedy.'),
      row('InvalidCredentials', 'False', 'Put a user name and password that work into the Secret `vc-creds`.'),
      row(
        'InstanceMismatch',
        'False',
        'Point the operator back to the former vCenter; see [Restore](operating.md#restore). After a VCenter was made: see [vcenters.md](vcenters.md#from-the-environment-to-objects).',
      ),
      row('NoVCenter', 'False', `Create a VCenter, or label the namespace so that one selects it: ${LOOK_SELECTION}.`),
      row(
        'Ambiguous',
        'False',
        `Set \`spec.vcenterRef.name\` to one of those that the message names: ${LOOK_SELECTION}.`,
      ),
      row('NotAllowed', 'False', `Label the namespace as the VCenter asks, or delete the group: ${LOOK_SELECTION}.`),
    ],
  },
  PlacementReady: {
    asks: 'Every name of the spec is found, and nothing is in the way.',
    rows: [
      row('Resolved', 'True'),
      row('DatacenterNotFound', 'False', 'Correct `spec.placement.datacenter`, or let the account see it.'),
      row('FolderNotFound', 'False', 'Correct `spec.placement.folder`, make it, or let the account see the VM folder.'),
      row('ClusterNotFound', 'False', 'Correct `spec.placement.cluster`, or let the account see it.'),
      row('ResourcePoolNotFound', 'False', 'Correct `spec.placement.resourcePool`, or let the account see the pool.'),
      row(
        'DatastoreNotFound',
        'False',
        'Correct `spec.placement.datastore` or `datastoreCluster`, or let the account see it.',
      ),
      row(
        'StoragePolicyNotFound',
        'False',
        'Correct `spec.placement.storagePolicy`, create the policy, or give the account StorageProfile.View on the root of the vCenter.',
      ),
      row('StoragePolicyUnknown', 'Unknown'),
      row('AddressRepeated', 'False', 'Give each replica an address of its own in the list that the message names.'),
      row(
        'FailureDomainUnknown',
        'False',
        'Correct `spec.placement.failureDomains`, or have an administrator add the domain to the VCenter.',
      ),
      row('NetworkNotFound', 'False', 'Correct `spec.networks`, make the network, or let the account see it.'),
      row('TemplateNotFound', 'False', 'Correct `spec.template`, or create a template of that name.'),
      row(
        'NotAllowed',
        'False',
        'Name what the message allows, or have an administrator allow it: in the VCenter object, or by a [limit of namespaces](operating.md#limits-of-namespaces).',
      ),
      row('Ambiguous', 'False', 'Give one of the inventory paths that the message lists.'),
      row(
        'FolderInUse',
        'False',
        '[Annotate](operating.md#annotations) `adopt`, have an administrator name the other cluster, or move machines out, as the message says.',
      ),
      row(
        'LegacyFolderFound',
        'False',
        '[Annotate](operating.md#annotations) `legacy`: Adopt or Ignore. See [the original operator](operating.md#the-original-operator).',
      ),
      row('VCenterNotReady', 'Unknown', LOOK_VCENTER),
    ],
  },
  MachinesAdopted: {
    asks: 'The group has the machines that `spec.adopt` asks for. It is missing without that field.',
    rows: [
      row('Adopted', 'True'),
      row('Adopting', 'False', 'Wait, or see PlacementReady.'),
      row('AdoptionFailing', 'False', 'Find the fault of the message in its row above, and mend that.'),
      row(
        'AdoptionRefused',
        'False',
        'Mend what the message names, or take the machine out of `spec.adopt`. See [take existing machines into a group](operating.md#take-existing-machines-into-a-group).',
      ),
      row('MoreThanReplicas', 'False', 'Set `spec.replicas` higher, or leave the other machines as they are.'),
    ],
  },
  WithinLimits: {
    asks: 'What is due fits into the limits of the VCenter object. It is missing without limits.',
    rows: [
      row('LimitsKept', 'True'),
      row(
        'PerVMLimit',
        'False',
        'Lower `spec.cpu` or `spec.memory`, or have an administrator raise `spec.limits.perVM` of the VCenter object.',
      ),
      row(
        'NamespaceQuota',
        'False',
        'Scale down in the namespace, or have an administrator raise `spec.limits.perNamespace`. The group goes on by itself.',
      ),
      row(
        'TotalQuota',
        'False',
        'Scale down other groups, or have an administrator raise `spec.limits.total`. The group goes on by itself.',
      ),
    ],
  },
  ConfigSynced: {
    asks:
      'Every replica has the size of the spec, and with `OnDelete` none is of an older revision. Absent while vCenter ' +
      'cannot be used.',
    rows: [
      row('InSync', 'True'),
      row('Reconfiguring', 'False', 'Wait.'),
      row('RolloutPending', 'False', 'Delete the machines that the message names in vCenter: new ones are made.'),
      row('HotAddRefused', 'False', 'Power the machines off in vCenter; they come back resized.'),
      row(
        'HostRulesNotWritten',
        'False',
        'Do what the message says; the replicas run meanwhile, and DRS places them as it likes.',
      ),
      row('PowerOffRequired', 'False', 'Power the machines off in vCenter, or allow restarts as the message says.'),
    ],
  },
  Paused: {
    asks: 'spec.paused is true.',
    rows: [row('Paused', 'True', REMOVE_PAUSE), row('NotPaused', 'False')],
  },
  Deleting: {
    asks: 'The group is being deleted. Absent before. A fault of class NeedsUser gives its own word as the reason.',
    rows: [
      row('WaitingForPowerOff', 'True', 'Wait, or shut the guests down.'),
      row('WaitingForDestroy', 'True', 'Wait, or connect the hosts that the message names.'),
      row('MachineUnreadable', 'True', LOOK_UNREADABLE),
      row('NotVisible', 'True', LOOK_NOT_VISIBLE),
      row(
        'LegacyFolderFound',
        'True',
        '[Annotate](operating.md#annotations) `legacy`: Adopt destroys them with the group, Ignore leaves them.',
      ),
      row('Paused', 'True', 'Set `spec.paused` to false: a paused group is not deleted.'),
      row('InvalidSpec', 'True', 'Correct `spec.deletionPolicy` or `spec.paused`, as the message says.'),
      row(
        'VCenterNotReady',
        'True',
        'See VCenterReady; if vCenter will not come back, annotate `force-orphan: "true"`.',
      ),
    ],
  },
};
