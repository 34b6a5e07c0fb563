/** The room that a step of a plan takes in the limits of a vCenter (R15). */
import { type Slot, slotKey } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { type ManagedObjectReference, refKey } from '../../vsphere/port';
import type { Plan, VCenterAction } from './action';
import type { InFlightOperation } from './in-flight';
import { type KnownMachine, unseenMachines } from './known-objects';
import { type Amount, amountOf, amountOfSize } from './limits';
import { type MachineSize, sizeOf } from './machine-size';
import type { Observation, Replica } from './observation';

export interface Place {
  /** Unique within a group. */
  readonly key: string;
  /** What the machine will have. */
  readonly target: Amount;
  /** The machine, if it exists: what it has counts towards the target. */
  readonly machine?: ManagedObjectReference;
  /** The step only prepares: a machine is powered off to grow, or removed to be replaced. */
  readonly isPledge?: true;
  /** A machine that exists may have any size. */
  readonly anySize?: true;
}

export function slotPlace(slot: Slot): string {
  return `slot ${slotKey(slot)}`;
}

export function machinePlace(machine: ManagedObjectReference): string {
  return `machine ${machine.value}`;
}

/** The place that an action takes as it is sent; undefined for an action that needs none. */
export function placeOf(action: VCenterAction, group: VmGroup, plan: Plan): Place | undefined {
  switch (action.kind) {
    case 'Clone':
      return { key: slotPlace(action.slot), target: amountOfSize(sizeOf(group)) };
    case 'Reconfigure': {
      const { ref } = action.replica.machine;
      return { key: machinePlace(ref), machine: ref, target: targetOf(action.replica, action.size) };
    }
    case 'Adopt': {
      // What is adopted to be deleted with its group leaves soon.
      if (group.metadata.deletionTimestamp !== undefined) return undefined;
      const { ref } = action.machine;
      return { key: machinePlace(ref), machine: ref, target: amountOf(action.machine), anySize: true };
    }
    case 'Shutdown':
    case 'PowerOff':
    case 'Destroy': {
      const { ref } = action.replica.machine;
      if (!isPledged(refKey(ref), plan)) return undefined;
      return { key: machinePlace(ref), machine: ref, target: targetOf(action.replica, sizeOf(group)), isPledge: true };
    }
    default:
      return undefined;
  }
}

/** A size that vCenter does not report counts as right, so it grows by nothing. */
function targetOf({ machine }: Replica, { numCpu, memoryMiB }: MachineSize): Amount {
  return {
    vms: 1,
    cpu: machine.numCpu === undefined ? 0 : numCpu,
    memoryMiB: machine.memoryMiB === undefined ? 0 : memoryMiB,
  };
}

/** Whether the machine goes off so that it, or its successor, gets the size of the spec. */
function isPledged(machine: string, { restarting, leaving }: Plan): boolean {
  return restarting.has(machine) || leaving.get(machine) === 'Outdated';
}

/** What a group holds by its plan. All else that it held is free for others. */
export interface HeldPlaces {
  /** Of work in flight, and of machines that may exist and cannot be seen. */
  readonly spent: ReadonlySet<string>;
  /** Machines that may exist and cannot be seen: their places are held, whether they were seen before or not. */
  readonly unseen: readonly Place[];
  /**
   * By the place of a slot, that of its machine that cannot be seen. A clone for the slot makes a machine only once that one
   * is gone, so it takes its place; no other step may.
   */
  readonly successors: ReadonlyMap<string, string>;
  /** Of machines that go off for their size or their successor. */
  readonly pledged: ReadonlySet<string>;
  /** What the steps of the plan will take as they are sent. */
  readonly asked: readonly Place[];
  /** What the group waits for. */
  readonly waitsFor?: Amount;
}

export function heldPlaces(observed: Observation, plan: Plan): HeldPlaces {
  const { group, replicas } = observed;
  const pledged = replicas.filter(({ machine }) => isPledged(refKey(machine.ref), plan));
  const asked = plan.actions.flatMap((action) =>
    action.kind === 'AddFinalizer' || action.kind === 'RemoveFinalizer' ? [] : (placeOf(action, group, plan) ?? []),
  );
  const { waitsFor } = plan.shortage ?? {};
  return {
    spent: spentPlaces(observed),
    successors: new Map(hiddenMachines(observed).map(({ ref, slot }) => [slotPlace(slot), machinePlace(ref)])),
    unseen: unseenPlaces(observed, group),
    pledged: new Set(pledged.map(({ machine }) => machinePlace(machine.ref))),
    asked,
    ...(waitsFor !== undefined && { waitsFor }),
  };
}

/** Of machines that may exist and cannot be seen: nobody knows their size, so they count as the spec asks. */
export function unseenPlaces(seen: Pick<Observation, 'known' | 'inFlight'>, group: VmGroup): readonly Place[] {
  const target = amountOfSize(sizeOf(group));
  return hiddenMachines(seen).map(({ ref }) => ({ key: machinePlace(ref), machine: ref, target }));
}

/**
 * Machines that are not counted by their marks: out of sight, or shown without their configuration by a vCenter that has not told
 * it to this process (R15).
 */
function hiddenMachines(seen: Pick<Observation, 'known' | 'inFlight'>): readonly KnownMachine[] {
  return [...unseenMachines(seen), ...seen.known.machines.filter(({ isUnreadable }) => isUnreadable === true)];
}

export function spentPlaces(seen: Pick<Observation, 'known' | 'inFlight'>): ReadonlySet<string> {
  const unseen = hiddenMachines(seen).map(({ ref }) => machinePlace(ref));
  return new Set([...unseen, ...seen.inFlight.flatMap((operation) => spentBy(operation) ?? [])]);
}

function spentBy({ operation, slot, machine }: InFlightOperation): string | undefined {
  if (operation === 'Clone') return slot && slotPlace(slot);
  return operation === 'Reconfigure' || operation === 'Adopt' ? machine && machinePlace(machine) : undefined;
}
