/** Steps of one machine that fail for causes of their own. */
import { beforeEach, expect, test } from 'vitest';
import { aGroup, aGuest, anObservation, aReplica } from '../../test/support/builders/observation';
import { slotKey } from '../api/identity';
import type { VmGroup } from '../api/vm-group';
import { classifyFailure } from '../vsphere/fault/classify';
import { clearFaults } from './act/clear-faults';
import { recordEnd } from './act/record-end';
import type { VCenterAction } from './model/action';
import { faultOfStep } from './model/fault';
import type { Observation, Replica } from './model/observation';
import { GroupMemory } from './observe/group-memory';
import { plan } from './plan/plan';
import { statusOf } from './status/status';

const group = aGroup({
  replicas: 1,
  disks: { rootSizeGiB: 100, extra: [] },
  customAttributes: [{ name: 'owner', value: 'web' }],
});
const replica = aReplica(group, { ordinal: 0 }, { details: aGuest({ toolsRunning: true }) });
const off: Replica = { ...replica, machine: { ...replica.machine, powerState: 'poweredOff' } };
const slot = slotKey(replica.slot);
const WHY = { SizeDisks: 'DiskHasParent', WriteAttributes: 'CustomAttributeNotFound', PowerOn: 'SystemError' } as const;
const wallMs = Date.UTC(2026, 0, 1);

let memory: GroupMemory;
let nowMs: number;

beforeEach(() => {
  nowMs = 1_000_000;
  memory = GroupMemory.from(group, { wallMs, monotonicMs: nowMs });
});

const now = () => ({ wallMs: wallMs + nowMs, monotonicMs: nowMs });

function observed(of: Replica | undefined = replica, asked: VmGroup = group): Observation {
  const replicas = of === undefined ? [] : [of];
  return anObservation(asked, { now: now(), replicas, faults: memory.faults });
}

/** The vCenter actions that are due now. */
const due = (of?: Replica) =>
  plan(observed(of)).actions.filter((action): action is VCenterAction => action.kind in WHY || action.kind === 'Clone');

function end(action: VCenterAction, code?: string): void {
  const outcome =
    code === undefined
      ? ({ kind: 'Succeeded' } as const)
      : ({ kind: 'Failed', failure: { code, message: code, outcome: 'Refused' } } as const);
  recordEnd(action, outcome, { group, memory, classify: classifyFailure, random: () => 0.5, now: now() });
}

/** Lets what is due fail for so long, and counts the tries by their step. */
function failFor(ms: number, of?: Replica): Record<string, number> {
  const tries: Record<string, number> = {};
  for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 500)
    for (const action of due(of)) {
      tries[action.kind] = (tries[action.kind] ?? 0) + 1;
      end(action, WHY[action.kind as keyof typeof WHY]);
    }
  return tries;
}

test('R8: two steps that fail in turn are both tried ever more seldom', () => {
  failFor(600_000);
  const { SizeDisks = 0, WriteAttributes = 0 } = failFor(3_600_000);
  expect(SizeDisks).toBeGreaterThan(0);
  expect(SizeDisks).toBeLessThan(10);
  expect(WriteAttributes).toBeGreaterThan(0);
  expect(WriteAttributes).toBeLessThan(10);
});

test('R8: a step of its own and one that all wait for are both tried ever more seldom', () => {
  failFor(5_000);
  expect(faultOfStep(memory.faults.get(slot), 'SizeDisks')).toBeDefined();
  failFor(600_000, off);
  const { PowerOn = 0 } = failFor(3_600_000, off);
  expect(PowerOn).toBeGreaterThan(0);
  expect(PowerOn).toBeLessThan(10);
});

test('what all others wait for is told first', () => {
  failFor(5_000);
  failFor(5_000, off);
  const status = statusOf(observed(off), plan(observed(off)));
  expect(status?.replicas?.[0]?.fault?.reason).toBe(WHY.PowerOn);
  expect(
    memory.faults
      .get(slot)
      ?.beside?.map(({ reason }) => reason)
      .toSorted(),
  ).toEqual([WHY.WriteAttributes, WHY.SizeDisks]);
});

test('the success of one step says nothing of the other', () => {
  failFor(5_000);
  const { machine } = replica;
  end({ kind: 'WriteAttributes', replica: { ...replica, machine }, parts: [] });
  expect(memory.faults.get(slot)).toMatchObject({ reason: WHY.SizeDisks });
  expect(memory.faults.get(slot)).not.toHaveProperty('beside');
});

test('a fault ends when nothing is left to do for its step, though another one goes on', () => {
  failFor(5_000);
  const without = aGroup({ replicas: 1, customAttributes: [{ name: 'owner', value: 'web' }] });
  const seen = observed(replica, without);
  clearFaults(memory, seen, plan(seen));
  expect(memory.faults.get(slot)).toMatchObject({ reason: WHY.WriteAttributes });
  expect(memory.faults.get(slot)).not.toHaveProperty('beside');
});

test('a machine that is gone takes its faults along, and a new one is made at once', () => {
  failFor(5_000);
  const [action] = plan(anObservation(group, { now: now(), replicas: [], faults: memory.faults })).actions;
  expect(action?.kind).toBe('Clone');
  const seen = anObservation(group, { now: now(), replicas: [], faults: memory.faults });
  clearFaults(memory, seen, plan(seen));
  expect(memory.faults.get(slot)).toBeUndefined();
});
