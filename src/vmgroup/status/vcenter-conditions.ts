import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import { instanceMismatch, type Observation } from '../model/observation';
import type { ConditionDraft } from './condition';
import { orphansMessage } from './orphans-message';

/** VCenterReady: a vCenter is selected and connected, and it is still the one on which the group was made. */
export function vcenterCondition(observed: Observation): ConditionDraft {
  const type = ConditionType.VCenterReady;
  const { vcenter } = observed;
  if (vcenter.kind === 'Unavailable') {
    return { type, status: 'False', reason: vcenter.reason, message: vcenter.message };
  }
  const recorded = instanceMismatch(observed);
  if (recorded !== undefined) {
    const message = mismatchMessage(recorded, vcenter.instanceUuid);
    return { type, status: 'False', reason: ConditionReason.InstanceMismatch, message };
  }
  return { type, status: 'True', reason: ConditionReason.Connected, message: `connected to ${vcenter.name}` };
}

/** PlacementReady: every name is resolved, also those of all failure domains, and no machines of another owner are in the way. */
export function placementCondition(observed: Observation): ConditionDraft {
  const type = ConditionType.PlacementReady;
  if (observed.vcenter.kind === 'Unavailable') {
    return {
      type,
      status: 'Unknown',
      reason: ConditionReason.VCenterNotReady,
      message: 'names are resolved once vCenter is ready',
    };
  }
  const { problems } = observed.placement;
  const [first] = problems;
  if (first !== undefined) {
    const message = problems.map((problem) => problem.message).join('; ');
    return { type, status: 'False', reason: first.reason, message };
  }
  const { orphans } = observed;
  // The others are used, so it comes after what stops the group.
  const ofDomains = (observed.placement.domains ?? []).flatMap((domain) => domain.problems);
  const [lost] = orphans.kind === 'None' ? ofDomains : [];
  if (lost !== undefined) {
    const told = ofDomains.map(({ message }) => message).join('; ');
    return { type, status: 'False', reason: lost.reason, message: `${told}; no replica is made there meanwhile` };
  }
  switch (orphans.kind) {
    case 'Restored':
      return { type, status: 'False', reason: ConditionReason.FolderInUse, message: orphansMessage(orphans) };
    case 'Legacy':
      return { type, status: 'False', reason: ConditionReason.LegacyFolderFound, message: orphansMessage(orphans) };
    case 'None':
      return {
        type,
        status: 'True',
        reason: ConditionReason.Resolved,
        message: 'every name of the spec was found in vCenter',
      };
  }
}

export function mismatchMessage(recorded: string, connected: string): string {
  return `the group lives on the vCenter ${recorded}, but ${connected} answers: point the operator back to the former one`;
}
