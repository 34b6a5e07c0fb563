/** What vCenter tells of the account's privileges, as the status of a VCenter tells it. */
import type { Condition } from '../api/set-condition';
import type { VCenter } from '../api/vcenter';
import { VCenterConditionType, VCenterReason } from '../api/vcenter-conditions';

/**
 * What was seen of the account's privileges at the places of groups that name none of their own.
 * - NotAsked: there is no answer yet.
 * - NoPlace: no such place is known.
 * - Unreadable: vCenter did not answer.
 */
export type PrivilegeSight =
  | { readonly kind: 'NotAsked' }
  | { readonly kind: 'NoPlace' }
  | { readonly kind: 'Unreadable'; readonly message: string }
  | { readonly kind: 'Read'; readonly objects: readonly JudgedObject[] };

export interface JudgedObject {
  /** What it is, as in: resource pool. */
  readonly noun: string;
  readonly path: string;
  /** The privileges that the account lacks there; undefined if vCenter did not tell. */
  readonly missing: readonly string[] | undefined;
}

type Draft = Omit<Condition, 'lastTransitionTime' | 'observedGeneration'>;

const MOST_OBJECTS = 20;

/**
 * It informs only: groups that name places of their own may go on, so the condition Ready does not depend on it. What an
 * earlier process found out stays until there is an answer.
 */
export function privilegesCondition(vcenter: VCenter, isConnected: boolean, sight: PrivilegeSight): Draft {
  const type = VCenterConditionType.PrivilegesSufficient;
  const unknown = (reason: string, message: string): Draft => ({ type, status: 'Unknown', reason, message });
  if (!isConnected) return unknown(VCenterReason.NotConnected, 'privileges are read once vCenter is connected');
  switch (sight.kind) {
    case 'NotAsked':
      return storedAnswer(vcenter) ?? unknown(VCenterReason.NotTried, 'vCenter has not been asked yet');
    case 'NoPlace':
      return unknown(
        VCenterReason.NoPlace,
        'no place is known for groups that name none: see the condition PlacementReady, or set spec.defaults.placement to objects that spec.allowed has',
      );
    case 'Unreadable':
      return unknown(
        VCenterReason.PrivilegesUnreadable,
        `vCenter did not list the privileges of the account: ${sight.message}; it is asked again within minutes`,
      );
    case 'Read':
      return judged(sight.objects, unknown);
  }
}

function judged(objects: readonly JudgedObject[], unknown: (reason: string, message: string) => Draft): Draft {
  const type = VCenterConditionType.PrivilegesSufficient;
  const lacking = objects.flatMap(({ noun, path, missing = [] }) =>
    missing.length === 0 ? [] : [`${missing.join(', ')} on ${noun} ${path}`],
  );
  if (lacking.length > 0) {
    const message = `the account lacks ${firstOf(lacking)}: give it a role with these privileges there, propagated to what is below; groups that name other places are not meant`;
    return { type, status: 'False', reason: VCenterReason.MissingPrivileges, message };
  }
  const untold = objects.flatMap(({ noun, path, missing }) => (missing === undefined ? [`${noun} ${path}`] : []));
  if (untold.length > 0)
    return unknown(
      VCenterReason.PrivilegesUnreadable,
      `vCenter did not list the privileges of the account on ${firstOf(untold)}: give it System.Read there`,
    );
  const message = 'the account has the privileges that groups need which name no place';
  return { type, status: 'True', reason: VCenterReason.PrivilegesHeld, message };
}

function firstOf(parts: readonly string[]): string {
  const shown = parts.slice(0, MOST_OBJECTS).join('; ');
  return parts.length > MOST_OBJECTS ? `${shown}; and on ${parts.length - MOST_OBJECTS} more objects` : shown;
}

/** Of this spec: with another one other places may count. */
function storedAnswer({ metadata: { generation }, status }: VCenter): Draft | undefined {
  const stored = status?.conditions?.find(({ type }) => type === VCenterConditionType.PrivilegesSufficient);
  if (stored === undefined || stored.status === 'Unknown' || stored.observedGeneration !== generation) return undefined;
  const { type, status: held, reason, message } = stored;
  return { type, status: held, reason, message };
}
