/** The look for the storage policy of a group. */
import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import type { Observation, Replica } from '../model/observation';
import { policyWaitedFor } from '../model/storage-policy';
import { isReplaced } from './outdated';
import type { Step } from './step';

/** Reasons of PlacementReady that the last look may have given. */
const OF_A_LOOK: ReadonlySet<string> = new Set([
  ConditionReason.StoragePolicyNotFound,
  ConditionReason.StoragePolicyUnknown,
  ConditionReason.Ambiguous,
]);

/**
 * R4: only where a machine is to be made, or where the status tells of a policy that was not found. Of a settled group nobody
 * looks.
 */
export function stepForPolicy(observed: Observation, isMissing: boolean, keep: readonly Replica[]): Step {
  const policy = policyWaitedFor(observed.placement);
  if (policy === undefined) return {};
  const before = observed.group.status?.conditions?.find(({ type }) => type === ConditionType.PlacementReady);
  const isDue =
    isMissing ||
    keep.some((replica) => isReplaced(replica, observed)) ||
    (before !== undefined && OF_A_LOOK.has(before.reason));
  return isDue ? { step: { kind: 'FindStoragePolicy', policy } } : {};
}
