import { ConditionType } from '../../api/conditions';
import { slotKey } from '../../api/identity';
import { ConditionReason } from '../../api/reasons';
import { refKey } from '../../vsphere/port';
import type { Plan } from '../model/action';
import { diskKey, diskSizesOf, hasDisks } from '../model/disk-sizes';
import { isTakenOut } from '../model/failure-domain';
import { isHardwareKnown } from '../model/hardware';
import { canResizeHot, whyNotHot } from '../model/hot-add';
import { amountOf, amountOfSize, excessOf, growth, isNothing, NOTHING_USED } from '../model/limits';
import { hasSize, sizeKey, sizeOf } from '../model/machine-size';
import { nameList } from '../model/name-list';
import type { Observation, Replica } from '../model/observation';
import { isRetired } from '../model/retirement';
import { isUpToDate } from '../model/up-to-date';
import type { ConditionDraft } from './condition';
import { hostRuleFaults } from './host-rule-faults';
import { isoTime } from './replicas';

/** ConfigSynced: whether the machines have the size that the spec asks for, and if not, what they wait for. */
export function configCondition(observed: Observation, plan: Plan): ConditionDraft | undefined {
  if (observed.vcenter.kind === 'Unavailable') return undefined;
  const type = ConditionType.ConfigSynced;
  const { group, policy } = observed;
  const staying = observed.replicas.filter(({ machine }) => !plan.leaving.has(refKey(machine.ref)));
  const different = staying.filter(({ machine }) => !hasSize(machine, group));
  const not = (reason: ConditionReason, message: string): ConditionDraft => ({
    type,
    status: 'False',
    reason,
    message,
  });
  if (different.length === 0) {
    const wanted = diskSizesOf(group);
    const smaller = staying.filter((replica) => !hasDisks(replica, group));
    if (wanted !== undefined && smaller.length > 0)
      return not(ConditionReason.Reconfiguring, `${names(smaller)} get ${diskKey(wanted)}`);
    const outdated = staying.filter((replica) => !isUpToDate(replica, observed) && !isRetired(replica, observed));
    if (policy.update === 'OnDelete' && outdated.length > 0) {
      return not(
        ConditionReason.RolloutPending,
        `${names(outdated)} are of an older revision${outdated.some((replica) => isTakenOut(replica, observed)) ? ' or in a former failure domain' : ''}, and updateStrategy is OnDelete: delete them in vCenter to get new ones`,
      );
    }
    const [rules] = hostRuleFaults(observed);
    if (rules !== undefined)
      return not(
        ConditionReason.HostRulesNotWritten,
        `${rules.name}: ${rules.fault.message}, retry at ${isoTime(rules.fault.retryAt.wallMs)}`,
      );
    return { type, status: 'True', reason: ConditionReason.InSync, message: 'every replica has the size of the spec' };
  }
  const wanted = sizeKey(group);
  const limited = different.filter((replica) => isLimited(replica, observed, plan));
  if (limited.length > 0)
    return not(
      // The reason says after a restart whether a resize is under way.
      observed.resizing ? ConditionReason.Reconfiguring : ConditionReason.PowerOffRequired,
      `${names(limited)} may not get ${wanted}: WithinLimits says why`,
    );
  const waiting = different.filter((replica) => !isUnderWay(replica, observed));
  if (waiting.length === 0) return not(ConditionReason.Reconfiguring, `${names(different)} get ${wanted}`);
  const refused = waiting.filter(({ slot }) => observed.hotAddRefused.get(slotKey(slot)) === wanted);
  if (refused.length > 0) {
    return not(
      ConditionReason.HotAddRefused,
      `vCenter refused to give ${names(refused)} ${wanted} while powered on: ${REMEDY}`,
    );
  }
  const because =
    observed.resizing && policy.resize === 'PowerCycle' && policy.maxUnavailable === 0
      ? 'maxUnavailable is 0, so none is restarted: allow 1, or set resizePolicy to Replace, or '
      : '';
  return not(
    ConditionReason.PowerOffRequired,
    `${names(waiting)} must be powered off to get ${wanted} (${reasons(waiting, observed)}): ${because}${REMEDY}`,
  );
}

const REMEDY = 'power off in vCenter, it comes back resized';

/** Whether a limit keeps a replica from getting larger. */
function isLimited({ machine }: Replica, { group, room }: Observation, { keptSmall }: Plan): boolean {
  if (keptSmall?.has(refKey(machine.ref))) return true;
  const wanted = amountOfSize(sizeOf(group));
  return (
    excessOf(room?.limits.perVM, NOTHING_USED, wanted) !== undefined && !isNothing(growth(amountOf(machine), wanted))
  );
}

/** Whether a replica gets its size without a person. */
function isUnderWay(replica: Replica, observed: Observation): boolean {
  const { policy, resizing, group } = observed;
  if (canResizeHot(replica, observed) || replica.machine.powerState === 'poweredOff') return true;
  if (!isHardwareKnown(replica.machine, sizeOf(group))) return true;
  if (!resizing) return false;
  switch (policy.resize) {
    case 'HotAddOnly':
      return false;
    case 'Replace':
      return policy.update === 'RollingUpdate';
    case 'PowerCycle':
      return policy.maxUnavailable > 0;
  }
}

/** Each reason once, whatever the number of replicas that it keeps waiting. */
function reasons(waiting: readonly Replica[], observed: Observation): string {
  const all = waiting.map((replica) => whyNotHot(replica, observed) ?? 'it could grow while powered on');
  return [...new Set(all)].join('; ');
}

function names(replicas: readonly Replica[]): string {
  return nameList(replicas.map(({ machine }) => machine.name));
}
