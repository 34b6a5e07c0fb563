import { ConditionReason } from '../../api/reasons';
import type { VCenter } from '../../api/vcenter';
import type { VmGroup } from '../../api/vm-group';
import type { RegisteredVCenter } from '../../vcenter/registry';
import type { Choice } from '../../vcenter/selection';
import type { VCenterSelection } from '../../vmgroup/model/port';

/** As a reconciler needs it, without what only the shard knows. */
export type RegisteredSelection<V = RegisteredVCenter> =
  | { readonly kind: 'Selected'; readonly vcenter: V }
  | Extract<VCenterSelection, { kind: 'None' }>;

/** What a reconcile may do with a group: work on its vCenter, or only say why not. */
export function selectionOf<V extends Pick<RegisteredVCenter, 'name'>>({
  group,
  choice,
  vcenter,
  connected,
}: {
  readonly group: VmGroup;
  /** Undefined while the labels of its namespace are not known. */
  readonly choice: Choice | undefined;
  /** The object of the chosen vCenter; undefined for (env). */
  readonly vcenter: VCenter | undefined;
  /** The vCenter of the shard that reconciles the group, if it is connected. */
  readonly connected: V | undefined;
}): RegisteredSelection<V> {
  if (choice === undefined) return NOT_CONNECTED;
  if (choice.kind === 'None') return choice;
  // A group that may not live there any more can still be deleted: what it leaves there is in nobody's way.
  if (choice.kind === 'Frozen' && group.metadata.deletionTimestamp === undefined)
    return { kind: 'None', reason: choice.reason, message: choice.message };
  if (connected?.name === choice.name) return { kind: 'Selected', vcenter: connected };
  const [problem] = vcenter?.specProblems ?? [];
  if (problem === undefined) return NOT_CONNECTED;
  const message = `VCenter "${choice.name}" cannot be used: ${problem}`;
  return { kind: 'None', reason: ConditionReason.NoVCenter, message };
}

/** For a moment: another process is about to serve the vCenter, or it is about to be connected. */
export const NOT_CONNECTED: Extract<VCenterSelection, { kind: 'None' }> = {
  kind: 'None',
  reason: ConditionReason.Unreachable,
  message: 'the vCenter of the group is not connected yet',
  isPassing: true,
};
