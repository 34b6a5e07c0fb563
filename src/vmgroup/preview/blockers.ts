/** What keeps a group from getting what its spec asks for. Each message names the remedy. */

import { ignoredAnnotations } from '../../api/ignored-annotations';
import { nameProblem } from '../../api/naming';
import { ConditionReason, EventReason } from '../../api/reasons';
import { shortListFor } from '../../api/static-addresses';
import type { Plan } from '../model/action';
import { adoptionDecision } from '../model/adoption-decision';
import { canResizeHot } from '../model/hot-add';
import { hasSize } from '../model/machine-size';
import { nameList } from '../model/name-list';
import { noAddressLeft } from '../model/no-address-left';
import { instanceMismatch, type Observation, type Replica } from '../model/observation';
import { waitForPerson } from '../model/orphan';
import type { Placement, PlacementProblem } from '../model/placement';
import { isOutdated, isReplaced } from '../plan/outdated';
import { needsRestart } from '../plan/resize';
import { leftOutMessage } from '../status/adoption-condition';
import { faultsOf } from '../status/fault-messages';
import { hostRuleFaults } from '../status/host-rule-faults';
import { limitsCondition } from '../status/limits-condition';
import { orphansMessage } from '../status/orphans-message';
import { isoTime } from '../status/replicas';
import { mismatchMessage } from '../status/vcenter-conditions';

export interface Blocker {
  /** One CamelCase word: the reason of the condition, if the status would have one for this. */
  readonly reason: string;
  readonly message: string;
  /** Planning: no plan can be made. All: nothing of the plan is carried out. Part: a part of it waits. */
  readonly stops: 'Planning' | 'All' | 'Part';
}

/** All blockers, the most serious first. */
export function blockers(observed: Observation, plan: Plan): readonly Blocker[] {
  const { group, vcenter, placement, orphans } = observed;
  if (vcenter.kind === 'Unavailable') return [{ reason: vcenter.reason, message: vcenter.message, stops: 'Planning' }];
  const recorded = instanceMismatch(observed);
  if (recorded !== undefined) {
    const message = mismatchMessage(recorded, vcenter.instanceUuid);
    return [{ reason: ConditionReason.InstanceMismatch, message, stops: 'Planning' }];
  }
  const found: Blocker[] = [];
  const part = (reason: string, message: string) => found.push({ reason, message, stops: 'Part' });
  if (group.spec.paused)
    found.push({
      reason: ConditionReason.Paused,
      message: 'spec.paused is true: nothing is changed in vCenter until it is false',
      stops: 'All',
    });
  for (const message of ignoredAnnotations(group)) part(EventReason.AnnotationIgnored, message);
  if (group.metadata.deletionTimestamp === undefined)
    for (const { reason, message } of problemsOf(placement)) part(reason, message);
  const adoption = adoptionDecision(observed);
  const limits = limitsCondition(observed, plan);
  if (limits?.status === 'False') part(limits.reason, limits.message);
  if (orphans.kind !== 'None' && waitForPerson(orphans))
    part(orphans.kind === 'Legacy' ? 'LegacyFolderFound' : 'FolderInUse', orphansMessage(orphans));
  for (const { refusal } of adoption.refused) part(refusal.code, refusal.message);
  if (adoption.leftOut.length > 0) part(ConditionReason.MoreThanReplicas, leftOutMessage(adoption.leftOut));
  if (observed.unclaimedClones && plan.keep.length > observed.replicas.length)
    part('ClonesUnderWay', 'clones of the template are still running: no other is started before they have ended');
  else if (observed.room?.isUncertain && plan.keep.length > observed.replicas.length)
    part(
      'ClonesUnderWay',
      'clones that an operator has started still run: until they are seen, nobody knows what fits',
    );
  const isDeleted = group.metadata.deletionTimestamp !== undefined;
  for (const { name, fault } of [...faultsOf(observed, plan), ...(isDeleted ? [] : hostRuleFaults(observed))])
    part(fault.reason, `${name}: ${fault.message}; the next try is at ${isoTime(fault.retryAt.wallMs)}`);
  for (const message of shortLists(observed, plan)) part('NoAddressLeft', message);
  const [firstSlot] = plan.keep;
  const unusable = firstSlot && nameProblem(group, firstSlot);
  if (unusable !== undefined) part('NameInvalid', unusable);
  const of = (reason: string, replicas: readonly Replica[], what: string) => {
    if (replicas.length > 0) part(reason, `${nameList(replicas.map(({ machine }) => machine.name))}: ${what}`);
  };
  const { replicas, policy } = observed;
  const away = replicas.filter(({ machine }) => machine.connectionState !== 'connected');
  of('HostNotConnected', away, 'its host is not connected: it is left alone until the host is back');
  if (group.metadata.deletionTimestamp !== undefined) return found;
  if (policy.update === 'OnDelete')
    of(
      'OnDelete',
      replicas.filter((replica) => isOutdated(replica, observed) && !isReplaced(replica, observed)),
      'of an older revision, which updateStrategy OnDelete leaves until it is deleted in vCenter',
    );
  of(
    'PowerOffRequired',
    replicas.filter((replica) => waitsForPowerOff(replica, observed)),
    'gets its size only when it is next powered off',
  );
  return found;
}

/** What `act` finds only once a clone is due. */
function shortLists({ group }: Observation, plan: Plan): readonly string[] {
  return plan.keep.flatMap(({ ordinal }) => {
    const short = shortListFor(group.spec, ordinal);
    return short === undefined ? [] : [noAddressLeft(short, ordinal)];
  });
}

/** All that the names of a group have, each once: those of failure domains too, of which others may be used. */
function problemsOf({ problems, domains = [] }: Placement): ReadonlySet<PlacementProblem> {
  return new Set([...problems, ...domains.flatMap((domain) => domain.problems)]);
}

function waitsForPowerOff(replica: Replica, observed: Observation): boolean {
  const { machine } = replica;
  if (machine.powerState === 'poweredOff' || machine.connectionState !== 'connected') return false;
  if (hasSize(machine, observed.group) || isOutdated(replica, observed)) return false;
  return !canResizeHot(replica, observed) && !needsRestart(replica, observed);
}
