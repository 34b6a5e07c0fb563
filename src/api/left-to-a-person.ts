import { ConditionType } from './conditions';
import { ConditionReason } from './reasons';
import { isCurrent } from './slot-revision';
import type { VmGroup, VmGroupStatusReplica } from './vm-group';

/** Reasons of ConfigSynced=False for what the spec leaves to a person: with OnDelete or HotAddOnly, or after somebody resized. */
const LEFT: readonly string[] = [
  ...[ConditionReason.RolloutPending, ConditionReason.PowerOffRequired, ConditionReason.HotAddRefused],
];

/**
 * Whether a group is not Ready only for work that its spec leaves to a person, as its status tells of the present spec: every
 * replica is there, ready unless the group shall be powered off, and none is being replaced. Such a group has no progress deadline either (hasWorkLeft).
 * One that is stalled is about something else too.
 */
export function isLeftToAPerson({ metadata, spec, status }: VmGroup): boolean {
  if (status?.observedGeneration !== metadata.generation) return false;
  const conditionOf = (type: ConditionType) => status.conditions?.find((condition) => condition.type === type);
  const synced = conditionOf(ConditionType.ConfigSynced);
  if (synced?.status !== 'False' || !LEFT.includes(synced.reason)) return false;
  if (conditionOf(ConditionType.Stalled)?.status === 'True') return false;
  const isReplaced = ({ moRef, ordinal, revision }: VmGroupStatusReplica) =>
    !isCurrent({ ordinal, revision }, spec) || (moRef !== undefined && spec.retire?.includes(moRef) === true);
  if (spec.updateStrategy?.type !== 'OnDelete' && status.replicas?.some(isReplaced)) return false;
  return (
    status.currentReplicas === spec.replicas &&
    (spec.powerState === 'PoweredOff' || status.readyReplicas === spec.replicas)
  );
}
