import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import { setCondition } from '../../api/set-condition';
import type { VmGroupStatusCondition } from '../../api/vm-group';
import type { Plan } from '../model/action';
import { nameList } from '../model/name-list';
import { instanceMismatch, type Observation } from '../model/observation';
import type { ConditionDraft } from './condition';
import { configCondition } from './config-condition';
import type { Counts } from './counts';
import { faultMessages, faultsOf } from './fault-messages';
import { orphansMessage } from './orphans-message';
import { progressDeadlineMs } from './progress';
import { isoTime } from './replicas';
import { mismatchMessage, placementCondition, vcenterCondition } from './vcenter-conditions';

/** All conditions that are known now, in a fixed order. lastTransitionTime changes only when a status changes. */
export function conditionsOf(observed: Observation, plan: Plan, counts: Counts): VmGroupStatusCondition[] {
  const stalled = stalledCondition(observed, plan, counts);
  const drafts: (ConditionDraft | undefined)[] = [
    readyCondition(observed, plan, counts, stalled),
    availableCondition(observed, counts),
    progressingCondition(observed, plan, counts),
    stalled,
    vcenterCondition(observed),
    placementCondition(observed),
    configCondition(observed, plan),
    pausedCondition(observed),
    deletingCondition(observed),
  ];
  const before = observed.group.status?.conditions ?? [];
  const observedGeneration = observed.group.metadata.generation;
  const now = isoTime(observed.now.wallMs);
  return drafts
    .filter((draft) => draft !== undefined)
    .map((draft) => setCondition(before, { ...draft, observedGeneration }, now));
}

function readyCondition(observed: Observation, plan: Plan, counts: Counts, stalled: ConditionDraft): ConditionDraft {
  const type = ConditionType.Ready;
  const { spec, metadata } = observed.group;
  const summary = summaryOf(observed, counts);
  if (metadata.deletionTimestamp !== undefined) {
    const message = deletingCondition(observed)?.message ?? '';
    return { type, status: 'False', reason: ConditionReason.Deleting, message };
  }
  if (observed.vcenter.kind === 'Unavailable') {
    const message = `${observed.vcenter.message}; last seen: ${summary}`;
    return { type, status: 'Unknown', reason: ConditionReason.VCenterNotReady, message };
  }
  if (spec.powerState === 'PoweredOff') {
    const off = observed.replicas.filter(({ machine }) => machine.powerState === 'poweredOff').length;
    return {
      type,
      status: 'False',
      reason: ConditionReason.PoweredOff,
      message: `${off} of ${counts.desired} replicas are powered off, as spec.powerState asks`,
    };
  }
  const { desired, current, ready, updated, surplus } = counts;
  if (current === desired && ready === desired && updated === desired && surplus === 0) {
    return { type, status: 'True', reason: ConditionReason.AllReplicasReady, message: summary };
  }
  const details = [summary, ...faultMessages(observed, plan)].join('; ');
  const not = (reason: ConditionReason): ConditionDraft => ({ type, status: 'False', reason, message: details });
  if (stalled.status === 'True') return not(ConditionReason.Stalled);
  if (spec.paused) return not(ConditionReason.Paused);
  const replacing = [...plan.leaving.values()].includes('Outdated');
  if (surplus > 0 && current >= desired && !replacing) return not(ConditionReason.ScalingDown);
  if (current < desired && updated === current && !replacing) return not(ConditionReason.ScalingUp);
  if (updated < current || surplus > 0) return not(ConditionReason.Updating);
  return not(ConditionReason.NotReady);
}

function availableCondition(observed: Observation, counts: Counts): ConditionDraft {
  const type = ConditionType.Available;
  const message = `${counts.available} of ${counts.desired} replicas available`;
  if (observed.vcenter.kind === 'Unavailable') {
    return { type, status: 'Unknown', reason: ConditionReason.VCenterNotReady, message: `last seen: ${message}` };
  }
  if (observed.group.spec.powerState === 'PoweredOff') {
    return { type, status: 'False', reason: ConditionReason.PoweredOff, message };
  }
  return counts.available >= counts.desired - observed.policy.maxUnavailable
    ? { type, status: 'True', reason: ConditionReason.MinimumReplicasAvailable, message }
    : { type, status: 'False', reason: ConditionReason.MinimumReplicasUnavailable, message };
}

function progressingCondition(observed: Observation, plan: Plan, counts: Counts): ConditionDraft {
  const type = ConditionType.Progressing;
  if (observed.group.spec.paused) {
    return {
      type,
      status: 'Unknown',
      reason: ConditionReason.Paused,
      message: 'spec.paused is true: nothing is changed in vCenter',
    };
  }
  const { desired, current, ready, updated, surplus } = counts;
  const message = `${current} of ${desired} replicas exist, ${ready} are running, ${updated} are up to date`;
  if (current === desired && ready === desired && updated === desired && surplus === 0) {
    return { type, status: 'True', reason: ConditionReason.Complete, message };
  }
  if (isOverdue(observed, plan, counts)) {
    return {
      type,
      status: 'False',
      reason: ConditionReason.ProgressDeadlineExceeded,
      message: overdueMessage(observed, message),
    };
  }
  const reason = current < desired ? ConditionReason.ReplicaCreated : ConditionReason.ReplicaReady;
  return { type, status: 'True', reason, message };
}

