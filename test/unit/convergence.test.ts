import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { revisionOf, type Slot, slotKey } from '../../src/api/identity';
import { FINALIZER, type VmGroup } from '../../src/api/vm-group';
import type { Action } from '../../src/vmgroup/action';
import type { Replica } from '../../src/vmgroup/observation';
import { plan } from '../../src/vmgroup/plan';
import { report } from '../../src/vmgroup/report';
import { aGroup, anObservation, aReplica } from '../builders/observation';

/** The smallest world that a plan can act on: machines and a folder, changed by actions, chance and people. */
class World {
  replicas: Replica[] = [];
  folder = false;
  finalizer = false;
  gone = false;
  #born = 0;

  constructor(public group: VmGroup) {}

  get observed() {
    const finalizers = this.finalizer ? [FINALIZER] : [];
    const group = { ...this.group, metadata: { ...this.group.metadata, finalizers } };
    const folder = this.folder ? anObservation(group).folder : ({ kind: 'Missing' } as const);
    const replicas = [...this.replicas].sort((a, b) => a.slot.ordinal - b.slot.ordinal);
    return anObservation(group, { folder, replicas });
  }

  /** Carries an action out. vCenter's own lock is modelled too: a name that exists is not created again. */
  apply(action: Action): void {
    switch (action.kind) {
      case 'AddFinalizer':
        this.finalizer = true;
        return;
      case 'RemoveFinalizer':
        this.finalizer = false;
        this.gone = true;
        return;
      case 'CreateFolder':
        this.folder = true;
        return;
      case 'DestroyFolder':
        expect(this.replicas).toEqual([]);
        this.folder = false;
        return;
      case 'Clone':
        this.#clone(action.slot);
        return;
      case 'PowerOn':
        this.#change(action.replica, { powerState: 'poweredOn' });
        return;
      case 'PowerOff':
        this.#change(action.replica, { powerState: 'poweredOff' });
        return;
      case 'Reconfigure':
        this.#change(action.replica, { numCpu: this.group.spec.cpu, memoryMiB: this.group.spec.memory * 1024 });
        return;
      case 'Destroy':
        expect(action.replica.machine.powerState).toBe('poweredOff');
        this.replicas = this.replicas.filter(({ machine }) => machine.ref.value !== action.replica.machine.ref.value);
        return;
      case 'ReleaseMarks':
        this.replicas = this.replicas.filter(({ machine }) => machine.ref.value !== action.replica.machine.ref.value);
        return;
      case 'Settle':
        throw new Error('nothing is ever lost in this world');
    }
  }

  #clone(slot: Slot): void {
    expect(this.finalizer, 'R13: no mutation before the finalizer').toBe(true);
    if (this.replicas.some((replica) => slotKey(replica.slot) === slotKey(slot))) return;
    this.#born += 1;
    const ref = { type: 'VirtualMachine', value: `vm-${this.#born}` };
    this.replicas.push(aReplica(this.group, slot, { ref, powerState: 'poweredOff' }));
  }

  #change(replica: Replica, machine: Partial<Replica['machine']>): void {
    this.replicas = this.replicas.map((candidate) =>
      candidate.machine.ref.value === replica.machine.ref.value
        ? { ...candidate, machine: { ...candidate.machine, ...machine } }
        : candidate,
    );
  }

  /** Plans and carries out everything until nothing is left to do. */
  settle(): void {
    for (let round = 0; round < 200; round += 1) {
      if (this.gone) return;
      const { actions } = plan(this.observed);
      if (actions.length === 0) return;
      for (const action of actions) this.apply(action);
    }
    throw new Error(`no end in sight: ${JSON.stringify(plan(this.observed).actions)}`);
  }
}

const spec = fc.record({
  replicas: fc.nat({ max: 8 }),
  cpu: fc.integer({ min: 1, max: 4 }),
  memory: fc.integer({ min: 1, max: 4 }),
  template: fc.constantFrom('ubuntu', 'debian', 'alpine'),
  powerState: fc.constantFrom('PoweredOn' as const, 'PoweredOff' as const),
});

/** Something that happens while the operator works: a new spec, part of a plan, or a hand in vCenter. */
const disturbance = fc.oneof(
  spec.map((change) => ({ kind: 'Spec', change }) as const),
  fc.array(fc.boolean(), { maxLength: 10 }).map((taken) => ({ kind: 'PartOfPlan', taken }) as const),
  fc.nat({ max: 7 }).map((index) => ({ kind: 'SwitchedOff', index }) as const),
  fc.nat({ max: 7 }).map((index) => ({ kind: 'DeletedByHand', index }) as const),
);

describe('plan, carried out again and again', () => {
  test('converges to the spec from anywhere, and then does nothing', () => {
    fc.assert(
      fc.property(spec, fc.array(disturbance, { maxLength: 12 }), (start, story) => {
        const world = new World(aGroup(start));
        for (const step of story) disturb(world, step);
        world.settle();
        const { group, replicas } = world;
        const revision = revisionOf(group.spec);
        expect(replicas.map(({ slot }) => slot.revision)).toEqual(replicas.map(() => revision));
        expect(replicas).toHaveLength(group.spec.replicas);
        const wanted = group.spec.powerState === 'PoweredOn' ? 'poweredOn' : 'poweredOff';
        expect(replicas.every(({ machine }) => machine.powerState === wanted)).toBe(true);
        expect(new Set(replicas.map(({ slot }) => slot.ordinal)).size).toBe(replicas.length);
        expect(plan(world.observed).actions).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  test('R5: RUNNING is never said ahead of truth', () => {
    fc.assert(
      fc.property(spec, fc.array(disturbance, { maxLength: 12 }), (start, story) => {
        const world = new World(aGroup(start));
        for (const step of story) {
          disturb(world, step);
          const { observed } = world;
          if (!world.finalizer) continue;
          const status = report(observed, plan(observed));
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
      { numRuns: 2000 },
    );
  });

  test('deletion always ends, and leaves no machine and no folder', () => {
    fc.assert(
      fc.property(spec, fc.array(disturbance, { maxLength: 12 }), (start, story) => {
        const world = new World(aGroup(start));
        for (const step of story) disturb(world, step);
        world.finalizer = true;
        const deletionTimestamp = '2026-01-01T00:00:00Z';
        world.group = { ...world.group, metadata: { ...world.group.metadata, deletionTimestamp } };
        world.settle();
        expect(world).toMatchObject({ gone: true, folder: false, replicas: [] });
      }),
      { numRuns: 1000 },
    );
  });
});

function disturb(world: World, step: typeof disturbance extends fc.Arbitrary<infer T> ? T : never): void {
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
    case 'SwitchedOff': {
      const replica = at(step.index);
      if (replica !== undefined) world.apply({ kind: 'PowerOff', replica });
      return;
    }
    case 'DeletedByHand': {
      const replica = at(step.index);
      world.replicas = world.replicas.filter((candidate) => candidate !== replica);
      return;
    }
  }
}
