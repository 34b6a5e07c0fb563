import { instanceUuid, MOST_UUID_CHOICES, type Slot } from '../../api/identity';
import type { VmGroup } from '../../api/vm-group';
import { type CallContext, type LiveVirtualMachine, refKey, type VimClient } from '../../vsphere/port';
import type { KnownMachine } from '../model/known-objects';
import { isOurs, type ProofContext, readKnownMachine } from './prove-gone';

export interface FormerMachinesContext extends ProofContext {
  readonly group: VmGroup;
  readonly calls: Pick<VimClient, 'findByInstanceUuid' | 'readVirtualMachine'>;
  /** The machines that the slot was seen with, by reference. */
  knownMachines(slot: Slot): readonly KnownMachine[];
}

/** What vCenter has of a slot's machine, by its instanceUuid, whatever the inventory shows. */
export interface FormerMachines {
  /** Machines of the slot, and those that cannot be read now. */
  readonly there: readonly LiveVirtualMachine[];
  /**
   * An instanceUuid that no machine has. vCenter gives a machine another one than asked for rather than the same to two, and
   * marks count only together with their instanceUuid: a new machine must not ask for that of a machine which a person has
   * kept without our marks.
   */
  readonly freeUuid: string;
}

/**
 * R2: a live look for the machine that a slot had, by its last reference and by its instanceUuid. The search by instanceUuid
 * leaves out what the account may not see. The read by reference tells that, and throws NotVisible.
 */
export async function findFormerMachines(
  slot: Slot,
  context: FormerMachinesContext,
  call: CallContext,
): Promise<FormerMachines> {
  const { group, calls } = context;
  const { uid } = group.metadata;
  const there: LiveVirtualMachine[] = [];
  const read = new Set<string>();
  for (const known of context.knownMachines(slot)) {
    read.add(refKey(known.ref));
    const machine = await readKnownMachine(known, context, call);
    if (machine !== undefined) there.push(machine);
  }
  for (let choice = 0; ; choice += 1) {
    const uuid = instanceUuid(uid, slot, choice);
    const refs = await calls.findByInstanceUuid(uuid, call);
    if (refs.length === 0 || choice === MOST_UUID_CHOICES) return { there, freeUuid: uuid };
    for (const ref of refs) {
      if (read.has(refKey(ref))) continue;
      const machine = await calls.readVirtualMachine(ref, call);
      if (machine === undefined) continue;
      if (isOurs(machine, context) || machine.unreadable) there.push(machine);
    }
  }
}
