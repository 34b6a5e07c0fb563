import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import { instanceMismatch, type Observation } from '../model/observation';
import { quotedName } from '../model/quoted-name';
import { policyWaitedFor } from '../model/storage-policy';
import { whyTagsRemain } from '../model/tags';
import { vcenterForPeople } from '../model/vcenter-name';
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
  return {
    type,
    status: 'True',
    reason: ConditionReason.Connected,
    message: `connected to ${vcenterForPeople(vcenter)}`,
  };
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
  const unknown = unknownPolicy(observed);
  if (unknown !== undefined) return unknown;
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
        message: ['every name of the spec was found in vCenter', whyTagsRemain(observed.group, observed.placement)]
          .filter((text) => text !== undefined)
          .join('; '),
      };
  }
}

/**
 * Until somebody has looked for the storage policy: what the last status says of it, else that it is not known. A group that had
 * every name before goes on as it is: nobody looks for its policy before a machine is to be made (R4).
 */
function unknownPolicy({ placement, group }: Observation): ConditionDraft | undefined {
  const type = ConditionType.PlacementReady;
  const policy = policyWaitedFor(placement);
  if (policy === undefined) return undefined;
  const before = group.status?.conditions?.find((condition) => condition.type === type);
  if (before !== undefined && OF_A_POLICY.has(before.reason)) {
    const { status, reason, message } = before;
    return { type, status, reason, message };
  }
  if (before !== undefined) return undefined;
  const message = `storage policy ${quotedName(policy.name)} is looked for before the first replica is made`;
  return { type, status: 'Unknown', reason: ConditionReason.StoragePolicyUnknown, message };
}

const OF_A_POLICY: ReadonlySet<string> = new Set([
  ConditionReason.StoragePolicyNotFound,
  ConditionReason.StoragePolicyUnknown,
]);

export function mismatchMessage(recorded: string, connected: string): string {
  return `the group lives on the vCenter ${recorded}, but ${connected} answers: point the operator back to the former one`;
}
