import { ConditionType } from '../../api/conditions';
import { ignoredAnnotations } from '../../api/ignored-annotations';
import { ConditionReason } from '../../api/reasons';
import { setCondition } from '../../api/set-condition';
import type { VmGroupStatusCondition } from '../../api/vm-group';
import type { Plan } from '../model/action';
import { adoptionDecision } from '../model/adoption-decision';
import { instanceMismatch, type Observation } from '../model/observation';
import { waitForPerson } from '../model/orphan';
import { adoptionCondition, refusalsMessage } from './adoption-condition';
import type { ConditionDraft } from './condition';
import { configCondition } from './config-condition';
import type { Counts } from './counts';
import { blindSpotMessage, deletingCondition } from './deleting-condition';
import { faultMessages, faultsOf } from './fault-messages';
import { invalidSpecMessage } from './invalid-spec';
import { limitsCondition, shortageMessage } from './limits-condition';
import { orphansMessage } from './orphans-message';
import { progressDeadlineMs } from './progress';
import { isoTime } from './replicas';
import { unreadableMessage } from './unreadable-message';
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
    adoptionCondition(observed),
    limitsCondition(observed, plan),
    configCondition(observed, plan),
    pausedCondition(observed),
    deletingCondition(observed, plan),
  ];
  const before = observed.group.status?.conditions ?? [];
  const observedGeneration = observed.group.metadata.generation;
  const now = isoTime(observed.now.wallMs);
  return drafts
    .filter((draft) => draft !== undefined)
    .map((draft) => (isReadByAll(draft) ? withAnnotations(draft, observed) : draft))
    .map((draft) => setCondition(before, { ...draft, observedGeneration }, now));
}

/** One of these two gives the message of the whole status. */
function isReadByAll({ type, status }: ConditionDraft): boolean {
  return type === ConditionType.Ready || (type === ConditionType.Stalled && status === 'True');
}

/** An annotation without effect is told wherever a person looks for the effect. */
function withAnnotations(draft: ConditionDraft, { group }: Observation): ConditionDraft {
  return { ...draft, message: [draft.message, ...ignoredAnnotations(group)].join('; ') };
}

function readyCondition(observed: Observation, plan: Plan, counts: Counts, stalled: ConditionDraft): ConditionDraft {
  const type = ConditionType.Ready;
  const { spec, metadata } = observed.group;
  const summary = summaryOf(observed, plan, counts);
  if (metadata.deletionTimestamp !== undefined) {
    const message = deletingCondition(observed, plan)?.message ?? '';
    return { type, status: 'False', reason: ConditionReason.Deleting, message };
  }
  if (observed.vcenter.kind === 'Unavailable') {
    const message = `${observed.vcenter.message}; last seen: ${summary}`;
    return { type, status: 'Unknown', reason: ConditionReason.VCenterNotReady, message };
  }
  if (spec.powerState === 'PoweredOff') return poweredOffReady(observed, plan, counts, stalled);
  const { desired, current, ready, updated, surplus } = counts;
  if (current === desired && ready === desired && updated === desired && surplus === 0) {
    return { type, status: 'True', reason: ConditionReason.AllReplicasReady, message: summary };
  }
  const details = [summary, ...faultMessages(observed, plan)].join('; ');
  const not = (reason: ConditionReason): ConditionDraft => ({ type, status: 'False', reason, message: details });
  if (stalled.status === 'True') return not(ConditionReason.Stalled);
  if (spec.paused) return not(ConditionReason.Paused);
  return not(workOf(plan, counts));
}

/** A group that shall be powered off is as its spec asks once it is: Ready, and never available. */
function poweredOffReady(
  observed: Observation,
  plan: Plan,
  { desired, current, updated, surplus }: Counts,
  stalled: ConditionDraft,
): ConditionDraft {
  const type = ConditionType.Ready;
  const off = poweredOff(observed);
  const summary = `${off} of ${desired} replicas are powered off, as spec.powerState asks`;
  if (off === desired && current === desired && updated === desired && surplus === 0)
    return { type, status: 'True', reason: ConditionReason.PoweredOff, message: summary };
  const reason = stalled.status === 'True' ? ConditionReason.Stalled : ConditionReason.PoweringOff;
  return { type, status: 'False', reason, message: [summary, ...faultMessages(observed, plan)].join('; ') };
}

