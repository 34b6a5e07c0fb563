/** What differs from the right disks of one group's machines: linked clones have children of a snapshot's disks. */
import { readOwnership } from '../../src/api/ownership';
import { isCurrent } from '../../src/api/slot-revision';
import type { VmGroup } from '../../src/api/vm-group';
import { MODEL_ACCOUNT, type ModelMachine } from '../fakes/vcenter';

/** A machine that the operator has not made, such as one of the original operator, is as it was adopted. */
export function cloneDifferences({ spec }: VmGroup, machines: readonly ModelMachine[]): readonly string[] {
  const wanted = spec.clone?.mode === 'Linked';
  return machines.flatMap(({ name, extraConfig, instanceUuid, disks, madeBy }) => {
    const slot = readOwnership({ extraConfig: Object.fromEntries(extraConfig), instanceUuid })?.slot;
    if (madeBy !== MODEL_ACCOUNT.userName || slot === undefined || !isCurrent(slot, spec)) return [];
    const isLinked = disks[0]?.hasParent === true;
    return isLinked === wanted ? [] : [`${name} is ${isLinked ? 'a linked' : 'no linked'} clone`];
  });
}
