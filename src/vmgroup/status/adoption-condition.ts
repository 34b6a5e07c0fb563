/** What became of the machines that spec.adopt asks for. */
import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import { type AdoptionDecision, adoptionDecision } from '../model/adoption-decision';
import { nameList } from '../model/name-list';
import type { Observation } from '../model/observation';
import { adoptionFaults } from './adoption-faults';
import type { ConditionDraft } from './condition';
import { faultMessage, MOST_FAULTS, type NamedFault } from './fault-message';

/** Undefined where the spec asks for none, and while vCenter cannot be seen. */
export function adoptionCondition(observed: Observation): ConditionDraft | undefined {
  const { adoption, placement, group } = observed;
  if (adoption === undefined) return undefined;
  const type = ConditionType.MachinesAdopted;
  const decision = adoptionDecision(observed);
  const not = (reason: ConditionReason, message: string): ConditionDraft => ({
    type,
    status: 'False',
    reason,
    message,
  });
  const faults = adoptionFaults(observed);
  if (decision.refused.length > 0) {
    const told = [refusalsMessage(decision), ...faultMessages(faults)];
    return not(ConditionReason.AdoptionRefused, told.join('; '));
  }
  if (placement.datacenter === undefined || placement.template === undefined)
    return not(ConditionReason.Adopting, 'the machines of spec.adopt wait for what PlacementReady tells');
  if (decision.held.size > 0 && faults.length > 0)
    return not(ConditionReason.AdoptionFailing, faultMessages(faults).join('; '));
  if (decision.held.size > 0)
    return not(
      ConditionReason.Adopting,
      `${decision.held.size === 1 ? 'a machine' : `${decision.held.size} machines`} of spec.adopt ${decision.held.size === 1 ? 'is' : 'are'} looked at and taken over`,
    );
  if (decision.leftOut.length > 0)
    return not(
      ConditionReason.MoreThanReplicas,
      `spec.replicas is ${group.spec.replicas}: ${leftOutMessage(decision.leftOut)}; set it to ${group.spec.replicas + decision.leftOut.length} to take all over`,
    );
  return { type, status: 'True', reason: ConditionReason.Adopted, message: 'the group has the machines of spec.adopt' };
}

/** The first faults, then how many more there are. */
function faultMessages(faults: readonly NamedFault[]): readonly string[] {
  const more = faults.length > MOST_FAULTS ? [`${faults.length - MOST_FAULTS} more fail`] : [];
  return [...faults.slice(0, MOST_FAULTS).map(faultMessage), ...more];
}

/** Each refusal is a sentence with its remedy: the first three, then how many more there are. */
export function refusalsMessage({ refused, leftOut }: AdoptionDecision): string {
  const told = refused.slice(0, 3).map(({ refusal }) => refusal.message);
  const more = refused.length > 3 ? [`${refused.length - 3} more are refused`] : [];
  return [...told, ...more, ...(leftOut.length > 0 ? [leftOutMessage(leftOut)] : [])].join('; ');
}

export function leftOutMessage(names: readonly string[]): string {
  return `there is no place for ${nameList(names)}, which ${names.length === 1 ? 'stays' : 'stay'} as ${names.length === 1 ? 'it is' : 'they are'}`;
}
