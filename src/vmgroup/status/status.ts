/**
 * status: the whole status of a group. A pure function of the observation, the plan and the previous status (R5).
 */
import { ConditionType, Phase } from '../../api/conditions';
import { adoptionRevisionOf, revisionOf, sizeRevisionOf } from '../../api/identity';
import { ConditionReason } from '../../api/reasons';
import { selectorOf, type VmGroupStatus, type VmGroupStatusCondition } from '../../api/vm-group';
import type { Plan } from '../model/action';
import { adoptionDecision } from '../model/adoption-decision';
import { hostRuleClusters } from '../model/host-rules';
import { instanceMismatch, type Observation } from '../model/observation';
import { mayHaveGiven } from '../model/settings';
import { conditionsOf } from './conditions';
import { type Counts, countReplicas, lastCounts } from './counts';
import { invalidSpecMessage, invalidSpecStatus } from './invalid-spec';
import { printableStatus } from './printable-status';
import { hasMoved } from './progress';
import { isoTime, replicaStatuses } from './replicas';

/** The status to write, or undefined while the last one is kept. */
export function statusOf(observed: Observation, plan: Plan): VmGroupStatus | undefined {
  const { group, vcenter } = observed;
  const before = group.status;
  const invalid = invalidSpecMessage(observed);
  if (invalid !== undefined && group.metadata.deletionTimestamp === undefined)
    return printableStatus(invalidSpecStatus(observed, invalid));
  if (vcenter.kind === 'Unavailable' && vcenter.reconnecting) return undefined;
  // While vCenter cannot be seen, the last known counters are kept. The conditions say that they are old.
  const counts = vcenter.kind === 'Ready' ? countReplicas(observed, plan) : lastCounts(observed);
  const conditions = conditionsOf(observed, plan, counts);
  const decisive = decide(conditions);
  const updateRevision = revisionOf(group.spec);
  const complete = conditions.some(({ type, status }) => type === ConditionType.Ready && status === 'True');
  const currentRevision = complete ? updateRevision : before?.currentRevision;
  const ruleClusters = hostRuleClusters(observed);
  return printableStatus({
    phase: decisive.phase,
    currentReplicas: counts.current,
    desiredReplicas: counts.desired,
    lastMessage: decisive.message,
    observedGeneration: group.metadata.generation,
    readyReplicas: counts.ready,
    updatedReplicas: counts.updated,
    availableReplicas: counts.available,
    selector: selectorOf(group.metadata.name),
    lastProgressTime: progressTime(observed, counts),
    ...(currentRevision !== undefined && { currentRevision }),
    updateRevision,
    sizeRevision: sizeRevisionOf(group.spec),
    ...adoptionStatus(observed),
    ...(ruleClusters !== undefined && { hostRuleClusters: [...ruleClusters] }),
    ...(mayHaveGiven('extraConfig', observed) && { extraConfigGiven: true }),
    ...(mayHaveGiven('customAttributes', observed) && { customAttributesGiven: true }),
    ...(mayHaveGiven('tags', observed) && { tagsGiven: true }),
    conditions,
    ...seen(observed, plan),
  });
}

/** Kept while vCenter cannot be seen; another request begins anew. */
function adoptionStatus(observed: Observation): Pick<VmGroupStatus, 'adoptionRevision'> {
  const { group, adoption } = observed;
  const revision = adoptionRevisionOf(group.spec);
  const before = group.status?.adoptionRevision;
  const isFulfilled = before === revision || (adoption !== undefined && adoptionDecision(observed).isFulfilled);
  return revision !== undefined && isFulfilled ? { adoptionRevision: revision } : {};
}

/** The fields that come from vCenter. While it cannot be seen, the last known ones are kept. */
function seen(observed: Observation, plan: Plan): Pick<VmGroupStatus, 'vcenter' | 'folder' | 'template' | 'replicas'> {
  const { vcenter, placement, group } = observed;
  const before = group.status;
  if (vcenter.kind === 'Unavailable') {
    return {
      ...(before?.vcenter && { vcenter: before.vcenter }),
      ...(before?.folder && { folder: before.folder }),
      ...(before?.template && { template: before.template }),
      ...(before?.replicas && { replicas: before.replicas }),
    };
  }
  return {
    vcenter: recordOf(observed, vcenter),
    ...folderStatus(observed),
    ...(placement.template && { template: { moRef: placement.template.ref.value, path: placement.template.path } }),
    replicas: replicaStatuses(observed, plan),
  };
}

/** Recorded at first contact, to notice when another vCenter answers; that one does not take the group over. */
function recordOf(
  observed: Observation,
  { name, host, instanceUuid }: ReadyVCenter,
): NonNullable<VmGroupStatus['vcenter']> {
  const before = observed.group.status?.vcenter;
  if (before !== undefined && instanceMismatch(observed) !== undefined) return before;
  return { name, ...(host !== undefined && { host }), instanceUuid };
}

type ReadyVCenter = Extract<Observation['vcenter'], { kind: 'Ready' }>;

/** The folder; or the last one, while nobody has said that it is gone or not the group's (R7). */
function folderStatus(observed: Observation): Pick<VmGroupStatus, 'folder'> {
  const { folder, group } = observed;
  const created = { createdByOperator: true };
  if (folder.kind === 'Found')
    return { folder: { moRef: folder.ref.value, path: folder.path, ...(folder.createdByOperator && created) } };
  const { folder: known } = observed.known;
  if (known === undefined) return {};
  const { moRef, createdByOperator } = group.status?.folder ?? {};
  const wasCreated = moRef === known.ref.value && createdByOperator === true;
  return { folder: { moRef: known.ref.value, path: known.path, ...(wasCreated && created) } };
}

/** The phase, and the message of the condition that set it. */
function decide(conditions: readonly VmGroupStatusCondition[]): { readonly phase: Phase; readonly message: string } {
  const find = (type: ConditionType) => conditions.find((condition) => condition.type === type);
  const stalled = find(ConditionType.Stalled);
  if (stalled?.status === 'True') return { phase: Phase.Error, message: stalled.message };
  const ready = find(ConditionType.Ready);
  const message = ready?.message ?? '';
  if (ready?.status !== 'True') return { phase: Phase.Pending, message };
  return { phase: ready.reason === ConditionReason.PoweredOff ? Phase.Stopped : Phase.Running, message };
}

/** Now if the group moved since the last status, else the time in the last status. */
function progressTime(observed: Observation, counts: Counts): string {
  const before = observed.group.status?.lastProgressTime;
  return (hasMoved(observed, counts) ? undefined : before) ?? isoTime(observed.now.wallMs);
}
