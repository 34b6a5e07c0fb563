import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aGroup } from '../../test/support/builders/observation';
import { PlannedWorld } from '../../test/support/builders/planned-world';
import { revisionOf } from '../api/identity';
import { policyOf } from '../api/policy';
import { hasDisks } from './model/disk-sizes';
import { hasSize } from './model/machine-size';
import type { Replica } from './model/observation';
import { plan } from './plan/plan';
import { statusOf } from './status/status';

const share = fc.oneof(
  fc.nat({ max: 9 }),
  fc.nat({ max: 100 }).map((percent) => `${percent}%`),
);
const isNothing = (value: number | string): boolean => value === 0 || value === '0%';

const spec = fc.record({
  replicas: fc.nat({ max: 8 }),
  cpu: fc.integer({ min: 1, max: 4 }),
  memory: fc.integer({ min: 1, max: 4 }),
  hardware: fc.record(
    { coresPerSocket: fc.constant(1), cpuHotAdd: fc.boolean(), memoryHotAdd: fc.boolean() },
    { requiredKeys: [] },
  ),
  template: fc.constantFrom('ubuntu', 'debian', 'alpine'),
  disks: fc.record({ rootSizeGiB: fc.integer({ min: 10, max: 12 }) }, { requiredKeys: [] }),
  retire: fc.uniqueArray(fc.constantFrom('vm-1', 'vm-2', 'vm-3', 'vm-9'), { maxLength: 2 }),
  powerState: fc.constantFrom('PoweredOn' as const, 'PoweredOff' as const),
  powerOff: fc.record({ mode: fc.constantFrom('Hard' as const, 'TrySoft' as const) }),
  scaleDown: fc.record({ order: fc.constantFrom('Newest' as const, 'Oldest' as const, 'HighestOrdinal' as const) }),
  updateStrategy: fc
    .record({
      type: fc.constant('RollingUpdate' as const),
      resizePolicy: fc.constantFrom('PowerCycle' as const, 'Replace' as const),
      rollingUpdate: fc.record({ maxSurge: share, maxUnavailable: share }),
    })
    .filter(({ rollingUpdate: { maxSurge, maxUnavailable } }) => !isNothing(maxSurge) || !isNothing(maxUnavailable)),
});

/** What a machine of this world can do while it runs. */
const guest = fc.record({ toolsRunning: fc.boolean(), cpuHotAdd: fc.boolean(), memoryHotAdd: fc.boolean() });

/** Something that happens while the operator works: a new spec, part of a plan, or a change by a person in vCenter. */
const disturbance = fc.oneof(
  spec.map((change) => ({ kind: 'Spec', change }) as const),
  fc.array(fc.boolean(), { maxLength: 10 }).map((taken) => ({ kind: 'PartOfPlan', taken }) as const),
  fc.nat({ max: 7 }).map((index) => ({ kind: 'PoweredOffByHand', index }) as const),
  fc.nat({ max: 7 }).map((index) => ({ kind: 'DeletedByHand', index }) as const),
);

