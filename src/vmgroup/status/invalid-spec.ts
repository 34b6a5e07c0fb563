import { ConditionType, Phase } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import { setCondition } from '../../api/set-condition';
import { selectorOf, type VmGroupStatus } from '../../api/vm-group';
import type { Observation } from '../model/observation';
import type { ConditionDraft } from './condition';
import { isoTime } from './replicas';

/** What is wrong with the spec, in one line; undefined if nothing is. */
export function invalidSpecMessage({ group }: Pick<Observation, 'group'>): string | undefined {
  return group.specProblems?.join('; ');
}

/** The status of a group that lives and whose spec cannot be used (R14). What was last known of its machines is kept. */
export function invalidSpecStatus({ group, now }: Observation, message: string): VmGroupStatus {
  const { status: before, metadata } = group;
  const draft = (type: ConditionType, status: ConditionDraft['status']): ConditionDraft => ({
    ...{ type, status, message },
    reason: ConditionReason.InvalidSpec,
  });
  const drafts = [
    draft(ConditionType.Ready, 'False'),
    draft(ConditionType.Progressing, 'False'),
    draft(ConditionType.Stalled, 'True'),
  ];
  const earlier = before?.conditions ?? [];
  const observedGeneration = metadata.generation;
  return {
    currentReplicas: 0,
    desiredReplicas: 0,
    ...before,
    phase: Phase.Error,
    lastMessage: message,
    observedGeneration,
    selector: selectorOf(metadata.name),
    conditions: [
      ...drafts.map((next) => setCondition(earlier, { ...next, observedGeneration }, isoTime(now.wallMs))),
      ...earlier.filter(({ type }) => !drafts.some((next) => next.type === type)),
    ],
  };
}
