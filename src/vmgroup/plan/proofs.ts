import { slotKey } from '../../api/identity';
import type { Action } from '../model/action';
import { type KnownMachine, unseenMachines } from '../model/known-objects';
import type { Observation } from '../model/observation';

type Proof = Extract<Action, { kind: 'ProveMachineGone' }>;

/**
 * Live looks at the machines of the group that the inventory does not show any more (R1). One that this process is just
 * destroying is not looked at: the end of that task is proof enough. Nor is one whose slot will be filled again (`cloned`): a
 * clone looks for itself (R2).
 */
export function planProofs(observed: Observation, cloned: ReadonlySet<string> = new Set()): readonly Proof[] {
  return unseenMachines(observed)
    .filter(({ slot, destroy }) => destroy !== 'Sent' && !cloned.has(slotKey(slot)))
    .map((known) => ({ kind: 'ProveMachineGone', known }));
}

/** Numbers of replicas that a machine of another revision may still hold, which nobody can see. */
export function heldOrdinals(observed: Observation): ReadonlyMap<number, KnownMachine> {
  return new Map(unseenMachines(observed).map((machine) => [machine.slot.ordinal, machine]));
}
