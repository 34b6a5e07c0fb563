import { slotKey } from '../../api/identity';
import type { VirtualMachine } from '../../vsphere/port';
import type { Action, Plan } from '../model/action';

/** A step of a plan, with the name and reference of its machine in place of the machine. */
export interface RecordedAction {
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A plan as plain JSON, in an order that does not depend on how it was made. */
export interface RecordedPlan {
  readonly actions: readonly RecordedAction[];
  /** slotKeys. */
  readonly keep: readonly string[];
  /** By refKey. */
  readonly leaving: Readonly<Record<string, string>>;
  readonly restarting: readonly string[];
  readonly waiting?: { readonly why: Readonly<Record<string, string>>; readonly untilMs: number | null };
  readonly shortage?: unknown;
  readonly keptSmall?: readonly string[];
  readonly requeueAtMs?: number;
}

export function recordedPlan(plan: Plan): RecordedPlan {
  const { actions, keep, leaving, restarting, waiting, shortage, keptSmall, requeueAtMs } = plan;
  const recorded: RecordedPlan = {
    actions: actions.map(recordedAction),
    keep: keep.map(slotKey),
    leaving: sortedEntries(leaving),
    restarting: [...restarting].sort(),
    ...(waiting !== undefined && { waiting: { why: sortedEntries(waiting.why), untilMs: waiting.untilMs } }),
    ...(shortage !== undefined && { shortage }),
    ...(keptSmall !== undefined && { keptSmall: [...keptSmall].sort() }),
    ...(requeueAtMs !== undefined && { requeueAtMs }),
  };
  // What JSON has no word for, such as a time without an end, is the same in a plan that was read and in one just made.
  return JSON.parse(JSON.stringify(recorded)) as RecordedPlan;
}

function recordedAction(action: Action): RecordedAction {
  if ('replica' in action) {
    const { machine, slot } = action.replica;
    return { ...action, replica: { slot, name: machine.name, moRef: machine.ref.value } };
  }
  if (action.kind === 'Adopt') return { ...action, machine: namedMachine(action.machine) };
  if (action.kind === 'InspectMachines') return { ...action, machines: action.machines.map(namedMachine) };
  return { ...action };
}

function namedMachine({ name, ref }: VirtualMachine): { readonly name: string; readonly moRef: string } {
  return { name, moRef: ref.value };
}

function sortedEntries(map: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
