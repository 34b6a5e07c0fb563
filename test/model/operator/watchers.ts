/** Checkers that look on from outside, at every change of the truth. Each stands for a rule of design.md. */
import { slotKey } from '../../../src/api/identity';
import { readOwnership } from '../../../src/api/ownership';
import type { Clock } from '../../../src/time/clock';
import { type ManagedObjectReference, refKey } from '../../../src/vsphere/port';
import { MODEL_ACCOUNT, type ModelMachine, type SeenCall, type VCenterModel } from '../vcenter';

/** The marks as the truth has them, read as the operator would. */
export function ownerOf(machine: ModelMachine) {
  return readOwnership({ extraConfig: Object.fromEntries(machine.extraConfig), instanceUuid: machine.instanceUuid });
}

/** R2: never two machines for one slot. Returns what was seen. */
export function watchSlots(model: VCenterModel, onViolation: (what: string) => void): void {
  model.truth.onChange(() => {
    const holders = new Map<string, ModelMachine>();
    for (const machine of model.machines) {
      const owner = ownerOf(machine);
      if (owner === undefined) continue;
      const key = `${owner.groupUid} ${slotKey(owner.slot)}`;
      const holder = holders.get(key);
      if (holder !== undefined) onViolation(`R2: slot ${key} is held by ${holder.ref.value} and ${machine.ref.value}`);
      holders.set(key, machine);
    }
  });
}

const HARMFUL: ReadonlySet<string> = new Set([
  'PowerOnVM_Task',
  'PowerOffVM_Task',
  'ReconfigVM_Task',
  'Destroy_Task',
  'Rename_Task',
]);

/**
 * R1: what somebody else has made is not touched, and does not go with a folder either. What came into a folder between
 * the answer to the last look and the call that removes it is excused: vCenter offers no way to close that window.
 */
export class ForeignWatcher {
  readonly #foreign = new Map<string, { readonly sinceMs: number }>();

  constructor(
    model: VCenterModel,
    clock: Clock,
    private readonly onViolation: (what: string) => void,
  ) {
    const learn = () => {
      for (const machine of model.machines)
        if (machine.madeBy !== MODEL_ACCOUNT.userName && machine.busy === undefined)
          this.#learn(machine, clock.monotonicMs());
    };
    learn();
    model.truth.onChange((ref, change) => {
      learn();
      const known = this.#foreign.get(refKey(ref));
      if (change !== 'Gone' || known === undefined) return;
      this.#foreign.delete(refKey(ref));
      if (clock.monotonicMs() - known.sinceMs > model.longestFlightMs)
        this.onViolation(`R1: ${ref.value}, which somebody else had made, is gone`);
    });
  }

  #learn({ ref }: ModelMachine, sinceMs: number): void {
    if (!this.#foreign.has(refKey(ref))) this.#foreign.set(refKey(ref), { sinceMs });
  }

  /** The owner takes it away: no violation. */
  forget(ref: ManagedObjectReference): void {
    this.#foreign.delete(refKey(ref));
  }

  check({ method, self, operationId }: SeenCall): void {
    if (HARMFUL.has(method) && this.#foreign.has(refKey(self)))
      this.onViolation(`R1: ${method} on ${self.value}, which somebody else had made (${operationId})`);
  }
}
