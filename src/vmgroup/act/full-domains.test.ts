import { describe, expect, test } from 'vitest';
import { aGroup, anObservation } from '../../../test/support/builders/observation';
import { SpreadWorld } from '../../../test/support/builders/spread-world';
import { revisionOf, slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { classifyFailure } from '../../vsphere/fault/classify';
import type { WorkOutcome } from '../../vsphere/port';
import { actionKey } from '../model/action';
import type { Moment } from '../model/moment';
import { GroupMemory } from '../observe/group-memory';
import { plan } from '../plan/plan';
import { statusOf } from '../status/status';
import { subjectOf } from './act';
import { recordWaiting } from './full-domains';
import { recordEnd } from './record-end';

const at = (monotonicMs: number): Moment => ({ wallMs: Date.UTC(2026, 0, 1) + monotonicMs, monotonicMs });
const group = aGroup({ replicas: 4 });
const revision = revisionOf(group.spec);

const cloneOf = (ordinal: number, failureDomain: string) =>
  ({
    kind: 'Clone',
    slot: { ordinal, revision },
    failureDomain,
    again: false,
    template: { type: 'VirtualMachine', value: 't' },
    folder: { type: 'Folder', value: 'f' },
    resourcePool: { type: 'ResourcePool', value: 'p' },
  }) as const;
const NO_ROOM: WorkOutcome = {
  kind: 'Failed',
  failure: { code: 'InsufficientStorageSpace', message: 'no room', outcome: 'Refused' },
};

/** Clones are sent at one moment and end at another one. */
function wave(memory: GroupMemory, ordinals: readonly number[], outcome: WorkOutcome, sent: Moment, ended: Moment) {
  const clones = ordinals.map((ordinal) => cloneOf(ordinal, 'a'));
  for (const clone of clones) memory.inFlight.sent(actionKey(clone), 'Clone', subjectOf(clone), sent);
  const context = { group, memory, classify: classifyFailure, random: () => 0.5, now: ended };
  for (const clone of clones) recordEnd(clone, outcome, context);
}

describe('a domain without room for a replica', () => {
  test('R8: waits longer with each try, and the clones of one wave are one try', () => {
    const memory = GroupMemory.from(group, at(0));
    wave(memory, [0, 1, 2, 3], NO_ROOM, at(0), at(1_000));
    const first = memory.history.fullDomains.get('a');
    expect(first).toMatchObject({ attempts: 1, class: 'Capacity' });
    wave(memory, [0], NO_ROOM, at(100_000), at(101_000));
    const second = memory.history.fullDomains.get('a');
    expect(second?.attempts).toBe(2);
    const wait = (fault = first) => (fault?.retryAt.monotonicMs ?? 0) - (fault?.failedAtMs ?? 0);
    expect(wait(second)).toBeGreaterThan(wait(first));
  });

  test('has room again once a clone into it went well', () => {
    const memory = GroupMemory.from(group, at(0));
    wave(memory, [0], NO_ROOM, at(0), at(1_000));
    wave(memory, [0], { kind: 'Succeeded' }, at(100_000), at(101_000));
    expect(memory.history.fullDomains.size).toBe(0);
  });

  test('is not full for another failure, nor for a group that uses no domains', () => {
    const memory = GroupMemory.from(group, at(0));
    const failure = { code: 'NoPermission', message: 'no', outcome: 'Refused' } as const;
    wave(memory, [0], { kind: 'Failed', failure }, at(0), at(1_000));
    expect(memory.history.fullDomains.size).toBe(0);
    expect(memory.faults.get(slotKey({ ordinal: 0, revision }))).not.toHaveProperty('failureDomain');
  });

  test('R5, R7: is still full after a restart, until its next try', () => {
    const memory = GroupMemory.from(group, at(0));
    wave(memory, [0], NO_ROOM, at(0), at(1_000));
    const observed = anObservation(group, { now: at(2_000), faults: memory.faults });
    const status = statusOf(observed, plan(observed));
    expect(status?.replicas?.[0]).toMatchObject({ failureDomain: 'a', fault: { class: 'Capacity' } });
    const restored = GroupMemory.from({ ...group, ...(status && { status }) } as VmGroup, at(3_000));
    expect(restored.history.fullDomains.get('a')).toMatchObject({ attempts: 1 });
    expect(restored.faults.get(slotKey({ ordinal: 0, revision }))?.failureDomain).toBe('a');
  });
});

describe('a replica that no domain takes', () => {
  const spread = { maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' } as const;
  const world = () =>
    new SpreadWorld(aGroup({ replicas: 4, placement: { spread } }), [{ name: 'a' }, { name: 'b', isLost: true }]);

  test('has a fault of class Capacity with reason and remedy, and no task is sent for it', () => {
    const made = world();
    made.converge();
    const { observed } = made;
    expect(observed.replicas).toHaveLength(1);
    const planned = plan(observed);
    expect(planned.actions).toEqual([]);
    const memory = GroupMemory.from(made.group, observed.now);
    recordWaiting(memory, observed, planned);
    expect([...memory.faults.values()]).toHaveLength(3);
    expect([...memory.faults.values()][0]).toMatchObject({
      class: 'Capacity',
      reason: 'NoFailureDomain',
      message:
        'no failure domain takes it within spec.placement.spread.maxSkew 1: "b" cannot be used (see PlacementReady); make room there, or set whenUnsatisfiable to ScheduleAnyway',
    });
  });

  test('R4: keeps the same fault while it waits for the same, and loses it once a domain takes it', () => {
    const made = world();
    made.converge();
    const memory = GroupMemory.from(made.group, made.observed.now);
    recordWaiting(memory, made.observed, plan(made.observed));
    const before = new Map(memory.faults);
    made.nowMs += 1_000;
    recordWaiting(memory, made.observed, plan(made.observed));
    expect(memory.faults).toEqual(before);
    made.domains = [{ name: 'a' }, { name: 'b' }];
    recordWaiting(memory, made.observed, plan(made.observed));
    expect(memory.faults.size).toBe(0);
  });
});
