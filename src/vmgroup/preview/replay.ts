/** Decides a kept decision again, by the code of today. */
import type { VmGroupStatus } from '../../api/vm-group';
import { DumpError, type ReadDecision } from '../decisions/decision-line';
import { type RecordedAction, type RecordedPlan, recordedPlan } from '../decisions/recorded-plan';
import type { Plan } from '../model/action';
import { plan } from '../plan/plan';
import { statusOf } from '../status/status';
import { type FieldChange, fieldChanges } from './field-changes';

export interface Replay {
  /** What today's planner makes of the observation. */
  readonly plan: Plan;
  /** What differs: `from` was decided or told then, `to` is now. Empty: all is the same. */
  readonly differences: readonly FieldChange[];
}

/** Throws a DumpError where the observation is none that the code can work with (R14). */
export function replay({ observed, reportedFaults, ...then }: ReadDecision): Replay {
  return orDamaged(() => {
    const planned = plan(observed);
    const status = statusOf({ ...observed, faults: reportedFaults }, planned);
    const now: VmGroupStatus | undefined = status && JSON.parse(JSON.stringify(status));
    const plans = fieldChanges(byName(then.plan), byName(recordedPlan(planned)), 'plan');
    return {
      plan: planned,
      differences: [...plans, ...fieldChanges(statusByName(then.status), statusByName(now), 'status')],
    };
  });
}

/** What comes of an observation of a damaged dump may be any error, of which a person needs one sentence. */
export function orDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DumpError('Damaged', `nothing can be decided from the decision, take the dump again: ${why}`, {
      cause: error,
    });
  }
}

/** Actions by what they are about: one more at the front does not make all others look different. */
function byName({ actions, ...rest }: RecordedPlan): object {
  const named = namedActions(actions);
  return { ...rest, action: Object.fromEntries(named), order: named.map(([name]) => name) };
}

function namedActions(actions: readonly RecordedAction[]): readonly (readonly [string, RecordedAction])[] {
  const count = new Map<string, number>();
  return actions.map((action) => {
    const name = nameOf(action);
    const before = count.get(name) ?? 0;
    count.set(name, before + 1);
    return [before === 0 ? name : `${name} #${before + 1}`, action];
  });
}

function nameOf({ kind, replica, slot, name }: RecordedAction): string {
  const about = textIn(replica, 'name') ?? textIn(slot, 'ordinal') ?? name;
  return about === undefined ? kind : `${kind} ${about}`;
}

function textIn(value: unknown, field: string): string | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return String((value as Readonly<Record<string, unknown>>)[field]);
}

function statusByName(status: VmGroupStatus | undefined): object | undefined {
  if (status === undefined) return undefined;
  const { conditions = [], replicas, ...rest } = status;
  return {
    ...rest,
    condition: Object.fromEntries(conditions.map((condition) => [condition.type, condition])),
    ...(replicas && {
      replica: Object.fromEntries(
        replicas.map((replica) => [`${replica.ordinal}/${replica.revision}/${replica.name}`, replica]),
      ),
    }),
  };
}
