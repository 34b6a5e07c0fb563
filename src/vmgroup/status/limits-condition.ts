import { ConditionType } from '../../api/conditions';
import { ConditionReason } from '../../api/reasons';
import type { Plan } from '../model/action';
import { amountOfSize, type Excess, excessOf, type Most, NOTHING_USED, overrunOf } from '../model/limits';
import { sizeOf } from '../model/machine-size';
import type { Observation } from '../model/observation';
import type { LimitedStep, Room, Shortage } from '../model/room';
import type { ConditionDraft } from './condition';

/**
 * WithinLimits: whether what is due fits into the limits of the vCenter, and no more than they allow is used. Undefined without
 * limits, and for a group that is being deleted.
 */
export function limitsCondition(observed: Observation, plan: Plan): ConditionDraft | undefined {
  const { room, group } = observed;
  if (room === undefined || group.metadata.deletionTimestamp !== undefined) return undefined;
  const type = ConditionType.WithinLimits;
  const not = (reason: ConditionReason, message: string): ConditionDraft => ({
    type,
    status: 'False',
    reason,
    message,
  });
  const { shortage } = plan;
  if (shortage !== undefined) return not(shortage.reason, shortageMessage(shortage, observed, room));
  const large = excessOf(room.limits.perVM, NOTHING_USED, amountOfSize(sizeOf(group)));
  if (large !== undefined) return not(ConditionReason.PerVMLimit, tooLarge(large, room));
  const { namespace } = group.metadata;
  const own = overrunOf(room.limits.perNamespace, room.present.namespace);
  if (own !== undefined)
    return not(ConditionReason.NamespaceQuota, `${usedBy(own, own.need, namespace, room)}: ${KEPT}`);
  const all = overrunOf(room.limits.total, room.present.total);
  if (all !== undefined) return not(ConditionReason.TotalQuota, `${usedBy(all, all.need, undefined, room)}: ${KEPT}`);
  return { type, status: 'True', reason: ConditionReason.LimitsKept, message: `within the limits of ${room.source}` };
}

/** What a plan leaves out for a limit, with what was asked, what is used, the limit and the remedy. */
export function shortageMessage(shortage: Shortage, { group }: Observation, room: Room): string {
  const { reason, step, replicas, excess, asked } = shortage;
  if (reason === ConditionReason.PerVMLimit) return tooLarge(excess, room);
  const { namespace } = group.metadata;
  const isOwn = reason === ConditionReason.NamespaceQuota;
  const who = replicas === 1 ? '1 replica' : `${replicas} replicas`;
  const needs = `${amount(asked, excess.field)} ${asked === 1 ? 'is' : 'are'} asked for`;
  const used = usedBy(excess, excess.used, isOwn ? namespace : undefined, room);
  const scope = isOwn ? 'perNamespace' : 'total';
  const remedy = `scale down ${isOwn ? `in namespace ${namespace}` : 'other groups'}, or have an administrator raise spec.limits.${scope}.${excess.field} of ${room.source}`;
  return `${who} ${WAITS[step]}: ${needs}, and ${used}: ${remedy}`;
}

const WAITS: Readonly<Record<LimitedStep, string>> = {
  Create: 'not made',
  Replace: 'not replaced',
  Grow: 'not made larger',
  Adopt: 'not adopted',
};

const KEPT = 'nothing is removed, and nothing is added until less is used or the limit is raised';

/** Such as: namespace shop uses 10 of the 10 machines that VCenter lab allows to it. */
function usedBy({ limit, field }: Excess, used: number, namespace: string | undefined, { source }: Room): string {
  const who = namespace === undefined ? 'all namespaces together use' : `namespace ${namespace} uses`;
  const allows = namespace === undefined ? 'allows' : 'allows to it';
  return `${who} ${figure(used)} of the ${amount(limit, field)} that ${source} ${allows}`;
}

function tooLarge({ field, need, limit }: Excess, { source }: Room): string {
  const [name, unit] = field === 'memoryGiB' ? ['spec.memory', ' GiB'] : ['spec.cpu', ''];
  return `${name} is ${figure(need)}${unit}, and ${source} allows ${figure(limit)}${unit} to a machine: lower ${name}, or have an administrator raise spec.limits.perVM.${field} of ${source}`;
}

/** Such as: 1 machine, 4 CPU, 16 GiB. */
function amount(value: number, field: keyof Most): string {
  switch (field) {
    case 'vms':
      return value === 1 ? '1 machine' : `${figure(value)} machines`;
    case 'cpu':
      return `${figure(value)} CPU`;
    case 'memoryGiB':
      return `${figure(value)} GiB`;
  }
}

/** With at most one digit behind the point: a person may have given a machine any number of MiB. */
function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}