function isOverdue(observed: Observation, plan: Plan, counts: Counts): boolean {
  const deadlineMs = progressDeadlineMs(observed, plan, counts);
  return deadlineMs !== undefined && observed.now.monotonicMs >= deadlineMs;
}

function overdueMessage({ group }: Observation, message: string): string {
  return `no step forward for ${group.spec.progressDeadlineSeconds} s: ${message}`;
}

function summaryOf({ policy }: Observation, counts: Counts): string {
  const word = policy.readiness === 'PoweredOn' ? 'running' : 'ready';
  return `${counts.ready} of ${counts.desired} replicas ${word}`;
}

/** True while work is due that only a person can unblock. A complete group whose template is gone is not stalled. */
function stalledCondition(observed: Observation, plan: Plan, counts: Counts): ConditionDraft {
  const type = ConditionType.Stalled;
  const yes = (reason: ConditionReason, message: string): ConditionDraft => ({ type, status: 'True', reason, message });
  const { vcenter, placement, group } = observed;
  if (vcenter.kind === 'Unavailable') {
    if (vcenter.needsUser) return yes(ConditionReason.VCenterNotReady, vcenter.message);
  } else {
    const recorded = instanceMismatch(observed);
    if (recorded !== undefined)
      return yes(ConditionReason.VCenterNotReady, mismatchMessage(recorded, vcenter.instanceUuid));
    const summary = summaryOf(observed, counts);
    const workIsDue =
      group.metadata.deletionTimestamp === undefined &&
      (counts.current < counts.desired || counts.updated < counts.current || observed.folder.kind === 'Missing');
    const [problem] = placement.problems;
    if (workIsDue && problem !== undefined)
      return yes(ConditionReason.PlacementNotReady, `${summary}; ${problem.message}`);
    const { orphans } = observed;
    if (workIsDue && orphans.kind !== 'None' && !orphans.adopt) {
      const reason = orphans.kind === 'Legacy' ? ConditionReason.LegacyFolderFound : ConditionReason.PlacementNotReady;
      return yes(reason, `${summary}; ${orphansMessage(orphans)}`);
    }
    const stuck = faultsOf(observed, plan).find(({ fault }) => fault.class === 'NeedsUser');
    const details = [summary, ...faultMessages(observed, plan)].join('; ');
    if (stuck !== undefined) return yes(ConditionReason.ReplicaFault, details);
    if (isOverdue(observed, plan, counts)) {
      return yes(ConditionReason.ProgressDeadlineExceeded, overdueMessage(observed, details));
    }
  }
  return { type, status: 'False', reason: ConditionReason.NotStalled, message: 'nothing waits for a person' };
}

function pausedCondition(observed: Observation): ConditionDraft {
  const type = ConditionType.Paused;
  return observed.group.spec.paused
    ? {
        type,
        status: 'True',
        reason: ConditionReason.Paused,
        message: 'spec.paused is true: nothing is changed in vCenter',
      }
    : { type, status: 'False', reason: ConditionReason.NotPaused, message: 'changes are carried out' };
}

function deletingCondition(observed: Observation): ConditionDraft | undefined {
  const { metadata, spec } = observed.group;
  if (metadata.deletionTimestamp === undefined) return undefined;
  // The reason may be that of a fault: any word, not only a ConditionReason.
  const yes = (reason: string, message: string): ConditionDraft => ({
    type: ConditionType.Deleting,
    status: 'True',
    reason,
    message,
  });
  const wayOut = 'annotate it vm.codeconnect.vmworld.com/force-orphan=true to leave vCenter as it is';
  if (observed.vcenter.kind === 'Unavailable') {
    return yes(
      ConditionReason.VCenterNotReady,
      `deletion waits for vCenter: ${observed.vcenter.message}; or ${wayOut}`,
    );
  }
  if (spec.paused) return yes(ConditionReason.Paused, 'deletion waits while spec.paused is true');
  const unreachable = observed.replicas.filter(({ machine }) => machine.connectionState !== 'connected');
  if (unreachable.length > 0) {
    const names = nameList(unreachable.map(({ machine }) => machine.name));
    return yes(
      ConditionReason.WaitingForDestroy,
      `${names}: host is not connected, deletion goes on when it is back; or ${wayOut}`,
    );
  }
  const fault = [...observed.faults.values()].find(({ class: kind }) => kind === 'NeedsUser');
  if (fault !== undefined) return yes(fault.reason, `${fault.message}; or ${wayOut}`);
  const on = observed.replicas.filter(({ machine }) => machine.powerState !== 'poweredOff').length;
  if (on > 0)
    return yes(
      ConditionReason.WaitingForPowerOff,
      `${on} of ${observed.replicas.length} machines are still powered on`,
    );
  return yes(ConditionReason.WaitingForDestroy, `${observed.replicas.length} machines are still there`);
}