function poweredOff({ replicas }: Observation): number {
  return replicas.filter(({ machine }) => machine.powerState === 'poweredOff').length;
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
  // As with a Deployment, maxUnavailable may be all of them; but a group without one replica serves nobody.
  const least = Math.max(counts.desired - observed.policy.maxUnavailable, Math.min(counts.desired, 1));
  return counts.available >= least
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
  const isOff = observed.group.spec.powerState === 'PoweredOff';
  const [there, word] = isOff ? [poweredOff(observed), 'powered off'] : [ready, 'running'];
  const message = `${current} of ${desired} replicas exist, ${there} are ${word}, ${updated} are up to date`;
  if (current === desired && there === desired && updated === desired && surplus === 0) {
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
  return { type, status: 'True', reason: workOf(plan, counts), message };
}

function isReplacing({ leaving }: Plan): boolean {
  return [...leaving.values()].includes('Outdated');
}

/** What a group that is not complete is about. */
function workOf(plan: Plan, { desired, current, updated, surplus }: Counts): ConditionReason {
  const replacing = isReplacing(plan);
  if (surplus > 0 && current >= desired && !replacing) return ConditionReason.ScalingDown;
  if (current < desired && updated === current && !replacing) return ConditionReason.ScalingUp;
  if (updated < current || surplus > 0) return ConditionReason.Updating;
  return ConditionReason.NotReady;
}

function isOverdue(observed: Observation, plan: Plan, counts: Counts): boolean {
  const deadlineMs = progressDeadlineMs(observed, plan, counts);
  return deadlineMs !== undefined && observed.now.monotonicMs >= deadlineMs;
}

function overdueMessage({ group }: Observation, message: string): string {
  return `no step forward for ${group.spec.progressDeadlineSeconds} s: ${message}`;
}

/** During an update there may be more replicas than the spec asks for: then what counts is how many are updated. */
function summaryOf({ policy, group }: Observation, plan: Plan, { desired, current, ready, updated }: Counts): string {
  const word = policy.readiness === 'PoweredOn' && policy.guestInfo === undefined ? 'running' : 'ready';
  const isUpdating = (updated < current || isReplacing(plan)) && group.metadata.deletionTimestamp === undefined;
  return isUpdating
    ? `${Math.min(updated, desired)} of ${desired} replicas updated, ${ready} ${word}`
    : `${Math.min(ready, desired)} of ${desired} replicas ${word}`;
}

/** True while work is due that only a person can unblock. A complete group whose template is gone is not stalled. */
function stalledCondition(observed: Observation, plan: Plan, counts: Counts): ConditionDraft {
  const type = ConditionType.Stalled;
  const yes = (reason: ConditionReason, message: string): ConditionDraft => ({ type, status: 'True', reason, message });
  const { vcenter, placement, group } = observed;
  // Of a group that is being deleted, and is paused for it.
  const invalid = invalidSpecMessage(observed);
  if (invalid !== undefined && group.spec.paused) return yes(ConditionReason.InvalidSpec, invalid);
  if (vcenter.kind === 'Unavailable') {
    if (vcenter.needsUser) return yes(ConditionReason.VCenterNotReady, vcenter.message);
  } else {
    const recorded = instanceMismatch(observed);
    if (recorded !== undefined)
      return yes(ConditionReason.VCenterNotReady, mismatchMessage(recorded, vcenter.instanceUuid));
    const summary = summaryOf(observed, plan, counts);
    const workIsDue =
      group.metadata.deletionTimestamp === undefined &&
      (counts.current < counts.desired || counts.updated < counts.current || observed.folder.kind === 'Missing');
    const [problem] = placement.problems;
    if (workIsDue && problem !== undefined)
      return yes(ConditionReason.PlacementNotReady, `${summary}; ${problem.message}`);
    const { orphans } = observed;
    const deletes = group.metadata.deletionTimestamp !== undefined && group.spec.deletionPolicy !== 'Orphan';
    const orphansAreDue = workIsDue || (deletes && orphans.kind === 'Legacy');
    if (orphansAreDue && orphans.kind !== 'None' && waitForPerson(orphans)) {
      const reason = orphans.kind === 'Legacy' ? ConditionReason.LegacyFolderFound : ConditionReason.PlacementNotReady;
      return yes(reason, `${summary}; ${orphansMessage(orphans)}`);
    }
    if (observed.unreadable.length > 0 && (workIsDue || group.metadata.deletionTimestamp !== undefined))
      return yes(ConditionReason.MachineUnreadable, `${summary}; ${unreadableMessage(observed.unreadable)}`);
    const waitsForSight = group.metadata.deletionTimestamp !== undefined && group.spec.deletionPolicy !== 'Orphan';
    if (observed.blindSpot !== undefined && waitsForSight)
      return yes(ConditionReason.NotVisible, `${summary}; ${blindSpotMessage(observed.blindSpot)}`);
    const adoption = adoptionDecision(observed);
    // What is missing is not made, for a person asked for another machine in its place.
    if (workIsDue && adoption.refused.length > 0 && adoption.held.size > 0)
      return yes(ConditionReason.AdoptionRefused, `${summary}; ${refusalsMessage(adoption)}`);
    const { shortage } = plan;
    if (shortage?.needsPerson && observed.room !== undefined)
      return yes(ConditionReason.LimitReached, `${summary}; ${shortageMessage(shortage, observed, observed.room)}`);
    const stuck = faultsOf(observed, plan).find(({ fault }) => fault.class === 'NeedsUser');
    const details = [summary, ...faultMessages(observed, plan)].join('; ');
    if (stuck !== undefined) return yes(ConditionReason.ReplicaFault, details);
    if (isOverdue(observed, plan, counts)) {
      return yes(ConditionReason.ProgressDeadlineExceeded, overdueMessage(observed, details));
    }
  }
  const waits = deletingCondition(observed, plan)?.message ?? 'nothing waits for a person';
  return { type, status: 'False', reason: ConditionReason.NotStalled, message: waits };
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
