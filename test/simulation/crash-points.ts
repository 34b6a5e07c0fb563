/** Where a crash can happen. Each await of the operator ends at one of these: a step of a call, a watch event, a timer. */
import type { Random } from '../../src/time/random';
import { oneOf } from '../fakes/vcenter';

/** Before the call leaves the process; after it was done, before its answer; after the process has its answer. */
export const MOMENTS = ['before', 'during', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Calls at which a crash is drawn, with weights. Calls that are rare in a story have a higher weight. */
const CALLS = {
  CloneVM_Task: 9,
  PowerOnVM_Task: 18,
  PowerOffVM_Task: 24,
  ShutdownGuest: 58,
  ReconfigVM_Task: 12,
  Destroy_Task: 1,
  CreateFolder: 4,
  UnregisterAndDestroy_Task: 2,
  FindAllByUuid: 15,
  RetrievePropertiesEx: 4,
  ModifyListView: 7,
  Login: 3,
  CreatePropertyCollector: 4,
  WaitForUpdatesEx: 2,
  'PATCH status': 4,
  'PATCH finalizers': 1,
  'POST event': 4,
  'LIST vmgroups': 3,
  'PUT lease': 11,
  'GET crd': 1,
} as const;

/** The calls of the deletion of a group. */
const DELETION = [
  'PowerOffVM_Task',
  'Destroy_Task',
  'UnregisterAndDestroy_Task',
  'PATCH finalizers',
  'GET crd',
] as const;

export const CRASH_CALLS: readonly string[] = Object.keys(CALLS);

/** A crash that is planned. It ends the first process that comes to this point. */
export type CrashPlan = (
  | { readonly kind: 'Call'; readonly call: string; readonly moment: Moment }
  /** At the n-th time that a timer or an answer wakes a process. */
  | { readonly kind: 'Wake' }
  | { readonly kind: 'WatchEvent' }
) & {
  /** Number of times that pass without a crash. */
  left: number;
  /** The disturbance that planned it. It is met when the crash happens. */
  readonly by?: string;
};

export function drawCrash(random: Random): CrashPlan {
  const draw = random();
  if (draw < 0.1) return { kind: 'Wake', left: Math.floor(500 * random() ** 2) };
  if (draw < 0.15) return { kind: 'WatchEvent', left: Math.floor(10 * random() ** 2) };
  return { kind: 'Call', call: drawCall(random), moment: oneOf(MOMENTS, random), left: Math.floor(3 * random() ** 2) };
}

export function drawCrashOfDeletion(random: Random): CrashPlan {
  return {
    kind: 'Call',
    call: oneOf(DELETION, random),
    moment: oneOf(MOMENTS, random),
    left: Math.floor(2 * random()),
  };
}

function drawCall(random: Random): string {
  let draw = random() * Object.values(CALLS).reduce<number>((sum, weight) => sum + weight, 0);
  for (const [call, weight] of Object.entries(CALLS)) {
    draw -= weight;
    if (draw < 0) return call;
  }
  return 'CloneVM_Task';
}

/** The row in the summary for a crash at a call. */
export function crashRow(call: string, moment: Moment): string {
  return `${moment} ${call}`;
}