describe('plan, carried out again and again', () => {
  test('converges to the spec from anywhere, and then does nothing', () => {
    fc.assert(
      fc.property(spec, guest, fc.array(disturbance, { maxLength: 12 }), (start, machine, story) => {
        const world = new PlannedWorld(aGroup(start), machine);
        for (const step of story) disturb(world, step);
        world.converge();
        const { group, replicas } = world;
        const revision = revisionOf(group.spec);
        expect(replicas.map(({ slot }) => slot.revision)).toEqual(replicas.map(() => revision));
        expect(replicas).toHaveLength(group.spec.replicas);
        const wanted = group.spec.powerState === 'PoweredOn' ? 'poweredOn' : 'poweredOff';
        expect(replicas.every(({ machine }) => machine.powerState === wanted)).toBe(true);
        expect(new Set(replicas.map(({ slot }) => slot.ordinal)).size).toBe(replicas.length);
        expect(world.observed.replicas.filter((replica) => !hasDisks(replica, group))).toEqual([]);
        expect(replicas.filter(({ machine }) => group.spec.retire?.includes(machine.ref.value))).toEqual([]);
        expect(plan(world.observed).actions).toEqual([]);
        // With maxUnavailable 0 there is no restart: a machine may only grow as far as it can while it runs.
        const { maxUnavailable, resize } = policyOf(group.spec);
        const anySize = maxUnavailable > 0 || resize === 'Replace' || group.spec.powerState === 'PoweredOff';
        if (anySize) expect(replicas.filter(({ machine }) => !hasSize(machine, group))).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  test('R15: under a limit it converges to as much as fits; none is removed for the limit, and none is added beyond it', () => {
    const most = fc.nat({ max: 8 });
    fc.assert(
      fc.property(
        spec,
        guest,
        most,
        most,
        fc.array(disturbance, { maxLength: 12 }),
        (start, machine, first, then, story) => {
          const world = new PlannedWorld(aGroup(start), machine, first);
          for (const step of story) {
            const before = world.replicas.length;
            disturb(world, step);
            if (world.replicas.length > before) expect(world.replicas.length).toBeLessThanOrEqual(first);
          }
          world.converge();
          const before = world.replicas.length;
          const { replicas: desired } = world.group.spec;
          expect(before).toBe(Math.min(desired, first));
          world.mostMachines = then;
          world.converge();
          expect(world.replicas).toHaveLength(Math.max(before, Math.min(desired, then)));
          expect(plan(world.observed).actions).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test('an update or resize keeps within maxSurge and maxUnavailable at every step', () => {
    fc.assert(
      fc.property(spec, spec, guest, fc.infiniteStream(fc.nat()), (before, after, machine, chance) => {
        const start = aGroup({ ...before, powerState: 'PoweredOn' });
        const world = new PlannedWorld(start, machine);
        world.converge();
        const { replicas } = start.spec;
        world.group = aGroup({ ...after, replicas, powerState: 'PoweredOn' });
        const { maxSurge, maxUnavailable } = policyOf(world.group.spec);
        for (let step = 0; step < 2000; step += 1) {
          const { actions } = plan(world.observed);
          if (actions.length === 0) return;
          // One action at a time, in any order: operations that are in flight together may end in any order too.
          const action = actions[Number(chance.next().value) % actions.length];
          if (action !== undefined) world.apply(action);
          const running = world.replicas.filter((replica) => replica.machine.powerState === 'poweredOn');
          expect(world.replicas.length).toBeLessThanOrEqual(replicas + maxSurge);
          expect(running.length).toBeGreaterThanOrEqual(replicas - maxUnavailable);
        }
        throw new Error('no end in sight');
      }),
      { numRuns: 400 },
    );
  });

  test('R5: RUNNING is never said ahead of truth', () => {
    fc.assert(
      fc.property(spec, guest, fc.array(disturbance, { maxLength: 12 }), (start, machine, story) => {
        const world = new PlannedWorld(aGroup(start), machine);
        for (const step of story) {
          disturb(world, step);
          const { observed } = world;
          if (!world.finalizer) continue;
          const status = statusOf(observed, plan(observed));
          const revision = revisionOf(observed.group.spec);
          const good = observed.replicas.filter(
            ({ slot, machine }) => slot.revision === revision && machine.powerState === 'poweredOn',
          );
          if (status?.phase === 'RUNNING') {
            expect(good).toHaveLength(observed.group.spec.replicas);
            expect(observed.replicas).toHaveLength(observed.group.spec.replicas);
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  test('deletion always ends, and leaves no machine and no folder', () => {
    fc.assert(
      fc.property(spec, guest, fc.array(disturbance, { maxLength: 12 }), (start, machine, story) => {
        const world = new PlannedWorld(aGroup(start), machine);
        for (const step of story) disturb(world, step);
        world.finalizer = true;
        const deletionTimestamp = '2026-01-01T00:00:00Z';
        world.group = { ...world.group, metadata: { ...world.group.metadata, deletionTimestamp } };
        world.converge();
        expect(world).toMatchObject({ gone: true, folder: false, replicas: [] });
      }),
      { numRuns: 400 },
    );
  });
});

function disturb(world: PlannedWorld, step: typeof disturbance extends fc.Arbitrary<infer T> ? T : never): void {
  const at = (index: number): Replica | undefined => world.replicas[index % Math.max(1, world.replicas.length)];
  switch (step.kind) {
    case 'Spec': {
      const { metadata } = world.group;
      world.group = aGroup(step.change, { metadata: { ...metadata, generation: metadata.generation + 1 } });
      return;
    }
    case 'PartOfPlan':
      plan(world.observed).actions.forEach((action, index) => {
        if (step.taken[index] !== false) world.apply(action);
      });
      return;
    case 'PoweredOffByHand': {
      const replica = at(step.index);
      if (replica !== undefined) world.apply({ kind: 'PowerOff', replica });
      return;
    }
    case 'DeletedByHand': {
      world.replicas = world.replicas.filter((candidate) => candidate !== at(step.index));
      return;
    }
  }
}
