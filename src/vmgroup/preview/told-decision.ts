/** A kept decision in words: what was seen, what was decided and why, what waits, and what the status said. */
import { machineNameOf } from '../../api/naming';
import type { VmGroupStatus } from '../../api/vm-group';
import type { ReadDecision } from '../decisions/decision-line';
import { type RecordedAction, recordedPlan } from '../decisions/recorded-plan';
import type { Action, Plan } from '../model/action';
import type { Observation } from '../model/observation';
import { blockers } from './blockers';
import { explain } from './explain';
import { orDamaged, replay } from './replay';
import { seenChanges, subjectOf } from './seen-changes';

export interface ToldStep {
  readonly kind: Action['kind'];
  /** Name or path of the object that is changed. */
  readonly object: string;
  /** Absent where today's planner would not take this step. */
  readonly why?: string;
}

export interface ToldDecision {
  readonly group: string;
  readonly uid: string;
  readonly at: string;
  /** Of the operator that decided. */
  readonly version: string;
  /** How many decisions between the one before and this one were not kept. */
  readonly skipped: number;
  /** What differs from the decision before. Empty: nothing but the time. */
  readonly seen: readonly string[];
  /** Empty: nothing was to be done. */
  readonly decided: readonly ToldStep[];
  readonly waits: readonly string[];
  /** What was on its way in vCenter. */
  readonly underWay: readonly string[];
  /** Absent while the last status was kept. */
  readonly told?: { readonly phase: string; readonly message: string };
  /** Conditions that the status before had otherwise. */
  readonly conditions: readonly string[];
  /** Today's planner decides otherwise: `replay` shows how. */
  readonly differsNow: boolean;
}

/** `before` is the decision before this one of the same group. Throws a DumpError. */
export function toldDecision(decision: ReadDecision, before: ReadDecision | undefined): ToldDecision {
  const { plan, differences } = replay(decision);
  return orDamaged(() => told(decision, before, plan, differences.length > 0));
}

function told(decision: ReadDecision, before: ReadDecision | undefined, plan: Plan, differsNow: boolean): ToldDecision {
  const { group, uid, atMs, version, skipped, observed, status } = decision;
  const previous = before?.status ?? before?.observed.group.status;
  return {
    ...{ group, uid, at: new Date(atMs).toISOString(), version, skipped },
    seen: seenChanges(before?.observed, observed),
    decided: stepsOf(decision, plan),
    waits: waitsOf(observed, plan),
    underWay: observed.inFlight.map(
      (one) =>
        `${one.operation} ${subjectOf(one, observed)}, for ${Math.max(0, Math.round((observed.now.monotonicMs - one.sentAt.monotonicMs) / 1000))} s`,
    ),
    ...(status !== undefined && { told: { phase: status.phase ?? '', message: status.lastMessage ?? '' } }),
    conditions: conditionChanges(previous, status),
    differsNow,
  };
}

/** As they were decided then. The reasons are those of today's planner, which decides the same unless it is another version. */
function stepsOf({ plan: then, observed }: ReadDecision, plan: Plan): readonly ToldStep[] {
  const reasons = new Map(
    recordedPlan(plan).actions.map((recorded, index): [string, Action | undefined] => [
      JSON.stringify(recorded),
      plan.actions[index],
    ]),
  );
  return then.actions.map((recorded) => {
    const action = reasons.get(JSON.stringify(recorded));
    return {
      kind: recorded.kind as Action['kind'],
      object: objectOf(recorded, observed),
      ...(action !== undefined && { why: explain(action, observed, plan) }),
    };
  });
}

function objectOf(
  { kind, replica, machine, known, slot, policy, path, name, folder }: RecordedAction,
  observed: Observation,
): string {
  const { group } = observed;
  const named = [replica, machine, known, policy].map((one) => fieldOf(one, 'name')).find((one) => one !== undefined);
  if (named !== undefined) return named;
  const ordinal = fieldOf(slot, 'ordinal');
  if (ordinal !== undefined)
    return machineNameOf(group, { ordinal: Number(ordinal), revision: fieldOf(slot, 'revision') ?? '' });
  if (typeof path === 'string') return path;
  const ownFolder = observed.folder.kind === 'Found' ? observed.folder.path : observed.known.folder?.path;
  if (kind === 'CreateFolder' && typeof name === 'string') return name;
  return folder === undefined ? '' : (ownFolder ?? '');
}

function fieldOf(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return String((value as Readonly<Record<string, unknown>>)[field]);
}

function waitsOf(observed: Observation, plan: Plan): readonly string[] {
  const slots = [...(plan.waiting?.why ?? [])].map(([slot, why]) => `ordinal ${slot.split('/')[0]}: ${why}`);
  return [...blockers(observed, plan).map(({ reason, message }) => `${reason}: ${message}`), ...slots];
}

function conditionChanges(before: VmGroupStatus | undefined, after: VmGroupStatus | undefined): readonly string[] {
  const former = new Map(before?.conditions?.map((condition) => [condition.type, condition]));
  return (after?.conditions ?? []).flatMap(({ type, status, reason, message }) => {
    const was = former.get(type);
    return was?.status === status && was.reason === reason ? [] : [`${type} is ${status} (${reason}): ${message}`];
  });
}
