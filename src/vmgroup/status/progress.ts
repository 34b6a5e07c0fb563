import { ConditionType } from '../../api/conditions';
import type { GroupPolicy } from '../../api/policy';
import type { Plan } from '../model/action';
import { instanceMismatch, type Observation } from '../model/observation';
import { type Counts, countReplicas } from './counts';

/** Whether the group came a step closer to its spec, or further from it, since the last status, or has a new spec. */
export function hasMoved(observed: Observation, counts: Counts): boolean {
  const { status: before, metadata } = observed.group;
  // A frozen group does not move, even if the other vCenter shows machines.
  if (observed.vcenter.kind !== 'Ready' || instanceMismatch(observed) !== undefined) return false;
  const wasBlind = !before?.conditions?.some(
    ({ type, status }) => type === ConditionType.VCenterReady && status === 'True',
  );
  return (
    // Without vCenter nothing can move: the time starts again when vCenter is back.
    wasBlind ||
    before?.observedGeneration !== metadata.generation ||
    before.currentReplicas !== counts.current ||
    before.readyReplicas !== counts.ready ||
    before.availableReplicas !== counts.available ||
    before.updatedReplicas !== counts.updated
  );
}

/** Whether the operator still has work for the group. Work that the spec leaves to a person does not count. */
export function hasWorkLeft(observed: Observation, counts: Counts): boolean {
  const { group, policy, vcenter } = observed;
  const { spec, metadata } = group;
  if (vcenter.kind !== 'Ready' || instanceMismatch(observed) !== undefined) return false;
  if (spec.paused || metadata.deletionTimestamp !== undefined) return false;
  const { desired, current, ready, updated, outdated, surplus } = counts;
  if (current !== desired || surplus > 0) return true;
  if (spec.powerState === 'PoweredOn' && ready < desired) return true;
  if (policy.update === 'RollingUpdate' && outdated > 0) return true;
  return updated + outdated < current && observed.resizing && !leavesResize(policy);
}

/** Whether the size of a replica that cannot grow while it runs is left to a person. */
function leavesResize({ resize, update }: GroupPolicy): boolean {
  return resize === 'HotAddOnly' || (resize === 'Replace' && update === 'OnDelete');
}

/** Monotonic time at which a group with work left becomes, or became, stalled if it does not move before. */
export function progressDeadlineMs(observed: Observation, plan: Plan, counts?: Counts): number | undefined {
  if (observed.vcenter.kind !== 'Ready') return undefined;
  const counted = counts ?? countReplicas(observed, plan);
  if (!hasWorkLeft(observed, counted)) return undefined;
  const nowMs = observed.now.monotonicMs;
  const movedAtMs = hasMoved(observed, counted) ? nowMs : (observed.progressedAtMs ?? nowMs);
  return movedAtMs + observed.policy.progressDeadlineMs;
}
