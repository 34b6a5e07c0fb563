import { instanceUuid, type Slot } from '../../api/identity';
import { readOwnership } from '../../api/ownership';
import type { VmGroup } from '../../api/vm-group';
import type { CallContext, LiveVirtualMachine, VimClient } from '../../vsphere/port';

export interface FormerMachinesContext {
  readonly group: VmGroup;
  readonly clusterId: string;
  readonly calls: Pick<VimClient, 'findByInstanceUuid' | 'readVirtualMachine'>;
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

/** More than a person keeps of one slot. */
const MOST_CHOICES = 16;

/** R2: a live look for the machine that a slot had. */
export async function findFormerMachines(
  slot: Slot,
  { group, clusterId, calls }: FormerMachinesContext,
  call: CallContext,
): Promise<FormerMachines> {
  const { uid } = group.metadata;
  const there: LiveVirtualMachine[] = [];
  for (let choice = 0; ; choice += 1) {
    const uuid = instanceUuid(uid, slot, choice);
    const refs = await calls.findByInstanceUuid(uuid, call);
    if (refs.length === 0 || choice === MOST_CHOICES) return { there, freeUuid: uuid };
    for (const ref of refs) {
      const machine = await calls.readVirtualMachine(ref, call);
      if (machine === undefined) continue;
      const owner = readOwnership(machine);
      const isOurs = owner?.cluster === clusterId && owner.groupUid === uid;
      if (isOurs || machine.unreadable) there.push(machine);
    }
  }
}
