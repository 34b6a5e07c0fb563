/** Where a crash may strike. Each await of the operator ends in one of these: a call's moments, a watch event, a timer. */
import type { Random } from '../../src/time/random';
import { oneOf } from '../fakes/vcenter';

/** Before it leaves the process; when it was carried out, before its answer; when the process has its answer. */
export const MOMENTS = ['before', 'during', 'after'] as const;
export type Moment = (typeof MOMENTS)[number];

/** Calls whose crashes are drawn by name; those that a story seldom makes are drawn more often. */
const CALLS = {
  CloneVM_Task: 3,
  PowerOnVM_Task: 6,
  PowerOffVM_Task: 18,
  ShutdownGuest: 24,
  ReconfigVM_Task: 16,
  Destroy_Task: 4,
  CreateFolder: 4,
  UnregisterAndDestroy_Task: 6,
  FindAllByUuid: 26,
  RetrievePropertiesEx: 3,
  ModifyListView: 3,
  Login: 2,
  CreatePropertyCollector: 2,
  WaitForUpdatesEx: 2,
  'PATCH status': 2,
  'PATCH finalizers': 3,
  'POST event': 4,
  'LIST vmgroups': 3,
  'PUT lease': 6,
  'GET crd': 4,
} as const;

/** What the deletion of a group is made of. */
const DELETION = [
  'PowerOffVM_Task',
  'Destroy_Task',
  'UnregisterAndDestroy_Task',
  'PATCH finalizers',
  'GET crd',
] as const;

export const CRASH_CALLS: readonly string[] = Object.keys(CALLS);

/** A crash that is on its way. It strikes whichever process gets there first. */
export type CrashPlan =
  /** `left` counts the times that are let pass. */
  | { readonly kind: 'Call'; readonly call: string; readonly moment: Moment; left: number }
  /** At the n-th time that a process wakes for anything: a timer, an answer. */
  | { readonly kind: 'Wake'; left: number }
  | { readonly kind: 'WatchEvent'; left: number };

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

/** The row of a call's crash in the summary. */
export function crashRow(call: string, moment: Moment): string {
  return `${moment} ${call}`;
}
