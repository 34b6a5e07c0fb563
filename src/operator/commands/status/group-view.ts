/** What `status` tells of a group: its VmGroup as the API server has it, with the remedies of its faults. */
import { ConditionType } from '../../../api/conditions';
import { readableGroup } from '../../../api/readable-group';
import { ConditionReason } from '../../../api/reasons';
import type {
  VmGroup,
  VmGroupStatus,
  VmGroupStatusCondition,
  VmGroupStatusReplica,
  VmGroupStatusReplicaFault,
} from '../../../api/vm-group';
import { remedyOf } from './fault-remedies';

export interface GroupView {
  readonly namespace: string;
  readonly name: string;
  readonly phase: string;
  readonly createdAt?: string;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly message?: string;
  readonly vcenter?: string;
  readonly template: string;
  readonly folder?: string;
  /** Absent once all replicas are updated and ready. */
  readonly progress?: Progress;
  /** The conditions that tell more than that all is well. */
  readonly conditions: readonly VmGroupStatusCondition[];
  readonly replicas: readonly ReplicaView[];
}

/**
 * What is under way, in replicas.
 *
 * - Update: `done` are updated and ready, `begun` are updated and not ready yet. `from` and `to` are revisions; they are
 *   absent where only sizes change.
 * - Replicas: fewer are ready than asked for. `done` are ready, `begun` exist.
 */
export interface Progress {
  readonly kind: 'Update' | 'Replicas';
  readonly of: number;
  readonly done: number;
  readonly begun: number;
  readonly from?: string;
  readonly to?: string;
}

export interface ReplicaView extends Omit<VmGroupStatusReplica, 'fault'> {
  /** Of an older revision than the spec asks for. */
  readonly isOutdated: boolean;
  readonly fault?: VmGroupStatusReplicaFault & { readonly remedy?: string };
}

/** The operator has written nothing yet. The original's word for a group that is not there yet. */
const NO_PHASE = 'PENDING';

/** Of an object as it is stored, whatever shape it has (R14). */
export function groupView(stored: VmGroup): GroupView {
  const group = readableGroup(stored);
  const { metadata, spec, status = {} } = group;
  const progress = progressOf(group);
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    phase: status.phase ?? NO_PHASE,
    ...(metadata.creationTimestamp !== undefined && { createdAt: metadata.creationTimestamp }),
    desired: desiredOf(group),
    current: status.currentReplicas ?? 0,
    ready: status.readyReplicas ?? 0,
    updated: status.updatedReplicas ?? 0,
    available: status.availableReplicas ?? 0,
    ...messageOf(group),
    ...(status.vcenter?.name !== undefined && { vcenter: status.vcenter.name }),
    template: status.template?.path ?? spec.template,
    ...(status.folder?.path !== undefined && { folder: status.folder.path }),
    ...(progress !== undefined && { progress }),
    conditions: (status.conditions ?? []).filter(tellsMore),
    replicas: (status.replicas ?? []).map((replica) => replicaView(replica, status)),
  };
}

/** A spec that cannot be read asks for none; what is told of it is of the one before. */
function desiredOf({ spec, status, specProblems }: VmGroup): number {
  return specProblems === undefined ? spec.replicas : (status?.desiredReplicas ?? spec.replicas);
}

/** The status is of an older spec until the operator has seen the change. */
function messageOf({ metadata, status, specProblems }: VmGroup): { readonly message?: string } {
  if (status === undefined)
    return { message: specProblems?.join('; ') ?? 'the operator has told nothing of this group yet: does it run?' };
  const { observedGeneration: seen, lastMessage } = status;
  if (seen !== undefined && seen < (metadata.generation ?? seen))
    return { message: `the operator has not seen the last change yet; before it: ${lastMessage ?? '(nothing)'}` };
  return lastMessage === undefined ? {} : { message: lastMessage };
}

/** These are True when all is well. */
const GOOD: ReadonlySet<string> = new Set([
  ConditionType.Ready,
  ConditionType.Available,
  ConditionType.VCenterReady,
  ConditionType.PlacementReady,
  ConditionType.WithinLimits,
  ConditionType.ConfigSynced,
]);

/** Progressing only says again what the others say; Available, what the counters say. */
function tellsMore({ type, status }: VmGroupStatusCondition): boolean {
  if (type === ConditionType.Progressing || type === ConditionType.Available) return false;
  return GOOD.has(type) ? status !== 'True' : status === 'True';
}

/** With these, replicas change that exist. */
const UPDATING: ReadonlySet<string> = new Set([ConditionReason.Updating, ConditionReason.Reconfiguring]);

function progressOf(group: VmGroup): Progress | undefined {
  const { spec, status, metadata } = group;
  if (status === undefined || metadata.deletionTimestamp !== undefined || spec.powerState === 'PoweredOff')
    return undefined;
  const { replicas = [], conditions = [], currentRevision: from, updateRevision: to } = status;
  const desired = desiredOf(group);
  const within = (count: number) => Math.min(desired, count);
  const existing = replicas.filter(({ moRef }) => moRef !== undefined);
  const isUpdating =
    conditions.some(({ status: is, reason }) => is !== 'True' && UPDATING.has(reason)) ||
    existing.some(({ revision }) => to !== undefined && revision !== to);
  if (isUpdating) {
    const updated = within(status.updatedReplicas ?? 0);
    const done = Math.min(updated, existing.filter(({ revision, ready }) => revision === to && ready === true).length);
    const revisions = from !== undefined && to !== undefined && from !== to ? { from, to } : {};
    return { kind: 'Update', of: desired, done, begun: updated - done, ...revisions };
  }
  const current = within(status.currentReplicas ?? 0);
  const done = Math.min(current, status.readyReplicas ?? 0);
  if (done >= desired) return undefined;
  return { kind: 'Replicas', of: desired, done, begun: current - done };
}

function replicaView({ fault, ...replica }: VmGroupStatusReplica, { updateRevision }: VmGroupStatus): ReplicaView {
  const remedy = fault === undefined ? undefined : remedyOf(fault.reason);
  return {
    ...replica,
    isOutdated: updateRevision !== undefined && replica.revision !== updateRevision,
    ...(fault !== undefined && { fault: { ...fault, ...(remedy !== undefined && { remedy }) } }),
  };
}
